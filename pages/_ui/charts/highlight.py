"""The chosen region, marked on a figure that stays as it is.

A figure that changed is drawn anew by the browser: it flickers, and takes longer than the answer that
was asked for. So the mark is a style sheet for the one mark of the drawing that stands for the region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.charts.palette import ink_on

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from plotly.basedatatypes import BaseTraceType

# What a trace that can be marked says in its ``meta``; its ``customdata`` are the region_ids.
OUTLINE, NAME, ROW = "outline", "name", "row"
# Where plotly draws a kind of trace, and how one mark is found among the others of its trace.
PLACES = {
    "choropleth": (".choroplethlayer", "> path:nth-child({n})"),
    "scattergeo": (".scatterlayer", "> path:nth-child({n})"),
    "scatter": (".scatterlayer", "> .points > path:nth-child({n})"),
    "bar": (".barlayer", "> .points > .point:nth-child({n}) > path"),
}
TEXT = "> .text > :nth-child({n}) text"
TICK = ".yaxislayer-above > .ytick:nth-child({n}) text"


def highlight_css(figure: go.Figure, region_id: str | None, *, key: str, ink: str) -> str:
    """Return the style sheet that marks a region, an empty one where the figure doesn't show it."""
    looks = {
        OUTLINE: f"stroke: {ink} !important; stroke-width: 3px !important; stroke-opacity: 1 !important",
        # With a halo, so that it reads on what lies below.
        NAME: f"fill: {ink} !important; fill-opacity: 1 !important; paint-order: stroke;"
        f" stroke: {ink_on(ink)}; stroke-width: 3px",
        # A frame, not a fill: a fill would read as one more bar.
        ROW: "stroke: rgb(120,130,145) !important; stroke-width: 1.5px !important;"
        " stroke-opacity: 1 !important",
    }
    rules = []
    for place, trace in _in_layers(figure):
        ids = [str(row[0]) for row in trace.customdata] if trace.meta in looks else []
        if region_id in ids:
            n = ids.index(region_id) + 1
            rules.append(f"{place.format(key=key, n=n)} {{ {looks[trace.meta]} }}")
            if trace.meta == ROW:
                rules.append(f".st-key-{key} {TICK.format(n=n)} {{ font-weight: 700 !important }}")
    return f"<style>{' '.join(rules)}</style>"


def _in_layers(figure: go.Figure) -> list[tuple[str, BaseTraceType]]:
    """Return each trace with the selector of its n-th mark."""
    layers, counted = [], dict.fromkeys(PLACES, 0)
    for trace in figure.data:
        counted[trace.type] += 1
        layer, mark = PLACES[trace.type]
        mark = TEXT if trace.meta == NAME else mark
        layers.append((f".st-key-{{key}} {layer} > .trace:nth-child({counted[trace.type]}) {mark}", trace))
    return layers
