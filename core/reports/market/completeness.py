"""How complete the five blocks of the region database are (S0: 重点区域市场数据库) [0-10].

Each block is a share from 0 (nothing recorded) to 1; the blocks say what to bring next, not how well the
market is doing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.i18n import N_
from core.store.market import overview as read

if TYPE_CHECKING:
    from core.reports.market.market import MarketReport
    from core.store.database import Store

# Label and what makes the block complete.
BLOCKS = {
    "capacity": (
        N_("Market capacity"),
        N_(
            "1 when the capacity is recorded; a half when only for some months or parts; a sum of sales is 0."
        ),
    ),
    "consumers": (
        N_("Consumers"),
        N_("A quarter each: population, purchasing power (or GDP), area, any other region factor."),
    ),
    "rivals": (
        N_("Competitors"),
        N_("The part of the capacity whose seller is recorded; 0 without a named rival."),
    ),
    "dealers": (
        N_("Dealers"),
        N_("A half for a dealer who serves the region, a half for the share of dealers assessed."),
    ),
    "terminals": (
        N_("Terminals"),
        N_("A third each: the share of shops located, with an employee who visits, and with type or grade."),
    ),
}


def completeness(store: Store, report: MarketReport) -> pd.DataFrame:
    """Return how complete each block of each region is.

    Returns
    -------
    pandas.DataFrame
        region_id, name, name_en, one column per key of ``BLOCKS``, overall (their mean); all in [0, 1].
        Also terminals_known and dealers_known, the counts behind two of them.
    """
    regions = report.regions
    known = read.blocks(store, list(regions["region_id"]), scope=report.request.scope)
    known = known.set_index("region_id").reindex(regions["region_id"]).reset_index(drop=True)
    table = regions[["region_id", "name", "name_en"]].assign(
        capacity=regions["capacity_source"].map({"recorded": 1.0, "mixed": 0.5}).fillna(0.0),
        consumers=_consumers(known),
        rivals=_rivals(regions),
        dealers=_dealers(known),
        terminals=_terminals(known),
    )
    return table.assign(
        overall=table[list(BLOCKS)].mean(axis=1),
        terminals_known=known["terminals"],
        dealers_known=known["dealers"],
    )


def _consumers(known: pd.DataFrame) -> pd.Series:
    power = known["gdp"].notna() | (known["purchasing_power"] > 0)
    other = known["factors"] > known["purchasing_power"]
    parts = [known["population"].notna(), power, known["area_km2"].notna(), other]
    return pd.concat(parts, axis=1).mean(axis=1)


def _rivals(regions: pd.DataFrame) -> pd.Series:
    identified = (regions["recorded_sales"] / regions["capacity"].where(regions["capacity"] > 0)).clip(0, 1)
    return identified.where(regions["named_rivals"] > 0, 0.0).fillna(0.0)


def _dealers(known: pd.DataFrame) -> pd.Series:
    assessed = known["assessed"] / known["dealers"].where(known["dealers"] > 0)
    return (known["dealers"] > 0) * 0.5 + assessed.fillna(0.0) * 0.5


def _terminals(known: pd.DataFrame) -> pd.Series:
    total = known["terminals"].where(known["terminals"] > 0)
    shares = known[["located", "owned", "classified"]].div(total, axis=0)
    return pd.Series(np.nan_to_num(shares.to_numpy(np.float64)).mean(axis=1))
