"""What the lines above a table name: the company, region, product or person that all its rows belong to."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from core.exchange.columns import measuring
from core.exchange.columns.answering import NOT_TITLED, TITLE_CONFLICT, TITLED
from core.exchange.columns.context import Context
from core.exchange.columns.placing import FROM_ADDRESS
from core.exchange.columns.results import Question
from core.exchange.matching.keys import name_keys, script_keys
from core.exchange.matching.regions import regions_in
from core.exchange.readers.sheet.entities import name_key
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from core.exchange.columns.mapping import Mapping as SheetMapping
    from core.exchange.columns.proposal import Proposal
    from core.exchange.flow.knowledge import Known
    from core.exchange.readers import SheetReading

BY_TITLE, BY_ROWS = "title", "rows"
"""What counts where the rows of a table contradict its title."""
_TABLES = ("company", "region", "product", "dealer", "employee", "terminal")
_BREAK = re.compile(r"[\s,，;；、:：()（）【】\[\]《》<>|/_—–-]+")
_BEHIND = re.compile(
    r"$|\d|区域|地区|大区|市场|片区|分公司|办事处|分部|营业部|各|全|[年月]|销|业绩|产品|系列|市?场?容量|sales",
    re.IGNORECASE,
)
"""What may stand behind a name in a title: a short one (武汉) is none in 武汉鸭脖."""


@dataclass(frozen=True)
class Titled:
    """What a title names.

    Parameters
    ----------
    id
        In the store.
    line
        The line that says so.
    near
        Whether it stands on the sheet; the name of a file is farther away.
    """

    id: str
    line: str
    near: bool


def title_lines(sheet: SheetReading) -> tuple[str, ...]:
    """Return everything around a table that may say what it is, its month and its unit."""
    unit = (f"单位：{sheet.unit_hint}",) if sheet.unit_hint else ()
    return (*sheet.title_lines, *sheet.inherited, sheet.name, *_farther(sheet), *unit)


def _farther(sheet: SheetReading) -> tuple[str, ...]:
    """Return the names of the file, the folders and the archive it lies in, the nearest first."""
    return (PurePosixPath(sheet.file).stem, *reversed(sheet.around))


def titled_by(sheet: SheetReading, known: Known) -> dict[str, Titled]:
    """Return what the lines around a table name, by table; of several lines the nearest counts.

    A line that names two of a kind says nothing about all rows.

    Parameters
    ----------
    sheet
        The table as it was read.
    known
        What the store knows.
    """
    stem = PurePosixPath(sheet.file).stem
    own_name = () if sheet.name == stem else (sheet.name,)
    lines = (*reversed(sheet.title_lines), *reversed(sheet.inherited), *own_name)
    found: dict[str, Titled] = {}
    told: set[str] = set()
    for line in (*lines, *_farther(sheet)):
        named = names_in(line, known)
        for table, ids in named.items():
            if table not in told and len(ids) == 1:
                found[table] = Titled(next(iter(ids)), line, line in lines)
        told |= named.keys()
    return found


def names_in(line: str, known: Known) -> dict[str, set[str]]:
    """Return the IDs of what a line names, by table; of a region and the one it lies in the narrower one."""
    found: dict[str, set[str]] = {}
    regions: set[str] = set()
    for token in filter(None, _BREAK.split(line)):
        parts = _named(name_key(token), known, found).split()
        for text in script_keys(name_keys(parts)):
            hits = regions_in(text, known.regions).items()
            regions |= {own for own, (_at, end, weight) in hits if weight == 1 or _BEHIND.match(text, end)}
    _named(name_key(line), known, found)
    if regions:
        above = {step for region in regions for step in known.regions.path(region)[1:]}
        found["region"] = regions - above
    return found


def _named(text: str, known: Known, found: dict[str, set[str]]) -> str:
    """Take the names of companies, products and people out of a text; return what is left of it."""
    rest, at = "", 0
    while at < len(text):
        for end in range(min(len(text), at + known.longest_name), at + 1, -1):
            owners = known.by_name.get(text[at:end], ())
            whole = (at == 0 and end == len(text)) or "company" in {table for table, _own in owners}
            if owners and (
                whole or ("product" in {table for table, _own in owners} and _BEHIND.match(text, end))
            ):
                for table, own in owners:
                    found.setdefault(table, set()).add(own)
                at, rest = end, f"{rest} "
                break
        else:
            rest += text[at]
            at += 1
    return rest


def with_titles(proposal: Proposal, sheet: SheetReading, known: Known) -> Proposal:
    """Propose what the lines around a table name for the columns that nothing fills.

    Parameters
    ----------
    proposal
        What the columns say.
    sheet
        The table as it was read.
    known
        What the store knows.
    """
    named = titled_by(sheet, known) if proposal.table is not None else {}
    if not named:
        return proposal
    of = BY_NAME[proposal.table or ""]
    filled = {column.target for column in proposal.columns} | set(proposal.constants)
    addressed = {"region_id"} if any(q.code == FROM_ADDRESS for q in proposal.questions) else set()
    asked = []
    for question in proposal.questions:
        own = named.get(of.column(question.column).references or "") if question.code == "missing" else None
        if own is not None:
            context = {**question.context, "by_title": "yes"}
            question = replace(question, proposed=own.id, values=(own.line,), context=context)  # noqa: PLW2901
        asked.append(question)
    for column in of.columns:
        own = named.get(column.references or "")
        open_one = (
            column.name == f"{column.references}_id" and not column.required and column.name not in filled
        )
        if own is not None and open_one and column.references != of.name and column.name not in addressed:
            name = known.name_of(column.references or "", own.id)
            context = {"label": column.label, "value": name, "names": {own.id: name}}
            asked.append(Question(TITLED, column.name, (own.id, NOT_TITLED), own.id, (own.line,), context))
    asked += _of_one_product(proposal, named)
    return replace(proposal, questions=tuple(asked))


def _of_one_product(proposal: Proposal, named: Mapping[str, Titled]) -> list[Question]:
    """Ask about figures of one product where the table holds those of all products together."""
    of = BY_NAME[proposal.table or ""]
    product = named.get("product")
    figures = [column for column in proposal.columns if column.target == "amount"]
    whole = any(q.code == measuring.CODE and not q.column for q in proposal.questions)
    if product is None or not figures or "product" in of.references or of.name == "product" or whole:
        return []
    context: dict[str, object] = {"label": figures[0].header, "seen": product.line, "table": of.name}
    context |= {"kinds": "product", "headers": tuple(column.header for column in figures)}
    choices = ("as_is", measuring.LEAVE_OUT)
    return [Question(measuring.CODE, "", choices, None, figures[0].samples, context)]


def title_conflicts(
    sheet: SheetReading, values: Mapping[str, Collection[object]], mapping: SheetMapping, known: Known
) -> tuple[Question, ...]:
    """Ask what counts where the rows of a table contradict its title.

    Contradictions are: a region outside the one that is named, no row of the company, product or person that
    is named, no row of the month.

    Parameters
    ----------
    sheet
        The table as it was read.
    values
        Column of the store -> the different values of its rows.
    mapping
        How the table is read; answers are kept under the name in the title, so that they hold for no other.
    known
        What the store knows.
    """
    of = BY_NAME[mapping.table]
    asked = []
    named = {table: own for table, own in titled_by(sheet, known).items() if own.near}
    for column in of.columns:
        own = named.get(column.references or "")
        source = mapping.source(column.name)
        given = {str(value) for value in values.get(column.name, ()) if value is not None}
        if own is None or source is None or not given or column.references == of.name:
            continue
        if column.references == "region":
            outside = sorted(r for r in given if own.id not in known.regions.path(r))
        else:
            outside = sorted(given - {own.id}) if own.id not in given else []
        if outside:
            names = [known.name_of(str(column.references), other) for other in outside]
            title = known.name_of(str(column.references), own.id)
            asked.append(_conflict(column.name, own.id, own.line, title, names, column.label))
    return (*asked, *_month_conflict(sheet, values, mapping))


def _month_conflict(
    sheet: SheetReading, values: Mapping[str, Collection[object]], mapping: SheetMapping
) -> list[Question]:
    """Ask about the nearest line that names a month or a year which no row is of, once for all of them."""
    source = mapping.source("month")
    given = sorted({str(value)[:7] for value in values.get("month", ()) if value is not None})
    if source is None or not given:
        return []
    # Months without a year were asked for it already.
    dated = "year" in source.decisions or "year" in mapping.reading or "year" in _own_answers(sheet, mapping)
    for lines in (sheet.title_lines, (sheet.name,), *((name,) for name in _farther(sheet))):
        context = Context.of(lines)
        own = f"{context.month:%Y-%m}" if context.month else str(context.year or "")
        if (
            own
            and not any(month.startswith(own) for month in given)
            and not (dated and context.month is None)
        ):
            line = next((line for line in reversed(lines) if own[:4] in line), lines[0])
            label = BY_NAME[mapping.table].column("month").label
            return [_conflict("month", own, line, own, given, label)]
    return []


def _own_answers(sheet: SheetReading, mapping: SheetMapping) -> Mapping[str, object]:
    own: Mapping[str, object] = dict(mapping.reading.get("per_sheet", {})).get(sheet.name, {})
    return own


def _conflict(column: str, own: str, line: str, title: str, rows: Sequence[str], label: str) -> Question:
    shown = tuple(rows[:5])
    context = {"label": label, "seen": line, "value": title}
    return Question(TITLE_CONFLICT, f"{column}={own}", (BY_ROWS, BY_TITLE), None, shown, context)


def conflict_answers(mapping: SheetMapping) -> dict[str, Callable[[object], object]]:
    """Return column -> what the title makes of a value, where it was said that the title counts."""
    found: dict[str, Callable[[object], object]] = {}
    for key, answer in mapping.decisions.items():
        code, _blank, name = key.partition(" ")
        column, _equals, own = name.partition("=")
        if code == TITLE_CONFLICT and answer == BY_TITLE and own:
            found[column] = partial(_titled_month, own) if column == "month" else partial(_titled_name, own)
    return found


def _titled_month(own: str, month: object) -> object:
    """Return the month of a title, or the month of a row in the year of a title."""
    if "-" in own:
        return dt.date.fromisoformat(f"{own}-01")
    return month.replace(year=int(own)) if isinstance(month, dt.date) else month


def _titled_name(own: str, _name: object) -> str:
    return own


def open_conflicts(questions: Iterable[Question], mapping: SheetMapping) -> tuple[Question, ...]:
    """Return the questions about contradictions that nobody answered."""
    return tuple(q for q in questions if f"{TITLE_CONFLICT} {q.column}" not in mapping.decisions)
