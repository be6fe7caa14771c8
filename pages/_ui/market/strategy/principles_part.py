"""五大原则: which principle is kept in which region, and what it was decided on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, format_date
from core.metrics import FAMILIES, metric
from core.reports.strategy.principles import LABELS, PrincipleReport, principle_report, principles_sentence
from core.reports.strategy.tasks import of_principle
from pages._ui import reads, url
from pages._ui.components.cards import Card, cards
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.market.facts import declared_texts
from pages._ui.market.region_choice import clicked_row
from pages._ui.tables.metric_table import MetricColumns, metric_table
from pages._ui.tasks.offer import offer

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.filters import Filters
    from pages._ui.market.market_view import MarketView

KEYS = (*LABELS, "broken", "kept", "unknown")
ICONS = {
    "pass": ":green[:material/check_circle:]",
    "fail": ":red[:material/cancel:]",
    "unknown": ":gray[:material/help:]",
    "not_applicable": ":gray[:material/remove:]",
}


def render_principles(_filters: Filters, market: MarketView) -> None:
    """Show how often each principle is kept, the regions, and the reasons of the chosen one."""
    report: PrincipleReport = reads.shared(principle_report, market.report.request)
    st.markdown(escape_markdown(principles_sentence(report)))
    cards(_cards(report), key="principle_cards")
    table, reasons = st.columns([3, 2], gap="small")
    with table:
        metric_table(
            report.table,
            MetricColumns("strategy", KEYS, _("Region")),
            key="principle_table",
            on_cell=partial(clicked_row, "principle_table", report.table["region_id"].to_list()),
        )
    with reasons, st.container(border=True, key="principle_reasons"):
        chosen = url.value("region")
        known = set(report.table["region_id"])
        rows = report.of(chosen if chosen in known else str(report.table["region_id"].iloc[0]))
        principle_reasons(rows)
    if report.cycle is not None:
        first, last = (format_date(day) for day in report.cycle)
        text = _("Visits from {first} to {last}. Click a region to see its reasons.", first=first, last=last)
        st.caption(text)


def principle_reasons(rows: pd.DataFrame) -> None:
    """Show what the five principles of a region were decided on."""
    st.markdown(f"**{escape_markdown(rows['name'].iloc[0])}**")
    for row in rows.to_dict("records"):
        label = _(metric(row["principle"], "strategy").label)
        word = FAMILIES["strategy"].word("principle_status", row["status"])[2:]
        key = f"principle_{row['principle']}"
        with st.container(horizontal=True, vertical_alignment="top", gap="small", wrap=False, key=key):
            st.markdown(
                f"{ICONS[row['status']]} **{label}** · {escape_markdown(word)}  \n"
                f"{escape_markdown(row['sentence'])}"
            )
            if row["status"] == "fail":
                offer(of_principle(row), key=key, compact=True)


def _cards(report: PrincipleReport) -> list[Card]:
    counts = report.checks.groupby(["principle", "status"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=list(LABELS), columns=["pass", "fail", "unknown"], fill_value=0)
    return [
        Card(
            _(label),
            _(
                "{kept} of {all} kept",
                kept=counts.loc[key, "pass"],
                all=counts.loc[key, ["pass", "fail"]].sum(),
            ),
            explanation="\n\n".join(
                [
                    *declared_texts(key, "strategy"),
                    _("Unknown in {n} regions.", n=counts.loc[key, "unknown"]),
                ]
            ),
        )
        for key, label in LABELS.items()
    ]
