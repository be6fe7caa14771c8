"""The four quadrants: own share across, growth of the market upwards, capacity as the size."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.i18n import _
from core.label_places import LINE, Box, Mark, place_labels, text_width
from core.reports.market.display.cut_lines import CORNERS, Lines
from pages._ui.charts.highlight import NAME, OUTLINE
from pages._ui.charts.layout import Caption, View, add_marks, finish
from pages._ui.charts.palette import ZONE_INKS, ZONES, ink_on, tint
from pages._ui.formatting.escaping import escape_plotly

LARGEST_BUBBLE = 46
LABELLED = 6
# As many regions as the sentence of the page names.
ATTACKED_FIRST = 3
# More of them hide each other.
MOST_ARROWS = 20
# Width and height of the plot on a small laptop, in pixels: there it is decided where a label has room.
TYPICAL_PLOT = (640, 360)
# Pixels above the axis: the two lines of the zones' captions have their place below.
SHARE_LABEL_ABOVE = 40


def quadrant_figure(
    regions: pd.DataFrame,
    lines: Lines,
    caption: Caption,
    view: View,
) -> go.Figure:
    """Draw the bubbles, the tinted zones and the cut lines.

    Parameters
    ----------
    regions
        region_id, name, share, growth, capacity, zone, hover; with share_before and growth_before,
        an arrow leads from last year's place to this year's; with attack_rank, the first to attack are
        named. Rows without share or growth are left out.
    """
    placed = regions[regions["share"].notna() & regions["growth"].notna()]
    placed = placed.sort_values("capacity", ascending=False, na_position="last")
    across, upwards = _ranges(placed, lines)
    figure = go.Figure()
    _tint_zones(figure, lines, view, across, upwards)
    _add_bubbles(figure, placed)
    if "share_before" in placed:
        _add_arrows(figure, placed, view)
    named = _by_importance(placed)
    _add_labels(figure, named, lines, view, (across, upwards))
    _add_hidden_names(figure, named[LABELLED:])
    _draw_lines(figure, lines, across, upwards, view.ink)
    figure.update_xaxes(
        title_text=lines.axis,
        tickformat=".1f" if lines.multiple else ".0%",
        range=across,
        zeroline=False,
        automargin=True,
    )
    figure.update_yaxes(
        title_text=_("Growth of the market on the year before"),
        tickformat="+.0%",
        range=upwards,
        zeroline=False,
        automargin=True,
    )
    figure.update_layout(showlegend=False, dragmode="pan", clickmode="event+select")
    return finish(figure, caption, height=view.height, view=view.place)


def _ranges(placed: pd.DataFrame, lines: Lines) -> tuple[list[float], list[float]]:
    """Return the axes' ranges: all bubbles and both lines, with room for the bubbles' own size."""
    places = {"share": [lines.share], "growth": [lines.growth]}
    result = []
    for name, own in places.items():
        values = [*own, *placed[name]]
        values += [] if f"{name}_before" not in placed else list(placed[f"{name}_before"].dropna())
        low, high = min(values), max(values)
        room = max(high - low, 0.02) * (0.09 if name == "share" else 0.16)
        # No share is below nothing, unless returns made it so.
        start = max(low - room, 0.0) if name == "share" and low >= 0 else low - room
        result.append([start, high + room])
    return result[0], result[1]


def _tint_zones(
    figure: go.Figure, lines: Lines, view: View, across: list[float], upwards: list[float]
) -> None:
    """Tint the four fields and write their names into their corners."""
    shapes, names = [], []
    for zone, (right, top) in CORNERS.items():
        x = (lines.share, across[1]) if right else (across[0], lines.share)
        y = (lines.growth, upwards[1]) if top else (upwards[0], lines.growth)
        shapes.append(
            {
                "type": "rect",
                "x0": x[0],
                "x1": x[1],
                "y0": y[0],
                "y1": y[1],
                "line": {"width": 0},
                "fillcolor": tint(ZONES[zone], 0.13),
                "layer": "below",
            }
        )
        names.append(
            {
                "text": f"<b>{lines.zones[zone]}</b>",
                "x": 1 if right else 0,
                "y": 1 if top else 0,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "right" if right else "left",
                "yanchor": "top" if top else "bottom",
                "xshift": -4 if right else 4,
                "align": "right" if right else "left",
                "showarrow": False,
                "font": {"size": 13, "color": ZONE_INKS[zone][view.dark]},
            }
        )
    add_marks(figure, names, shapes)


def _add_arrows(figure: go.Figure, placed: pd.DataFrame, view: View) -> None:
    """Lead from last year's place to this year's, of the biggest markets."""
    moved = placed[placed["share_before"].notna() & placed["growth_before"].notna()].head(MOST_ARROWS)
    gap = np.full(len(moved), np.nan)
    figure.add_scatter(
        x=np.column_stack([moved["share_before"], moved["share"], gap]).ravel(),
        y=np.column_stack([moved["growth_before"], moved["growth"], gap]).ravel(),
        mode="lines+markers",
        line={"width": 1, "color": tint(view.ink, 0.7)},
        marker={
            "symbol": "arrow",
            "angleref": "previous",
            "size": np.tile([0, 9, 0], len(moved)),
            "color": tint(view.ink, 0.9),
        },
        hoverinfo="skip",
        name="",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _add_bubbles(figure: go.Figure, placed: pd.DataFrame) -> None:
    """Draw the largest first, so that small bubbles stay in reach."""
    capacity = placed["capacity"].fillna(0).to_numpy(dtype=float)
    largest = capacity.max(initial=0)
    figure.add_scatter(
        x=placed["share"],
        y=placed["growth"],
        mode="markers",
        name="",
        marker={
            "size": np.maximum(capacity, 0),
            "sizemode": "area",
            "sizeref": 2 * largest / LARGEST_BUBBLE**2 if largest > 0 else 1,
            "sizemin": 4,
            "color": [ZONES.get(z, "#A9AFB6") for z in placed["zone"]],
            "opacity": 0.85,
            "line": {"width": 0.8, "color": "#FFFFFF"},
        },
        meta=OUTLINE,
        customdata=placed[["region_id"]].to_numpy(),
        hovertext=placed["hover"].to_list(),
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 0.85}},
        unselected={"marker": {"opacity": 0.85}},
    )


def _by_importance(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the regions in the order in which they get a name: those to attack first, then the largest."""
    if "attack_rank" not in placed:
        return placed
    first = placed[placed["attack_rank"] <= ATTACKED_FIRST].sort_values("attack_rank")
    return pd.concat([first, placed.drop(first.index)])


