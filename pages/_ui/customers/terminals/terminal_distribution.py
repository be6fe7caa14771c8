"""The section 铺货: in how many shops we are, in how good ones, how strong; and why the share changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go
import streamlit as st

from core import numbers
from core.i18n import N_, _, current_language, sentences
from core.metrics import metric
from pages._ui.charts.layout import Caption, View, chart_config, finish, show_chart
from pages._ui.charts.palette import AGGREGATE, US
from pages._ui.components.cards import Card, cards
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.customers.section import SectionHead
from pages._ui.customers.terminals import terminal_distribution_view as looked_at
from pages._ui.market import region_choice
from pages._ui.market.facts import Fact, declared_texts, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.terminals.distribution import DistributionReport
    from pages._ui.customers.customer_view import ListView

PARAMETERS = ("distribution_by",)
BY = {
    "": N_("By region"),
    "type": N_("By outlet type"),
    "grade": N_("By grade"),
    "rollout": N_("Roll-out by town"),
    "blank": N_("Blank terminals"),
}
TITLES = {"": N_("Region"), "type": N_("Outlet type"), "grade": N_("Grade")}
KEYS = (
    "outlets", "known", "handlers", "blank", "nd", "wd", "sih", "share", "change", "distribution_effect",
    "in_store_effect", "per_handler", "quality", "counted", "out_of_stock", "own", "category",
)  # fmt: skip
ROLLOUT = ("towns", "developed", "development_rate", "outlets", "handlers", "blank")
BLANKS = ("place", "category")
HEIGHT = 340
UP, DOWN = "#2C7A6B", "#8C510A"


def render_terminal_distribution(view: ListView) -> SectionHead:
    """Show the distribution and the comparison chosen."""
    report = looked_at.report(view)
    if report is None or not report.shops["category"].notna().any():
        empty(_("No shop has recorded sales in this period."), ("terminal_sales",))
        return SectionHead()
    total = report.total.iloc[0]
    cards(_cards(total), key="distribution_cards")
    picture, detail = st.columns([2, 1], gap="small")
    with picture:
        _waterfall(view, total)
    with detail.container(height=HEIGHT, key="distribution_facts"):
        _facts(total)
    by = region_choice.pick_code("distribution_by", {code: _(label) for code, label in BY.items()})
    if by == "blank":
        rows, columns = report.blanks, MetricColumns("terminals", BLANKS, _("Terminal"), "terminal")
    elif by == "rollout":
        rows, columns = report.rollout, MetricColumns("terminals", ROLLOUT, _("Region"))
    else:
        rows, columns = _named(report, by), MetricColumns("terminals", KEYS, _(TITLES[by]))
    metric_table(rows, columns, key=f"distribution_table_{by}")
    if by == "rollout":
        st.caption(
            _("Towns are the regions right below; one level up where the shops aren't placed in towns.")
        )
    return SectionHead(
        terminal_distribution_sentence(total),
        downloads(rows, columns, _("distribution"), period=looked_at.period(view)),
    )


def terminal_distribution_sentence(total: pd.Series) -> str:
    """Return the sentence that says where we are and why the share moved."""
    sentence = _(
        "We are in {nd} of the shops, weighted {wd}; share there {sih}, in all {share}.",
        nd=numbers.percent(total["nd"]),
        wd=numbers.percent(total["wd"]),
        sih=numbers.percent(total["sih"]),
        share=numbers.percent(total["share"]),
    )
    if numbers.is_missing(total["change"]):
        return sentence
    moved = _(
        "Against a year earlier {change}: {distribution} from distribution, {shelf} from the shelf.",
        change=_points(total["change"]),
        distribution=_points(total["distribution_effect"]),
        shelf=_points(total["in_store_effect"]),
    )
    return sentences(sentence, moved)


def _points(value: float) -> str:
    return _("{points} pts", points=f"{value * 100:+.2f}")


def _named(report: DistributionReport, by: str) -> pd.DataFrame:
    rows = report.groups[by or "region"]
    return rows.assign(name=rows["name"].replace("", _("not recorded"))) if by else rows


def _name(key: str) -> str:
    return _(metric(key, "terminals").label)


def _cards(total: pd.Series) -> list[Card]:
    columns = MetricColumns("terminals", KEYS, "")
    ratios = (
        Card(
            _name(key),
            numbers.percent(total[key]),
            explanation=_(metric(key, "terminals").formula),
            records=("terminal", "terminal_sales"),
        )
        for key in ("nd", "wd", "sih")
    )
    return [
        *ratios,
        Card(
            _name("share"),
            numbers.percent(total["share"]),
            "" if numbers.is_missing(total["change"]) else _points(total["change"]),
            _("YoY"),
            explanation="\n\n".join(declared_texts("share", "terminals")),
        ),
        Card(
            columns.heading("blank"),
            numbers.count(total["blank"]),
            good=False,
            explanation=_("They sell the category, and nothing of ours."),
            records=("terminal", "terminal_sales"),
        ),
    ]


def _facts(total: pd.Series) -> None:
    columns = MetricColumns("terminals", KEYS, "")
    section(_("Outlets"))
    facts(
        [
            Fact(
                columns.heading("outlets"),
                numbers.count(total["outlets"]),
                explanation=declared_texts("outlets", "terminals"),
            ),
            Fact(
                columns.heading("unknown"),
                numbers.count(total["unknown"]),
                explanation=[_("Only these are in the ratios: a shop nobody looked at is no blank.")],
                records=("terminal", "terminal_sales"),
            ),
            Fact(
                columns.heading("handlers"),
                numbers.count(total["handlers"]),
                explanation=declared_texts("handlers", "terminals"),
            ),
            Fact(
                _("Own sales per handler"),
                numbers.money(total["per_handler"]),
                explanation=declared_texts("per_handler", "terminals"),
            ),
            Fact(
                columns.heading("quality"),
                numbers.ratio(total["quality"]),
                explanation=[_("Above 1: we are in the larger shops.")],
                records=("terminal", "terminal_sales"),
            ),
            Fact(
                _("Out of stock"),
                numbers.percent(total["out_of_stock"]),
                _("{n} shops counted", n=numbers.count(total["counted"])),
                declared_texts("out_of_stock", "terminals"),
            ),
        ]
    )
    st.caption(_("Share = WD × SIH. The two effects add up to the change of the share exactly."))
    st.caption(bridge_sentence(total))


def bridge_sentence(total: pd.Series) -> str:
    """Return the numeric distribution over shops with figures and over all open ones, as the map has it."""
    handlers, known, open_shops = (float(total[key]) for key in ("handlers", "known", "outlets"))
    return _(
        "ND over shops with figures: {handlers} ÷ {known} = {nd}; over all open shops, as on the terminal "
        "map: {handlers} ÷ {outlets} = {other}. {unknown} open shops have no figures.",
        handlers=numbers.count(handlers),
        known=numbers.count(known),
        nd=numbers.percent(handlers / known if known else None),
        outlets=numbers.count(open_shops),
        other=numbers.percent(handlers / open_shops if open_shops else None),
        unknown=numbers.count(open_shops - known),
    )


def _waterfall(view: ListView, total: pd.Series) -> None:
    title = _("Why the share changed · {period}", period=looked_at.period(view))
    caption = Caption(title, _("Source: sales in the shops; against the same months a year earlier"))
    if numbers.is_missing(total["change"]):
        st.info(_("A year earlier nobody's sales are recorded: there is no change to explain."))
        return
    show_chart(
        waterfall_figure(total, caption, View(HEIGHT, st.context.theme.type == "dark")),
        key="share_waterfall",
        config=chart_config(_("distribution"), current_language()),
    )


def waterfall_figure(total: pd.Series, caption: Caption, view: View) -> go.Figure:
    """Draw the share a year earlier, both effects and the share now.

    Parameters
    ----------
    total
        share_before, distribution_effect, in_store_effect, share.
    """
    shares = [total["share_before"] * 100, total["share"] * 100]
    effects = [total["distribution_effect"] * 100, total["in_store_effect"] * 100]
    figure = go.Figure(
        go.Waterfall(
            x=[_("A year earlier"), _("From distribution"), _("From share in the shops"), _("Now")],
            measure=["absolute", "relative", "relative", "total"],
            y=[shares[0], *effects, 0],
            text=[
                f"{shares[0]:.2f}%",
                *(_("{points} pts", points=f"{effect:+.2f}") for effect in effects),
                f"{shares[1]:.2f}%",
            ],
            textposition="outside",
            increasing={"marker": {"color": UP}},
            decreasing={"marker": {"color": DOWN}},
            totals={"marker": {"color": US}},
            connector={"line": {"color": AGGREGATE}},
            hovertemplate="%{x}: %{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    reached = [shares[0], shares[0] + effects[0], shares[1]]
    room = max(max(reached) - min(reached), 0.5)
    # Shares of tens of points change by tenths: the axis is cut, and says so.
    low = max(0.0, min(reached) - 2 * room)
    figure.update_yaxes(
        range=[low, max(reached) + room],
        title_text=_("Share (%), axis cut") if low else _("Share (%)"),
        fixedrange=True,
    )
    figure.update_xaxes(fixedrange=True)
    return finish(figure, caption, height=view.height, view=view.place)
