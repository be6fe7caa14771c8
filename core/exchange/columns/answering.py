"""From a proposal and the answers to its questions to a mapping that is kept."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.exchange.columns import measuring
from core.exchange.columns.header import Header
from core.exchange.columns.mapping import MappedColumn, Mapping
from core.exchange.columns.placing import FROM_ADDRESS
from core.exchange.matching.coordinates import FORM, SWAPPED
from core.tables import BY_NAME

if TYPE_CHECKING:
    from core.exchange.columns.proposal import ColumnProposal, Proposal

Answers = Pairs[tuple[str, str], str]
"""(code, column) of a question -> the choice."""
_LEAVE_OUT = "leave_out"
_AS_PRODUCT = "product"
TITLED, NOT_TITLED, TITLE_CONFLICT = "titled", "none", "title_conflict"
"""Whether all rows belong to what the title names, the answer no, and which counts if rows contradict it."""
OF_ROWS = ("row_kind", "repeated_keys", "nested_region", "returns_beside", TITLE_CONFLICT)
"""Codes of questions about rows of a kind, of one key, of a region among its own, and about returns."""
OF_SHEET = frozenset(
    (
        "table",
        "column",
        "unit",
        "unit_conflict",
        "constant",
        "missing",
        "identifier",
        "crs",
        TITLED,
        measuring.CODE,
        *OF_ROWS,
        FROM_ADDRESS,
    )
)
"""Codes of questions that are not about the cells of a column of the store."""


def mapping_of(
    proposal: Proposal, answers: Answers | None = None, reading: Pairs[str, Any] | None = None
) -> Mapping:
    """Return the mapping that a proposal and the answers to its questions make.

    Parameters
    ----------
    proposal
        Of a table; propose again with the one table where the user chose another.
    answers
        By code and column of the question; a question without an answer leaves what was proposed.
    reading
        Options of the reader.

    Raises
    ------
    InputError
        The proposal has no table, or two columns would fill the same.
    """
    answers = _about(proposal, answers or {})
    decided: dict[str, dict[str, str]] = {}
    for (code, name), answer in answers.items():
        if code not in OF_SHEET:
            decided.setdefault(name, {})[code] = answer
    columns = []
    taken = {answer.rpartition(".")[2] for (code, _name), answer in answers.items() if code == "column"}
    for column in proposal.columns:
        mapped = _mapped(proposal, column, answers)
        if ("column", column.header) not in answers and mapped.target in taken:
            # The user gave its place to another column.
            mapped = MappedColumn(column.header)
        if mapped.target in decided:
            mapped = replace(mapped, decisions={**mapped.decisions, **decided[mapped.target]})
        columns.append(mapped)
    decisions = {code: answer for (code, _name), answer in answers.items() if code == "identifier"}
    decisions |= {
        measuring.decision(question): answers[measuring.CODE, question.column]
        for question in proposal.questions
        if question.code == measuring.CODE and (measuring.CODE, question.column) in answers
    }
    decisions |= row_decisions(answers)
    constants = dict(proposal.constants)
    constants |= {name: answer for (code, name), answer in answers.items() if code in {"constant", "missing"}}
    titled, marks = of_title(proposal, answers)
    constants, decisions = constants | titled, decisions | marks
    system, _blank, swapped = answers.get(("crs", "crs"), "").partition(" ")
    if system:
        constants["crs"] = system
    if swapped:
        decisions |= {SWAPPED: "yes"} if swapped == SWAPPED else {FORM: swapped}
    return Mapping(
        proposal.table or "", tuple(columns), reading or {}, constants, mode="upsert", decisions=decisions
    )


def _about(proposal: Proposal, answers: Answers) -> Answers:
    """Leave out answers about columns of another table, given in one go with the choice of this one."""
    if proposal.table is None:
        return answers
    names = {column.name for column in BY_NAME[proposal.table].columns}

    def belongs(code: str, name: str, answer: str) -> bool:
        if code == "column":
            of, _dot, target = answer.rpartition(".")
            return answer == _LEAVE_OUT or (of in {"", proposal.table} and target in names)
        return code not in {"constant", "missing"} or name in names

    return {(code, name): answer for (code, name), answer in answers.items() if belongs(code, name, answer)}


def of_title(proposal: Proposal, answers: Answers) -> tuple[dict[str, str], dict[str, str]]:
    """Return the values that a title gives all rows, and marks that the title gave them.

    A mark tells a value that has to be said again by the next file from one that holds for all files.
    """
    constants: dict[str, str] = {}
    marks: dict[str, str] = {}
    for question in proposal.questions:
        told = answers.get((question.code, question.column))
        if question.code == TITLED and told is not None:
            marks[f"{TITLED} {question.column}"] = told
            constants |= {} if told == NOT_TITLED else {question.column: told}
        elif question.code == "missing" and question.proposed is not None and told == question.proposed:
            marks[f"{TITLED} {question.column}"] = told
    return constants, marks


def row_decisions(answers: Answers) -> dict[str, str]:
    """Return what was said about rows, under the codes that a mapping keeps it by."""
    return {f"{code} {name}".strip(): answer for (code, name), answer in answers.items() if code in OF_ROWS}


def _mapped(proposal: Proposal, column: ColumnProposal, answers: Answers) -> MappedColumn:
    target, resolve = column.target, column.resolve
    chosen = answers.get(("column", column.header))
    if chosen is not None:
        name = None if chosen == _LEAVE_OUT else chosen.rpartition(".")[2]
        if name != target:
            target, resolve = name, None
    if answers.get((measuring.CODE, column.header)) == measuring.LEAVE_OUT:
        target, resolve = None, None
    own = Header.of(column.header).unit
    said = own.code if own is not None and column.unit is None and target is not None else column.unit
    unit = answers.get(("unit_conflict", column.header), answers.get(("unit", column.header), said))
    decisions = {"unit": _AS_PRODUCT} if unit == _AS_PRODUCT else {}
    if (FROM_ADDRESS, column.header) in answers:
        decisions[FROM_ADDRESS] = answers[(FROM_ADDRESS, column.header)]
    within = tuple(proposal.columns[position].header for position in column.within) if target else ()
    return MappedColumn(
        column.header, target, None if unit == _AS_PRODUCT else unit, resolve, within, decisions
    )
