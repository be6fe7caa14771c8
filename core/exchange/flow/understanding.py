"""One sheet: what it is, what its cells say, whom its names mean, and what has to be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from core.exchange.columns import mapping as mappings
from core.exchange.columns import measuring
from core.exchange.columns.applying import apply_mapping
from core.exchange.columns.header import Header
from core.exchange.columns.proposal import Proposal
from core.exchange.columns.proposing import propose_mapping
from core.exchange.flow.answers import NOBODY, SheetAnswers
from core.exchange.flow.asking import Asked
from core.exchange.flow.issues import Flaw
from core.exchange.flow.names.beside import columns_beside, contradictions, name_flaws
from core.exchange.flow.names.naming import match_column
from core.exchange.flow.names.region_tree import LevelCount, Tree, grown, is_tree
from core.exchange.flow.outlines.rows import outline_rows, propose_outlines, with_system
from core.exchange.flow.reusing import proposed, reused
from core.exchange.flow.rows import shaping
from core.exchange.flow.rows.nested import nested
from core.exchange.flow.rows.order_lines import incomplete_sums, repeated_question
from core.exchange.flow.rows.row_kinds import row_kinds, signed
from core.exchange.flow.rows.treatments import deducted, treated
from core.exchange.flow.sheets.remarks import ragged, remarks
from core.exchange.flow.sheets.sheet_flow import SheetFlow
from core.exchange.flow.sheets.titles import (
    conflict_answers,
    open_conflicts,
    title_conflicts,
    title_lines,
    with_titles,
)
from core.tables import BY_NAME, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping as Pairs
    from collections.abc import Sequence

    from core.exchange.columns.applying import Understood
    from core.exchange.columns.mapping import Mapping, SavedMapping
    from core.exchange.columns.results import Question
    from core.exchange.flow.knowledge import Known
    from core.exchange.readers import ReadOptions, SheetReading

SAMPLE = 500
_OURS = (
    "我司",
    "我方",
    "我们",
    "我公司",
    "本公司",
    "本司",
    "公司自己",
    "自有品牌",
    "本品",
    "our company",
    "us",
)
"""Names of our own company, whatever it is called in the store."""


@dataclass(frozen=True)
class Saved:
    """Where mappings come from.

    Parameters
    ----------
    folder
        Saved mappings, found by the shape of the file.
    given
        The mapping the user named; it counts before all others.
    """

    folder: Path
    given: Mapping | None = None


def understand(
    sheet: SheetReading, answers: SheetAnswers, known: Known, saved: Saved, *, options: ReadOptions
) -> SheetFlow:
    """Say what a sheet is and what its rows mean; what isn't sure is a question.

    Parameters
    ----------
    sheet
        The sheet as it was read.
    answers
        What the user said about it.
    known
        What the store knows.
    saved
        Mappings.
    options
        How the file was read; kept with the mapping.
    """
    sheet = _edited(sheet, answers)
    headers = [str(name) for name in sheet.table.columns]
    touched = answers.table is not None or any(code == "column" for code, _name in answers.choices)
    found = None if touched else _found(headers, saved)
    unsure = found is not None and ("table", "") in found.mapping.open
    table = answers.table or (found.mapping.table if found and not unsure else None)
    outlined = sheet.outlines is not None
    told = {name: choice for (code, name), choice in answers.choices.items() if code == "column"}
    proposal = (
        propose_outlines(sheet, known) if outlined else _propose(sheet, headers, known, saved, table, told)
    )
    asked = [Asked(sheet.name, question) for question in sheet.questions]
    if found is not None:
        explicit = saved.given is not None
        mapping, questions = reused(found.mapping, proposal, answers.choices, explicit=explicit)
    elif proposal.table is None:
        asked += [Asked(sheet.name, question) for question in proposal.questions]
        return SheetFlow(sheet, answers, proposal, questions=tuple(asked))
    else:
        mapping = proposed(proposal, answers.choices, options, known)
        questions = tuple(
            q
            for q in proposal.questions
            if _is_open(q, answers) and not (q.code == "missing" and _is_filled(q.column, mapping))
        )
    asked += [Asked(sheet.name, _with_names(question, mapping, known)) for question in questions]
    if is_tree(mapping):
        sheet = grown(sheet, mapping, known, names_told(mapping, answers, "region", known))
    flow = SheetFlow(sheet, answers, proposal, mapping, found, questions=tuple(asked))
    return _read(flow, known)


def reread(
    sheet: SheetReading, mapping: Mapping, answers: SheetAnswers, known: Known, *, year: int | None = None
) -> SheetFlow:
    """Read rows once more as they were read before: those that were set aside and corrected.

    Parameters
    ----------
    sheet
        The rows.
    mapping
        How they were read.
    answers
        What the user said about them.
    known
        What the store knows.
    year
        Of months without one.
    """
    return _read(SheetFlow(sheet, answers, Proposal(mapping.table, 1.0, (), year=year), mapping), known)


def filled_columns(sheet: SheetReading, known: Known, saved: Saved) -> frozenset[str]:
    """Return the columns of the store that the columns of a sheet seem to fill."""
    proposal = _propose(sheet, [str(name) for name in sheet.table.columns], known, saved, None, {})
    return frozenset(column.target for column in proposal.columns if column.target is not None)


def _edited(sheet: SheetReading, answers: SheetAnswers) -> SheetReading:
    if not answers.edits:
        return sheet
    table = sheet.table.copy()
    for (number, header), cell in answers.edits.items():
        if header in table:
            table.loc[sheet.row_numbers == number, header] = cell
    return replace(sheet, table=table)


def _found(headers: Sequence[str], saved: Saved) -> SavedMapping | None:
    if saved.given is not None:
        return mappings.SavedMapping(saved.given, Path(), mappings.changes(saved.given, headers))
    found = mappings.find(saved.folder, headers)
    return found if found is not None and not found.changes.any else None


def _propose(
    sheet: SheetReading,
    headers: Sequence[str],
    known: Known,
    saved: Saved,
    table: str | None,
    told: Pairs[str, str],
) -> Proposal:
    """Propose what a sheet is; columns that the user named count as called so, with their units."""
    named = {Header.of(header).parts[0]: choice for header, choice in told.items() if header in headers}
    cells = [sheet.table.iloc[:, at].tolist() for at in range(len(headers))]
    step = max(1, len(sheet.table) // SAMPLE)
    proposal = propose_mapping(
        headers,
        [column[::step] for column in cells],
        title_lines(sheet),
        (BY_NAME[table],) if table else TABLES,
        {**mappings.learned(saved.folder), **named},
        known=known,
        notes=sheet.footnotes,
    )
    proposal = with_titles(proposal, sheet, known)
    taken = {column.header for column in proposal.columns if column.target is not None}
    asked = any(question.code == measuring.CODE for question in proposal.questions)
    if not asked or not row_kinds(sheet.table, taken):
        return proposal
    # Which rows are returns or don't count is said by a column, whatever the title calls the sheet.
    questions = (q for q in proposal.questions if not measuring.is_of_rows(q))
    return replace(proposal, questions=tuple(questions))


def _with_names(question: Question, mapping: Mapping, known: Known) -> Question:
    """Give a question that offers IDs their names."""
    if question.code != "missing" or not question.choices:
        return question
    table = BY_NAME[mapping.table].column(question.column).references
    if table is None or table not in known:
        return question
    names = known.names(table).set_index("id")["name"].to_dict()
    return replace(question, context={**question.context, "names": names})


def _is_filled(column: str, mapping: Mapping) -> bool:
    return column in mapping.constants or mapping.source(column) is not None


def _is_open(question: Question, answers: SheetAnswers) -> bool:
    if question.code == "table":
        return answers.table is None
    if question.code == measuring.CODE and answers.table is not None and measuring.is_settled(question):
        # Whether they are sales or a capacity is what the table says that was chosen.
        return False
    return (question.code, question.column) not in answers.choices


def _read_outlines(flow: SheetFlow, known: Known) -> SheetFlow:
    assert flow.mapping is not None
    mapping = with_system(flow.mapping, flow.answers.choices)
    rows = outline_rows(flow.reading, mapping, known, names_told(mapping, flow.answers, "region", known))
    asked = [Asked(flow.name, question) for question in rows.questions]
    asked += [Asked(flow.name, question) for question in rows.matched.questions]
    return replace(
        flow,
        reading=rows.reading,
        mapping=confirmed(mapping, flow.answers),
        values=rows.values,
        matches=(rows.matched,),
        questions=(*flow.questions, *asked),
        flaws=(*rows.flaws, *remarks(flow)),
    )


def _read(flow: SheetFlow, known: Known) -> SheetFlow:
    if flow.reading.outlines is not None:
        return _read_outlines(flow, known)
    mapping, sheet = flow.mapping, flow.reading
    assert mapping is not None
    table = sheet.table.reset_index(drop=True)
    understood = apply_mapping(
        table,
        mapping,
        year=flow.proposal.year,
        known=known,
        formats_read=sheet.formats_read,
        semicolons=sheet.has_semicolons,
    )
    values = understood.values
    matches = []
    levels: tuple[LevelCount, ...] = ()
    for column, named in understood.named.items():
        told = names_told(mapping, flow.answers, named.table, known)
        if named.by == "tree":
            tree = Tree(table, mapping, known, told)
            matches.append(tree.matched(sheet.name))
            values, levels = tree.values(values), tree.counts
            continue
        matched = match_column(sheet.name, mapping.table, column, named, known, told)
        matches.append(matched)
        values = values.assign(**{column: matched.ids})
    beside: list[Flaw] = []
    for column, header in columns_beside(flow.proposal, mapping):
        if column in values and header in table:
            pairs = list(zip(values[column].tolist(), table[header].tolist(), strict=True))
            found = contradictions(mapping, column, header, pairs, known)
            beside += name_flaws(sheet.name, mapping, column, pairs, found)
    conflicts = title_conflicts(sheet, {str(c): set(values[c]) for c in values}, mapping, known)
    for name, turn in conflict_answers(mapping).items():
        titled = pd.Series([turn(value) for value in values[name]], index=values.index, dtype=object)
        values = values.assign(**{name: titled})
    values = shaping.turned(shaping.identified(values, mapping, known), mapping)
    pieces = shaping.piece_question(values, mapping, known)
    values, packs = shaping.counted(sheet.name, values, mapping, known)
    values, untreated = treated(sheet.name, values, mapping)
    values, unread = deducted(sheet.name, table, values, mapping)
    rows = signed(table, values, mapping)
    values = rows.values
    left_out, levelled = nested(values, mapping, known, rows.left_out)
    # The sample of a large file doesn't know how often a key stands in it.
    repeated = repeated_question(values, mapping, table, left_out) if sheet.complete else ()
    sums = incomplete_sums(sheet.name, values, mapping, left_out)
    asked_before = {question.code for question in sheet.questions}
    questions = (
        # What the reader asks about a header isn't asked about the column made of it once more.
        *(question for question in understood.questions if question.code not in asked_before),
        *pieces,
        *shaping.system_question(values, mapping, known),
        *open_conflicts(conflicts, mapping),
        *rows.questions,
    )
    if not (questions or flow.questions):
        # Rows that are still open may be of any month or name.
        questions = (*levelled, *repeated)
    names = [Asked(sheet.name, question) for matched in matches for question in matched.questions]
    flaws = (
        *_findings(flow, understood),
        *(flaw for matched in matches for flaw in matched.flaws),
        *beside,
        *packs,
        *untreated,
        *unread,
        *sums,
        *ragged(flow, sheet.row_numbers, sheet.over),
        *remarks(flow),
    )
    asked = (*flow.questions, *(Asked(sheet.name, q) for q in questions), *names)
    return replace(
        flow,
        mapping=confirmed(mapping, flow.answers),
        values=values.reset_index(drop=True),
        matches=tuple(matches),
        questions=asked,
        flaws=flaws,
        levels=levels,
        left_out=left_out,
    )


def names_told(mapping: Mapping, answers: SheetAnswers, table: str, known: Known) -> dict[str, str]:
    """Return what names mean, as the user said now or before."""
    own = dict.fromkeys(_OURS, known.own_company) if table == "company" and known.own_company else {}
    own = {name: company for name, company in own.items() if company and name not in known[table]}
    return {**own, **mapping.names.get(table, {}), **answers.names.get(table, {})}


def confirmed(mapping: Mapping, answers: SheetAnswers, *, whole: bool = False) -> Mapping:
    """Keep the names the user confirmed.

    Parameters
    ----------
    mapping
        How the sheet is read.
    answers
        What the user said about it.
    whole
        Also that a name is nobody's, which holds for this file only, and for its rows that wait.
    """
    names = {table: dict(known) for table, known in mapping.names.items()}
    for table, told in answers.names.items():
        kept = {name: own for name, own in told.items() if whole or own != NOBODY}
        names.setdefault(table, {}).update(kept)
    return replace(mapping, names=names)


def _findings(flow: SheetFlow, understood: Understood) -> list[Flaw]:
    table = flow.table or ""
    return [Flaw(flow.name, table, f.column, f.value, f.rows, f) for f in understood.findings]
