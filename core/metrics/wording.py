"""Values and formulas in words, in the language in use."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from core.errors import InputError, nearest
from core.i18n import N_, _, format_number, format_percent
from core.market.labels import label
from core.metrics.market import MARKET_METRICS
from core.metrics.overview import OVERVIEW_METRICS
from core.metrics.spec import Format, Metric

MISSING_TEXT = "—"
# Yuan per unit, decimals and the unit's name.
MONEY_UNITS = {"wan": (10_000, 1, N_("{amount} ten thousand yuan")), "yuan": (1, 2, N_("{amount} yuan"))}

_DECLARED = {m.key: m for m in (*MARKET_METRICS, *OVERVIEW_METRICS)}
# In a secured region these keep the own sales, whatever their formula says.
_KEPT = {"target_fixed", "target_least", "target_proportional", "target_from_rival", "target_from_others"}
_PLACE = re.compile(r"\{(\w+)\}")
# Values a formula uses that are no column of their own: the multiple and the plan's years.
_PARAMETERS = {"k": Format.MULTIPLE, "years": Format.INTEGER, "rival_growth_rate": Format.CHANGE}


def metric(key: str) -> Metric:
    """Return the declaration of a KPI.

    Raises
    ------
    InputError
        There is none of that key.
    """
    if key not in _DECLARED:
        raise InputError(
            _("Unknown value {value} for {name}.", value=key, name="metric"),
            _("Did you mean {suggestion}?", suggestion=nearest(key, _DECLARED) or ", ".join(_DECLARED)),
        )
    return _DECLARED[key]


def format_value(key: str, value: object, *, money: str = "wan") -> str:
    """Write a value of a KPI as people read it, an em dash where it is missing.

    Parameters
    ----------
    key
        The KPI.
    value
        Yuan, ratio, count, flag or code, as it is in the table.
    money
        ``wan`` for ten thousands of yuan, ``yuan`` for yuan and fen.

    Returns
    -------
    str
        Without the unit for money, so that it fits a column; 20.4 %, +3.2 %, 1.64 × otherwise.
    """
    declared = metric(key)
    if declared.format is Format.CODE:
        return label(declared.codes, value)
    return _written(declared.format, value, money)


def explain(key: str, values: Mapping[str, object], *, money: str = "wan") -> str:
    """Return the formula of a KPI with its numbers filled in.

    Parameters
    ----------
    key
        The KPI.
    values
        A row of the market table; for the targets also ``k``.
    money
        See :func:`format_value`.

    Returns
    -------
    str
        For instance ``Share = own sales ÷ market capacity = 250.0 ÷ 1,000.0 = 25.0%``. Missing numbers
        show as an em dash.
    """
    declared = metric(key)
    parts = [_(declared.label), _(declared.formula)]
    if key in _KEPT and values.get("state") == "secured":
        parts.append(_("{own}, kept because No.1 is secured", own=_place("own", values, money)))
    elif declared.worked:
        parts.append(_PLACE.sub(lambda found: _place(found[1], values, money), declared.worked))
    elif key in values:
        parts.append(format_value(key, values[key], money=money))
    return " = ".join(parts)


def with_unit(amount: str, money: str = "wan") -> str:
    """Add the unit to a written amount of money."""
    return _(MONEY_UNITS[money][2], amount=amount)


def _place(name: str, values: Mapping[str, object], money: str) -> str:
    value = values.get(name)
    if name in _PARAMETERS:
        return _written(_PARAMETERS[name], value, money)
    return format_value(name, value, money=money)


def _written(how: Format, value: object, money: str) -> str:  # noqa: PLR0911 - one return per format
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN differs from itself
        return MISSING_TEXT
    if how is Format.FLAG:
        return _("yes") if value else _("no")
    if how is Format.TEXT:
        return str(value)
    number = float(str(value))
    match how:
        case Format.MONEY:
            scale, digits, _unit = MONEY_UNITS[money]
            return format_number(number / scale, digits)
        case Format.PERCENT:
            return format_percent(number)
        case Format.CHANGE:
            return ("+" if number > 0 else "") + format_percent(number)
        case Format.POINTS:
            return _("{points} pp", points=("+" if number > 0 else "") + format_number(number * 100, 1))
        case Format.MULTIPLE:
            return format_number(number, 2) + " ×"
        case Format.SCORE:
            return format_number(number, 1)
        case _:
            return format_number(number)
