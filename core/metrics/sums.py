"""Which KPIs of a table's rows add up to one of all rows: a total of anything else would be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.metrics.spec import Metric

_SUMMED: dict[str, str] = {
    "market": "capacity capacity_previous own own_previous recorded_sales others unidentified opportunity "
    "contest_sales population area_km2 gdp",
    "concentration": "campaign_visits effort value money",
    "customers": "sales margin demand visits amount count part count_part margin_amount accounts handled",
    "dealers": "sell_in at_risk part stock advertising promotion people terminals",
    "terminals": "outlets known unknown handlers blank own category counted towns developed sheets actions "
    "late sales",
    "strategy": "broken kept unknown customers area",
    "expenses": "budget actual difference compared_budget compared_actual unbudgeted unbooked advertising "
    "promotion people expense sales spent forecast year_budget",
    "promotions": "cost units cost_counted",
}


def adds_up(declared: Metric) -> bool:
    """Tell whether the rows of a KPI may be summed."""
    return declared.key in _SUMMED.get(declared.family, "").split()
