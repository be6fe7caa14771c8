"""The grades: segment x grade, quality x growth, and every customer with what its grade is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.analysis.abc import GRADES
from core.customers.analysis.cross_table import TOTAL, UNKNOWN, UNKNOWN_LABEL
from core.customers.grading.grades import SOLUTION_TERMS, SOLUTIONS
from core.customers.grading.readiness import BLOCKS, COLUMNS
from core.i18n import _, current_language, sentences
from core.metrics import FAMILIES
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.matrix import Cells, matrix_figure
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.customers.analysis import analysis_view
from pages._ui.customers.section import SectionHead
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.explained import explained
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    from core.reports.customers.grading import GradingReport, GradingRequest
    from core.store.database import Store

word = FAMILIES["customers"].word

KEYS = (
    "grade", "total", "solution", "label", "known", "sales", "growth", "margin_rate", "account_share",
    "payment_days", "visits", "segment", "region",
)  # fmt: skip
GATE_ICONS = {True: "✓", False: "!"}


def render_grading_result(request: GradingRequest) -> SectionHead:
    """Show the grades."""
    report = analysis_view.grading(request)
    kind = request.customers.kind
    if report.table.empty:
        empty(_("Nobody is in this scope."), ("dealer", "terminal", "dealer_sales"))
        return SectionHead()
    left, right = st.columns([2, 1], gap="small")
    with left:
        caption = analysis_view.caption(request.customers, _("Segment by grade"))
        figure = reads.drawing(_figure, request, caption, analysis_view.picture())
        show_chart(figure, key="grade_segments", config=chart_config(_("grades"), current_language()))
    with right.container(height=analysis_view.HEIGHT, key="grade_facts"):
        section(_("Grades and what is done for them"))
        facts(_grades(report))
        section(_("Are the data good enough?"))
        facts(_gate(report))
        if report.levels is not None:
            section(_("Quality by growth"))
            levels = _levels(report)
            counted = _("Customers of this quality and growth.")
            st.dataframe(levels, key="grade_levels", column_config=explained(levels, default=counted))
    columns = MetricColumns(
        "customers",
        KEYS,
        _(analysis_view.TITLES[kind]),
        kind,
        headings=(("grade", _("Customer grade")), ("total", _("Total of 100"))),
    )
    table = report.table.assign(solution=report.table["grade"])
    metric_table(table, columns, key="grade_table")
    return SectionHead(
        grading_result_sentence(report),
        downloads(table, columns, _("grades"), period=analysis_view.period_text(request.customers)),
    )


def grading_result_sentence(report: GradingReport) -> str:
    """Return the sentence that says how many of which grade there are."""
    everybody = analysis_view.number_of(report.request.customers.kind, len(report.table))
    if report.table["grade"].isna().all():
        return _("{all}: too little is known to grade any of them.", all=everybody)
    counts = report.table["grade"].value_counts()
    sales = report.table.groupby("grade")["sales"].sum()
    whole = report.table["sales"].sum()
    sentence = _(
        "Of {all}, {a} are A, {b} B and {c} C; the A customers bring {part} of the sales.",
        all=everybody,
        **{grade.lower(): numbers.count(counts.get(grade, 0)) for grade in GRADES},
        part=numbers.percent(sales.get("A", 0.0) / whole if whole > 0 else None),
    )
    unknown = int(report.table["grade"].isna().sum())
    if unknown:
        sentence = sentences(sentence, _("Of {count} too little is known.", count=numbers.count(unknown)))
    return sentence


def _figure(_store: Store, request: GradingRequest, caption: Caption, view: View) -> CachedFigure:
    table = analysis_view.grading(request).segments
    rows = [row for row in table.index if row != TOTAL and table.loc[row, TOTAL]]
    columns = [*GRADES, UNKNOWN] if table.loc[TOTAL, UNKNOWN] else list(GRADES)
    whole = table.loc[TOTAL, TOTAL] or 1
    words = {UNKNOWN: _(UNKNOWN_LABEL)}
    counts = [[int(table.loc[row, column]) for column in columns] for row in rows]
    texts = [
        [
            f"<b>{numbers.count(count)}</b> · {numbers.percent(count / table.loc[row, TOTAL])}"
            for count in line
        ]
        for row, line in zip(rows, counts, strict=True)
    ]
    names = [words.get(row) or word("tier", row) for row in rows]
    hovers = [
        [
            f"{name} · {words.get(column, column)}: {count}"
            for column, count in zip(columns, line, strict=True)
        ]
        for name, line in zip(names, counts, strict=True)
    ]
    cells = Cells(
        tuple(names),
        tuple(words.get(column, column) for column in columns),
        tuple(tuple(count / whole for count in line) for line in counts),
        tuple(map(tuple, texts)),
        tuple(map(tuple, hovers)),
    )
    return CachedFigure(matrix_figure(cells, caption, view))


def _grades(report: GradingReport) -> list[Fact]:
    counts = report.table["grade"].value_counts()
    cuts = report.saved.template.cuts
    limits = {
        "A": _("from {cut} of 100 on", cut=numbers.count(cuts[0])),
        "B": _("from {cut} of 100 on", cut=numbers.count(cuts[1])),
        "C": _("below {cut} of 100", cut=numbers.count(cuts[1])),
    }
    term = SOLUTION_TERMS if current_language() != "zh_CN" else {}
    rows = []
    for grade in GRADES:
        label = f"{grade} · {_(SOLUTIONS[grade])}"
        sentence = [term[grade]] if grade in term else []
        rows.append(
            Fact(
                label,
                numbers.count(counts.get(grade, 0)),
                limits[grade],
                sentence,
                records=("dealer", "dealer_sales", "product", "terminal_sales", "visit"),
            )
        )
    return rows


def _gate(report: GradingReport) -> list[Fact]:
    return [
        Fact(
            f"{GATE_ICONS[block.ready]} {_(BLOCKS[block.block][0])}",
            numbers.percent(block.known),
            explanation=[
                _("Known of all values that should be: from 80% on the grades can be relied on (S4 4-1)."),
                " · ".join(
                    f"{_(COLUMNS[name])} {numbers.percent(part)}" for name, part in block.by_column.items()
                ),
            ],
            records=("dealer", "dealer_sales", "product", "terminal_sales", "visit"),
        )
        for block in report.ready
    ]


def _levels(report: GradingReport) -> pd.DataFrame:
    table = report.levels
    sections = report.saved.template.sections
    words = {UNKNOWN: _(UNKNOWN_LABEL), TOTAL: _("All")}
    table_shown = pd.DataFrame(table).rename(index=words, columns=words)
    table_shown.index.name = f"{_(sections[0].label)} \\ {_(sections[1].label)}"
    return table_shown
