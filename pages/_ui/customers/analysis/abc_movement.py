"""Who moved between the classes since the same months a year earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, current_language
from core.reports.customers.abc import MEASURES
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.matrix import matrix_figure
from pages._ui.components.header import section
from pages._ui.customers.analysis import analysis_view, moves_picture
from pages._ui.customers.section import SectionHead
from pages._ui.market.facts import facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.customers.abc import AbcReport, AbcRequest
    from core.store.database import Store

KEYS = ("move", "grade_previous", "grade", "amount", "growth", "rank", "part")
ORDER = ("left", "down", "up", "entered", "stayed")


def render_abc_movement(report: AbcReport) -> SectionHead:
    """Show the migration matrix and who moved, the lost ones first."""
    request = report.request
    left, right = st.columns([2, 1], gap="small")
    with left:
        caption = analysis_view.caption(
            request.customers, _("Movement by {measure}", measure=_(MEASURES[request.measure]).lower())
        )
        figure = reads.drawing(_figure, request, caption, analysis_view.picture())
        show_chart(figure, key="abc_moves", config=chart_config(_("Movement"), current_language()))
    with right:
        section(_("Against the same months a year earlier"))
        facts(moves_picture.move_facts(report.moved))
        st.caption(_("Rows are the classes a year earlier, columns those of now; the cells add up to both."))
    kind = "product" if request.subject == "product" else request.customers.kind
    columns = MetricColumns(
        "customers",
        KEYS,
        _(analysis_view.TITLES[kind]),
        "" if kind == "product" else kind,
        headings=(("amount", _(MEASURES[request.measure])),),
    )
    table: pd.DataFrame = reads.large(_lost_first, request)
    metric_table(table, columns, key="abc_moved")
    return SectionHead(
        moves_picture.moves_sentence(report.moved),
        downloads(table, columns, _("movement"), period=analysis_view.period_text(request.customers)),
    )


def _lost_first(_store: Store, request: AbcRequest) -> pd.DataFrame:
    """Return who was there in either year, the lost ones first."""
    table = analysis_view.abc(request).table
    order = table["move"].map({move: place for place, move in enumerate(ORDER)})
    return table.assign(_order=order).dropna(subset=["_order"]).sort_values(["_order", "rank"])


def _figure(_store: Store, request: AbcRequest, caption: Caption, view: View) -> CachedFigure:
    moved = analysis_view.abc(request).moved
    return CachedFigure(
        matrix_figure(moves_picture.cells(moved, _("A year earlier"), _("Now")), caption, view)
    )
