"""The board of terminals: 空白, 已铺, 维护, 巩固, 提升, with their numbers, sales and what doesn't fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _, current_language, ngettext
from core.known_words import known_word
from core.reports.terminals.distribution import STATUSES, DistributionRequest, status_findings
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.matrix import Cells, matrix_figure
from pages._ui.components.cards import Card, cards
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.customers.section import SectionHead
from pages._ui.customers.terminals import terminal_distribution_view as looked_at
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table
from pages._ui.terminals.terminal_labels import status_word

if TYPE_CHECKING:
    from core.store.database import Store
    from pages._ui.customers.customer_view import ListView

HEIGHT = 380
KEYS = ("outlets", "own", "category", "share", "handlers", "blank")
MOST_TYPES = 8


def render_terminal_status(view: ListView) -> SectionHead:
    """Show the board."""
    report = looked_at.report(view)
    if report is None:
        empty(_("There are no sales yet."), ("terminal_sales",))
        return SectionHead()
    board = report.groups["status"].reindex([*STATUSES])
    cards(
        [
            Card(
                status_word(code),
                numbers.count(0 if numbers.is_missing(row["outlets"]) else row["outlets"]),
                explanation=_("Own sales {amount}.", amount=numbers.money(row["own"])),
                records=("terminal", "terminal_sales"),
            )
            for code, row in board.iterrows()
        ],
        key="status_cards",
    )
    findings = status_findings(report.shops)
    picture, detail = st.columns([2, 1], gap="small")
    with picture:
        level = view.filters.level if view.filters else ""
        figure = reads.drawing(
            _matrix,
            DistributionRequest(view.figures, level, view.scope),
            Caption(_("Terminals by outlet type and status"), _("Source: list of terminals")),
            View(HEIGHT, st.context.theme.type == "dark"),
        )
        show_chart(figure, key="status_matrix", config=chart_config(_("terminal status"), current_language()))
    with detail.container(height=HEIGHT, key="status_findings"):
        _sales(board)
        _findings(findings)
    rows = report.groups["status"]
    rows = rows.assign(name=[status_word(code) if code else _("no status") for code in rows.index])
    columns = MetricColumns("terminals", KEYS, _("Status"))
    metric_table(rows, columns, key="status_table")
    if len(findings):
        section(_("Status and sales don't fit"))
        words = {"sells": _("blank, but sells ours"), "silent": _("carries us, but sold nothing")}
        listed = findings.sort_values("category", ascending=False)
        listed = listed.assign(advice=listed["finding"].map(words))
        keys = ("place", "advice", "own", "category")
        misfits = MetricColumns("terminals", keys, _("Terminal"), "terminal")
        metric_table(listed, misfits, key="misfits")
    return SectionHead(
        terminal_status_sentence(board, findings), downloads(rows, columns, _("terminal status"))
    )


def terminal_status_sentence(board: pd.DataFrame, findings: pd.DataFrame) -> str:
    """Return the sentence about the board."""
    counts = board["outlets"].fillna(0).astype(int)
    sentence = _(", ").join(f"{status_word(code)} {numbers.count(count)}" for code, count in counts.items())
    if len(findings):
        sentence += _("; ") + ngettext(
            "the sales of {n} terminal contradict its status",
            "the sales of {n} terminals contradict their status",
            len(findings),
        )
    return sentence + _(".")


def _sales(board: pd.DataFrame) -> None:
    section(_("Own sales"))
    facts(
        [
            Fact(status_word(code), numbers.money(row["own"]), records=("terminal", "terminal_sales"))
            for code, row in board.iterrows()
        ],
        explanation=[_("Own sales of the period in the terminals that have this status now.")],
    )


def _findings(findings: pd.DataFrame) -> None:
    section(_("Status and sales don't fit"))
    counts = findings["finding"].value_counts()
    facts(
        [
            Fact(
                _("Blank, but sells ours"),
                numbers.count(int(counts.get("sells", 0))),
                records=("terminal", "terminal_sales"),
            ),
            Fact(
                _("Carries us, but sold nothing"),
                numbers.count(int(counts.get("silent", 0))),
                records=("terminal", "terminal_sales"),
            ),
        ],
        explanation=[_("Terminals whose recorded status and own sales of the period contradict each other.")],
    )
    st.caption(
        _(
            "Blank ones are opened, listed ones maintained, maintained ones consolidated and then improved."
            " Change a status in the list: edit in the grid."
        )
    )


def _matrix(_store: Store, request: DistributionRequest, caption: Caption, view: View) -> CachedFigure:
    """Draw outlet type × status with the number of terminals."""
    shops = looked_at.report_of(request).shops
    kinds = shops["outlet_type"].astype(object).fillna(_("not recorded"))
    types = list(kinds.value_counts().index[:MOST_TYPES])
    counts = pd.crosstab(kinds, shops["status"]).reindex(index=types, columns=list(STATUSES), fill_value=0)
    whole = counts.sum(axis=1).replace(0, 1)
    rows = tuple(known_word(str(code)) for code in types)
    columns = tuple(status_word(code) for code in STATUSES)
    weights = tuple(tuple(counts.loc[code] / whole[code]) for code in types)
    texts = tuple(tuple(numbers.count(value) for value in counts.loc[code]) for code in types)
    hovers = tuple(
        tuple(
            f"{row} · {column}: {text} ({numbers.percent(weight)})"
            for column, text, weight in zip(columns, line, part, strict=True)
        )
        for row, line, part in zip(rows, texts, weights, strict=True)
    )
    return CachedFigure(matrix_figure(Cells(rows, columns, weights, texts, hovers), caption, view))
