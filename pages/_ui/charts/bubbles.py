"""Bubbles on two axes, with lines that part them: customers by growth and margin, the GE matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from core.label_places import Mark, place_labels
from pages._ui.charts.layout import LEGEND_ABOVE, Caption, View, add_marks, finish
from pages._ui.charts.palette import ink_on, tint
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    import pandas as pd

LARGEST_PIXELS, SMALLEST_PIXELS, NAMED = 38, 6, 6
# Of more bubbles than this, the smaller ones don't push a name away.
MOST_AROUND = 400
# The plot is about this large on a page, in pixels, when it is decided where names have room.
TYPICAL_PLOT = 640.0, 300.0


@dataclass(frozen=True)
class Axis:
    """One axis.

    Parameters
    ----------
    lines
        Value and words of the lines across it.
    tick
        Format of its ticks.
    limits
        Ends; None for the data's own.
    """

    title: str
    lines: tuple[tuple[float, str], ...] = ()
    tick: str = ""
    limits: tuple[float, float] | None = None


@dataclass(frozen=True)
class Field:
    """A part of the plane that means something."""

    left: float
    right: float
    low: float
    high: float
    colour: str
    text: str = ""


@dataclass(frozen=True)
class Plane:
    """Axes, fields and kinds of bubbles.

    Parameters
    ----------
    kinds
        Colour and word of each kind of bubble, in the order of the legend.
    """

    across: Axis
    up: Axis
    kinds: dict[str, tuple[str, str]]
    fields: tuple[Field, ...] = ()


def bubble_figure(table: pd.DataFrame, plane: Plane, caption: Caption, view: View) -> go.Figure:
    """Draw the bubbles.

    Parameters
    ----------
    table
        x, y, size, kind, name, hover; a row without x or y isn't drawn.
    """
    figure = go.Figure()
    rows = table.dropna(subset=["x", "y"])
    _fields(figure, plane, view)
    # Area, not width, is the size; a missing size is the smallest bubble.
    scale = np.sqrt(rows["size"].fillna(0).clip(lower=0) / (rows["size"].max() or 1))
    pixels = (scale.fillna(0) * LARGEST_PIXELS).clip(lower=SMALLEST_PIXELS)
    for kind, (colour, label) in plane.kinds.items():
        mine = rows["kind"] == kind
        if not mine.any():
            continue
        figure.add_scatter(
            x=rows["x"][mine],
            y=rows["y"][mine],
            mode="markers",
            name=label,
            marker={
                "size": pixels[mine],
                "color": colour,
                "opacity": 0.75,
                "line": {"width": 0.7, "color": view.ink},
            },
            customdata=rows.index[mine].to_list(),
            hovertext=rows["hover"][mine].to_list(),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    _lines(figure, plane, view)
    _names(figure, rows.assign(radius=pixels / 2), plane, view)
    _axis(figure.update_xaxes, plane.across)
    _axis(figure.update_yaxes, plane.up)
    finish(figure, caption, height=view.height, view=view.place)
    return figure.update_layout(legend=LEGEND_ABOVE, margin={"t": 74})


def _fields(figure: go.Figure, plane: Plane, view: View) -> None:
    shapes = [
        {
            "type": "rect",
            "x0": field.left,
            "x1": field.right,
            "y0": field.low,
            "y1": field.high,
            "fillcolor": field.colour,
            "line": {"width": 0},
            "layer": "below",
        }
        for field in plane.fields
    ]
    texts = [
        {
            "x": field.left,
            "y": field.high,
            "text": field.text,
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "top",
            "font": {"size": 11, "color": view.ink},
            "opacity": 0.75,
        }
        for field in plane.fields
    ]
    add_marks(figure, texts, shapes)


def _lines(figure: go.Figure, plane: Plane, view: View) -> None:
    line = {"dash": "dot", "width": 1, "color": view.ink}
    for value, text in plane.across.lines:
        figure.add_vline(
            x=value,
            line=line,
            annotation={"text": text, "font": {"size": 10}},
            annotation_position="bottom right",
        )
    for value, text in plane.up.lines:
        figure.add_hline(
            y=value,
            line=line,
            annotation={"text": text, "font": {"size": 10}},
            annotation_position="top left",
        )


def _names(figure: go.Figure, rows: pd.DataFrame, plane: Plane, view: View) -> None:
    """Name the largest bubbles, each where its name hides the least."""
    width, height = TYPICAL_PLOT
    placed = rows.assign(
        across=_pixels(rows["x"], plane.across, width), above=_pixels(rows["y"], plane.up, height)
    )
    ordered = placed.sort_values("size", ascending=False, na_position="last").head(MOST_AROUND)
    marks = [
        Mark(*mark)
        for mark in ordered[["across", "above", "radius", "name"]].itertuples(index=False, name=None)
    ]
    shifts = place_labels(marks[:NAMED], width, height, around=marks[NAMED:])
    names = [
        {
            "x": row.x,
            "y": row.y,
            "text": escape_plotly(row.name),
            "xshift": x_shift,
            "yshift": y_shift,
            "showarrow": False,
            "font": {"size": 12, "color": view.ink},
            "bgcolor": tint(ink_on(view.ink), 0.6),
        }
        for (x_shift, y_shift), row in zip(shifts, ordered.head(NAMED).itertuples(index=False), strict=True)
    ]
    add_marks(figure, names)


def _pixels(values: pd.Series, axis: Axis, length: float) -> pd.Series:
    """Return where values stand along an axis of that length, as near as needed to place a name."""
    low, high = axis.limits or (values.min(), values.max())
    return (values - low) / ((high - low) or 1) * length


def _axis(update: Any, axis: Axis) -> None:  # noqa: ANN401 - plotly's method of an axis
    update(title=axis.title, tickformat=axis.tick, zeroline=False)
    if axis.limits:
        update(range=list(axis.limits))
