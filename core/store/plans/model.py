"""What a saved target plan is, the states it passes, and what can go wrong with it.

A plan's cells are indexed by item (a product category, or a product where the plan goes down to products),
region_id, owner_id (a rep or a dealer) and month; an empty text stands for "not broken down by this".
``count`` is in whole units of the plan, ``locked`` tells the cells that must not move.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.errors import StoreError
from core.store.approval import EDITABLE
from core.targets.units import Unit

if TYPE_CHECKING:
    import pandas as pd

KEYS = ["item", "region_id", "owner_id", "month"]
OWNER_COLUMNS = {"employee": "employee_id", "dealer": "dealer_id", "": "employee_id"}


class PlanMovedError(StoreError):
    """Somebody else saved the plan in the meantime; nothing was written and nothing is lost."""


@dataclass(frozen=True)
class Plan:
    """A target plan without its cells.

    Parameters
    ----------
    plan_id, name, year, template, version, base_plan_id, status
        As in the store.
    top_target
        Total, yuan.
    parameters
        Everything it was computed with; ``unit``, ``owner`` and ``depth`` among them.
    inputs_version
        Data version it was computed from; None where it was imported.
    """

    plan_id: str
    name: str
    year: int
    template: str = "breakdown"
    version: int = 1
    base_plan_id: str | None = None
    status: str = "draft"
    top_target: float = 0.0
    parameters: Mapping[str, Any] = field(default_factory=dict)
    inputs_version: int | None = None

    @property
    def unit(self) -> Unit:
        """What one count of its cells is worth."""
        return Unit(Decimal(str(self.parameters.get("unit", "0.01"))))

    @property
    def owner(self) -> str:
        """Who has the targets of a region: ``employee``, ``dealer``, or empty for nobody."""
        return str(self.parameters.get("owner", ""))

    @property
    def by_product(self) -> bool:
        """Whether its items are products."""
        return self.parameters.get("depth") == "product"

    @property
    def editable(self) -> bool:
        """Whether its cells can be changed."""
        return self.status in EDITABLE


def fingerprint(plan: Plan, cells: pd.DataFrame) -> str:
    """Return a text that changes when a cell, a lock or the unit does, whatever the order of the rows."""
    rows = cells.sort_index().reset_index()
    heads = ["category", *KEYS[1:], "count", "locked"]
    columns = rows[[*KEYS, "count", "locked"]]
    text = columns.to_csv(index=False, header=heads, date_format="%Y-%m", lineterminator="\n")
    return hashlib.sha256(f"{plan.unit.size.normalize()}\n{text}".encode()).hexdigest()[:32]
