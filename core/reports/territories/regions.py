"""Regions with their shops as the units of territories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from core.errors import InputError, nearest
from core.i18n import _, ngettext
from core.reports.market.boundaries import boundaries
from core.reports.territories.units import MEASURES, ShopUnits
from core.store.market.market import levels
from core.store.territories.shops import regions_above
from core.territories import NOBODY, Units
from core.territories.adjacency import border_pairs, delaunay_pairs

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from core.store.database import Store

DRAWN = frozenset({"imported", "generated", "union"})
"""Origins of boundaries that meet those of their neighbours; outlines of shops leave gaps."""


@dataclass(frozen=True, eq=False)
class RegionUnits:
    """Regions, ready to be parted.

    Parameters
    ----------
    units
        One per region with shops, at the middle of their workload.
    today
        Territory of each region today: that of the rep with most of its workload.
    shops
        Number of shops in each.
    unit_of_shop
        Position of the region that each shop lies in, -1 for none.
    notes
        What is left out, in words.
    """

    units: Units
    today: NDArray[np.int64]
    shops: NDArray[np.int64]
    unit_of_shop: NDArray[np.int64]
    notes: tuple[str, ...]


def region_units(store: Store, shops: ShopUnits, level: str) -> RegionUnits:
    """Sum shops to the regions of a level; neighbours have a common border, or lie near where none is drawn.

    Raises
    ------
    InputError
        There is no such level.
    """
    known = levels(store, scope=shops.request.scope)["level"].tolist()
    if level not in known:
        close = nearest(level, known)
        raise InputError(
            _("There is no level “{level}”.", level=level),
            _("Choose one of {keys}.", keys=", ".join(known)) + (f" ({close}?)" if close else ""),
        )
    above = regions_above(store, level).set_index("region_id")["unit_id"]
    table = shops.table.assign(unit_id=shops.table["region_id"].map(above), today=shops.today)
    inside = table.dropna(subset=["unit_id"])
    grouped = inside.assign(
        lat=inside["lat"] * (inside["workload"] + 1e-9),
        lon=inside["lon"] * (inside["workload"] + 1e-9),
        mass=inside["workload"] + 1e-9,
    ).groupby("unit_id")
    sums = grouped[["lat", "lon", "mass", *MEASURES]].sum()
    lat, lon = ((sums[name] / sums["mass"]).to_numpy(np.float64) for name in ("lat", "lon"))
    ids = tuple(sums.index)
    units = Units(
        ids,
        lat,
        lon,
        sums["workload"].to_numpy(np.float64),
        {name: sums[name].to_numpy(np.float64) for name in MEASURES},
        _neighbours(store, shops, level, ids, lat, lon),
    )
    left = len(table) - len(inside)
    note = ngettext(
        "{n} shop lies in no region of this level and is left out.",
        "{n} shops lie in no region of this level and are left out.",
        left,
    )
    counts = sums["shops"].to_numpy(np.int64)
    place = {region: number for number, region in enumerate(ids)}
    unit_of_shop = table["unit_id"].map(place).fillna(-1).to_numpy(np.int64)
    notes = (*shops.notes, *([note] if left else []))
    return RegionUnits(units, _today(inside, ids), counts, unit_of_shop, notes)


def _today(inside: pd.DataFrame, ids: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the rep with most of each region's workload, the first of equals."""
    owned = inside[inside["today"] != NOBODY].groupby(["unit_id", "today"])["workload"].sum().reset_index()
    owned = owned.sort_values(["unit_id", "workload", "today"], ascending=[True, False, True])
    owner = owned.drop_duplicates("unit_id").set_index("unit_id")["today"]
    return np.asarray(owner.reindex(list(ids)).fillna(NOBODY), np.int64)


def _neighbours(
    store: Store,
    shops: ShopUnits,
    level: str,
    ids: tuple[str, ...],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
) -> NDArray[np.int64]:
    drawn = boundaries(store, level, scope=shops.request.scope).set_index("region_id").reindex(list(ids))
    if drawn["origin"].isin(DRAWN).all():
        return border_pairs(shapely.from_wkb(drawn["geometry_wkb"].tolist()))
    return delaunay_pairs(lat, lon)
