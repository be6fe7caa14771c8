"""The picture of the market map: polygons, or bubbles, or what to import to have them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, current_language
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import show_chart
from pages._ui.components.empty import empty
from pages._ui.language import in_language
from pages._ui.maps.measures import MEASURES
from pages._ui.maps.region_map import map_config, region_map
from pages._ui.market import market_view, region_choice

if TYPE_CHECKING:
    from core.reports.market.market import MarketRequest
    from core.store.database import Store
    from pages._ui.charts.layout import Caption, View
    from pages._ui.filters import Filters

# A click fades what wasn't clicked, names as well; on a telephone the polygons have no room for them.
NAMES = """<style>.st-key-map .scattergeo text { fill-opacity: 1 !important; }
@media (max-width: 640px) { .st-key-map .scattergeo text { display: none; } }</style>"""


def map_picture(filters: Filters, market: market_view.MarketView, measure: str, *, height: int) -> None:
    """Show the regions in the classes of a measure; a click chooses one, another looks inside.

    Parameters
    ----------
    measure
        A key of ``MEASURES``.
    """
    request = market.report.request
    __, polygons = market_view.places(request)
    regions, _classes = market_view.map_rows(request, measure)
    if not polygons.features and regions["lat"].isna().all():
        empty(_("These regions have neither boundaries nor a place."), ("region",), key="no_map")
        return
    st.html(NAMES)
    figure = reads.drawing(
        _figure,
        request,
        measure,
        market_view.caption(filters, _(MEASURES[measure].name)),
        market_view.picture(height, f"{request.level} {request.within}"),
    )
    market_view.mark(figure, "map")
    show_chart(
        figure,
        key="map",
        on_select=in_language(partial(region_choice.clicked_chart, "map", drill=True)),
        selection_mode="points",
        config=map_config(_("market map"), current_language()),
    )


def _figure(
    _store: Store, request: MarketRequest, measure: str, caption: Caption, look: View
) -> CachedFigure:
    __, polygons = market_view.places(request)
    regions, classes = market_view.map_rows(request, measure)
    return CachedFigure(region_map(regions, polygons, classes, caption, look))
