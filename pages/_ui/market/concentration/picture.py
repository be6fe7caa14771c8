"""The picture of the section: drawn once per question, marked at every click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core import numbers
from core.i18n import _, current_language
from pages._ui import reads, url
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.effort_bars import effort_bars
from pages._ui.charts.layout import Caption, chart_config, show_chart
from pages._ui.language import in_language
from pages._ui.market import market_view, region_choice
from pages._ui.market.concentration import plan_view

if TYPE_CHECKING:
    from core.reports.market.concentration import ConcentrationOptions, ConcentrationReport
    from core.reports.market.request import MarketRequest
    from core.store.database import Store


def picture(plan: ConcentrationReport, caption: Caption) -> None:
    """Show the bars; a click chooses a region."""
    strength = plan.plan.question.options
    also = url.value("region") if url.value("region") in set(plan.regions["region_id"]) else ""
    figure = reads.drawing(_figure, plan.effort.market, strength, also, caption)
    market_view.mark(figure, "effort_chart", plan_view.chosen_region(plan))
    show_chart(
        figure,
        key="effort_chart",
        on_select=in_language(partial(region_choice.clicked_chart, "effort_chart")),
        selection_mode="points",
        config=chart_config(_("Concentration"), current_language()),
    )


def _figure(
    _store: Store, request: MarketRequest, strength: ConcentrationOptions, also: str, caption: Caption
) -> CachedFigure:
    plan = plan_view.report(request, strength)
    cut = plan.cut / numbers.money_divisor()
    return CachedFigure(effort_bars(plan_view.bars(plan, also), caption, unit=numbers.money_unit(), cut=cut))
