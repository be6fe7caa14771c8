"""What every figure shares: its caption, its margins, and its picture for a slide."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from core.access import Right
from core.exchange.slides.content import Caption
from pages._ui import runtime
from pages._ui.charts.palette import DARK_TEXT, LIGHT_TEXT
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
import streamlit as st

# The picture is laid out at two thirds of its size, so that text stays readable at 1600 px.
PICTURE_WIDTH, PICTURE_HEIGHT, PICTURE_SCALE = 1067, 640, 1.5
__all__ = ["LEGEND_ABOVE", "Caption", "View", "add_marks", "chart_config", "finish", "show_chart"]

LEGEND_ABOVE = {
    "orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "bgcolor": "#0000",
}  # fmt: skip
"""A legend in one line above the picture, at its right end."""
LOCALES = {"zh_CN": "zh-CN", "en": "en"}


@dataclass(frozen=True)
class View:
    """How a figure is shown.

    Parameters
    ----------
    place
        What is looked at: zoom and pan are kept while it stays the same.
    """

    height: int = 440
    dark: bool = False
    place: str = ""

    def __post_init__(self) -> None:
        if self.height < 100:
            raise ValueError("Expected height >= 100 pixels.")

    @property
    def ink(self) -> str:
        """The colour of text and outlines on the page."""
        return LIGHT_TEXT if self.dark else DARK_TEXT


def finish(figure: go.Figure, caption: Caption, *, height: int, view: str = "") -> go.Figure:
    """Give a figure its title, source and margins.

    Parameters
    ----------
    view
        What the reader looks at: zoom and pan survive a rerun while it stays the same.
    """
    figure.update_layout(
        title={
            "text": escape_plotly(caption.title),
            "font": {"size": 13},
            "subtitle": {"text": escape_plotly(caption.source), "font": {"size": 10}},
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            "pad": {"t": 4, "l": 4},
        },
        height=height,
        margin={"l": 8, "r": 8, "t": 52, "b": 8},
        uirevision=view or caption.title,
        hoverlabel={"align": "left"},
        font={"size": 12},
        # Six times as fast as merging with what is there.
        overwrite=True,
    )
    return figure


def add_marks(
    figure: go.Figure,
    annotations: Sequence[Mapping[str, Any]] = (),
    shapes: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Add annotations and shapes at once: plotly checks one added alone together with all before it."""
    layout = figure.layout
    figure.update_layout(
        annotations=[*layout.annotations, *annotations], shapes=[*layout.shapes, *shapes], overwrite=True
    )


def show_chart(figure: go.Figure, **options: Any) -> Any:  # noqa: ANN401 - what Streamlit takes and returns
    """Show a figure with its title, period and source as the text for those who can't see it."""
    layout = getattr(figure, "source", figure).layout
    texts = [layout.title.text, layout.title.subtitle.text]
    return st.plotly_chart(figure, alt=". ".join(unescape(text) for text in texts if text) or None, **options)


def camera() -> list[str]:
    """Return the button that saves a chart as a picture, for whom it has to be taken away."""
    return [] if runtime.may(Right.EXPORT) else ["toImage"]


def chart_config(name: str, language: str) -> dict[str, Any]:
    """Return the plotly configuration of a page's chart: a camera that saves 1600 px, and no more.

    Whoever may take no files out has no camera.

    Parameters
    ----------
    name
        File name of the saved picture, without its ending.
    language
        Language of the page, a key of ``core.i18n.LANGUAGES``.
    """
    return {
        "displaylogo": False,
        "typesetMath": False,
        "displayModeBar": "hover",
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", *camera()],
        "locale": LOCALES.get(language, "en"),
        "doubleClickDelay": 250,
        "toImageButtonOptions": {
            "format": "png",
            "filename": name,
            "width": PICTURE_WIDTH,
            "height": PICTURE_HEIGHT,
            "scale": PICTURE_SCALE,
        },
    }
