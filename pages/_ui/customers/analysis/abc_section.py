"""The section ABC: who makes most of it, how well the demand is held, who moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core import numbers
from core.i18n import _, current_language
from core.reports.customers.abc import MEASURES, AbcReport, AbcRequest
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.pareto import Words, pareto_figure
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.components.notes import notes
from pages._ui.customers.analysis import abc_accounts, abc_controls, abc_movement, analysis_view
from pages._ui.customers.section import SectionHead
from pages._ui.formatting.escaping import escape_plotly
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    from core.store.database import Store
    from pages._ui.customers.customer_view import ListView

PARAMETERS = abc_controls.PARAMETERS
CUSTOMER_KEYS = (
    "grade", "rank", "amount", "part", "cumulated", "growth", "move", "segment", "region", "margin_rate",
)  # fmt: skip
PRODUCT_KEYS = ("grade", "rank", "amount", "part", "cumulated", "growth", "move", "margin_rate")


def render_abc_section(view: ListView) -> SectionHead:
    """Show the part chosen."""
    customers = analysis_view.request(view)
    if customers is None:
        empty(_("There are no sales yet."), ("dealer_sales", "terminal_sales"))
        return SectionHead()
    request, part = abc_controls.bar(customers)
    report = analysis_view.abc(request)
    if not report.grades.loc["total", "count"]:
        empty(
            _("Nothing of this is recorded in these months."), ("dealer_sales", "terminal_sales", "product")
        )
        return SectionHead()
    if part == "accounts":
        return abc_accounts.render_abc_accounts(report)
    return abc_movement.render_abc_movement(report) if part == "moved" else _classes(report)


def shape(report: AbcReport) -> MetricColumns:
    """Return the columns of the table; the figure is named after what is measured."""
    request = report.request
    is_product = request.subject == "product"
    kind = "product" if is_product else request.customers.kind
    return MetricColumns(
        "customers",
        PRODUCT_KEYS if is_product else CUSTOMER_KEYS,
        _(analysis_view.TITLES[kind]),
        "" if is_product else kind,
        headings=(("amount", _(MEASURES[request.measure])),),
    )


def _classes(report: AbcReport) -> SectionHead:
    request, columns = report.request, shape(report)
    title = " · ".join((_("ABC"), columns.title, _(MEASURES[request.measure])))
    left, right = st.columns([2, 1], gap="small")
    with left:
        figure = reads.drawing(
            _figure, request, analysis_view.caption(request.customers, title), analysis_view.picture()
        )
        show_chart(figure, key="abc_chart", config=chart_config(_("ABC"), current_language()))
    with right.container(height=analysis_view.HEIGHT, key="abc_facts"):
        section(_("Classes"))
        facts(_grade_facts(report))
        section(_("Long tail"))
        facts([_tail_fact(report)])
        notes(_notes(report))
    metric_table(report.table, columns, key="abc_table")
    return SectionHead(
        abc_sentence(report),
        downloads(report.table, columns, _("ABC"), period=analysis_view.period_text(request.customers)),
    )


def abc_sentence(report: AbcReport) -> str:
    """Return the sentence that says how few make most."""
    request = report.request
    kind = "product" if request.subject == "product" else request.customers.kind
    first = report.grades.loc["A"]
    return _(
        "Of {all}, {count} of class A make {part} of the {measure};"
        " the long tail of {tail} makes {tail_part}.",
        all=analysis_view.number_of(kind, int(report.grades.loc["total", "count"])),
        count=numbers.count(first["count"]),
        part=numbers.percent(first["part"]),
        measure=_(MEASURES[request.measure]).lower(),
        tail=numbers.count(report.tail.tail),
        tail_part=numbers.percent(report.tail.share),
    )


def _figure(_store: Store, request: AbcRequest, caption: Caption, view: View) -> CachedFigure:
    report = analysis_view.abc(request)
    known = report.table[report.table["rank"].notna()]
    unit = _(MEASURES[request.measure])

    def hover(row: Any) -> str:  # noqa: ANN401 - a row of the table
        place = _("Rank {rank}, cumulated {part}", rank=row.rank, part=numbers.percent(row.cumulated))
        return f"{escape_plotly(row.name)}<br>{unit} {numbers.money(row.amount)}<br>{place}"

    grades = report.grades
    words = Words(
        _("Part of the number"),
        _("Cumulated part of the {measure}", measure=unit.lower()),
        request.settled.cuts,
        {
            g: f"{g} · {numbers.count(grades.loc[g, 'count'])} · {numbers.percent(grades.loc[g, 'part'])}"
            for g in "ABC"
        },
        hover,
    )
    return CachedFigure(pareto_figure(known, words, caption, view))


def _grade_facts(report: AbcReport) -> list[Fact]:
    cuts = report.request.settled.cuts
    rule = _(
        "A up to {first} of all, B up to {second}, C the rest; sorted by size and cumulated.",
        first=numbers.percent(cuts[0]),
        second=numbers.percent(cuts[1]),
    )
    rows = []
    for grade in ("A", "B", "C", "total"):
        row = report.grades.loc[grade]
        count = _(
            "{count} ({part})", count=numbers.count(row["count"]), part=numbers.percent(row["count_part"])
        )
        label = _("All") if grade == "total" else grade
        rows.append(
            Fact(
                f"{label} · {count}",
                numbers.money(row["amount"]),
                numbers.percent(row["part"]),
                [rule],
                records=("dealer_sales", "terminal_sales", "product"),
            )
        )
    return rows


def _tail_fact(report: AbcReport) -> Fact:
    tail = report.tail
    head = _(
        "Those that make up to {part} together are the head; the others are the long tail.",
        part=numbers.percent(tail.part),
    )
    return Fact(
        _("{tail} outside the first {head}", tail=numbers.count(tail.tail), head=numbers.count(tail.head)),
        numbers.percent(tail.share),
        explanation=[head, _("Source: {source}", source="S4 4-12")],
        records=("dealer_sales", "terminal_sales", "product"),
    )


def _notes(report: AbcReport) -> list[str]:
    notes = []
    if report.unknown:
        notes.append(
            _(
                "{count} have nothing recorded for this and are in no class.",
                count=numbers.count(report.unknown),
            )
        )
    if report.request.subject == "product" and (report.table["source"] == "terminal").any():
        notes.append(_("Dealers' purchases by product aren't recorded; sales in the shops count."))
    return notes
