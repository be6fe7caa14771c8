"""Numbers as people write them, read exactly."""

from __future__ import annotations

import math
import numbers
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.currency import YUAN, current_currency
from core.exchange.columns.parsing import units
from core.exchange.columns.parsing.cells import EXCEL_ERRORS, Refusal, narrow, unquoted
from core.exchange.columns.parsing.numerals import CHARACTERS, chinese_number
from core.exchange.readers.sheet.cells import ShownNumber

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.columns.parsing.units import Unit

_PLAIN = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_NUMBER = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+−–]?)\s*(?:(?P<yuan>¥|rmb|cny|人民币)|(?P<currency>[a-z]{0,2}\$|€|£|usd|eur|hkd|gbp|jpy))?\s*(?P<sign2>[-+−–]?)\s*"
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
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_SURE_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
_DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""1.052 may be one and a bit, or a thousand and more."""
_MARKS = str.maketrans(",.", ".,")


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
        The unit beside it; without ``times`` a currency, whose scale the header says.
    """

    value: Decimal
    times: Decimal | None = None
    unit: Unit | None = None


def read_number(cell: object) -> Number | Refusal:  # noqa: PLR0911 - one return per form
    """Read one cell that isn't missing."""
    if type(cell) is str and cell.isdecimal() and cell.isascii():
        return Number(Decimal(cell))
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
    word = current_currency().word
    foreign = cell.currency not in {"", word}
    if foreign and not cell.unit:
        return Number(value, unit=_foreign(cell.currency))
    named = f"{cell.unit.removesuffix('元')}{cell.currency}" if foreign else cell.unit
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
    sign = found["currency"] or ("元" if found["yuan"] and current_currency() is not YUAN else "")
    return _with_tail(value, tail + sign) if tail else Number(value, unit=_foreign(sign))


def _foreign(sign: str) -> Unit | None:
    """Return another currency that is named beside a figure; the store's own says nothing."""
    unit = units.unit_named(sign) if sign else None
    return unit if unit is not None and unit.currency else None


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


def read_either(cell: object) -> Number | Refusal:
    """Read a cell, with its comma as a decimal point where it can't be read otherwise."""
    found = read_number(cell)
    return read_number(with_marks_exchanged(cell)) if isinstance(found, Refusal) else found


def digits_of(cell: str) -> str:
    """Return the digits and marks of a text that holds one number; empty where it holds none."""
    found = _DIGITS.fullmatch(narrow(cell))
    return found[1] if found else ""


def doubtful_marks(cells: Sequence[Any], *, semicolons: bool = False) -> list[str]:
    """Return the texts whose comma may be a decimal point, or whose point may part thousands.

    Points are in doubt where three digits stand behind every one of them, as between thousands. Commas of
    that kind are where semicolons part the columns, as they do where a comma is the decimal point, unless
    another text shows that they part thousands.
    """
    marked = (cell for cell in cells if isinstance(cell, str) and not cell.isdecimal())
    texts = [(cell, digits) for cell in marked if (digits := digits_of(cell))]
    open_commas = semicolons and not any(_SURE_THOUSANDS.fullmatch(digits) for _cell, digits in texts)
    comma = [
        cell
        for cell, digits in texts
        if DECIMAL_COMMA.fullmatch(digits) or (open_commas and _ONE_COMMA.fullmatch(digits))
    ]
    dotted = [
        (cell, digits) for cell, digits in texts if "." in digits and not DECIMAL_COMMA.fullmatch(digits)
    ]
    if comma or not all(_DOTTED.fullmatch(digits) for _cell, digits in dotted):
        return comma
    return [cell for cell, _digits in dotted]


def with_marks_exchanged(cell: object) -> object:
    """Return a text with its commas as points, and the other way round."""
    return narrow(cell).translate(_MARKS) if isinstance(cell, str) else cell
