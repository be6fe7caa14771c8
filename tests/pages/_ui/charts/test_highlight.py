"""The chosen region marked by a style sheet."""

from __future__ import annotations

import plotly.graph_objects as go

from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.highlight import NAME, OUTLINE, ROW, highlight_css


def test_the_mark_is_found_by_its_place_in_the_drawing() -> None:
    """The third bubble of the second trace is outlined, and nothing else."""
    figure = go.Figure()
    figure.add_scatter(x=[0], y=[0], mode="lines")
    figure.add_scatter(x=[1, 2, 3], y=[1, 2, 3], meta=OUTLINE, customdata=[["A"], ["B"], ["C"]])
    sheet = highlight_css(figure, "C", key="chart", ink="#000000")
    assert ".st-key-chart .scatterlayer > .trace:nth-child(2) > .points > path:nth-child(3) {" in sheet
    assert sheet.count("{") == 1


def test_layers_count_their_own_traces() -> None:
    """A bar is the first of its layer whatever was drawn before it; its row's name is marked with it."""
    figure = go.Figure()
    figure.add_scatter(x=[0], y=[0], text=["a"], mode="text", meta=NAME, customdata=[["A"]])
    figure.add_bar(x=[1], y=[1], meta=ROW, customdata=[["A"]])
    sheet = highlight_css(figure, "A", key="chart", ink="#000000")
    assert ".barlayer > .trace:nth-child(1)" in sheet
    assert ".ytick:nth-child(1)" in sheet
    assert ".scatterlayer > .trace:nth-child(1) > .text" in sheet


def test_a_region_that_is_not_drawn_marks_nothing() -> None:
    """No region, or one that is elsewhere: an empty style sheet."""
    figure = go.Figure().add_bar(x=[1], y=[1], meta=ROW, customdata=[["A"]])
    assert highlight_css(figure, "Z", key="chart", ink="#000000") == "<style></style>"
    assert highlight_css(figure, None, key="chart", ink="#000000") == "<style></style>"


def test_a_finished_figure_is_described_once() -> None:
    """However often it is shown, it is the same description, and that of the figure it was made from."""
    figure = go.Figure().add_bar(x=[1], y=[1])
    finished = CachedFigure(figure)
    assert finished.to_dict() is finished.to_dict()
    assert finished.to_dict() == figure.to_dict()
