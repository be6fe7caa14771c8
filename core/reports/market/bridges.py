"""Where two figures of one report have different denominators: both, and the bridge between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core import numbers
from core.i18n import _, ngettext
from core.reports.market.note import Note

if TYPE_CHECKING:
    import pandas as pd

# States that say nothing about where we stand.
UNKNOWN_STATES = ("own_unknown", "no_rival_data")


def with_standing(regions: pd.DataFrame) -> pd.DataFrame:
    """Return the regions in which we know how we stand: ours and a rival's sales are recorded."""
    return regions[~regions["state"].isin(UNKNOWN_STATES) & regions["state"].notna()]


def bridges(regions: pd.DataFrame, total: pd.DataFrame) -> list[Note]:
    """Return one note for every pair of figures that differ because they count different things.

    Parameters
    ----------
    regions, total
        The tables of :class:`core.reports.market.market.MarketReport`.
    """
    whole = total.iloc[0]
    return [*_regions_counted(regions), *_whole_and_parts(regions, whole), *_gaps(regions, whole)]


def _regions_counted(regions: pd.DataFrame) -> list[Note]:
    standing, shared = with_standing(regions), regions[regions["share"].notna()]
    if len(standing) == len(regions) == len(shared):
        return []
    unknown = regions[~regions["region_id"].isin(standing["region_id"])]
    text = ngettext(
        "{n} region in all: {shared} have a share and {zones} a zone; in {standing} our and a rival's sales "
        "are known, and only these count as secured, in range or out of range.",
        "{n} regions in all: {shared} have a share and {zones} a zone; in {standing} our and a rival's sales "
        "are known, and only these count as secured, in range or out of range.",
        len(regions),
        shared=numbers.count(len(shared)),
        zones=numbers.count(regions["zone"].notna().sum()),
        standing=numbers.count(len(standing)),
    )
    return [Note("regions_counted", "information", text, tuple(unknown["region_id"]))]


def _whole_and_parts(regions: pd.DataFrame, whole: pd.Series) -> list[Note]:
    """Compare own sales and growth of the whole with those of the regions."""
    parts = float(regions["own"].sum())
    own = float(whole["own"])
    if not np.isfinite(own) or abs(own - parts) < 1:
        return []
    both = regions[regions["growth"].notna()]
    before = float(both["capacity_previous"].sum())
    growth = float(both["capacity"].sum()) / before - 1 if before > 0 else float("nan")
    text = _(
        "Own sales: {parts} in the regions + {rest} outside them = {own}. The market grew by {whole} in all, "
        "by {growth} in the regions whose growth is known.",
        parts=numbers.money(parts),
        rest=numbers.money(own - parts),
        own=numbers.money(own),
        whole=numbers.percent(whole["growth"], sign=True),
        growth=numbers.percent(growth, sign=True),
    )
    return [Note("whole_and_regions", "information", text)]


def _gaps(regions: pd.DataFrame, whole: pd.Series) -> list[Note]:
    """Compare the sum of the regions' gaps with the gap of the whole as one region."""
    lacking = regions[regions["gap"] > 0]
    if len(lacking) < 2 or not np.isfinite(float(whole["gap"])):
        return []
    text = ngettext(
        "Being No.1 in each of {n} region lacks {sum}; being No.1 of the whole market taken as one region "
        "lacks {whole}: what we lead by in one region doesn't help in another.",
        "Being No.1 in each of {n} regions lacks {sum}; being No.1 of the whole market taken as one region "
        "lacks {whole}: what we lead by in one region doesn't help in another.",
        len(lacking),
        sum=numbers.money(lacking["gap"].sum()),
        whole=numbers.money(whole["gap"]),
    )
    return [Note("gap_of_regions_and_whole", "information", text)]
