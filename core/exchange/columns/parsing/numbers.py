"""Numbers as people write them, read exactly."""

from __future__ import annotations

import math
import numbers
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from core.exchange.columns.parsing import units
from core.exchange.columns.parsing.cells import EXCEL_ERRORS, Cells, Refusal, narrow, samples, unquoted
from core.exchange.columns.parsing.numerals import CHARACTERS, chinese_number
from core.exchange.columns.parsing.shown_numbers import CODE, factor_of, shown_question
from core.exchange.columns.results import Parsed, Question
from core.exchange.readers.sheet.cells import ShownNumber
from core.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from core.exchange.columns.parsing.units import Unit
    from core.tables import Column

_PLAIN = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_NUMBER = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+−–]?)\s*(?:¥|rmb|cny|人民币|(?P<currency>[a-z]{0,2}\$|€|£|usd|eur|hkd|gbp|jpy))?\s*(?P<sign2>[-+−–]?)\s*"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d{1,3}(?:[ '’]\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)"
    r"(?P<exponent>e[+-]?\d+)?(?P<trailing>-?)\s*(?P<tail>[^\d\s()+-][^\d()]*?2?)?(?P<close>\))?(?P<last>-?)"
)
_RANGE = re.compile(r".*\d\s*(?:[-~～—–至到]|以上|以下|左右|多)\s*\d?.*|[约近≈><≥≤~].*\d.*|.*\d.*[+＋]")
_MULTIPLIERS = {
    "百万": 10**6,
    "千万": 10**7,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "千": 10**3,
    "百": 10**2,
    "w": 10**4,
    "k": 10**3,
}
_SAY_UNITS = frozenset("元圆圓块角毛分整正万萬亿億")
_DIGITS = re.compile(r"\D*?(\d[\d.,]*\d|\d)\D*")
"""The digits of a cell, whatever currency or unit stands around them."""
_COMMA = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""1.052 may be one and a bit, or a thousand and more."""
_MARKS = str.maketrans(",.", ".,")
_FEN = Decimal("0.01")
_MOST_MONEY = Decimal(10) ** 16


@dataclass(frozen=True)
class Number:
    """A number, with the unit that stands beside it in the cell.

    Parameters
    ----------
    value
        As written, 3.5 in “3.5万元”.
    times
        What the words beside it multiply it by, None where there are none.
    unit
        The unit beside it.
    """

    value: Decimal
    times: Decimal | None = None
    unit: Unit | None = None


def read_number(cell: object) -> Number | Refusal:  # noqa: PLR0911 - one return per form
    """Read one cell that isn't missing."""
    if isinstance(cell, numbers.Integral):
        return Number(Decimal(int(cell)))
    if isinstance(cell, Decimal):
        return Number(cell) if cell.is_finite() else Refusal("not_a_number")
    if isinstance(cell, ShownNumber):
        return _shown(cell)
    if isinstance(cell, numbers.Real):
        # Excel keeps 15 digits; more are the noise of binary fractions (0.1 + 0.2).
        return (
            Number(Decimal(format(float(cell), ".15g"))) if math.isfinite(cell) else Refusal("not_a_number")
        )
    if not isinstance(cell, str):
        return Refusal("not_a_number")
    text = unquoted(narrow(cell)).casefold()
    if _PLAIN.fullmatch(text):
        return Number(Decimal(text.replace(",", "")))
    if text in EXCEL_ERRORS:
        return Refusal("formula_error")
    found = _NUMBER.fullmatch(text)
    if found:
        return _written(found)
    if set(text) <= CHARACTERS or text[0].isdigit():
        value = chinese_number(text.removesuffix("元") if text[0].isdigit() else text)
        if value is not None:
            # 壹万 says its unit as 1万 does; in a column of 万元 it isn't a hundred million.
            return Number(value, Decimal(1)) if set(text) & _SAY_UNITS else Number(value)
    return Refusal("range" if _RANGE.fullmatch(text) else "not_a_number")


def _shown(cell: ShownNumber) -> Number | Refusal:
    """Read a number that its format shows with a unit; a unit nobody knows is left to the header."""
    value = Decimal(format(float(cell), ".15g"))
    named = f"{cell.unit.removesuffix('元')}{cell.currency}" if cell.currency not in {"", "元"} else cell.unit
    unit = units.unit_named(named) if named else None
    if unit is None:
        return Number(value)
    return _with_tail(value, named)


def _written(found: re.Match[str]) -> Number | Refusal:
    signs = [found["sign"], found["sign2"], found["trailing"], found["last"]]
    negative = [sign for sign in signs if sign and sign != "+"]
    bracketed = found["open"] is not None
    if bracketed != (found["close"] is not None) or len(negative) + bracketed > 1 or (signs[0] and signs[1]):
        return Refusal("not_a_number")
    digits = re.sub(r"[, '’]", "", found["digits"])
    exponent = found["exponent"] or ""
    if exponent and int(exponent[1:]) >= len(digits.replace(".", "").lstrip("0")):
        # 1.23E+06 shows three digits of seven: what the others were nobody knows.
        return Refusal("lost_digits")
    value = Decimal(digits + exponent)
    if negative or bracketed:
        value = -value
    tail = (found["tail"] or "").strip()
    if found["currency"]:
        tail += found["currency"]
    return _with_tail(value, tail) if tail else Number(value)


