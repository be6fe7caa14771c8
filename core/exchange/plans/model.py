"""What a target plan takes along into a file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.i18n import N_, _, current_language

if TYPE_CHECKING:
    import pandas as pd

    from core.store.plans.signature import Signature
    from core.targets.principles import Check
    from core.targets.units import Unit

# Sheets in the order of the workbook; the last one is where cells are edited.
SHEETS = {
    "cover": N_("Cover and parameters"),
    "summary": N_("Summary"),
    "region_category": N_("Region x product"),
    "region_month": N_("Region x month"),
    "owner_month": N_("Rep x month"),
    "number_one": N_("No.1 targets"),
    "checks": N_("Checks"),
    "detail": N_("Detail"),
}
# Where cells are edited.
DETAIL = SHEETS["detail"]
# The sheet that says which plan and version a workbook holds; nobody sees it.
IDENTITY = "_shengeng_plan"
FORMAT = "2"


@dataclass(frozen=True)
class PlanBook:
    """A plan with the names and figures a reader needs.

    Parameters
    ----------
    plan_id, version, name, fingerprint
        Which plan this is; the fingerprint is that of its cells.
    unit
        What one count is worth, yuan.
    about
        What the cover says: label and text.
    cells
        Indexed by item, region_id, owner_id, month: count, locked, last_year (yuan, NaN = unknown).
    regions
        Indexed by region_id: name, parent.
    owners
        Names of reps or dealers by id; empty where the plan has none.
    products
        Indexed by product_id: name, category; empty where the items are categories.
    number_one
        region_id, own, rival, rival_sales, needed, gap; yuan.
    signature
        Who approved it; None where nobody did yet.
    """

    plan_id: str
    version: int
    name: str
    fingerprint: str
    unit: Unit
    about: tuple[tuple[str, str], ...]
    cells: pd.DataFrame
    regions: pd.DataFrame
    owners: Mapping[str, str] = field(default_factory=dict)
    products: pd.DataFrame | None = None
    number_one: pd.DataFrame | None = None
    checks: tuple[Check, ...] = ()
    signature: Signature | None = None

    def item(self, key: str) -> str:
        """Return the name of a product, or a category, which is its own name."""
        if self.products is not None and key in self.products.index:
            return str(self.products.at[key, "name"])
        return key or _("All categories")

    @property
    def seal(self) -> str:
        """A text that no other plan, version or cells have."""
        parts = (FORMAT, self.plan_id, str(self.version), self.fingerprint)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def money_divisor() -> int:
    """Return how many yuan one unit of the workbook is: 万元 in Chinese, thousands in English."""
    return 10_000 if current_language() == "zh_CN" else 1_000
