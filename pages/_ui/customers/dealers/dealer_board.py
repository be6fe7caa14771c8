"""Whom to keep: every dealer by attitude and capability, and what becomes of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.dealers.decision import DISPOSITIONS
from core.i18n import _, current_language, ngettext
from core.metrics import FAMILIES
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.customers.dealers import dealer_view
from pages._ui.customers.dealers.dealer_figures import attitude_figure
from pages._ui.customers.listing.card_link import open_card
from pages._ui.customers.section import SectionHead
from pages._ui.formatting.escaping import escape_plotly
from pages._ui.language import in_language
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.dealers.request import DealerRequest
    from core.store.database import Store
    from pages._ui.customers.customer_view import ListView

word = FAMILIES["dealers"].word

HEIGHT = 430
CARD_SECTION = "decision"
COLUMNS = (
    "place", "tier", "disposition", "tree", "asks", "differs", "decided_on", "decided_by", "attitude",
    "capability", "sell_in", "growth", "at_risk", "state",
)  # fmt: skip


def render_dealer_board(view: ListView) -> SectionHead:
    """Show the board."""
    request = dealer_view.request(view)
    table = dealer_view.table(request)
    if table[["attitude", "capability"]].isna().all(axis=None):
        empty(_("No dealer has a score of attitude or capability yet."), ("dealer",))
    picture, detail = st.columns([2, 1], gap="small")
    with detail.container(height=HEIGHT, key="dealer_counts"):
        _counts(table)
    with picture:
        figure = reads.drawing(
            _figure,
            request,
            Caption(
                _("Dealers by capability and attitude · {period}", period=dealer_view.period_text(request)),
                dealer_view.source(),
            ),
            View(HEIGHT, dealer_view.is_dark()),
        )
        show_chart(
            figure,
            key="dealer_attitude",
            on_select=in_language(partial(_clicked, "dealer_attitude")),
            selection_mode="points",
            config=chart_config(_("dealers"), current_language()),
        )
    order = {code: place for place, code in enumerate(("eliminate", "redraw", "transform", "train", "keep"))}
    ranked = table.assign(_order=table["disposition"].map(order).fillna(len(order)))
    ranked = ranked.sort_values(["_order", "sell_in"], ascending=[True, False])
    columns = MetricColumns("dealers", COLUMNS, _("Dealer"), "dealer", CARD_SECTION)
    metric_table(ranked, columns, key="dealer_board")
    return SectionHead(
        dealer_board_sentence(table),
        downloads(ranked, columns, _("dealer decisions"), period=dealer_view.period_text(request)),
    )


def dealer_board_sentence(table: pd.DataFrame) -> str:
    """Return the sentence that says what becomes of the dealers."""
    counts = table["disposition"].value_counts()
    parts = [f"{_(label)} {counts[code]}" for code, label in DISPOSITIONS.items() if counts.get(code, 0)]
    sentence = ngettext("Of {n} dealer", "Of {n} dealers", len(table)) + _(": ")
    sentence += _(", ").join(parts) if parts else _("none is judged yet")
    risk = table["at_risk"].sum(min_count=1)
    if not numbers.is_missing(risk):
        sentence += _(" (sales at risk {risk})", risk=numbers.money(risk))
    waiting = int(table["asks"].notna().sum())
    if waiting:
        sentence += _("; ") + ngettext(
            "{n} waits for an answer only people know", "{n} wait for answers only people know", waiting
        )
    return sentence + _(".")


def _counts(table: pd.DataFrame) -> None:
    section(_("What becomes of them"))
    rows = []
    for code, label in DISPOSITIONS.items():
        dealers = table[table["disposition"] == code]
        rows.append(_fact(_(label), dealers))
    undecided = table[table["disposition"].isna()]
    rows.append(_fact(_("Answer missing"), undecided, _asked(undecided)))
    facts(rows)
    differing = table[table["differs"]]
    if len(differing):
        st.warning(
            ngettext(
                "{n} decision differs from what the tree says of today's data.",
                "{n} decisions differ from what the tree says of today's data.",
                len(differing),
            ),
            icon=":material/compare_arrows:",
        )
    st.caption(
        _(
            "Unusable dealers are eliminated whatever they sell; usable ones are trained or transformed."
            " Click a dealer to walk through its decision."
        )
    )


def _fact(label: str, rows: pd.DataFrame, explanation: list[str] | None = None) -> Fact:
    return Fact(
        label,
        numbers.count(len(rows)),
        numbers.money(rows["sell_in"].sum(min_count=1)),
        explanation or [_("Dealers at this end of the tree, and what they bought in the period.")],
        records=("dealer", "customer_form", "dealer_sales"),
    )


def _asked(rows: pd.DataFrame) -> list[str]:
    return [
        f"{FAMILIES['dealers'].word('asks', code)}: {count}"
        for code, count in rows["asks"].value_counts().items()
    ]


def _figure(_store: Store, request: DealerRequest, caption: Caption, view: View) -> CachedFigure:
    table = dealer_view.table(request)
    return CachedFigure(
        attitude_figure(table.assign(hover=_hover(table)), dealer_view.rules().tree, caption, view)
    )


def _hover(table: pd.DataFrame) -> list[str]:
    """Return what the mouse reads on each dealer."""
    sold = _("Sell-in of 12 months")
    lines = []
    for row in table.to_dict("records"):
        decided = word("disposition", row["disposition"])
        missing = word("asks", row["asks"]) if numbers.is_missing(row["disposition"]) else ""
        lines.append(
            f"<b>{escape_plotly(row['name'])}</b><br>"
            + (_("asks for: {answer}", answer=missing) if missing else decided)
            + f"<br>{sold} {numbers.money(row['sell_in'])}"
        )
    return lines


def _clicked(key: str) -> None:
    points = st.session_state[key]["selection"]["points"]
    if points:
        open_card("dealer", str(points[0]["customdata"][0]), CARD_SECTION)
