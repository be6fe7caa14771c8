"""Numbers as the screen shows them; missing is “—”, never 0.

Money is kept in the store's one currency, called yuan in this code (:mod:`core.currency`). The Chinese screen
shows ten thousands (万元); the English one thousands in tables and charts, whose smallest amounts count as
well, and millions where a single large amount stands.
"""

from __future__ import annotations

import pandas as pd

from core.i18n import _, current_language, format_number, format_percent

MISSING = "—"
# A column with an amount from here on, in the unit of the screen, shows none of its decimals.
WITHOUT_DECIMALS = 1_000
MILLION = 1_000_000.0


def money_divisor() -> float:
    """Return how many yuan one unit of the screen has."""
    return 10_000.0 if current_language() == "zh_CN" else 1_000.0


def money_unit() -> str:
    """Return the unit that money is shown in: 万元, or thousands."""
    return _("k yuan")


def heading(label: str, unit: str) -> str:
    """Return the heading of a column, or the name of a field, with its unit in parentheses."""
    return _("{label} ({unit})", label=label, unit=unit)


def money_column(amounts: pd.Series) -> tuple[pd.Series, str]:
    """Return amounts as a table shows them, and the format of the column.

    Parameters
    ----------
    amounts
        In the screen's unit.

    Returns
    -------
    (pandas.Series, str)
        Whole amounts with thousands separators where one reaches a thousand, else one decimal: of the
        formats that a table knows, none does both.
    """
    values = amounts.astype("float64")
    if values.abs().max() >= WITHOUT_DECIMALS:
        return values.round(0), "localized"
    return values.round(1), "%.1f"


def is_missing(value: object) -> bool:
    """Tell whether there is no value: None, NaN or pandas' NA."""
    return bool(pd.isna(value))


def _number(value: object) -> float:
    return float(value)  # type: ignore[arg-type]


def _settled(value: float, digits: int) -> float:
    """Return a value without the minus that rounding leaves before a zero."""
    return 0.0 if round(value, digits) == 0 else value


def _signed(text: str, value: float, *, sign: bool) -> str:
    shows_nothing = not text.strip("-0.,%")
    return f"+{text}" if sign and value > 0 and not shows_nothing else text


def money(value: object, *, unit: bool = True, sign: bool = False) -> str:
    """Format yuan in the screen's unit, with one decimal below a hundred and none above.

    With its unit a million and more stands in millions on the English screen, with two decimals below ten.

    >>> money(None)
    '—'
    """
    if is_missing(value):
        return MISSING
    amount = _number(value)
    divisor, name = _unit_of(amount) if unit else (money_divisor(), "")
    return f"{_in_unit(amount, divisor, sign=sign)} {name}".rstrip()


def money_range(least: object, most: object) -> str:
    """Format two amounts as a range in one unit, that of the larger; what is missing is “—”."""
    known = [abs(_number(value)) for value in (least, most) if not is_missing(value)]
    if not known:
        return MISSING
    divisor, name = _unit_of(max(known))
    ends = [MISSING if is_missing(value) else _in_unit(_number(value), divisor) for value in (least, most)]
    return f"{ends[0]} – {ends[1]} {name}"


def _unit_of(amount: float) -> tuple[float, str]:
    """Return how many yuan are one of the unit that an amount is shown in, and the unit."""
    if abs(amount) >= MILLION and current_language() != "zh_CN":
        return MILLION, _("M yuan")
    return money_divisor(), money_unit()


def _in_unit(amount: float, divisor: float, *, sign: bool = False) -> str:
    shown = amount / divisor
    digits = 2 if divisor == MILLION and abs(shown) < 10 else 1 if abs(shown) < 100 else 0
    return _signed(format_number(_settled(shown, digits), digits), shown, sign=sign)


def yuan(value: object) -> str:
    """Format an amount that is small in the screen's unit, such as one order, in whole yuan."""
    if is_missing(value):
        return MISSING
    return f"{format_number(_settled(_number(value), 0))} {_('yuan')}"


def percent(value: object, *, sign: bool = False) -> str:
    """Format a ratio as a percentage with one decimal; growth carries its sign."""
    if is_missing(value):
        return MISSING
    return _signed(format_percent(_settled(_number(value), 3)), _number(value), sign=sign)


def points(value: object) -> str:
    """Format a difference of two shares in percentage points, with its sign."""
    if is_missing(value):
        return MISSING
    shown = _settled(_number(value) * 100, 1)
    return _("{points} pts", points=_signed(format_number(shown, 1), shown, sign=True))


def ratio(value: object) -> str:
    """Format a multiple, ``1.64 ×``."""
    if is_missing(value):
        return MISSING
    return f"{format_number(_number(value), 2)} ×"


def count(value: object, *, sign: bool = False) -> str:
    """Format a whole number with thousands separators."""
    if is_missing(value):
        return MISSING
    return _signed(format_number(_settled(_number(value), 0)), _number(value), sign=sign)


def decimal(value: object, digits: int) -> str:
    """Format a number with a fixed number of decimals."""
    if is_missing(value):
        return MISSING
    return format_number(_settled(_number(value), digits), digits)
