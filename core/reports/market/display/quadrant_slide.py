"""The slide of the four quadrants: the bubbles in their zones, and which regions come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.colours import ZONES
from core.exchange.slides.content import Axis, Bubble, Field, FourFields, Slide
from core.i18n import _
from core.label_places import Mark, place_labels
from core.market.quadrant import ZONES as ZONE_CODES
from core.reports.market.display import cut_lines
from core.reports.market.display.cut_lines import CORNERS
from core.reports.market.display.tables import metric_rows

if TYPE_CHECKING:
    from core.exchange.slides.content import Caption
    from core.reports.market.display.rows import MarketRows

ROWS = 12
LARGEST, FIRST = 6, 3
# Of the bubbles' plot, in pixels of the page, and of its largest bubble.
PLOT, BUBBLE = (760, 400), 40
ATTACK = ("zone", "share", "growth", "opportunity")


def quadrant_slide(market: MarketRows, ordered: pd.DataFrame, answer: str, caption: Caption) -> Slide:
    """Lay out 四象限: the bubbles in their zones, and which regions come first.

    Parameters
    ----------
    ordered
        Its regions in the order of attack; at least one.
    """
    lines = cut_lines.lines(market)
    points = cut_lines.axes(market)
    points = points[points["share"].notna() & points["growth"].notna() & points["zone"].notna()]
    points = points.fillna({"capacity": 0.0})
    sides = _sides(points, named=set(ordered["region_id"][:FIRST]))
    fields = tuple(
        _field(zone, lines.zones[zone], _bubbles(points[points["zone"] == zone], sides))
        for zone in ZONE_CODES
    )
    picture = FourFields(
        Axis(lines.axis, lines.share, lines.share_label, "0.0" if lines.multiple else "0%"),
        Axis(_("Growth of the market on the year before"), lines.growth, lines.growth_label, "+0%;-0%;0%"),
        fields,
    )
    notes = tuple(cut_lines.notes(market))
    return Slide(
        answer,
        caption.title,
        picture,
        metric_rows(ordered[:ROWS], ATTACK, texts=2),
        caption.source,
        notes=notes,
    )


def _field(zone: str, words: str, bubbles: tuple[Bubble, ...]) -> Field:
    name, direction = words.split("<br>")
    right, top = CORNERS[zone]
    return Field(name, direction, ZONES[zone], right=bool(right), top=bool(top), bubbles=bubbles)


def _bubbles(points: pd.DataFrame, sides: dict[str, str]) -> tuple[Bubble, ...]:
    columns = ("region_id", "name", "share", "growth", "capacity")
    return tuple(
        Bubble(str(name), share, growth, max(capacity, 0.0), sides.get(region_id, ""))
        for region_id, name, share, growth, capacity in zip(*(points[c] for c in columns), strict=True)
    )


def _sides(points: pd.DataFrame, *, named: set[str]) -> dict[str, str]:
    """Return on which side the names stand: of the largest markets and of those the sentence names."""
    ordered = points.sort_values("capacity", ascending=False)
    is_named = (ordered["region_id"].isin(named) | (pd.RangeIndex(len(ordered)) < LARGEST)).to_numpy()
    width, height = PLOT
    low, high = ordered[["share", "growth"]].min(), ordered[["share", "growth"]].max()
    places = (ordered[["share", "growth"]] - low) / (high - low).clip(lower=1e-9)
    radii = BUBBLE / 2 * (ordered["capacity"].clip(lower=0) / max(ordered["capacity"].max(), 1e-9)) ** 0.5
    marks = [
        Mark(x * width, y * height, radius, str(name))
        for x, y, radius, name in zip(places["share"], places["growth"], radii, ordered["name"], strict=True)
    ]
    around = [mark for mark, has_name in zip(marks, is_named, strict=True) if not has_name]
    labelled = [mark for mark, has_name in zip(marks, is_named, strict=True) if has_name]
    shifts = place_labels(labelled, width, height, around=around)
    return {
        region: _side(*shift) for region, shift in zip(ordered["region_id"][is_named], shifts, strict=True)
    }


def _side(across: float, upwards: float) -> str:
    if abs(across) > 0:
        return "right" if across > 0 else "left"
    return "above" if upwards > 0 else "below"
