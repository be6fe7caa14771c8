"""The picture of the four quadrants: drawn once per question, marked at every click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, current_language
from pages._ui import reads, url
from pages._ui.charts.drawn import Drawn
from pages._ui.charts.layout import Caption, View, chart_config
from pages._ui.charts.quadrant import quadrant_figure
from pages._ui.language import in_language
from pages._ui.market import choosing, cuts, view

if TYPE_CHECKING:
    from core.reports.market.market import MarketRequest
    from core.store.database import Store
    from pages._ui.filters import Filters


def quadrant_picture(filters: Filters, market: view.MarketView, *, height: int) -> None:
    """Show the bubbles; a click chooses a region.

    Parameters
    ----------
    filters
        What the filter bar says.
    market
        What the page looks at.
    height
        Pixels.
    """
    request = market.report.request
    figure = reads.drawing(
        _figure,
        request,
        cuts.year_before(filters, request) if url.value("arrows") else None,
        view.caption(filters, _("Four quadrants")),
        view.picture(height, str(request)),
    )
    view.mark(figure, "quadrant")
    st.plotly_chart(
        figure,
        key="quadrant",
        on_select=in_language(partial(choosing.clicked_chart, "quadrant")),
        selection_mode="points",
        config=chart_config(_("four quadrants"), current_language()),
    )


def _figure(
    _store: Store, request: MarketRequest, before: MarketRequest | None, caption: Caption, look: View
) -> Drawn:
    market = view.view(request)
    regions = cuts.axes(market, before=view.view(before) if before else None)
    return Drawn(quadrant_figure(regions, cuts.lines(market), caption, look))
