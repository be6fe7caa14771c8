"""A bridge: from one amount to another, each part a step up or down."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from core.colours import GAIN, LOSS
from core.i18n import _
from pages._ui.charts.layout import Caption, View, add_marks, finish
from pages._ui.charts.palette import BEFORE, US
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    import pandas as pd

COLOURS = {"start": BEFORE, "rise": GAIN, "fall": LOSS, "end": US}
BAR_WIDTH, ROOM = 0.62, 0.16
SMALL = 0.4
"""Where the steps take less than this part of the height, the axis begins above zero, and says so."""
LINE_LETTERS = 14
"""Letters of a label before it breaks; a Chinese one is twice as wide."""


def waterfall_figure(steps: pd.DataFrame, caption: Caption, view: View, *, unit: str) -> go.Figure:
    """Draw the steps from left to right.

    Parameters
    ----------
    steps
        label, kind (start, rise, fall, end), low, high, to (where the step ends), in the unit shown; text,
        hover.
    unit
        Of the amounts, for the axis.
    """
    steps = steps.reset_index(drop=True)
    floor = axis_floor(steps)
    base = steps["low"].where(~steps["kind"].isin(["start", "end"]), floor)
    figure = go.Figure()
    figure.add_bar(
        x=steps.index,
        y=steps["high"] - base,
        base=base,
        width=BAR_WIDTH,
        marker={"color": [COLOURS[kind] for kind in steps["kind"]], "line": {"width": 0}},
        text=[f"<b>{escape_plotly(text)}</b>" for text in steps["text"]],
        textposition="outside",
        constraintext="none",
        textfont={"size": 12, "color": view.ink},
        cliponaxis=False,
        hovertext=steps["hover"].to_list(),
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )
    half = BAR_WIDTH / 2
    line = {"color": BEFORE, "width": 1, "dash": "dot"}
    links = [
        {"type": "line", "x0": place + half, "x1": place + 1 - half, "y0": level, "y1": level, "line": line}
        for place, level in enumerate(steps["to"][:-1])
    ]
    add_marks(figure, shapes=links)
    _axes(figure, steps, floor, unit)
    figure.update_layout(dragmode=False, bargap=0, hovermode="closest")
    return finish(figure, caption, height=view.height, view=view.place)


def axis_floor(steps: pd.DataFrame) -> float:
    """Return where the axis begins: zero, or below the steps where they would else be too small to read."""
    between = steps[~steps["kind"].isin(["start", "end"])]
    low = min(between["low"].min(), steps["to"].min()) if len(between) else steps["to"].min()
    high = max(between["high"].max(), steps["to"].max()) if len(between) else steps["to"].max()
    if low <= 0 or high - low > SMALL * high:
        return min(0.0, float(low))
    return float(max(0.0, low - 0.55 * (high - low)))


def _axes(figure: go.Figure, steps: pd.DataFrame, floor: float, unit: str) -> None:
    # A region in which nothing was sold has steps of no height.
    top = float(max(steps["high"].max(), 0.0)) or 1.0
    title = _("Sales ({unit})", unit=unit)
    if floor > 0:
        title = _("Sales ({unit}); the axis doesn't begin at zero", unit=unit)
    figure.update_yaxes(
        title_text=title,
        range=[floor, top + ROOM * (top - floor)],
        tickformat=",~r",
        automargin=True,
        fixedrange=True,
        zeroline=floor <= 0,
    )
    figure.update_xaxes(
        tickvals=list(steps.index),
        ticktext=[_broken(str(label)) for label in steps["label"]],
        autotickangles=[0, -40, -90],
        tickfont={"size": 11},
        range=[-0.5, len(steps) - 0.5],
        automargin=True,
        fixedrange=True,
        showgrid=False,
    )


def _broken(label: str) -> str:
    """Break a label into lines: at blanks, or in Chinese, which has none, after some letters."""
    letters = LINE_LETTERS if label.isascii() else LINE_LETTERS // 2
    lines = textwrap.wrap(label, letters, break_long_words=not label.isascii())
    return "<br>".join(escape_plotly(line) for line in lines)
