"""Columns of numbers in the unit of the store, as header, cells and number formats say it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from core.currency import current_currency
from core.exchange.columns.parsing import units
from core.exchange.columns.parsing.cells import Cells, Refusal, narrow, samples
from core.exchange.columns.parsing.numbers import (
    DECIMAL_COMMA,
    Number,
    digits_of,
    doubtful_marks,
    read_number,
    with_marks_exchanged,
)
from core.exchange.columns.parsing.shown_numbers import CODE, WORDS, factor_of, shown_question
from core.exchange.columns.results import Parsed, Question
from core.exchange.readers.sheet.cells import ShownNumber
from core.tables import Kind

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.columns.parsing.units import Unit
    from core.tables import Column

_FEN = Decimal("0.01")
_MOST_MONEY = Decimal(10) ** 16


def parse_numbers(
    values: pd.Series | Sequence[Any],
    column: Column,
    unit: Unit | None = None,
    decisions: Mapping[str, str] | None = None,
    *,
    formats_read: bool = True,
    semicolons: bool = False,
) -> Parsed:
    """Read a column of money, numbers or whole numbers.

    Parameters
    ----------
    values
        Raw cells.
    column
        The column of the store they go into.
    unit
        What header or title say; a unit in a cell counts before it.
    decisions
        Answers: ``scale`` of a rate, ``fraction`` or ``percent``.
    formats_read
        Whether the number formats of the file are known.
    semicolons
        Whether semicolons part the columns of the file.

    Returns
    -------
    Parsed
        Decimals in the unit of the store; money in whole fen.
    """
    cells = Cells.of(values, column.name)
    read, asked = _read(cells, column, decisions or {}, doubtful_marks(cells.raw, semicolons=semicolons))
    currency = _currency(read, unit, column)
    if currency:
        rate = _rate((decisions or {}).get("exchange_rate"))
        if rate is None:
            context = {"label": column.label, "value": currency, "example": "7.10"}
            ask = Question("exchange_rate", column.name, (), None, samples(cells.raw), context)
            return Parsed(cells.spread([None] * len(read)), tuple(cells.findings), (ask,))
        read, unit = _in_yuan(read, unit, currency, rate)
    scale, questions = _scale(cells, read, column, unit, decisions or {})
    read, by_format = _by_format(cells, read, column, unit, decisions or {}, formats_read)
    questions += (*asked, *by_format)
    results: list[Decimal | int | None] = []
    for position, number in enumerate(read):
        value = None
        if number is not None:
            value = _scaled(cells, position, number, column, unit, scale)
        results.append(value)
    return Parsed(cells.spread(results), tuple(cells.findings), questions)


def _read(
    cells: Cells, column: Column, decisions: Mapping[str, str], comma: Sequence[str]
) -> tuple[list[Number | None], tuple[Question, ...]]:
    """Read the cells; where some have a decimal comma, 1,500 may be one and a half: that is asked."""
    answer = decisions.get("decimal_mark")
    if not comma or answer == "point":
        return cells.read(read_number), ()
    if answer == "comma":
        return cells.read(lambda cell: read_number(with_marks_exchanged(cell))), ()
    known = {"label": column.label}
    surely = any(DECIMAL_COMMA.fullmatch(digits_of(cell)) for cell in comma)
    proposed = "comma" if surely else None
    question = Question("decimal_mark", column.name, ("comma", "point"), proposed, samples(comma), known)
    marked = re.compile(r".*\d[.,]\d.*", re.DOTALL)

    def withheld(cell: object) -> Number | Refusal | None:
        return None if isinstance(cell, str) and marked.match(narrow(cell)) else read_number(cell)

    return cells.read(withheld), (question,)


def _currency(read: Sequence[Number | None], unit: Unit | None, column: Column) -> str:
    """Return the other currency of a column: that of its header, or the one of all of its amounts."""
    if unit is not None and unit.currency:
        return unit.currency
    own = {number.unit.currency if number.unit else "" for number in read if number is not None}
    return own.pop() if len(own) == 1 and column.kind is Kind.MONEY else ""


def _in_yuan(
    read: Sequence[Number | None], unit: Unit | None, currency: str, rate: Decimal
) -> tuple[list[Number | None], Unit | None]:
    """Return numbers and their unit in yuan, at a rate of so many yuan for one of the currency."""
    results: list[Number | None] = []
    for number in read:
        own = number.unit if number is not None else None
        if number is not None and own is not None and own.currency == currency:
            if number.times is not None:
                worth = number.value * number.times * own.factor * rate
                results.append(Number(worth, Decimal(1), units.UNITS["元"]))
            else:
                # The rate of a currency that the header names comes with its scale.
                results.append(Number(number.value * (1 if unit and unit.currency else rate)))
        else:
            results.append(number)
    if unit is None or not unit.currency:
        return results, unit
    return results, replace(unit, dimension="money", factor=unit.factor * rate)


def _rate(answer: str | None) -> Decimal | None:
    """Return an exchange rate above zero as it was answered; None for another text."""
    found = read_number(answer) if answer else None
    return found.value if isinstance(found, Number) and found.value > 0 and found.times is None else None


def _by_format(
    cells: Cells,
    read: Sequence[Number | None],
    column: Column,
    unit: Unit | None,
    decisions: Mapping[str, str],
    formats_read: bool,
) -> tuple[list[Number | None], tuple[Question, ...]]:
    """Take numbers as their formats show them; those whose format contradicts the unit are asked about."""
    if formats_read and not any(isinstance(cell, ShownNumber) for cell in cells.raw):
        return list(read), ()
    question = shown_question(cells.raw, unit, column, formats_read=formats_read)
    answer = decisions.get(question.code) if question else None
    base = units.factor(unit, column)
    results: list[Number | None] = []
    for cell, number in zip(cells.raw, read, strict=True):
        result = number
        if number is not None and question is not None and _is_asked(cell, question.code, unit, column):
            # Nothing else in the cell says a unit: the answer is what the figure is multiplied by.
            result = None if answer is None else Number(number.value * Decimal(answer) / base)
        elif number is not None and _is_money(cell, column):
            factor = factor_of(cell, unit, column)
            result = number if factor is None else Number(number.value * factor / base)
        results.append(result)
    return results, (question,) if question is not None and answer is None else ()


def _is_money(cell: object, column: Column) -> bool:
    """Tell whether a cell is an amount in yuan that its format shows otherwise than it is stored."""
    own = (
        isinstance(cell, ShownNumber) and cell.currency in {"", current_currency().word} and cell.unit != "%"
    )
    return own and column.kind is Kind.MONEY


def _is_asked(cell: object, code: str, unit: Unit | None, column: Column) -> bool:
    """Tell whether a cell is one of those a question about formats is about."""
    if isinstance(cell, ShownNumber):
        return code in {CODE, WORDS} and cell.unit != "%" and factor_of(cell, unit, column) is None
    return code not in {CODE, WORDS} and type(cell) in (int, float)


def _scaled(
    cells: Cells, position: int, number: Number, column: Column, unit: Unit | None, scale: Decimal | None
) -> Decimal | int | None:
    """Return a number in the unit of the store, None where its own unit contradicts."""
    if units.is_rate(column) and number.times is None:
        if scale is None:
            return None
        value = number.value * scale
    else:
        own = _own_factor(number, column, unit)
        if own is None:
            stored = units.dimension_of(column)
            allowed = [u.code for u in units.UNITS.values() if u.dimension == stored]
            cells.note(position, "unit_conflict", allowed=[unit.code] if unit else allowed)
            return None
        if number.times is not None and own != units.factor(unit, column) != 1:
            cells.note(position, "own_unit")
        value = number.value * own
    return _stored(cells, position, value, column.kind)


def _stored(cells: Cells, position: int, value: Decimal, kind: Kind) -> Decimal | int | None:
    """Return a number as the store keeps it: money in fen, whole numbers without decimals."""
    if kind is Kind.MONEY and abs(value) < _MOST_MONEY:
        fen = value.quantize(_FEN, rounding=ROUND_HALF_UP)
        if fen != value:
            cells.note(position, "rounded")
        return fen
    if kind is Kind.MONEY or (kind is Kind.INTEGER and value != value.to_integral_value()):
        cells.note(position, "not_a_number" if kind is Kind.MONEY else "not_whole")
        return None
    return int(value) if kind is Kind.INTEGER else value


def _own_factor(number: Number, column: Column, unit: Unit | None) -> Decimal | None:
    """Return what turns a number into the unit of the store; None where its unit doesn't suit."""
    if number.unit is None or number.times is None:
        foreign = number.unit is not None and number.unit.currency
        return None if foreign else number.times or units.factor(unit, column)
    if column.name == "quantity":
        # The pack size that turns one into the other belongs to the product, not to the cell.
        return number.times if unit is not None and _same_pack(number.unit, unit) else None
    if number.unit.code == "分钟" and column.maximum in {5, 10, 100}:
        return Decimal(1)
    if number.unit.currency or not units.suits(number.unit, column):
        return None
    if units.is_rate(column):
        return number.unit.factor / 100
    return number.times * units.factor(number.unit, column)


