"""A saved mapping on a new file: what holds again, and what has to be asked once more."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from dataclasses import replace
from typing import TYPE_CHECKING

from core.exchange.columns import measuring
from core.exchange.columns.answering import (
    NOT_TITLED,
    OF_SHEET,
    TITLED,
    mapping_of,
    of_title,
    row_decisions,
)
from core.exchange.columns.mapping import MappedColumn, Mapping, shape
from core.exchange.columns.placing import FROM_ADDRESS
from core.exchange.columns.results import Question
from core.exchange.matching.coordinates import FORM, SWAPPED
from core.exchange.readers import ReadOptions
from core.tables import BY_NAME, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.columns.proposal import ColumnProposal, Proposal
    from core.exchange.flow.knowledge import Known

Choices = Pairs[tuple[str, str], str]
AS_PRODUCT = "product"
UNIT_CODES = frozenset(("unit", "unit_conflict"))
FROM_FILE = "unit_from_file"
"""Decision of a column whose unit the file itself said: a file that no longer says it is asked."""
_ONCE = ("year",)
"""Answers that hold for one file only."""


def kept_reading(mapping: Mapping) -> ReadOptions:
    """Return the options of the reader that hold for the next file too."""
    data = {name: value for name, value in mapping.reading.items() if name not in _ONCE}
    return ReadOptions.from_dict(data)


def reused(
    mapping: Mapping, proposal: Proposal, choices: Choices, *, explicit: bool = False
) -> tuple[Mapping, tuple[Question, ...]]:
    """Return a saved mapping for a new file, and what has to be asked.

    Months and years are taken from the new file, never from last month's; a unit that the file says
    now counts against the one that was saved, and one that it said and no longer says is asked.

    Parameters
    ----------
    mapping
        The saved mapping.
    proposal
        What the new file looks like, for the table of the mapping.
    choices
        Answers about the new file.
    explicit
        The user named the mapping for this very file: a month written in it holds unless the file says
        another one.
    """
    asked: list[Question] = []
    columns = []
    for column in mapping.columns:
        changed, question = _unit(column, proposal, mapping.table, choices)
        own = {code: answer for (code, name), answer in choices.items() if name == column.target}
        told = choices.get((FROM_ADDRESS, column.header))
        kept = {code: answer for code, answer in changed.decisions.items() if code not in _ONCE}
        kept |= {code: answer for code, answer in own.items() if code not in OF_SHEET}
        kept |= {FROM_ADDRESS: told} if told is not None else {}
        columns.append(replace(changed, decisions=kept))
        asked += [question] if question else []
    constants, more = _constants(mapping, proposal, choices, explicit=explicit)
    decisions = dict(mapping.decisions)
    decisions |= {code: answer for (code, _name), answer in choices.items() if code == "identifier"}
    decisions |= row_decisions(choices)
    titled, marks = of_title(proposal, choices)
    constants |= titled
    decisions |= marks
    for question in proposal.questions:
        told = choices.get((question.code, question.column))
        if question.code == measuring.CODE and told is not None:
            decisions[measuring.decision(question)] = told
        elif question.code == measuring.CODE and measuring.decision(question) not in decisions:
            asked.append(question)
    system, _blank, swapped = choices.get(("crs", "crs"), "").partition(" ")
    if system:
        constants["crs"] = system
        decisions |= {SWAPPED: "yes" if swapped == SWAPPED else "no", FORM: swapped.replace(SWAPPED, "")}
    result = replace(mapping, columns=tuple(columns), constants=constants, decisions=decisions)
    asked += [*more, *_absent(result, proposal, more)]
    asked += [q for q in proposal.questions if q.code == TITLED and _is_new(q, result, choices, asked)]
    known = {(question.code, question.column) for question in asked} | choices.keys()
    asked += [
        question
        for question in proposal.questions
        if (question.code, question.column) in mapping.open - known
    ]
    return result, tuple(asked)


def _is_new(question: Question, mapping: Mapping, choices: Choices, asked: Sequence[Question]) -> bool:
    """Tell whether nobody has said yet what a title means for all rows."""
    known = mapping.constants.get(question.column) == question.proposed
    said = mapping.decisions.get(f"{TITLED} {question.column}") == NOT_TITLED
    open_already = any(q.column == question.column for q in asked)
    return not (known or said or open_already or (TITLED, question.column) in choices)


def _absent(mapping: Mapping, proposal: Proposal, asked: Sequence[Question]) -> list[Question]:
    """Return the questions about required columns that nothing in the mapping fills."""
    filled = {column.target for column in mapping.columns} | mapping.constants.keys()
    filled |= {question.column for question in asked}
    addressed = any(FROM_ADDRESS in column.decisions for column in mapping.columns)
    return [
        question
        for question in proposal.questions
        if (question.code == "missing" and question.column not in filled)
        or (question.code == FROM_ADDRESS and not addressed and "region_id" not in filled)
        or (question.code == "identifier" and "identifier" not in mapping.decisions)
    ]


def _unit(
    column: MappedColumn, proposal: Proposal, table: str, choices: Choices
) -> tuple[MappedColumn, Question | None]:
    """Return a column with the unit that holds for the new file, or the question which it is."""
    fresh = next((c for c in proposal.columns if shape(c.header) == shape(column.header)), None)
    if column.target is None or fresh is None:
        return column, None
    told = choices.get(("unit_conflict", fresh.header), choices.get(("unit", fresh.header)))
    if told == AS_PRODUCT:
        return replace(column, unit=None, decisions={**column.decisions, "unit": AS_PRODUCT}), None
    if told is not None:
        return replace(column, unit=told), None
    return column, _unit_question(column, fresh, proposal, table)


def _unit_question(
    column: MappedColumn, fresh: ColumnProposal, proposal: Proposal, table: str
) -> Question | None:
    if column.unit is None:
        asked = (q for q in proposal.questions if q.code in UNIT_CODES and q.column == fresh.header)
        return None if column.decisions.get("unit") == AS_PRODUCT else next(asked, None)
    said = fresh.unit if fresh.target == column.target else None
    if said == column.unit or BY_NAME[table].column(str(column.target)).kind is not Kind.MONEY:
        return None
    label = {"label": fresh.header}
    if said is not None:
        clash = label | {"header_unit": said, "title_unit": column.unit}
        return Question("unit_conflict", fresh.header, (said, column.unit), said, fresh.samples, clash)
    if column.decisions.get(FROM_FILE) == "yes":
        return Question("unit", fresh.header, (column.unit, "元"), column.unit, fresh.samples, label)
    return None


def _constants(
    mapping: Mapping, proposal: Proposal, choices: Choices, *, explicit: bool
) -> tuple[dict[str, str], tuple[Question, ...]]:
    constants, asked = {}, []
    of = BY_NAME[mapping.table]
    for name, value in mapping.constants.items():
        said_now = (choices.get((code, name)) for code in ("constant", "missing", TITLED))
        told = next((answer for answer in said_now if answer is not None), None)
        if of.column(name).kind not in {Kind.MONTH, Kind.DATE, Kind.TIMESTAMP}:
            named = _named_now(name, proposal)
            again = named is not None and (named.proposed != value)
            lost = named is None and f"{TITLED} {name}" in mapping.decisions
            if told is None and (again or lost):
                asked.append(_value_question(name, named, mapping))
            elif told is None or told != NOT_TITLED:
                constants[name] = told or value
            continue
        said = proposal.constants.get(name)
        label, example = of.column(name).label, of.column(name).example
        if told is not None:
            constants[name] = told
        elif said is not None and explicit and said != value:
            both = tuple(dict.fromkeys((said, value)))
            asked.append(Question("constant", name, both, said, (said,), {"label": label, "value": said}))
        elif said is not None or explicit:
            constants[name] = said or value
        else:
            asked.append(Question("missing", name, (), None, (), {"label": label, "example": example}))
    return constants, tuple(asked)


def _named_now(name: str, proposal: Proposal) -> Question | None:
    """Return the question in which the title of the new file gives a column a value."""
    asked = (q for q in proposal.questions if q.code in {"missing", TITLED} and q.column == name)
    return next((question for question in asked if question.proposed is not None), None)


def _value_question(name: str, named: Question | None, mapping: Mapping) -> Question:
    """Ask for a value of all rows in a saved mapping that the title of the new file doesn't confirm."""
    if named is not None:
        return named
    column = BY_NAME[mapping.table].column(name)
    return Question("missing", name, (), None, (), {"label": column.label, "example": column.example})


