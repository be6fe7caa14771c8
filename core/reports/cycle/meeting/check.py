"""What explains the result of a month: bridges from last year and from the target, price and mix, visits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.cycle.variance.price_mix import Itemised, Sold, price_bridge
from core.cycle.variance.sources import Shops, Standing, sales_bridge, target_bridge
from core.store.cycle.review import product_sums, shop_sums

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from core.cycle.variance.parts import Bridge
    from core.reports.cycle.meeting.request import MeetingRequest
    from core.store.database import Store

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Explanation:
    """Why sales are what they are; a bridge that can't be made is None.

    Parameters
    ----------
    year
        From the same month a year earlier.
    target
        From the target.
    consists
        From the same month a year earlier, by quantity, mix and price.
    """

    year: Bridge | None
    target: Bridge | None
    consists: Bridge | None


def explain_month(
    store: Store,
    request: MeetingRequest,
    standing: Mapping[str, Any],
    target: Decimal | None,
    market_growth: float | None = None,
) -> Explanation:
    """Part the differences of a month's sales.

    Parameters
    ----------
    standing
        The row of the market table: own, own_previous, capacity, capacity_previous.
    target
        Yuan; None without any.
    market_growth
        Growth of the market over the year before that the plan reckons with; None where it says none.
    """
    own, before = amount(standing["own"]), amount(standing["own_previous"])
    if own is None:
        return Explanation(None, None, None)
    market, market_before = amount(standing["capacity"]), amount(standing["capacity_previous"])
    shops = shop_sums(store, request.window, request.region, scope=request.scope)
    now = Standing(own, market, _shops(shops.get("now")))
    year = consists = None
    if before is not None:
        year = sales_bridge(Standing(before, market_before, _shops(shops.get("previous"))), now)
        consists = _consists(store, request, before, own)
    if target is None:
        return Explanation(year, None, consists)
    if market_growth is not None and market_before is not None:
        expected = (market_before * (1 + Decimal(str(market_growth)))).quantize(CENT)
        return Explanation(year, sales_bridge(Standing(target, expected, is_plan=True), now), consists)
    way = sales_bridge(Standing(target), now) if year is None else target_bridge(target, year)
    return Explanation(year, way, consists)


def bridge_table(bridge: Bridge | None) -> pd.DataFrame:
    """Return a bridge as a table.

    Returns
    -------
    pandas.DataFrame
        key, parent (empty for a part of the whole difference), amount (yuan), is_leaf, reason (code of why it
        couldn't be parted further, empty where it was); in the order of the way. Empty without a bridge.
    """
    columns = ["key", "parent", "amount", "is_leaf", "reason"]
    if bridge is None:
        return pd.DataFrame(columns=columns)
    leaves = {effect.key for effect in bridge.leaves}
    rows = [
        (e.key, e.parent, float(e.amount), e.key in leaves, bridge.merged.get(e.key, ""))
        for e in bridge.effects
    ]
    return pd.DataFrame(rows, columns=columns)


def amount(value: object) -> Decimal | None:
    """Return yuan of a table as an exact amount; None where it is missing."""
    text = str(value)
    return None if text in {"None", "nan", "<NA>"} else Decimal(text).quantize(CENT)


def _shops(sums: Mapping[str, int | None] | None) -> Shops | None:
    if sums is None or sums["category"] is None:
        return None
    return Shops(*(Decimal(sums[name] or 0) * CENT for name in ("category", "carried", "own")))


def _consists(store: Store, request: MeetingRequest, before: Decimal, own: Decimal) -> Bridge:
    rows = product_sums(store, request.window, request.region, scope=request.scope)
    sides: dict[dt.date, dict[str, Sold]] = {request.month: {}, request.window.previous[0]: {}}
    for row in rows:
        sides[row["month"]][row["product_id"]] = Sold(Decimal(str(row["quantity"])), row["amount"])
    both = sides[request.month].keys() & sides[request.window.previous[0]].keys()
    units = {row["uom"] for row in rows if row["product_id"] in both}
    return price_bridge(
        Itemised(before, sides[request.window.previous[0]]),
        Itemised(own, sides[request.month]),
        one_unit=len(units) == 1 and None not in units,
    )
