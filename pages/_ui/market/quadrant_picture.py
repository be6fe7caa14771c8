"""The picture of the four quadrants: drawn once per question, marked at every click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core.i18n import _, current_language
from core.reports.market.display import cut_lines
from pages._ui import reads, url
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.quadrant import quadrant_figure
from pages._ui.language import in_language
from pages._ui.market import cuts, market_view, region_choice

if TYPE_CHECKING:
    from core.reports.market.market import MarketRequest
    from core.store.database import Store
    from pages._ui.filters import Filters


def quadrant_picture(filters: Filters, market: market_view.MarketView, *, height: int) -> None:
    """Show the bubbles; a click chooses a region."""
    request = market.report.request
    figure = reads.drawing(
        _figure,
        request,
        cuts.year_before(filters, request) if url.value("arrows") else None,
        market_view.caption(filters, _("Four quadrants")),
        market_view.picture(height, str(request)),
    )
    market_view.mark(figure, "quadrant")
    show_chart(
        figure,
        key="quadrant",
        on_select=in_language(partial(region_choice.clicked_chart, "quadrant")),
        selection_mode="points",
        config=chart_config(_("four quadrants"), current_language()),
    )


def _figure(
    _store: Store, request: MarketRequest, before: MarketRequest | None, caption: Caption, look: View
) -> CachedFigure:
    market = market_view.view(request)
    regions = cut_lines.axes(market, before=market_view.view(before) if before else None)
    return CachedFigure(quadrant_figure(regions, cut_lines.lines(market), caption, look))
