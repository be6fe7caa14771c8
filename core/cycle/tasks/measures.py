"""What a task can be measured by from the data, each declared once; others a manager signs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core import numbers
from core.i18n import N_


@dataclass(frozen=True)
class Measure:
    """One measure.

    Parameters
    ----------
    unit
        ``count``, ``yuan``, ``share`` or ``ratio``: how its values are written.
    subject
        Of what: ``terminal``, ``customer`` (a shop or a dealer), ``region`` or ``shops``, a list.
    at_least
        Whether the target is a lower limit; else it is an upper one.
    formula
        What is counted, for people.
    unknown
        Why it may be that nothing can be told.
    """

    label: str
    unit: str
    subject: str
    formula: str
    unknown: str
    at_least: bool = True

    def is_reached(self, value: float | None, target: float) -> bool:
        """Tell whether a value reaches the target; a missing one never does."""
        if value is None or math.isnan(value):
            return False
        return value >= target if self.at_least else value <= target

    def text(self, value: float | None) -> str:
        """Return a value as people read it; “—” where it is missing."""
        if value is None or math.isnan(value):
            return "—"
        if self.unit == "yuan":
            return numbers.money(value)
        if self.unit == "share":
            return numbers.percent(value)
        return f"{value:.2f} ×" if self.unit == "ratio" else numbers.count(value)


_NO_SALES = N_("No sales of a later month are in yet.")
_NO_VISITS = N_("No later visits are in yet.")
_NO_MARKET = N_("No later month has all the figures of this region that there were before.")

MEASURES: dict[str, Measure] = {
    "shop_sells": Measure(
        N_("Months in which the shop sells our goods"), "count", "terminal",
        N_("Months after the data it was made from in which we sold something in the shop."), _NO_SALES,
    ),
    "visits": Measure(
        N_("Visits since"), "count", "terminal",
        N_("Visits to the shop after the data the task was made from."), _NO_VISITS,
    ),
    "shops_selling": Measure(
        N_("Shops of the list that sell our goods"), "count", "shops",
        N_("Shops of the list in which we sold something in a month after the data it was made from."),
        _NO_SALES,
    ),
    "shops_visited": Measure(
        N_("Shops of the list visited since"), "count", "shops",
        N_("Shops of the list with a visit after the data the task was made from."), _NO_VISITS,
    ),
    "customer_sales": Measure(
        N_("Sales to the customer since"), "yuan", "customer",
        N_("Our sales after the data it was made from; of a dealer what we sold to it."),
        _NO_SALES,
    ),
    "unvisited": Measure(
        N_("Customers without a visit in four weeks"), "count", "region",
        N_("Our customers in the region less those with a visit in the 28 days up to the day."), _NO_VISITS,
        at_least=False,
    ),
    "share": Measure(
        N_("Our market share"), "share", "region",
        N_("Our sales ÷ the market of the region, over as many months as the finding looked at."), _NO_MARKET,
    ),
    "ratio": Measure(
        N_("Times the largest rival"), "ratio", "region",
        N_("Our sales ÷ those of the largest rival, over as many months as the finding looked at."),
        _NO_MARKET,
    ),
    "cushion": Measure(
        N_("Safety cushion"), "yuan", "region",
        N_("Our sales less k times those of the largest rival, over the months of the finding."), _NO_MARKET,
    ),
    "plan_shortfall": Measure(
        N_("Behind the plan so far"), "yuan", "region",
        N_("Targets of the plan's months so far less our sales in them."), _NO_MARKET, at_least=False,
    ),
}  # fmt: skip
