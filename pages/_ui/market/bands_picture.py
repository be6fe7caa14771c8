"""The picture of the No.1 bands: drawn once per question, marked at every click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core import numbers
from core.i18n import _, current_language
from pages._ui import reads, url
from pages._ui.charts.bands import bands_figure
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, chart_config, show_chart
from pages._ui.language import in_language
from pages._ui.market import market_view, plan, region_choice

if TYPE_CHECKING:
    from core.reports.market.market import MarketRequest
    from core.store.database import Store
    from pages._ui.filters import Filters


def bands_picture(filters: Filters, market: market_view.MarketView, order: str) -> None:
    """Show the bands; a click chooses a region.

    Parameters
    ----------
    order
        A key of ``plan.ORDERS``.
    """
    figure = reads.drawing(
        _figure,
        market.report.request,
        order,
        plan.region_beyond(market, order, url.value("region")),
        market_view.caption(filters, _("No.1 target")),
    )
    market_view.mark(figure, "bands_chart", plan.chosen_region(market, order))
    show_chart(
        figure,
        key="bands_chart",
        on_select=in_language(partial(region_choice.clicked_chart, "bands_chart")),
        selection_mode="points",
        config=chart_config(_("No.1 target"), current_language()),
    )


def _figure(_store: Store, request: MarketRequest, order: str, also: str, caption: Caption) -> CachedFigure:
    rows = plan.rows(market_view.view(request), order, also)
    return CachedFigure(bands_figure(rows, caption, unit=numbers.money_unit()))
