"""How few make most: parts of the whole cumulated from the largest on, class by class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from pages._ui.charts.layout import LEGEND_ABOVE, Caption, View, finish
from pages._ui.charts.palette import tint

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

# From the strongest to the palest of one hue: a class is an order, not a kind.
GRADE_COLOURS = {"A": "#0B3F75", "B": "#3F8BC1", "C": "#A6CBE6"}
MOST_POINTS = 600


@dataclass(frozen=True)
class Words:
    """What the picture says.

    Parameters
    ----------
    cuts
        Cumulated parts at which the classes end.
    grades
        What stands beside each class, such as ``A · 61 · 70 %``.
    hover
        Says of a row what stands at its point; asked of those that are drawn.
    """

    across: str
    up: str
    cuts: tuple[float, float]
    grades: dict[str, str]
    hover: Callable[[Any], str]


def pareto_figure(table: pd.DataFrame, words: Words, caption: Caption, view: View) -> go.Figure:
    """Draw the curve.

    Parameters
    ----------
    table
        Items with an amount, by rank: cumulated in [0, 1], grade, and what ``words.hover`` looks at.
    """
    figure = go.Figure()
    part = table["rank"].astype("float64") / max(len(table), 1)
    for grade, colour in GRADE_COLOURS.items():
        mine = (table["grade"] == grade).to_numpy()
        if not mine.any():
            continue
        places = np.flatnonzero(mine)
        # The last one of a class is always drawn: there the class ends.
        points = np.unique([*places[:: -(-len(places) // MOST_POINTS)], places[-1]])
        rows = table.iloc[points]
        figure.add_scatter(
            x=part.iloc[points],
            y=rows["cumulated"],
            mode="lines",
            fill="tozeroy",
            name=words.grades[grade],
            line={"color": colour, "width": 3},
            fillcolor=tint(colour, 0.35),
            hovertext=[words.hover(row) for row in rows.itertuples()],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    for cut in words.cuts:
        figure.add_hline(
            y=cut,
            line={"dash": "dot", "width": 1, "color": view.ink},
            annotation={"text": f"{cut:.0%}", "font": {"size": 11}},
            annotation_position="bottom right",
        )
    figure.update_xaxes(title=words.across, tickformat=".0%", range=[0, 1.005])
    figure.update_yaxes(title=words.up, tickformat=".0%", range=[0, 1.03])
    finish(figure, caption, height=view.height, view=view.place)
    return figure.update_layout(
        legend={
            **LEGEND_ABOVE,
            # Three entries stand in one line on a telephone, too: two would reach into the source.
            "font": {"size": 10},
        },
        margin={"t": 74},
    )
