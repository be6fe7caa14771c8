"""The twelve cells: how much the accounts demand x who is first in them [W:26]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.analysis.abc import GRADES, POSITIONS
from core.customers.analysis.structure import POSITION_LABELS, TOTAL
from core.i18n import _, current_language
from core.metrics import metric
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.matrix import Cells, matrix_figure
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.components.notes import notes
from pages._ui.customers.analysis import analysis_view
from pages._ui.customers.section import SectionHead
from pages._ui.formatting.escaping import escape_plotly
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.customers.abc import AbcReport, AbcRequest
    from core.store.database import Store

KEYS = (
    "grade",
    "position",
    "demand",
    "part",
    "account_share",
    "sales",
    "growth",
    "segment",
    "region",
    "visits",
)


def render_abc_accounts(report: AbcReport) -> SectionHead:
    """Show the cells, what they mean for the demand, and the accounts."""
    cells, structure = report.cells, report.structure
    if cells is None or structure is None or not structure.loc[TOTAL, "accounts"]:
        empty(_("No rival's sales are recorded in these customers' shops."), ("terminal_sales", "company"))
        return SectionHead()
    request = report.request
    left, right = st.columns([2, 1], gap="small")
    with left:
        caption = analysis_view.caption(request.customers, _("Accounts by demand and who is first"))
        figure = reads.drawing(_figure, request, caption, analysis_view.picture())
        show_chart(figure, key="abc_cells", config=chart_config(_("Twelve cells"), current_language()))
    with right.container(height=analysis_view.HEIGHT, key="abc_structure"):
        for grade in (TOTAL, *GRADES):
            section(_("All accounts") if grade == TOTAL else _("Class {grade}", grade=grade))
            facts(_facts(structure.loc[grade]))
        notes(_notes(report))
    kind = request.customers.kind
    columns = MetricColumns("customers", KEYS, _(analysis_view.TITLES[kind]), kind)
    metric_table(report.table, columns, key="abc_accounts")
    return SectionHead(
        abc_accounts_sentence(structure, kind),
        downloads(report.table, columns, _("accounts"), period=analysis_view.period_text(request.customers)),
    )


def abc_accounts_sentence(structure: pd.DataFrame, kind: str) -> str:
    """Return the sentence that says how well the large accounts are held."""
    first = structure.loc["A"]
    return _(
        "Of {count} with large demand we handle {coverage}; we are first in {ours}, which have {share} of it,"
        " and a rival in {theirs}.",
        count=analysis_view.number_of(kind, int(first["accounts"])),
        coverage=numbers.percent(first["coverage"]),
        ours=numbers.count(first["a"]),
        share=numbers.percent(first["structural_share"]),
        theirs=numbers.count(first["c"]),
    )


def _figure(_store: Store, request: AbcRequest, caption: Caption, view: View) -> CachedFigure:
    report = analysis_view.abc(request)
    if report.cells is None:
        raise ValueError("Expected accounts.")
    rows = report.cells.set_index(["grade", "position"])
    total = rows["demand"].sum() or 1.0
    weights, texts, hovers = [], [], []
    for grade in GRADES:
        line = [rows.loc[(grade, position)] for position in POSITIONS]
        weights.append(tuple(float(cell["demand"] / total) for cell in line))
        texts.append(tuple(_text(cell, total) for cell in line))
        hovers.append(tuple(_hover(grade, p, cell) for p, cell in zip(POSITIONS, line, strict=True)))
    cells = Cells(
        GRADES,
        tuple(f"{position} · {_(POSITION_LABELS[position])}" for position in POSITIONS),
        tuple(weights),
        tuple(texts),
        tuple(hovers),
        _("Class by demand"),
    )
    return CachedFigure(matrix_figure(cells, caption, view))


def _text(cell: pd.Series, total: float) -> str:
    count = f"<b>{numbers.count(cell['accounts'])}</b>"
    return count + "<br>" + _("{part} of the demand", part=numbers.percent(cell["demand"] / total))


def _hover(grade: str, position: str, cell: pd.Series) -> str:
    return "<br>".join(
        (
            f"<b>{grade}{position}</b> · {escape_plotly(_(POSITION_LABELS[position]))}",
            _("Accounts {count}", count=numbers.count(cell["accounts"])),
            _("Demand {amount}", amount=numbers.money(cell["demand"])),
            _("Part of the class's demand {part}", part=numbers.percent(cell["demand_part"])),
            _("Our share in the account {part}", part=numbers.percent(cell["account_share"])),
        )
    )


def _facts(row: pd.Series) -> list[Fact]:
    texts = {
        "coverage": _(
            "{handled} of {all}", handled=numbers.count(row["handled"]), all=numbers.count(row["accounts"])
        ),
        "structural_share": "",
        "account_share": numbers.money(row["own"]),
    }
    return [
        Fact(
            _(metric(key, "customers").label),
            numbers.percent(row[key]),
            note,
            [_(metric(key, "customers").formula), _(metric(key, "customers").explanation)],
            records=("terminal_sales",),
        )
        for key, note in texts.items()
    ]


def _notes(report: AbcReport) -> list[str]:
    if not report.without_rival:
        return []
    return [
        _(
            "{count} are in no cell: no rival's sales are recorded there.",
            count=numbers.count(report.without_rival),
        )
    ]
