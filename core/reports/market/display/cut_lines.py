"""The cut lines of the four quadrants in words, and where each region stands between them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import numbers
from core.i18n import N_, _
from core.market import labels
from core.market.quadrant import DIFFICULTY, DIRECTION, ZONES, resolve_cuts
from core.market.table import market_axes

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.market.display.rows import MarketRows

OWN = "own"
GROWTH_WORDS = {
    "weighted_average": N_("Average of the market"),
    "zero": N_("No growth"),
    "ten_percent": N_("10 %"),
    "median": N_("Median of the regions"),
    OWN: N_("Own value"),
}
SHARE_WORDS = {
    "lower_limit": N_("Lanchester lower limit"),
    "own_average": N_("Our average share"),
    "median": N_("Median of the regions"),
    "relative": N_("As large as the largest rival"),
    OWN: N_("Own value"),
}
# Corner of each zone: which side of the share cut, which side of the growth cut (S3 slide 100).
CORNERS = {
    "growth_competition": (1, 1),
    "stable": (1, 0),
    "unstable": (0, 1),
    "decline": (0, 0),
}


@dataclass(frozen=True)
class Lines:
    """The two cut lines and the words on the picture.

    Parameters
    ----------
    share, growth
        Where the lines stand, as ratios.
    share_label, growth_label
        Value and origin of each line.
    multiple
        True where the horizontal axis is a multiple of the largest rival's share, not a share.
    """

    share: float
    growth: float
    share_label: str
    growth_label: str
    zones: dict[str, str]
    axis: str
    multiple: bool = False

    def __post_init__(self) -> None:
        if set(self.zones) != set(CORNERS):
            raise ValueError(f"Expected a name for each of {sorted(CORNERS)}.")


def lines(market: MarketRows) -> Lines:
    """Return the cut lines of a view with their words."""
    request = market.report.request
    cuts = resolve_cuts(market_axes(market.regions), request.options)
    share = numbers.ratio(cuts.share) if cuts.relative else numbers.percent(cuts.share)
    growth_words = GROWTH_WORDS[request.growth_cut if isinstance(request.growth_cut, str) else OWN]
    share_words = SHARE_WORDS[request.share_cut if isinstance(request.share_cut, str) else OWN]
    return Lines(
        share=0.0 if math.isnan(cuts.share) else cuts.share,
        growth=0.0 if math.isnan(cuts.growth) else cuts.growth,
        share_label=_("Share {value} · {origin}", value=share, origin=_(share_words)),
        growth_label=_(
            "Growth {value} · {origin}",
            value=numbers.percent(cuts.growth, sign=True),
            origin=_(growth_words),
        ),
        zones={zone: _zone_words(number, zone) for number, zone in enumerate(ZONES)},
        axis=_("Own sales as a multiple of the largest rival's")
        if cuts.relative
        else _("Own share of the market"),
        multiple=cuts.relative,
    )


def _zone_words(number: int, zone: str) -> str:
    difficulty = labels.label("difficulty", DIFFICULTY[number])
    direction = labels.label("direction", DIRECTION[number])
    return f"{number + 1} {labels.label('zone', zone)}<br>{difficulty} · {direction}"


def axes(market: MarketRows, before: MarketRows | None = None) -> pd.DataFrame:
    """Return what the picture needs: the axis of the chosen share line, and last year's place.

    Parameters
    ----------
    before
        The same a year earlier, for the arrows.
    """
    column = "ratio" if market.report.request.share_cut == "relative" else "share"
    columns = ["region_id", "name", "growth", "capacity", "zone", "attack_rank", "hover"]
    known = [name for name in columns if name in market.regions]
    regions = market.regions[known].assign(share=market.regions[column])
    if before is None:
        return regions
    earlier = before.regions[["region_id", "growth"]].assign(share=before.regions[column])
    return regions.merge(earlier, on="region_id", how="left", suffixes=("", "_before"))


def notes(market: MarketRows) -> list[str]:
    """Return which regions are not on the picture, and what the report notes."""
    missing = int(market.regions["zone"].isna().sum())
    left_out = (
        [_("{n} regions have no growth or no share and are not on the picture.", n=missing)]
        if missing
        else []
    )
    return left_out + [note.sentence for note in market.report.notes]
