"""The section 关系: states and levels, how they moved, intimacy × dependence, and what to do next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from core import numbers
from core.customers.accounts.relationship import (
    ADVICE,
    CLOSENESS,
    CLOSENESS_ADVICE,
    LEVELS,
    NEXT_LEVEL,
    STATES,
)
from core.i18n import N_, _, current_language, format_month, ngettext, sentences
from core.reports.terminals.relations import RelationReport, RelationRequest, relation_report
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, finish, show_chart
from pages._ui.charts.matrix import matrix_figure
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.customers.analysis import moves_picture
from pages._ui.customers.section import SectionHead
from pages._ui.formatting import periods
from pages._ui.formatting.escaping import escape_plotly
from pages._ui.market import region_choice
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from core.customers.analysis.movement import Movement
    from core.store.database import Store
    from pages._ui.customers.customer_view import ListView

PARAMETERS = ("relation_part",)
PARTS = {"": N_("State"), "levels": N_("Level of the relation"), "closeness": N_("Intimacy × dependence")}
KEYS = ("place", "state", "state_before", "level_code", "satisfaction", "visits", "dwell", "cell", "advice")
HEIGHT = 400
MOST_POINTS = 3_000
LOOKS = {
    "close": ("#0072B2", "circle"),
    "dependent": ("#2C7A6B", "triangle-up"),
    "intimate": ("#B5832F", "diamond"),
    "distant": ("#6D4A3A", "x"),
}


def render_relation(view: ListView) -> SectionHead:
    """Show the part chosen."""
    until = min(view.figures.as_of, dt.date.today())
    request = RelationRequest(view.kind, view.figures.start, until, scope=view.scope)
    report: RelationReport = reads.large(relation_report, request)
    if report.table.empty:
        empty(_("Neither relations nor visits are recorded."), ("relation", "visit"))
        return SectionHead()
    part = region_choice.pick_code("relation_part", {code: _(label) for code, label in PARTS.items()})
    picture, detail = st.columns([2, 1], gap="small")
    if part == "closeness":
        with picture:
            _closeness(request)
        with detail.container(height=HEIGHT, key="relation_detail"):
            _cells(report)
    else:
        words, advice = (LEVELS, NEXT_LEVEL) if part == "levels" else (STATES, ADVICE)
        moved = report.levels if part == "levels" else report.states
        with picture:
            _moves(request, part, moved)
        with detail.container(height=HEIGHT, key="relation_detail"):
            _advice(report, moved, words, advice)
    title = _("Dealer") if view.kind == "dealer" else _("Terminal")
    columns = MetricColumns("terminals", KEYS, title, view.kind, "relation")
    metric_table(report.table, columns, key="relation_table")
    sentence = closeness_answer(report) if part == "closeness" else relation_sentence(report)
    return SectionHead(
        sentence,
        downloads(
            report.table,
            columns,
            _("relationships"),
            period=periods.label(view.figures.start, view.figures.end),
        ),
    )


def relation_sentence(report: RelationReport) -> str:
    """Return the sentence about states and how they moved."""
    if report.states is None:
        return _("No relation is recorded yet: only visits are known.")
    now = report.states.matrix.drop(columns="absent").sum()
    total = int(now.sum())
    parts = _(", ").join(f"{_(STATES[code])} {numbers.count(now[code])}" for code in STATES)
    sentence = (
        ngettext("{n} customer with a relation", "{n} customers with a relation", total) + _(": ") + parts
    )
    counts = report.states.counts()
    if report.before is not None:
        sentence += _(
            "; since {month} {up} became better and {down} worse",
            month=format_month(report.before),
            up=numbers.count(counts["up"]),
            down=numbers.count(counts["down"]),
        )
    return sentence + _(".")


def closeness_answer(report: RelationReport) -> str:
    """Return the sentence about closeness."""
    counts = report.closeness.table["cell"].value_counts()
    parts = [f"{_(label)} {numbers.count(counts.get(code, 0))}" for code, label in CLOSENESS.items()]
    return _("; ").join(parts) + _(".")


def _moves(request: RelationRequest, part: str, moved: Movement | None) -> None:
    if moved is None:
        st.info(_("No relation is recorded yet: only visits are known."))
        return
    caption = Caption(_("Migration between two months"), _("Source: relations recorded"))
    show_chart(
        reads.drawing(_moves_figure, request, part, caption, _look()),
        key="relation_moves",
        config=chart_config(_("relationships"), current_language()),
    )


def _moves_figure(
    _store: Store, request: RelationRequest, part: str, caption: Caption, look: View
) -> CachedFigure:
    report: RelationReport = reads.large(relation_report, request)
    moved, words = (report.levels, LEVELS) if part == "levels" else (report.states, STATES)
    assert moved is not None
    named = {code: _(label) for code, label in words.items()}
    renamed = type(moved)(moved.matrix.rename(index=named, columns=named), moved.moves)
    before = _("Before") if report.before is None else format_month(report.before)
    now = _("Now") if report.now is None else format_month(report.now)
    return CachedFigure(matrix_figure(moves_picture.cells(renamed, before, now), caption, look))


def _look() -> View:
    return View(HEIGHT, st.context.theme.type == "dark")


def _advice(
    report: RelationReport, moved: Movement | None, words: Mapping[str, str], advice: Mapping[str, str]
) -> None:
    section(_("What to do"))
    counts = None if moved is None else moved.matrix.sum()
    facts(
        [
            Fact(
                _(label),
                numbers.MISSING if counts is None else numbers.count(counts[code]),
                explanation=[_(advice[code])],
                records=("relation",),
            )
            for code, label in words.items()
        ]
    )
    if moved is not None and report.before is not None:
        section(_("Movement"))
        facts(moves_picture.move_facts(moved))
    st.caption(_("Click a line for the advice."))


def _cells(report: RelationReport) -> None:
    section(_("What to do"))
    counts = report.closeness.table["cell"].value_counts()
    facts(
        [
            Fact(
                _(label),
                numbers.count(int(counts.get(code, 0))),
                explanation=[_(CLOSENESS_ADVICE[code])],
                records=("terminal", "visit"),
            )
            for code, label in CLOSENESS.items()
        ]
    )
    st.caption(
        sentences(
            _("Closeness grows with the time spent, dependence with the number of visits."),
            _(
                "Limits: {minutes} minutes a visit, {visits} visits (medians of all visited).",
                minutes=_limit(report.closeness.dwell_limit),
                visits=_limit(report.closeness.visit_limit),
            ),
        )
    )


def _limit(value: float) -> str:
    return numbers.MISSING if numbers.is_missing(value) else f"{value:.1f}"


def _closeness(request: RelationRequest) -> None:
    caption = Caption(_("Intimacy × dependence"), _("Source: visits of the period"))
    show_chart(
        reads.drawing(_closeness_figure, request, caption, _look()),
        key="relation_closeness",
        config=chart_config(_("relationships"), current_language()),
    )


def _closeness_figure(_store: Store, request: RelationRequest, caption: Caption, look: View) -> CachedFigure:
    report: RelationReport = reads.large(relation_report, request)
    limits = report.closeness.visit_limit, report.closeness.dwell_limit
    return CachedFigure(closeness_figure(report.table, limits, caption, look))


def closeness_figure(
    table: pd.DataFrame, limits: tuple[float, float], caption: Caption, view: View
) -> go.Figure:
    """Draw visits across, minutes a visit upwards, the limits as lines; of very many, an even part.

    Parameters
    ----------
    table
        name, visits, dwell, cell.
    limits
        Where frequent and where long begin.
    """
    known = table[table["cell"].notna() & (table["visits"] > 0)]
    points_shown = known.iloc[:: max(1, -(-len(known) // MOST_POINTS))]
    figure = go.Figure()
    for code, (colour, symbol) in LOOKS.items():
        rows = points_shown[points_shown["cell"] == code]
        # Visits are whole numbers: without a shift of a fraction they would lie on each other.
        shift = (np.arange(len(rows)) * 0.618 % 1 - 0.5) * 0.6
        figure.add_scattergl(
            x=rows["visits"] + shift,
            y=rows["dwell"],
            mode="markers",
            name=f"{_(CLOSENESS[code])} {int((known['cell'] == code).sum())}",
            marker={"size": 6, "color": colour, "symbol": symbol, "opacity": 0.6},
            text=rows["name"].map(escape_plotly),
            customdata=rows["visits"],
            hovertemplate="%{text}<br>%{customdata} · %{y:.0f}<extra></extra>",
        )
    visits, minutes = limits
    line = {"dash": "dot", "width": 1, "color": view.ink}
    figure.add_vline(visits, line=line, annotation_text=f"{visits:.1f}", annotation_position="top")
    figure.add_hline(minutes, line=line, annotation_text=f"{minutes:.1f}", annotation_position="bottom right")
    figure.update_xaxes(title_text=_("Dependence: visits in the period"), rangemode="tozero")
    figure.update_yaxes(title_text=_("Intimacy: minutes a visit"), rangemode="tozero")
    figure.update_layout(legend={"orientation": "h", "y": -0.18, "x": 0})
    return finish(figure, caption, height=view.height, view=view.place)
