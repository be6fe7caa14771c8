"""Formulas with a row's numbers filled in, in the language in use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core import numbers
from core.i18n import _, format_number
from core.metrics.display import write_value
from core.metrics.registry import MISSING_TEXT, metric
from core.metrics.spec import Format, Metric

# Yuan per unit, and decimals.
MONEY_UNITS = {"wan": (10_000, 1), "yuan": (1, 2)}
# In a secured region these keep the own sales, whatever their formula says.
_OWN_WHERE_SECURED = {
    "target_base",
    "target_fixed",
    "target_least",
    "target_proportional",
    "target_from_rival",
    "target_from_others",
}
_PLACE = re.compile(r"\{(\w+)\}")
# The version that the base target is, by its basis.
_BASES = {"proportional": "target_proportional", "fixed": "target_fixed"}
# Values a formula uses that are no column of their own, besides the multiple k.
_PARAMETERS = {
    key: Metric(key, key, key, key, format=form)
    for key, form in (
        ("years", Format.INTEGER),
        ("rival_growth_rate", Format.CHANGE),
    )
}


def format_value(key: str, value: object, *, money: str = "wan") -> str:
    """Write a value of a market KPI for a formula: money in a fixed unit without its name.

    Parameters
    ----------
    value
        Yuan, ratio, count, flag or code, as it is in the table.
    money
        ``wan`` for ten thousands of yuan, ``yuan`` for yuan and fen.
    """
    if key == "k":
        return MISSING_TEXT if numbers.is_missing(value) else f"{float(str(value)):.4g}"
    declared = _PARAMETERS.get(key) or metric(key)
    if declared.format is not Format.MONEY or numbers.is_missing(value):
        return write_value(declared, value)
    scale, digits = MONEY_UNITS[money]
    return format_number(float(str(value)) / scale, digits)


def explain(key: str, values: Mapping[str, object], *, money: str = "wan") -> str:
    """Return the formula of a KPI with its numbers filled in.

    Parameters
    ----------
    values
        A row of the market table; for the targets also ``k``.

    Returns
    -------
    str
        For instance ``Share = own sales ÷ market capacity = 250.0 ÷ 1,000.0 = 25.0%``. Missing numbers
        show as an em dash.
    """
    declared = metric(key)
    if key == "target_base" and values.get("target_basis") in _BASES:
        # The base target is one of two versions: that one's formula has the numbers.
        basis = explain(_BASES[str(values["target_basis"])], values, money=money)
        return f"{_(declared.label)} = {basis}"
    parts = [_(declared.label), _(declared.formula)]
    if key in _OWN_WHERE_SECURED and values.get("state") == "secured":
        own = format_value("own", values.get("own"), money=money)
        parts.append(_("{own}, kept because No.1 is secured", own=own))
    elif declared.worked:
        parts.append(_PLACE.sub(lambda m: format_value(m[1], values.get(m[1]), money=money), declared.worked))
    elif key in values:
        parts.append(format_value(key, values[key], money=money))
    return " = ".join(parts)