def _with_tail(value: Decimal, tail: str) -> Number | Refusal:
    if tail == "°":
        return Number(value)
    unit = units.unit_named(tail)
    if unit is not None and unit.dimension in {
        "percent",
        "mass",
        "volume",
        "area",
        "people",
        "time",
        "count",
    }:
        return Number(value, Decimal(1), unit)
    for word in sorted(_MULTIPLIERS, key=len, reverse=True):
        if tail.startswith(word):
            rest = tail[len(word) :].strip()
            base = units.unit_named(rest)
            if not rest or base is not None:
                return Number(value, Decimal(_MULTIPLIERS[word]), base)
    return Number(value, Decimal(1), unit) if unit is not None else Refusal("not_a_number")


def parse_numbers(
    values: pd.Series | Sequence[Any],
    column: Column,
    unit: Unit | None = None,
    decisions: Mapping[str, str] | None = None,
    *,
    formats_read: bool = True,
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

    Returns
    -------
    Parsed
        Decimals in the unit of the store; money in whole fen.
    """
    cells = Cells.of(values, column.name)
    read, asked = _read(cells, column, decisions or {})
    if unit is not None and unit.currency:
        rate = _rate((decisions or {}).get("exchange_rate"))
        if rate is None:
            context = {"label": column.label, "value": unit.currency, "example": "7.10"}
            ask = Question("exchange_rate", column.name, (), None, samples(cells.raw), context)
            return Parsed(cells.spread([None] * len(read)), tuple(cells.findings), (ask,))
        read, unit = _in_yuan(read, unit, rate)
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
    cells: Cells, column: Column, decisions: Mapping[str, str]
) -> tuple[list[Number | None], tuple[Question, ...]]:
    """Read the cells; where some have a decimal comma, 1,500 may be one and a half: that is asked."""
    comma = _doubtful(cells.raw)
    answer = decisions.get("decimal_mark")
    if not comma or answer == "point":
        return cells.read(read_number), ()
    if answer == "comma":
        return cells.read(lambda cell: read_number(_exchanged(cell))), ()
    known = {"label": column.label}
    surely = any(_COMMA.fullmatch(_digits(cell)) for cell in comma)
    proposed = "comma" if surely else None
    question = Question("decimal_mark", column.name, ("comma", "point"), proposed, samples(comma), known)
    marked = re.compile(r".*\d[.,]\d.*", re.DOTALL)

    def withheld(cell: object) -> Number | Refusal | None:
        return None if isinstance(cell, str) and marked.match(narrow(cell)) else read_number(cell)

    return cells.read(withheld), (question,)


def read_either(cell: object) -> Number | Refusal:
    """Read a cell, with its comma as a decimal point where it can't be read otherwise."""
    found = read_number(cell)
    return read_number(_exchanged(cell)) if isinstance(found, Refusal) else found


def _digits(cell: str) -> str:
    found = _DIGITS.fullmatch(narrow(cell))
    return found[1] if found else ""


def _doubtful(cells: Sequence[Any]) -> list[str]:
    """Return the texts whose comma may be a decimal point, or whose point may part thousands.

    Points are in doubt where three digits stand behind every one of them, as between thousands.
    """
    texts = [(cell, digits) for cell in cells if isinstance(cell, str) and (digits := _digits(cell))]
    comma = [cell for cell, digits in texts if _COMMA.fullmatch(digits)]
    dotted = [(cell, digits) for cell, digits in texts if "." in digits and not _COMMA.fullmatch(digits)]
    if comma or not all(_DOTTED.fullmatch(digits) for _cell, digits in dotted):
        return comma
    return [cell for cell, _digits in dotted]


def _in_yuan(read: Sequence[Number | None], unit: Unit, rate: Decimal) -> tuple[list[Number | None], Unit]:
    """Return numbers and their unit in yuan, at a rate of so many yuan for one of the currency."""
    results: list[Number | None] = []
    for number in read:
        own = number.unit if number is not None else None
        if number is not None and own is not None and own.currency == unit.currency:
            worth = number.value * (number.times or 1) * own.factor * rate
            results.append(Number(worth, Decimal(1), units.UNITS["元"]))
        else:
            results.append(number)
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
    own = isinstance(cell, ShownNumber) and cell.currency in {"", "元"} and cell.unit != "%"
    return own and column.kind is Kind.MONEY


def _is_asked(cell: object, code: str, unit: Unit | None, column: Column) -> bool:
    """Tell whether a cell is one of those a question about formats is about."""
    if isinstance(cell, ShownNumber):
        return code == CODE and cell.unit != "%" and factor_of(cell, unit, column) is None
    return code != CODE and type(cell) in (int, float)


def _exchanged(cell: object) -> object:
    """Return a text with its commas as points, and the other way round."""
    return narrow(cell).translate(_MARKS) if isinstance(cell, str) else cell


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
    if number.times is None or number.unit is None:
        return units.factor(unit, column) if number.times is None else number.times
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
