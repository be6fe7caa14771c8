"""The bands of the No.1 targets."""

from __future__ import annotations

import pandas as pd

from pages._ui.charts.bands import bands_figure
from pages._ui.charts.layout import Caption
from pages._ui.charts.palette import RIVAL, US

ROWS = pd.DataFrame(
    {
        "region_id": ["A", "B"],
        "name": ["Alpha", "Beta"],
        "own": [250.0, 600.0],
        "rival_sales": [400.0, 300.0],
        "capacity": [1000.0, 1000.0],
        "low": [409.26, float("nan")],
        "base": [475.52, float("nan")],
        "high": [680.0, float("nan")],
        "hover": ["a", "b"],
    }
)


def test_the_band_reaches_from_the_least_to_the_fixed_target() -> None:
    """Case 2 of the handbook: 409.26 to 680, base 475.52; a region without a target has no band."""
    traces = {t.name: t for t in bands_figure(ROWS, Caption("t", "s"), unit="万元").data}
    band = traces["Target band, low to high"]
    assert band.base[0] == 409.26
    assert round(band.base[0] + band.x[0], 2) == 680
    assert traces["Base target"].x[0] == 475.52
    assert pd.isna(band.x[1])


def test_we_are_blue_and_the_rival_is_vermilion() -> None:
    """Colour means one thing."""
    traces = {t.name: t for t in bands_figure(ROWS, Caption("t", "s"), unit="万元").data}
    assert traces["Own sales"].marker.color == US
    assert traces["Rival to beat"].marker.color == RIVAL


def test_rows_stand_in_the_given_order() -> None:
    """The first row is on top."""
    axis = bands_figure(ROWS, Caption("t", "s"), unit="万元").layout.yaxis
    assert list(axis.ticktext) == ["Alpha", "Beta"]
    assert axis.range[0] > axis.range[1]
