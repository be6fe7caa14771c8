"""Plan and do of a month: what was planned, what happened, what it was a year before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.reports.market.market import MarketRequest, market_total
from core.store.cycle.review import visit_counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.cycle.meeting.money import MonthMoney
    from core.reports.cycle.meeting.request import MeetingRequest
    from core.reports.cycle.meeting.targets import MonthTarget
    from core.store.database import Store

SALES, TO_DATE, VISITS, EXPENSE = "sales", "sales_to_date", "visits", "expense"
LINES = (SALES, TO_DATE, VISITS, EXPENSE)


def market_request(request: MeetingRequest, level: str) -> MarketRequest:
    """Return what the market table of a month is asked for."""
    return MarketRequest(
        request.own_company,
        request.month,
        request.month,
        level,
        category=request.category,
        market_id=request.market_id,
        within=request.region,
        k=request.k,
        scope=request.scope,
    )


def month_lines(
    store: Store,
    asked: MarketRequest,
    standing: Mapping[str, Any],
    target: MonthTarget,
    money: MonthMoney,
) -> pd.DataFrame:
    """Return plan and do.

    Parameters
    ----------
    asked
        Of the market table of the month, whose row is ``standing``.

    Returns
    -------
    pandas.DataFrame
        On key (:data:`LINES`): planned, actual, previous (a year earlier), difference and reached (actual
        against planned), change (actual less previous); NaN where one isn't recorded.
    """
    year = replace(asked, start=asked.start.replace(month=1))
    to_date = market_total(store, year)
    visits = visit_counts(store, asked.start, asked.within, scope=asked.scope)
    rows = {
        SALES: (target.month, standing["own"], standing["own_previous"]),
        TO_DATE: (target.to_date, to_date["own"], to_date["own_previous"]),
        VISITS: (visits["planned"], visits["done"], visits["done_previous"]),
        EXPENSE: (money.budget, money.actual, money.previous),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["planned", "actual", "previous"])
    table = table.astype("float64").rename_axis("key")
    table = table.assign(
        difference=(table["actual"] - table["planned"]).round(2),
        reached=table["actual"] / table["planned"].where(table["planned"] > 0),
        change=(table["actual"] - table["previous"]).round(2),
    )
    if not money.is_comparable:
        table.loc[EXPENSE, ["difference", "reached"]] = None
    return table