def proposed(proposal: Proposal, choices: Choices, reading: ReadOptions, known: Known) -> Mapping:
    """Return the mapping of a proposal and the answers; names are told from IDs in columns the user chose."""
    mapping = mapping_of(proposal, choices, reading.as_dict())
    if measuring.OWN_SALES in choices.values() and "company_id" in proposal.missing and known.own_company:
        mapping = replace(mapping, constants={**mapping.constants, "company_id": known.own_company})
    columns = [
        _told_apart(_with_source(column, choices), fresh, mapping.table, known)
        for column, fresh in zip(mapping.columns, proposal.columns, strict=True)
    ]
    return replace(mapping, columns=tuple(columns))


def _with_source(column: MappedColumn, choices: Choices) -> MappedColumn:
    """Remember whether the unit was said by the file or by the user."""
    told = any((code, column.header) in choices for code in UNIT_CODES)
    if column.unit is None or told:
        return column
    return replace(column, decisions={**column.decisions, FROM_FILE: "yes"})


def _told_apart(column: MappedColumn, fresh: ColumnProposal, table: str, known: Known) -> MappedColumn:
    """Have the names of a column matched that the user chose, where its values are no known IDs."""
    if column.target is None or column.target == fresh.target or not fresh.samples:
        return column
    of = BY_NAME[table].column(column.target).references
    if of is None or of not in known:
        return column
    codes = sum(text in known[of] for text in fresh.samples)
    return replace(column, resolve=of) if codes * 2 < len(fresh.samples) else column
