"""Who is the base of our living, who grows with us, who keeps us busy for nothing [S4 4-2]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.analysis.customer_value import LABELS, TERMS
from core.i18n import _, current_language
from pages._ui import reads
from pages._ui.charts.bubbles import Axis, Plane, bubble_figure
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.customers.analysis import analysis_view
from pages._ui.customers.section import SectionHead
from pages._ui.formatting.escaping import escape_plotly
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.customers.grading import GradingReport, GradingRequest
    from core.store.database import Store

KEYS = ("label", "margin", "growth", "visits", "sales", "margin_rate", "grade", "segment", "region")
COLOURS = {"base": "#0B3F75", "partner": "#009E73", "busy": "#E69F00", "ordinary": "#8C97A3"}
# A growth beyond this is drawn at the edge: a customer that began a year ago would press all others flat.
EDGE = 1.0
# More bubbles than this are a cloud; the largest ones by margin are drawn.
MOST = 1_500


def render_customer_value(request: GradingRequest) -> SectionHead:
    """Show the labels."""
    report = analysis_view.grading(request)
    kind = request.customers.kind
    if report.table["label"].isna().all():
        empty(_("Without margin rates of products no customer has a label."), ("product", "dealer_sales"))
        return SectionHead()
    left, right = st.columns([2, 1], gap="small")
    with left:
        caption = analysis_view.caption(request.customers, _("Margin by growth"))
        figure = reads.drawing(_figure, request, caption, analysis_view.picture())
        show_chart(figure, key="worth_chart", config=chart_config(_("labels"), current_language()))
    with right.container(height=analysis_view.HEIGHT, key="worth_facts"):
        section(_("Labels"))
        facts(_counts(report.table))
        section(_("Lines"))
        facts(_lines(report))
        st.caption(_("A margin on the line makes a base; else growth a partner; else visits decide."))
    columns = MetricColumns(
        "customers", KEYS, _(analysis_view.TITLES[kind]), kind, headings=(("grade", _("Customer grade")),)
    )
    table: pd.DataFrame = reads.large(_busy_first, request)
    metric_table(table, columns, key="worth_table")
    return SectionHead(
        customer_value_sentence(report.table, kind),
        downloads(table, columns, _("labels"), period=analysis_view.period_text(request.customers)),
    )


def customer_value_sentence(table: pd.DataFrame, kind: str) -> str:
    """Return the sentence that says who is what, and how many visits are for nothing."""
    counts = table["label"].value_counts()
    visits = table["visits"].sum()
    wasted = table.loc[table["label"] == "busy", "visits"].sum()
    return _(
        "{base} earn our living, {partner} grow with us; {busy} keep us busy for nothing and take {part} of"
        " the visits.",
        base=analysis_view.number_of(kind, int(counts.get("base", 0))),
        partner=numbers.count(counts.get("partner", 0)),
        busy=numbers.count(counts.get("busy", 0)),
        part=numbers.percent(wasted / visits if visits > 0 else None),
    )


def _busy_first(_store: Store, request: GradingRequest) -> pd.DataFrame:
    """Return the customers with those first who take visits for nothing."""
    table = analysis_view.grading(request).table
    order = {label: place for place, label in enumerate(("busy", "partner", "base", "ordinary"))}
    return table.assign(_order=table["label"].map(order)).sort_values(
        ["_order", "visits"], ascending=[True, False], na_position="last"
    )


def _figure(_store: Store, request: GradingRequest, caption: Caption, view: View) -> CachedFigure:
    report = analysis_view.grading(request)
    known = report.table[report.table["label"].notna()].nlargest(MOST, "margin")
    divisor = numbers.money_divisor()
    points = known.assign(
        x=known["growth"].clip(-EDGE, EDGE),
        y=known["margin"] / divisor,
        size=known["visits"],
        kind=known["label"],
        hover=[_hover(row) for row in known.itertuples()],
    )
    rule = report.rule
    across = () if rule.growth is None else ((rule.growth, numbers.percent(rule.growth)),)
    up = () if rule.margin is None else ((rule.margin / divisor, numbers.money(rule.margin)),)
    plane = Plane(
        Axis(_("Growth (area: visits)"), across, ".0%"),
        Axis(_("Margin ({unit})", unit=numbers.money_unit()), up),
        {code: (COLOURS[code], _(label)) for code, label in LABELS.items()},
    )
    return CachedFigure(bubble_figure(points, plane, caption, view))


def _hover(row: object) -> str:
    return "<br>".join(
        (
            f"<b>{escape_plotly(row.name)}</b>",  # type: ignore[attr-defined]
            _("Margin {amount}", amount=numbers.money(row.margin)),  # type: ignore[attr-defined]
            _("Growth {growth}", growth=numbers.percent(row.growth, sign=True)),  # type: ignore[attr-defined]
            _("Visits {count}", count=numbers.count(row.visits)),  # type: ignore[attr-defined]
        )
    )


def _counts(table: pd.DataFrame) -> list[Fact]:
    counts = table["label"].value_counts()
    margins = table.groupby("label")["margin"].sum()
    rows = []
    for code, label in LABELS.items():
        term = [TERMS[code]] if current_language() != "zh_CN" else []
        margin = _("margin {amount}", amount=numbers.money(margins.get(code)))
        rows.append(
            Fact(
                _(label),
                numbers.count(counts.get(code, 0)),
                margin,
                term,
                records=("dealer_sales", "terminal_sales", "product", "visit"),
            )
        )
    unknown = int(table["label"].isna().sum())
    if unknown:
        rows.append(
            Fact(
                _("Without a label"),
                numbers.count(unknown),
                _("margin, growth or visits unknown"),
                records=("dealer_sales", "terminal_sales", "product", "visit"),
            )
        )
    return rows


def _lines(report: GradingReport) -> list[Fact]:
    given, rule = report.request.rule, report.rule
    own = _("your own line")
    return [
        Fact(
            _("Margin"),
            numbers.money(rule.margin),
            own if given.margin is not None else _("mean of all"),
            records=("dealer_sales", "terminal_sales", "product", "visit"),
        ),
        Fact(
            _("Growth"),
            numbers.percent(rule.growth, sign=True),
            own if given.growth is not None else _("of all together"),
            records=("dealer_sales", "terminal_sales", "product", "visit"),
        ),
        Fact(
            _("Visits paid"),
            numbers.count(rule.effort),
            own if given.effort is not None else _("mean of all"),
            records=("dealer_sales", "terminal_sales", "product", "visit"),
        ),
    ]
