"""The section GE: customers and regions by attractiveness and our strength, nine cells [S4 4-11]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.analysis.ge import ADVICE, FACTORS
from core.i18n import _, current_language
from core.reports.customers.ge import SUBJECTS, GeReport, GeRequest
from pages._ui import reads
from pages._ui.charts.bubbles import Axis, Field, Plane, bubble_figure
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.palette import tint
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.customers.analysis import analysis_view
from pages._ui.customers.section import SectionHead
from pages._ui.formatting.escaping import escape_plotly
from pages._ui.market import region_choice
from pages._ui.market.facts import Fact, declared_texts, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    from core.market.attractiveness import ScoreCard
    from core.store.database import Store
    from pages._ui.customers.customer_view import ListView

PARAMETERS = ("ge_of",)
COLOURS = {"invest": "#009E73", "select": "#E69F00", "harvest": "#8C7AA9"}
HEIGHT, MOST = 460, 1_500
KEYS = ("cell", "advice", "attractiveness", "strength", "size", "sales", "growth")


def render_ge_section(view: ListView) -> SectionHead:
    """Show the matrix."""
    customers = analysis_view.request(view)
    if customers is None or view.filters is None:
        empty(_("There are no sales yet."), ("dealer_sales", "terminal_sales"))
        return SectionHead()
    subject = region_choice.pick_code("ge_of", {code: _(label) for code, label in SUBJECTS.items()})
    request = GeRequest(customers if subject == "customer" else view.filters.request())
    report = analysis_view.ge(request)
    kind = customers.kind if subject == "customer" else "region"
    if not report.counts.drop(0).sum():
        empty(
            _("Too little is known to place anybody."), ("terminal_sales", "region_factor", "market_capacity")
        )
        return SectionHead()
    left, right = st.columns([2, 1], gap="small")
    with left:
        source = _("Source: market figures and factors of the regions") if kind == "region" else ""
        caption = analysis_view.caption(customers, _("Attractiveness by strength"), source)
        figure = reads.drawing(_figure, request, caption, analysis_view.picture(HEIGHT))
        show_chart(figure, key="ge_chart", config=chart_config("GE", current_language()))
    with right.container(height=HEIGHT, key="ge_facts"):
        section(_("What to do"))
        facts(_advice(report))
        section(_("Attractiveness"))
        facts(_weights(report.attractiveness))
        section(_("Our strength"))
        facts(_weights(report.strength))
    columns = MetricColumns(
        "customers", KEYS, _(analysis_view.TITLES[kind]), "" if kind == "region" else kind
    )
    metric_table(report.table, columns, key="ge_table")
    return SectionHead(
        ge_sentence(report, kind),
        downloads(report.table, columns, "GE", period=analysis_view.period_text(customers)),
    )


def ge_sentence(report: GeReport, kind: str) -> str:
    """Return the sentence that says where to invest."""
    advice = report.table["advice"].value_counts()
    sizes = report.table.groupby("advice")["size"].sum()
    whole = report.table["size"].sum()
    return _(
        "Invest in {invest}, which have {part} of the size; select {select}, harvest {harvest}.",
        invest=analysis_view.number_of(kind, int(advice.get("invest", 0))),
        part=numbers.percent(sizes.get("invest", 0.0) / whole if whole > 0 else None),
        select=numbers.count(advice.get("select", 0)),
        harvest=numbers.count(advice.get("harvest", 0)),
    )


def _figure(_store: Store, request: GeRequest, caption: Caption, view: View) -> CachedFigure:
    report = analysis_view.ge(request)
    known = report.table[report.table["cell"].notna()].nlargest(MOST, "size")
    points = known.assign(
        x=known["strength"],
        y=known["attractiveness"],
        kind=known["advice"],
        hover=[_hover(row) for row in known.itertuples()],
    )
    low, high = request.cuts
    ends = (0.8, low, high, 10.2)
    fields = [
        Field(
            ends[2 - column],
            ends[3 - column],
            ends[2 - row],
            ends[3 - row],
            tint(COLOURS[_advice_of(row, column)], 0.13),
            f"{3 * row + column + 1}",
        )
        for row in range(3)
        for column in range(3)
    ]
    lines = tuple((cut, f"{cut:g}") for cut in request.cuts)
    plane = Plane(
        Axis(_("Our strength (1-10)"), lines, limits=(0.8, 10.2)),
        Axis(_("Attractiveness (1-10)"), lines, limits=(0.8, 10.2)),
        {code: (COLOURS[code], _(label)) for code, label in ADVICE.items()},
        tuple(fields),
    )
    return CachedFigure(bubble_figure(points, plane, caption, view))


def _advice_of(row: int, column: int) -> str:
    """Return the advice of a cell, by its distance from the falling diagonal."""
    return list(ADVICE)[min(2, max(0, row + column - 1))]


def _hover(row: object) -> str:
    return "<br>".join(
        (
            f"<b>{escape_plotly(row.name)}</b>",  # type: ignore[attr-defined]
            _("Cell {cell}", cell=row.cell),  # type: ignore[attr-defined]
            _("Attractiveness {score}", score=f"{row.attractiveness:.1f}"),  # type: ignore[attr-defined]
            _("Strength {score}", score=f"{row.strength:.1f}"),  # type: ignore[attr-defined]
            _("Size {amount}", amount=numbers.money(row.size)),  # type: ignore[attr-defined]
        )
    )


def _advice(report: GeReport) -> list[Fact]:
    counts = report.table["advice"].value_counts()
    cells = {"invest": "1, 2, 4", "select": "3, 5, 7", "harvest": "6, 8, 9"}
    rows = [
        Fact(
            _(label),
            numbers.count(counts.get(code, 0)),
            _("cells {cells}", cells=cells[code]),
            declared_texts("advice", "customers"),
        )
        for code, label in ADVICE.items()
    ]
    if report.counts[0]:
        rows.append(
            Fact(
                _("Not placed"),
                numbers.count(report.counts[0]),
                _("nothing of one axis is known"),
                declared_texts("cell", "customers"),
            )
        )
    return rows


def _weights(card: ScoreCard) -> list[Fact]:
    how = _(
        "Rank among all, from 1 for the last to 10 for the first; what isn't known leaves its weight to the"
        " others."
    )
    return [
        Fact(_(FACTORS[name]), numbers.percent(weight), explanation=[how], records=("here",))
        for name, weight in card.weights.items()
    ]
