"""The slide of the four quadrants: the bubbles in their zones, and which regions come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.exchange.slide_content import Axis, Bubble, Field, FourFields, Slide
from core.i18n import _
from core.market.quadrant import ZONES as ZONE_CODES
from pages._ui.charts.labels import Mark, place_labels
from pages._ui.charts.palette import ZONES
from pages._ui.charts.quadrant import CORNERS
from pages._ui.market import cuts, table

if TYPE_CHECKING:
    from pages._ui.charts.layout import Caption
    from pages._ui.market.view import MarketView

ROWS = 12
LARGEST, FIRST = 6, 3
# Of the bubbles' plot, in pixels of the page, and of its largest bubble.
PLOT, BUBBLE = (760, 400), 40
ATTACK = ("zone", "share", "growth", "opportunity")


def quadrant_slide(market: MarketView, ordered: pd.DataFrame, answer: str, caption: Caption) -> Slide:
    """Lay out 四象限: the bubbles in their zones, and which regions come first.

    Parameters
    ----------
    market
        What the page looks at.
    ordered
        Its regions in the order of attack; at least one.
    answer
        The page's sentence.
    caption
        What the page's picture says about itself.
    """
    lines = cuts.lines(market)
    points = cuts.axes(market)
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
    notes = tuple(cuts.notes(market))
    return Slide(
        answer,
        caption.title,
        picture,
        table.slide_table(ordered[:ROWS], ATTACK, texts=2),
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
    largest = points.sort_values("capacity", ascending=False)
    chosen = largest[(largest["region_id"].isin(named)) | (pd.RangeIndex(len(largest)) < LARGEST)]
    width, height = PLOT
    places = [
        (points[name].min(), max(points[name].max() - points[name].min(), 1e-9))
        for name in ("share", "growth")
    ]
    biggest = max(float(points["capacity"].max()), 1e-9)
    marks = [
        Mark(
            (row.share - places[0][0]) / places[0][1] * width,
            (row.growth - places[1][0]) / places[1][1] * height,
            BUBBLE / 2 * (max(row.capacity, 0.0) / biggest) ** 0.5,
            str(row.shown),
        )
        for row in chosen.rename(columns={"name": "shown"}).itertuples()
    ]
    shifts = place_labels(marks, width, height)
    return {region_id: _side(*shift) for region_id, shift in zip(chosen["region_id"], shifts, strict=True)}


def _side(across: float, upwards: float) -> str:
    if abs(across) > 0:
        return "right" if across > 0 else "left"
    return "above" if upwards > 0 else "below"
