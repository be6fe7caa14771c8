"""A matrix of few cells: what stands in each is written in it, and its weight is its colour."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from pages._ui.charts.layout import Caption, View, add_marks, finish
from pages._ui.charts.palette import MISSING, MISSING_DARK, SHARE_RAMP, ink_on
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Cells:
    """What is drawn.

    Parameters
    ----------
    rows, columns
        Words of the places, from the top and from the left.
    weights
        Row by row, what decides the colour, in [0, 1]; None for nothing there.
    texts, hovers
        Row by row, what is written in the cell and what is said on hover.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    weights: tuple[tuple[float | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    hovers: tuple[tuple[str, ...], ...]
    row_title: str = ""
    column_title: str = ""

    def __post_init__(self) -> None:
        size = len(self.rows), len(self.columns)
        for part in (self.weights, self.texts, self.hovers):
            if (len(part), *{len(row) for row in part}) != size:
                raise ValueError(f"Expected {size[0]} rows of {size[1]} cells.")


def wrapped(text: str, width: int = 24) -> str:
    """Break a text into lines that fit a cell on a phone; Chinese, without blanks, at a third of it."""
    lines = wrap(text, width)
    if " " not in text:
        lines = [text[start : start + width // 3] for start in range(0, len(text), width // 3)]
    return "<br>".join(escape_plotly(line) for line in lines)


def matrix_figure(cells: Cells, caption: Caption, view: View) -> go.Figure:
    """Draw the matrix."""
    figure = go.Figure()
    fields: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    # Tables say NaN where nothing is known.
    known = [[None if w is None or isnan(w) else w for w in row] for row in cells.weights]
    highest = max((w for row in known for w in row if w is not None), default=0) or 1
    for down, (weights, texts) in enumerate(zip(known, cells.texts, strict=True)):
        for across, (weight, text) in enumerate(zip(weights, texts, strict=True)):
            colour = _colour(weight, highest, dark=view.dark)
            fields.append(
                {
                    "type": "rect",
                    "x0": across - 0.485,
                    "x1": across + 0.485,
                    "y0": down - 0.47,
                    "y1": down + 0.47,
                    "fillcolor": colour,
                    "line": {"width": 0},
                    "layer": "below",
                }
            )
            font = {"color": ink_on(colour), "size": 12}
            words.append({"x": across, "y": down, "text": text, "showarrow": False, "font": font})
    add_marks(figure, words, fields)
    _hover(figure, cells)
    _axis(figure.update_xaxes, cells.columns, cells.column_title)
    _axis(figure.update_yaxes, cells.rows, cells.row_title)
    figure.update_xaxes(side="top")
    figure.update_yaxes(autorange="reversed")
    finish(figure, caption, height=view.height, view=view.place)
    return figure.update_layout(margin={"t": 96})


def _hover(figure: go.Figure, cells: Cells) -> None:
    places = [(across, down) for down in range(len(cells.rows)) for across in range(len(cells.columns))]
    figure.add_scatter(
        x=[across for across, _down in places],
        y=[down for _across, down in places],
        mode="markers",
        marker={"size": 46, "opacity": 0, "symbol": "square"},
        hovertext=[text for row in cells.hovers for text in row],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )


def _axis(update: object, words: Sequence[str], title: str) -> None:
    update(  # type: ignore[operator]
        tickmode="array",
        tickvals=list(range(len(words))),
        ticktext=list(words),
        range=[-0.5, len(words) - 0.5],
        title={"text": title, "standoff": 6},
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )


def _colour(weight: float | None, highest: float, *, dark: bool) -> str:
    if weight is None:
        return MISSING_DARK if dark else MISSING
    steps = len(SHARE_RAMP) - 1
    return SHARE_RAMP[min(steps, round(max(weight, 0.0) / highest * steps))]
