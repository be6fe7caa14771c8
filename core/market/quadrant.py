"""The four zones of regional strategy: market growth against own share (S3 p100) [B.4].

The document gives the zones, their order of attack, their difficulty and their direction; it gives no
cut-offs. They are the user's choice, so each zone comes with how firmly it holds under the other choices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.market.arrays import Codes, Flags, Floats, as_floats, divide
from core.market.options import GROWTH_CUTS, SHARE_CUTS, MarketOptions
from core.market.symbols import share_symbols

# In the document's order of attack; the position is the code and the order is one more.
ZONES = ("growth_competition", "stable", "unstable", "decline")
DIFFICULTY = ("easy", "easy", "hard", "hard")
DIRECTION = ("replace_and_add", "keep_focus", "deep_cultivation", "keep_focus")

# The growth-share matrix in the same order: high/high, low/high, high/low, low/low.
BCG = ("star", "cash_cow", "question_mark", "dog")

TEN_PERCENT = 0.10
EVEN_RELATIVE_SHARE = 1.0
# Far below any figure shown: a region that is the whole market has exactly the market's growth.
NOISE = 1e-12


@dataclass(frozen=True)
class Axes:
    """What the zones are made of; shape (n,) each, NaN where unknown.

    Parameters
    ----------
    capacity, capacity_previous, own
        Yuan.
    growth
        Growth of the market, not of the own company.
    share
        Own share of the capacity.
    relative_share
        Own sales as a multiple of the largest rival's.
    """

    capacity: Floats
    capacity_previous: Floats
    own: Floats
    growth: Floats
    share: Floats
    relative_share: Floats


@dataclass(frozen=True)
class Cuts:
    """The two lines of the chart: growth, and share or, where ``relative``, relative share."""

    growth: float
    share: float
    relative: bool = False


def growth_presets(axes: Axes) -> dict[str, float]:
    """Return the growth cut of each preset; NaN where no region tells it."""
    both = ~np.isnan(axes.growth)
    before = axes.capacity_previous[both].sum()
    return {
        "weighted_average": float(axes.capacity[both].sum() / before - 1) if before > 0 else float("nan"),
        "zero": 0.0,
        "ten_percent": TEN_PERCENT,
        "median": _median(axes.growth),
    }


def share_presets(axes: Axes, *, practice: bool = False) -> dict[str, float]:
    """Return the share cut of each preset; that of ``relative`` is a relative share."""
    both = ~np.isnan(axes.share)
    total = axes.capacity[both].sum()
    return {
        "lower_limit": share_symbols(practice=practice)["lower_limit"],
        "own_average": float(axes.own[both].sum() / total) if total > 0 else float("nan"),
        "median": _median(axes.share),
        "relative": EVEN_RELATIVE_SHARE,
    }


def resolve_cuts(axes: Axes, options: MarketOptions) -> Cuts:
    """Return the values of the cuts that the options name or give as numbers."""
    growth, share = options.growth_cut, options.share_cut
    return Cuts(
        growth=growth_presets(axes)[growth] if isinstance(growth, str) else float(growth),
        share=share_presets(axes, practice=options.practice_symbols)[share]
        if isinstance(share, str)
        else float(share),
        relative=share == "relative",
    )


def zones(axes: Axes, cuts: Cuts) -> Codes:
    """Return the zone of each region: from the cut on is high.

    Returns
    -------
    Codes
        Shape (n,), position in ``ZONES``; -1 where growth or share is unknown.
    """
    high_growth, growth_known = _side(axes.growth, cuts.growth)
    high_share, share_known = _side(share_axis(axes, cuts), cuts.share)
    return np.where(growth_known & share_known, _cell(high_growth, high_share), -1)


def bcg_cells(axes: Axes, cuts: Cuts) -> Codes:
    """Return the cell of the growth-share matrix, which uses the relative share; position in ``BCG``."""
    high_growth, growth_known = _side(axes.growth, cuts.growth)
    high_share, share_known = _side(axes.relative_share, EVEN_RELATIVE_SHARE)
    return np.where(growth_known & share_known, _cell(high_growth, high_share), -1)


def borderline(axes: Axes, cuts: Cuts, tolerance: float) -> Flags:
    """Tell where growth or share is at most ``tolerance`` from its cut."""
    near_growth = np.abs(axes.growth - cuts.growth) <= tolerance + NOISE
    near_share = np.abs(share_axis(axes, cuts) - cuts.share) <= tolerance + NOISE
    return np.asarray(near_growth | near_share)


def robustness(axes: Axes, cuts: Cuts, *, practice: bool = False) -> Floats:
    """Return in which part of all preset combinations each region keeps the zone it has under ``cuts``.

    A zone is kept when both sides are. So of all combinations the kept part is the product of the kept
    parts per axis; a preset that can't be told for a region isn't counted.

    Returns
    -------
    Floats
        Shape (n,), in [0, 1]; NaN where the region has no zone.
    """
    growth_cuts = growth_presets(axes)
    share_cuts = share_presets(axes, practice=practice)
    growth_sides = [_side(axes.growth, growth_cuts[name]) for name in GROWTH_CUTS]
    share_sides = [
        _side(axes.relative_share if name == "relative" else axes.share, share_cuts[name])
        for name in SHARE_CUTS
    ]
    kept = _agreement(_side(axes.growth, cuts.growth), growth_sides)
    kept *= _agreement(_side(share_axis(axes, cuts), cuts.share), share_sides)
    return np.where(zones(axes, cuts) >= 0, kept, np.nan)


def rank_in_zone(zone: Codes, opportunity: Floats, needed: Floats) -> Floats:
    """Rank the regions of each zone: the larger opportunity, then the smaller needed gain, comes first.

    Parameters
    ----------
    zone
        Shape (n,), position in ``ZONES`` or -1.
    opportunity
        Capacity x growth, yuan.
    needed
        Least gain to No.1 as a part of the capacity; unknown comes last.

    Returns
    -------
    Floats
        Shape (n,), 1, 2, ... inside each zone; equal regions share a rank; NaN without a zone.
    """
    keys = (np.nan_to_num(needed, nan=np.inf), -np.nan_to_num(opportunity, nan=-np.inf), zone)
    order = np.lexsort(keys)
    ranks = np.full(len(zone), np.nan)
    if len(order) == 0:
        return ranks
    ordered = [key[order] for key in keys]
    new_zone = np.r_[True, ordered[2][1:] != ordered[2][:-1]]
    differs = new_zone.copy()
    for key in ordered[:2]:
        differs[1:] |= key[1:] != key[:-1]
    place = np.arange(len(order))
    zone_start = np.maximum.accumulate(np.where(new_zone, place, 0))
    ranks[order] = np.maximum.accumulate(np.where(differs, place, 0)) - zone_start + 1.0
    return np.where(zone >= 0, ranks, np.nan)


def share_axis(axes: Axes, cuts: Cuts) -> Floats:
    """Return the share that is held against its cut: of the market, or relative to the rival."""
    return axes.relative_share if cuts.relative else axes.share


def _side(values: Floats, cut: float) -> tuple[Flags, Flags]:
    """Return which values are high and which can be told at all."""
    return np.asarray(values >= cut - NOISE), ~np.isnan(values - cut)


def _cell(high_growth: Flags, high_share: Flags) -> Codes:
    return np.where(high_share, np.where(high_growth, 0, 1), np.where(high_growth, 2, 3))


def _agreement(chosen: tuple[Flags, Flags], presets: list[tuple[Flags, Flags]]) -> Floats:
    same = np.sum([(high == chosen[0]) & known for high, known in presets], axis=0, dtype=np.float64)
    told = np.sum([known for _high, known in presets], axis=0, dtype=np.float64)
    return divide(as_floats(same), as_floats(told))


def _median(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else float("nan")