def _same_pack(own: Unit, unit: Unit) -> bool:
    return own.code == unit.code or own.code == unit.code.removeprefix("万").removeprefix("千")


def _scale(
    cells: Cells,
    read: Sequence[Number | None],
    column: Column,
    unit: Unit | None,
    decisions: Mapping[str, str],
) -> tuple[Decimal | None, tuple[Question, ...]]:
    """Decide whether 35 or 0.35 means 35 % in a rate; None with a question where that is open."""
    if not units.is_rate(column):
        return None, ()
    bare = [n.value for n in read if n is not None and n.times is None and n.value != 0]
    written = any(n is not None and n.times is not None for n in read)
    answer, proposed = decisions.get("scale"), None
    if answer is None and bare:
        all_small = all(abs(value) <= 1 for value in bare)
        none_small = all(abs(value) > 1 for value in bare)
        if unit is not None and unit.dimension == "percent":
            # Excel shows 0.25 as 25 % under a header with % just as well.
            answer = None if all_small else "percent"
            proposed = "fraction" if all_small else "percent"
        elif none_small:
            answer = "percent" if len(bare) > 1 else None
            proposed = "percent"
        elif all_small and any(value != value.to_integral_value() for value in bare):
            # Beside “35%” a bare 0.35 may be either.
            answer, proposed = ("fraction", None) if not written else (None, "fraction")
        if not all_small and not none_small:
            answer, proposed = None, "percent" if unit is not None else None
    if answer is None and bare:
        shown = samples([cells.raw[i] for i, n in enumerate(read) if n is not None and n.times is None])
        context = {"label": column.label}
        question = Question("scale", column.name, ("fraction", "percent"), proposed, shown, context)
        return None, (question,)
    if answer == "percent":
        return (unit.factor if unit is not None and unit.dimension == "percent" else Decimal(1)) / 100, ()
    return Decimal(1), ()
