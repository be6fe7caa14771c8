"""The limits saved with a plan, named and put on the cells of a version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from core.i18n import _, format_month
from core.targets.editing.constraints import MONTH, Bound, Hold, bounds_of, from_values

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.plans.basis import Basis

PARAMETER = "holds"
_PRODUCTS = ("category", "item")


def saved_holds(parameters: Mapping[str, Any]) -> tuple[Hold, ...]:
    """Return the limits among a plan's parameters."""
    return from_values(parameters.get(PARAMETER, ()))


def hold_name(hold: Hold, basis: Basis) -> str:
    """Return what a limit is on, ``East · Mar 2027``."""
    return " · ".join(_part(dimension, key, basis) for dimension, key in hold.where) or _("Whole plan")


def _part(dimension: str, key: str, basis: Basis) -> str:
    if dimension == MONTH:
        return format_month(dt.date.fromisoformat(f"{key}-01"))
    return basis.item(key) if dimension in _PRODUCTS else basis.name(key)


def plan_bounds(holds: tuple[Hold, ...], facts: pd.DataFrame, basis: Basis) -> list[Bound]:
    """Return limits as limits on the cells that ``facts`` describes, in its order.

    Parameters
    ----------
    facts
        One row per cell; see :meth:`core.targets.editing.constraints.Hold.members`.
    """
    return bounds_of(holds, facts, {hold: hold_name(hold, basis) for hold in holds})
