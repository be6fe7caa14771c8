"""A finished figure that is described once, however often it is shown."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go


class CachedFigure(go.Figure):  # type: ignore[misc]  # plotly comes without types
    """A figure that nobody changes any more.

    Plotly copies a figure part by part whenever it is shown, which takes longer than all else that a
    click does. The chosen region is therefore marked by a style sheet (:mod:`pages._ui.charts.highlight`).
    """

    def __init__(self, figure: go.Figure) -> None:
        super().__init__()
        self._description: dict[str, Any] = figure.to_dict()
        self._source = figure

    @property
    def source(self) -> go.Figure:
        """The drawing itself; whoever reads it leaves it as it is."""
        return self._source

    def to_dict(self) -> dict[str, Any]:
        """Return the description; whoever gets it leaves it as it is."""
        return self._description
