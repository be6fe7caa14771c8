"""The stages on one region's way to No.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.markets import CAPACITY_COLUMNS, SALES_COLUMNS, read_markets
from core.market.staging import staged_path

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.market.market import MarketReport


def region_stages(report: MarketReport, region_id: str) -> pd.DataFrame:
    """Return the stages of a region of a report, or of everything together; empty where there is no rival.

    Parameters
    ----------
    region_id
        Of a row of ``report.regions``, or of ``report.total``.
    """
    rows = report.regions[report.regions["region_id"] == region_id]
    sold = report.companies[report.companies["region_id"] == region_id]
    if rows.empty:
        rows, sold = report.total, report.total_companies
    sales = sold[list(SALES_COLUMNS)].assign(region_id=rows["region_id"].iloc[0])
    capacity = rows[list(CAPACITY_COLUMNS)].astype({"capacity": "float64", "capacity_previous": "float64"})
    request = report.request
    markets = read_markets(sales, capacity, request.own_company)
    return staged_path(markets, request.k)