def _add_labels(
    figure: go.Figure, placed: pd.DataFrame, lines: Lines, view: View, ranges: tuple[list[float], list[float]]
) -> None:
    """Name the regions to attack first and the biggest markets where the names don't collide."""
    capacity = placed["capacity"].fillna(0).to_numpy(dtype=float)
    largest = max(capacity.max(initial=0), 1e-9)
    (across, upwards), (width, height) = ranges, TYPICAL_PLOT
    marks = [
        Mark(
            x=(x - across[0]) / (across[1] - across[0]) * width,
            y=(y - upwards[0]) / (upwards[1] - upwards[0]) * height,
            radius=LARGEST_BUBBLE / 2 * float(np.sqrt(size / largest)),
            text=name,
        )
        for name, x, y, size in zip(placed["name"], placed["share"], placed["growth"], capacity, strict=True)
    ]
    writing = _writing(
        lines,
        (lines.share - across[0]) / (across[1] - across[0]) * width,
        (lines.growth - upwards[0]) / (upwards[1] - upwards[0]) * height,
    )
    shifts = place_labels(marks[:LABELLED], width, height, around=marks[LABELLED:], writing=writing)
    named = placed[["share", "growth", "name"]][:LABELLED].itertuples(index=False)
    names = [
        {
            "x": row.share,
            "y": row.growth,
            "text": escape_plotly(row.name),
            "xshift": x_shift,
            "yshift": y_shift,
            "showarrow": False,
            "font": {"size": 12, "color": view.ink},
        }
        for (x_shift, y_shift), row in zip(shifts, named, strict=True)
    ]
    add_marks(figure, names)


def _writing(lines: Lines, x: float, y: float) -> list[Box]:
    """Return where the zones' captions and the cut lines' labels stand, the lines crossing at a pixel."""
    width, height = TYPICAL_PLOT
    boxes = []
    for zone, (right, top) in CORNERS.items():
        caption = lines.zones[zone].split("<br>")
        wide, high = max(text_width(line, 13) for line in caption), LINE * len(caption)
        left, low = width - wide if right else 0.0, height - high if top else 0.0
        boxes.append((left, low, left + wide, low + high))
    wide = text_width(lines.share_label, 11)
    left = x - wide if x > width / 2 else x
    boxes.append((left, SHARE_LABEL_ABOVE, left + wide, SHARE_LABEL_ABOVE + LINE))
    boxes.append((width - text_width(lines.growth_label, 11), y, width, y + LINE))
    return boxes


def _add_hidden_names(figure: go.Figure, placed: pd.DataFrame) -> None:
    """Write the other names so that nobody sees them, until one of them is chosen."""
    figure.add_scatter(
        x=placed["share"],
        y=placed["growth"],
        text=placed["name"].map(escape_plotly).to_list(),
        mode="text",
        name="",
        textposition="top center",
        textfont={"size": 12, "color": "rgba(0,0,0,0)"},
        meta=NAME,
        customdata=placed[["region_id"]].to_numpy(),
        hoverinfo="skip",
        selected={"textfont": {"color": "rgba(0,0,0,0)"}},
        unselected={"textfont": {"color": "rgba(0,0,0,0)"}},
    )


def _draw_lines(figure: go.Figure, lines: Lines, across: list[float], upwards: list[float], ink: str) -> None:
    """Draw the cut lines with their value and origin on them."""
    style = {"dash": "dash", "width": 1.4, "color": "rgba(90,98,110,0.95)"}
    drawn = [
        {"x0": lines.share, "x1": lines.share, "y0": upwards[0], "y1": upwards[1]},
        {"x0": across[0], "x1": across[1], "y0": lines.growth, "y1": lines.growth},
    ]
    left = lines.share > (across[0] + across[1]) / 2
    labels = [
        {
            "x": lines.share,
            "y": upwards[0],
            "text": lines.share_label,
            "xanchor": "right" if left else "left",
            "xshift": -3 if left else 3,
            "yshift": SHARE_LABEL_ABOVE,
        },
        {"x": across[1], "y": lines.growth, "text": lines.growth_label, "xanchor": "right", "xshift": -3},
    ]
    alike = {
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 11, "color": ink},
        "bgcolor": tint(ink_on(ink), 0.7),
    }
    add_marks(
        figure,
        [{**label, **alike} for label in labels],
        [{"type": "line", "line": style, **line} for line in drawn],
    )
