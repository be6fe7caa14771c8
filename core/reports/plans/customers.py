"""Dealers' expected output against their last three years, and what it makes for each region [S4 4-8]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.i18n import ngettext
from core.periods import Period, shift
from core.store.plans import basis as read
from core.targets.customers import expected_output

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.plans.basis import Basis
    from core.reports.plans.request import PlanRequest
    from core.store.database import Store

YEARS = ("two_before", "one_before", "last_year")


@dataclass(frozen=True)
class RegionOutput:
    """What the customers of each region are expected to bring.

    Parameters
    ----------
    amounts
        Yuan by region_id.
    notes
        Where there was nothing to expect from.
    """

    amounts: pd.Series
    notes: tuple[str, ...]


def customer_years(store: Store, request: PlanRequest, region_ids: list[str]) -> pd.DataFrame:
    """Return dealers with their last three years, what to expect of them, and the band of their years.

    Parameters
    ----------
    request
        Whose base period ends the last of the three years.
    region_ids
        Regions of the plan.

    Returns
    -------
    DataFrame
        dealer_id, name, tier, region_id, two_before, one_before, last_year (twelve months each, yuan; NaN
        where a month is missing), expected, low, high.
    """
    start = shift(request.base_end, -35)
    rows = read.dealer_months(
        store, Period(start, request.base_end), region_ids=region_ids, scope=request.scope
    )
    number = (rows["month"].dt.year - start.year) * 12 + rows["month"].dt.month - start.month
    rows = rows.assign(year=(number // 12).fillna(-1).astype("int64"))
    whole = rows.groupby(["dealer_id", "year"])["amount"].agg(["sum", "count"])
    years = whole["sum"].where(whole["count"] == 12).unstack().reindex(columns=range(3))
    years = years.set_axis(list(YEARS), axis=1)
    dealers = rows.drop_duplicates("dealer_id").set_index("dealer_id")[["name", "tier", "region_id"]]
    table = dealers.join(years)
    output = expected_output(table[list(YEARS)].to_numpy(np.float64))
    table = table.assign(expected=output.expected, low=output.low, high=output.high)
    return table.rename_axis("dealer_id").reset_index()


def customer_targets(
    customers: pd.DataFrame, region_targets: pd.Series, region_base: pd.Series
) -> pd.DataFrame:
    """Hold each dealer's part of its region's target against its last three years.

    Parameters
    ----------
    customers
        Result of :func:`customer_years`.
    region_targets, region_base
        Target and last year's sales of each region, yuan, by region_id.

    Returns
    -------
    DataFrame
        The customers with ``customer_share`` (part of the region's last year), ``target`` (the same part of
        the region's target) and ``within`` (whether it lies in the band; None where there is no band).
    """
    base = customers["region_id"].map(region_base)
    share = customers["last_year"] / base.where(base > 0)
    target = share * customers["region_id"].map(region_targets)
    inside = target.between(customers["low"], customers["high"])
    known = target.notna() & customers["low"].notna()
    return customers.assign(customer_share=share, target=target, within=inside.where(known, None))


def region_output(store: Store, request: PlanRequest, basis: Basis) -> RegionOutput:
    """Return what the customers make of each region: its last year x what its dealers are to grow by.

    A region's sales may be more than what its dealers take in, so their growth is carried over to them. A
    region without dealers whose years are known keeps its last year [I].
    """
    base = basis.regions["base"].groupby(level="region_id").sum(min_count=1)
    customers = customer_years(store, request, list(base.index))
    known = customers.dropna(subset=["expected", "last_year"])
    sums = known.groupby("region_id")[["expected", "last_year"]].sum().reindex(base.index)
    growth = sums["expected"] / sums["last_year"].where(sums["last_year"] > 0)
    amounts = (base * growth.fillna(1.0)).fillna(0.0).clip(lower=0)
    lacking = int((growth.isna() & base.notna()).sum())
    unknown = int(base.isna().sum())
    notes = []
    if lacking:
        notes.append(
            ngettext(
                "{n} region has no dealers whose years are known; from below it keeps last year's sales.",
                "{n} regions have no dealers whose years are known; from below they keep last year's sales.",
                lacking,
            )
        )
    if unknown:
        notes.append(
            ngettext(
                "{n} region has no sales on record; from below nothing is proposed for it.",
                "{n} regions have no sales on record; from below nothing is proposed for them.",
                unknown,
            )
        )
    return RegionOutput(amounts, tuple(notes))
