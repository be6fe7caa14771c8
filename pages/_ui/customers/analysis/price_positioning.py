"""Products by price and features, each field for a kind of customer, whose names can be changed [S3 3-11]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.analysis.positioning import LONGEST
from core.errors import AppError
from core.i18n import _, current_language, sentences
from core.reports.customers.profitability import ProfitReport, name_fields
from pages._ui import runtime
from pages._ui.charts.layout import chart_config, show_chart
from pages._ui.charts.matrix import Cells, matrix_figure
from pages._ui.components.header import section
from pages._ui.customers.analysis import analysis_view
from pages._ui.customers.section import SectionHead
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    import pandas as pd

PROBLEM = "position_problem"
KEYS = ("sales", "growth", "margin", "margin_rate")


def render_price_positioning(report: ProfitReport) -> SectionHead:
    """Show the four fields and the products in them."""
    problem = st.session_state.pop(PROBLEM, None)
    if problem is not None:
        frame.show_error(problem)
    fields = report.positions
    left, right = st.columns([2, 1], gap="small")
    with left:
        caption = analysis_view.caption(report.request.customers, _("Products by price and features"))
        show_chart(
            matrix_figure(_cells(report), caption, analysis_view.picture()),
            key="position_chart",
            config=chart_config(_("products by price"), current_language()),
        )
    with right:
        section(_("Who each field is for"))
        with st.form("position_names", border=False):
            for number, label in enumerate(report.labels, start=1):
                st.text_input(
                    _("Field {number}", number=number), label, max_chars=LONGEST, key=f"position_{number}"
                )
            st.form_submit_button(_("Keep the names"), on_click=in_language(_keep))
    if fields.loc[0, "products"]:
        st.caption(
            _(
                "{count} products lack a price or feature class.",
                count=numbers.count(fields.loc[0, "products"]),
            )
        )
    table = report.products.sort_values("sales", ascending=False, na_position="last")
    title = analysis_view.TITLES["product"]
    columns = MetricColumns("customers", KEYS, _(title))
    metric_table(table, columns, key="position_table")
    return SectionHead(
        price_positioning_sentence(report),
        downloads(
            table, columns, _("products by price"), period=analysis_view.period_text(report.request.customers)
        ),
    )


def price_positioning_sentence(report: ProfitReport) -> str:
    """Return the sentence that says where most is sold and where most is earned per yuan."""
    fields = report.positions.loc[[1, 2, 3, 4]]
    rates = fields["margin_rate"].dropna()
    largest = int(fields["amount"].idxmax())
    sentence = _(
        "Most is sold in field {number}, {label}: {part}.",
        number=largest,
        label=report.labels[largest - 1],
        part=numbers.percent(fields.loc[largest, "part"]),
    )
    if rates.empty:
        return sentence
    best = int(rates.idxmax())
    highest = _(
        "The margin rate is highest in {label}: {rate}.",
        label=report.labels[best - 1],
        rate=numbers.percent(rates.loc[best]),
    )
    return sentences(sentence, highest)


def _cells(report: ProfitReport) -> Cells:
    fields = report.positions
    lines = ((1, 2), (3, 4))
    return Cells(
        (_("High price"), _("Low price")),
        (_("Many features"), _("Few features")),
        tuple(tuple(float(fields.loc[number, "part"]) for number in line) for line in lines),
        tuple(tuple(_text(number, report, fields.loc[number]) for number in line) for line in lines),
        tuple(tuple(_text(number, report, fields.loc[number]) for number in line) for line in lines),
    )


def _text(number: int, report: ProfitReport, row: pd.Series) -> str:
    return "<br>".join(
        (
            f"<b>{number} · {report.labels[number - 1]}</b>",
            _("{count} products", count=numbers.count(row["products"])),
            _("{part} of the sales", part=numbers.percent(row["part"])),
            _("Margin rate {rate}", rate=numbers.percent(row["margin_rate"])),
        )
    )


def _keep() -> None:
    try:
        name_fields(runtime.store(), tuple(st.session_state[f"position_{number}"] for number in (1, 2, 3, 4)))
    except AppError as error:
        st.session_state[PROBLEM] = error
