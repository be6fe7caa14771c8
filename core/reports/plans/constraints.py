"""The limits saved with a plan, named and put on the cells of a version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from core.i18n import _, format_month
from core.targets.editing.constraints import MONTH, CellConstraint, Constraint, cell_constraints, from_values

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.plans.basis import Basis

PARAMETER = "holds"
_PRODUCTS = ("category", "item")


def saved_constraints(parameters: Mapping[str, Any]) -> tuple[Constraint, ...]:
    """Return the limits among a plan's parameters."""
    return from_values(parameters.get(PARAMETER, ()))


def constraint_name(hold: Constraint, basis: Basis) -> str:
    """Return what a limit is on, ``East · Mar 2027``."""
    return " · ".join(_part(dimension, key, basis) for dimension, key in hold.where) or _("Whole plan")


def _part(dimension: str, key: str, basis: Basis) -> str:
    if dimension == MONTH:
        return format_month(dt.date.fromisoformat(f"{key}-01"))
    return basis.item(key) if dimension in _PRODUCTS else basis.name(key)


def plan_constraints(
    holds: tuple[Constraint, ...], facts: pd.DataFrame, basis: Basis
) -> list[CellConstraint]:
    """Return limits as limits on the cells that ``facts`` describes, in its order.

    Parameters
    ----------
    facts
        One row per cell; see :meth:`core.targets.editing.constraints.Hold.members`.
    """
    return cell_constraints(holds, facts, {hold: constraint_name(hold, basis) for hold in holds})
