"""Tiers and owners: accounts in the wrong hands or in nobody's, contribution, core customers, call-backs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.dealers.core_customer import VERDICTS
from core.customers.dealers.tiers import CALL_STATES, TIERS
from core.i18n import N_, _, current_language, ngettext
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.components.header import section
from pages._ui.customers.dealers import dealer_view
from pages._ui.customers.dealers.dealer_figures import tier_figure
from pages._ui.customers.section import SectionHead
from pages._ui.market.facts import Fact, declared_texts, facts
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    from pages._ui.customers.customer_view import ListView

HEIGHT = 320
CARD_SECTION = "matters"
COLUMNS = (
    "place", "tier", "proposed", "rank", "sell_in", "part", "cumulated", "owner", "owner_role",
    "required_role", "owner_finding", "backup", "backup_finding", "verdict", "score", "last_call",
    "next_call", "call_state",
)  # fmt: skip
SHOWN = {
    "wrong": N_("Violations"),
    "orphan": N_("Orphans and no stand-in"),
    "calls": N_("To call back"),
    "core": N_("Core customers"),
    "tier": N_("Tier differs from contribution"),
    "": N_("All"),
}


def render_dealer_owners(view: ListView) -> SectionHead:
    """Show tiers and owners."""
    request = dealer_view.request(view)
    table = dealer_view.table(request).sort_values(["rank", "name"])
    picture, detail = st.columns([2, 1], gap="small")
    with picture:
        show_chart(
            tier_figure(
                _counts(table),
                Caption(_("Who owns the dealers of each tier"), dealer_view.source()),
                View(HEIGHT, dealer_view.is_dark()),
            ),
            key="dealer_tiers",
            config=chart_config(_("tiers"), current_language()),
        )
    with detail.container(height=HEIGHT, key="dealer_owner_facts"):
        _facts(table)
    chosen = st.pills(
        _("Show"),
        list(SHOWN),
        default="wrong",
        required=True,
        format_func=lambda code: _(SHOWN[code]),
        key="owner_filter",
        label_visibility="collapsed",
    )
    columns = MetricColumns("dealers", COLUMNS, _("Dealer"), "dealer", CARD_SECTION)
    rows = table[_mask(table, str(chosen or ""))]
    if len(rows):
        metric_table(rows, columns, key=f"dealer_owners_{chosen}")
    else:
        st.success(_("None."), icon=":material/check_circle:")
    return SectionHead(
        dealer_owners_sentence(table),
        downloads(table, columns, _("tiers and owners"), period=dealer_view.period_text(request)),
    )


def dealer_owners_sentence(table: pd.DataFrame) -> str:
    """Return the sentence about owners."""
    large = int(((table["owner_finding"] == "too_low") & (table["tier"] == "large")).sum())
    orphans = int(table["orphan"].sum())
    alone = int((table["backup_finding"] != "fine").sum())
    if not large + orphans + alone:
        return _("Every dealer is in the right hands and has a stand-in.")
    return _(", ").join(
        [
            ngettext(
                "{n} large account isn't in the hands of general management",
                "{n} large accounts aren't in the hands of general management",
                large,
            ),
            ngettext("{n} belongs to nobody", "{n} belong to nobody", orphans),
            ngettext("{n} has no stand-in", "{n} have no stand-in", alone),
        ]
    ) + _(".")


def _mask(table: pd.DataFrame, chosen: str) -> pd.Series:
    wrong = ~table["owner_finding"].isin(["fine", "tier_unknown"])
    masks = {
        "wrong": wrong & ~table["orphan"],
        "orphan": table["orphan"] | (table["backup_finding"] != "fine"),
        "calls": table["call_state"] != "later",
        "core": table["verdict"] == "core",
        "tier": table["proposed"].notna() & (table["proposed"] != table["tier"]),
    }
    return masks.get(chosen, pd.Series(data=True, index=table.index))


def _counts(table: pd.DataFrame) -> pd.DataFrame:
    kind = table["owner_finding"].map({"fine": "fine"}).fillna("wrong").mask(table["orphan"], "nobody")
    counts = pd.crosstab(table["tier"].fillna(""), kind)
    counts = counts.reindex(columns=["fine", "wrong", "nobody"], fill_value=0)
    counts = counts.reindex([*TIERS, *(tier for tier in counts.index if tier not in TIERS)], fill_value=0)
    return counts.rename(
        index={code: _(TIERS[code]) if code in TIERS else code or _("No tier") for code in counts.index}
    )


def _facts(table: pd.DataFrame) -> None:
    section(_("Core customers"))
    rows = [
        Fact(
            _(label),
            numbers.count(int((table["verdict"] == code).sum())),
            explanation=[
                _("Network, capability, present and future contribution must each reach their mark.")
            ],
            records=("dealer", "dealer_sales", "terminal"),
        )
        for code, label in VERDICTS.items()
    ]
    facts(rows)
    section(_("Call-backs"))
    facts(
        [
            Fact(
                _(label),
                numbers.count(int((table["call_state"] == code).sum())),
                records=("customer_form", "dealer"),
            )
            for code, label in CALL_STATES.items()
        ],
        explanation=declared_texts("call_state", "dealers"),
    )
