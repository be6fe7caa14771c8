"""The four quadrants' picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.reports.market.display.cut_lines import Lines
from pages._ui.charts.layout import Caption, View
from pages._ui.charts.palette import ZONES
from pages._ui.charts.quadrant import quadrant_figure

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAMES = {"growth_competition": "One", "stable": "Two", "unstable": "Three", "decline": "Four"}
LINES = Lines(0.25, 0.05, "Share 25%", "Growth +5%", NAMES, "Own share")
CAPTION = Caption("Quadrants, 2024", "Source: test")


def regions() -> pd.DataFrame:
    """Eight regions, two in each zone, the first the largest; the last has no growth."""
    share = [0.4, 0.5, 0.35, 0.3, 0.1, 0.2, 0.05, 0.15, 0.2]
    growth = [0.1, 0.06, 0.0, -0.05, 0.2, 0.07, 0.01, -0.1, float("nan")]
    zone = ["growth_competition"] * 2 + ["stable"] * 2 + ["unstable"] * 2 + ["decline"] * 2 + [None]
    return pd.DataFrame(
        {
            "region_id": [f"R{i}" for i in range(9)],
            "name": [f"Region {i}" for i in range(9)],
            "share": share,
            "growth": growth,
            "capacity": [900.0 - 100 * i for i in range(9)],
            "zone": zone,
            "hover": "text",
        }
    )


def bubbles(figure: go.Figure) -> go.Scatter:
    """Return the trace of the bubbles."""
    return next(t for t in figure.data if t.mode == "markers")


def test_every_bubble_lies_on_the_tint_of_its_zone() -> None:
    """The four tinted rectangles meet at the cut lines, and a bubble's zone is the one below it."""
    figure = quadrant_figure(regions(), LINES, CAPTION, View())
    tints = {s.fillcolor.rpartition(",")[0]: s for s in figure.layout.shapes if s.type == "rect"}
    trace = bubbles(figure)
    for x, y, colour in zip(trace.x, trace.y, trace.marker.color, strict=True):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        field = tints[f"rgba({red},{green},{blue}"]
        assert field.x0 <= x <= field.x1
        assert field.y0 <= y <= field.y1


def test_a_region_without_growth_has_no_bubble() -> None:
    """Missing is not zero: it is left out of the picture."""
    ids = {row[0] for row in bubbles(quadrant_figure(regions(), LINES, CAPTION, View())).customdata}
    assert ids == {f"R{i}" for i in range(8)}


def test_the_six_biggest_are_named_and_the_others_wait() -> None:
    """Six names at most are seen; the others are there without a colour until one is chosen."""
    figure = quadrant_figure(regions(), LINES, CAPTION, View())
    named = {a.text for a in figure.layout.annotations if a.text.startswith("Region")}
    assert named == {f"Region {i}" for i in range(6)}
    waiting = next(t for t in figure.data if t.mode == "text")
    assert list(waiting.text) == ["Region 6", "Region 7"]
    assert waiting.textfont.color == "rgba(0,0,0,0)"


def test_zones_and_lines_carry_their_words() -> None:
    """The picture says what each field is called and where each line comes from."""
    texts = {a.text for a in quadrant_figure(regions(), LINES, CAPTION, View()).layout.annotations}
    assert {"<b>One</b>", "<b>Four</b>", "Share 25%", "Growth +5%"} <= texts


def test_an_arrow_ends_at_the_bubble() -> None:
    """An arrow leads from last year's place to this year's; a region without a past has none."""
    before = regions().assign(share_before=0.2, growth_before=0.03)
    before.loc[0, "share_before"] = float("nan")
    figure = quadrant_figure(before, LINES, CAPTION, View())
    arrows = next(t for t in figure.data if t.mode == "lines+markers")
    assert list(arrows.x[:2]) == [0.2, 0.5]
    assert list(arrows.y[:2]) == [0.03, 0.06]
    assert len(arrows.x) == 3 * 7


def test_a_line_outside_the_data_is_on_the_picture() -> None:
    """Moving a cut line far away widens the axis instead of losing the line."""
    far = Lines(0.9, 0.5, "Share 90%", "Growth +50%", NAMES, "Own share")
    figure = quadrant_figure(regions(), far, CAPTION, View())
    assert figure.layout.xaxis.range[1] > 0.9
    assert figure.layout.yaxis.range[1] > 0.5


def test_no_regions_draw_an_empty_frame() -> None:
    """An empty market is a picture of the zones, not an error."""
    assert len(bubbles(quadrant_figure(regions().head(0), LINES, CAPTION, View())).x) == 0


def test_a_zone_without_a_name_is_refused() -> None:
    """All four zones need words."""
    with pytest.raises(ValueError, match="Expected a name"):
        Lines(0.25, 0.05, "a", "b", dict.fromkeys(list(ZONES)[:3], "x"), "axis")


def test_the_regions_to_attack_first_are_named_however_small() -> None:
    """The regions that the page's sentence names are named in its picture, before larger ones."""
    ranked = regions().assign(attack_rank=[None, None, None, None, None, 3, 2, 1, None])
    named = {a.text for a in quadrant_figure(ranked, LINES, CAPTION, View()).layout.annotations}
    assert {"Region 5", "Region 6", "Region 7"} <= named
    plain = {a.text for a in quadrant_figure(regions(), LINES, CAPTION, View()).layout.annotations}
    assert not {"Region 6", "Region 7"} & plain
