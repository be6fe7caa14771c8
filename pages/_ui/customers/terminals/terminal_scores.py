"""Score sheets of all terminals: which items are weak, which reps and regions, who keeps us informed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.accounts.feedback import PARTS as TOLD
from core.customers.accounts.score_sheet import ITEMS
from core.i18n import N_, _, current_language, format_date, format_month, ngettext
from core.reports.terminals.scores import ScoreReport, ScoreRequest, score_report
from pages._ui import reads
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.components.cards import Card, cards
from pages._ui.components.downloads import table_downloads
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.customers.section import SectionHead
from pages._ui.customers.terminals.terminal_score_figures import radar_figure, trend_figure
from pages._ui.market import region_choice
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.metric_table import MetricColumns, export_rows, metric_table

if TYPE_CHECKING:
    from core.customers.accounts.feedback import Feedback
    from pages._ui.customers.customer_view import ListView

PARAMETERS = ("score_by",)
BY = {"": N_("By rep"), "region": N_("By region"), "terminal": N_("By terminal")}
HEIGHT = 390
SHEET_KEYS = ("place", "employee", "assessed_on", "assessor", "score", "score_change", "scored")


def render_terminal_scores(view: ListView) -> SectionHead:
    """Show the comparison chosen."""
    level = view.filters.level if view.filters else "county"
    until = min(view.figures.as_of, dt.date.today())
    report: ScoreReport = reads.shared(score_report, ScoreRequest(until, level, view.scope))
    if not len(report.sheets):
        empty(_("No score sheet has been filled in yet."), ("score_item",))
        return SectionHead(_("Open a terminal's card and fill in its first sheet."))
    cards(_cards(report, view.count), key="score_cards")
    picture, detail = st.columns([3, 2], gap="small")
    with picture:
        _radar(report)
    with detail.container(height=HEIGHT, key="score_items"):
        _items(report)
    by = region_choice.pick_code("score_by", {code: _(label) for code, label in BY.items()})
    if by == "terminal":
        rows = report.latest.rename(columns={"change": "score_change"}).sort_values("score")
        columns = MetricColumns("terminals", SHEET_KEYS, _("Terminal"), "terminal", "score")
        metric_table(rows, columns, key="score_sheets")
        files = export_rows(rows, columns)
    else:
        rows = report.places if by == "region" else report.reps
        title = _("Region") if by == "region" else _("Sales representative")
        left, right = st.columns([1, 1], gap="small")
        with left:
            columns = MetricColumns("terminals", ("sheets", "score"), title)
            metric_table(rows, columns, key="score_groups")
        with right:
            _trend(report)
        files = export_rows(rows, columns)
        for item, wording in ITEMS.items():
            files[f"{item} {_(wording)}"] = rows[f"item_{item}"].round(1).to_numpy()
    _feedback(report.feedback)
    name = _("score sheets")
    return SectionHead(terminal_scores_sentence(report), table_downloads(files, name))


def terminal_scores_sentence(report: ScoreReport) -> str:
    """Return the sentence that says how good the relationships are and where they are weak."""
    score = report.latest["score"]
    sentence = ngettext("{n} terminal is scored", "{n} terminals are scored", len(report.latest))
    if score.notna().any():
        sentence += _(", {points} points on average", points=f"{score.mean():.1f}")
        weak = report.items.astype(float)
        sentence += _(
            "; weakest item: {item} ({points})", item=_(ITEMS[weak.idxmin()]), points=f"{weak.min():.1f}"
        )
    reps = report.reps["score"].dropna()
    if len(reps) > 1:
        sentence += _(
            "; reps lie between {low} and {high}", low=f"{reps.min():.0f}", high=f"{reps.max():.0f}"
        )
    return sentence + _(".")


def _cards(report: ScoreReport, terminals: int) -> list[Card]:
    score, feedback = report.latest["score"], report.feedback
    return [
        Card(
            _("Terminals scored"),
            numbers.count(len(report.latest)),
            explanation=_("Of {all} terminals.", all=numbers.count(terminals)),
            records=("score_item",),
        ),
        Card(
            _("Mean points"),
            numbers.MISSING if score.isna().all() else f"{score.mean():.1f}",
            explanation=_("Mean total, 0 to 100, of the latest complete sheet of each terminal [S1 1-1]."),
            records=("score_item",),
        ),
        Card(
            _("Below 60 points"),
            numbers.count(int((score < 60).sum())),
            good=False,
            explanation=_("Terminals whose latest complete sheet has a total below 60 of 100."),
            records=("score_item",),
        ),
        Card(
            _("Incomplete sheets"),
            numbers.count(int(score.isna().sum())),
            explanation=_("An item left out is not a zero: such a sheet has no total."),
            records=("score_item",),
        ),
        Card(
            _("Reported in time"),
            numbers.percent(feedback.share(feedback.on_time)),
            explanation=_(
                "Customers that reported the month by {day} ÷ customers expected [S1 1-2].",
                day=format_date(feedback.due),
            ),
            records=("customer_form",),
        ),
    ]


def _caption(title: str) -> Caption:
    return Caption(title, _("Source: the latest score sheet of each terminal"))


def _radar(report: ScoreReport) -> None:
    show_chart(
        radar_figure(
            {_("All terminals"): report.items.to_dict()},
            {item: _(wording) for item, wording in ITEMS.items()},
            _caption(_("Mean points of the ten items")),
            View(HEIGHT, st.context.theme.type == "dark"),
        ),
        key="scores_radar",
        config=chart_config(_("score sheets"), current_language()),
    )


def _items(report: ScoreReport) -> None:
    section(_("Ten items"))
    means = report.items
    facts(
        [
            Fact(
                f"{item} {_(wording)}",
                numbers.MISSING if numbers.is_missing(means[item]) else f"{means[item]:.1f}",
                records=("score_item",),
            )
            for item, wording in ITEMS.items()
        ],
        explanation=[_("Mean points of the item, 0 to 10, over the latest sheet of each terminal [S1 1-1].")],
    )


def _trend(report: ScoreReport) -> None:
    months = report.months.tail(24)
    notes = [
        f"{format_month(month)} · {row['score']:.1f} · "
        + ngettext("{n} sheet", "{n} sheets", int(row["sheets"]))
        for month, row in months.iterrows()
    ]
    show_chart(
        trend_figure(
            months["score"],
            notes,
            Caption(_("Mean points of the sheets of a month"), _("Source: score sheets in the store")),
            View(320, st.context.theme.type == "dark"),
            monthly=True,
        ),
        key="scores_trend",
        config=chart_config(_("score sheets"), current_language()),
    )


def _feedback(feedback: Feedback) -> None:
    """Show whether customers report in time, and whether they are answered [S1 1-2]."""
    section(_("Feedback of customers"))
    told = _("Expected: terminals with a score sheet or feedback; a month is due on the 5th of the next.")
    left, right = st.columns(2, gap="medium")
    with left:
        facts(
            [
                Fact(
                    _("Customers expected to report"),
                    numbers.count(feedback.customers),
                    records=("customer_form",),
                ),
                Fact(
                    _("Reported by {day}", day=format_date(feedback.due)),
                    numbers.percent(feedback.share(feedback.on_time)),
                    numbers.count(feedback.on_time),
                    records=("customer_form",),
                ),
                Fact(
                    _("Reported late"),
                    numbers.percent(feedback.share(feedback.late)),
                    numbers.count(feedback.late),
                    records=("customer_form",),
                ),
                Fact(
                    _("Not reported"),
                    numbers.percent(feedback.share(feedback.missing)),
                    numbers.count(feedback.missing),
                    records=("customer_form",),
                ),
            ],
            explanation=[told],
        )
    with right:
        parts = [
            Fact(
                _(label),
                numbers.percent(feedback.share(feedback.parts[part])),
                numbers.count(feedback.parts[part]),
                records=("customer_form",),
            )
            for part, label in TOLD.items()
        ]
        days = numbers.MISSING if feedback.answer_days is None else f"{feedback.answer_days:.1f}"
        facts(
            [
                *parts,
                Fact(
                    _("Changes told in the month"),
                    numbers.count(feedback.changes),
                    _("{n} answered, after {days} days", n=feedback.answered, days=days),
                    records=("customer_form",),
                ),
            ],
            explanation=[told],
        )
    st.caption(told)
