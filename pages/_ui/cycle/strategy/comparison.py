"""Two strategy cards side by side: where we stood and stand, what was meant and what came, by which means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.forms.strategy import MEANS, STRATEGY_CARD
from core.i18n import _, format_month
from core.metrics import metric
from core.reports.market.display.facts import Fact, metric_fact
from core.store.approval import status_label
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.market.facts import facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.cycle.strategy import Card, StrategyReview

STANDING = ("share", "rank", "ratio", "state", "zone", "gap")
BADGES = {
    "draft": "gray",
    "submitted": "blue",
    "feedback": "orange",
    "revised": "violet",
    "approved": "green",
}


def side_by_side(found: StrategyReview) -> None:
    """Show last period's card and this one's; a period without a card says so."""
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="last_card", height="stretch"):
        _card(found, "then", found.previous, found.then)
    with right, st.container(border=True, key="this_card", height="stretch"):
        _card(found, "now", found.card, found.now)


def _card(found: StrategyReview, period: str, card: Card | None, standing: Mapping[str, Any] | None) -> None:
    last = period == "then"
    if card is None or standing is None:
        _bold(_("Last period") if last else _("This period"))
        st.caption(_("There is no strategy card of this period."))
        return
    said = card.record.payload
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _bold(period_label(card))
        st.badge(status_label(card.status), color=BADGES.get(card.status, "gray"))  # type: ignore[arg-type]
        st.caption(_("Owner: {name}", name=escape_markdown(said["owner"])))
    st.markdown(escape_markdown(said["aim"]))
    if said["rival"]:
        st.caption(_("First rival: {name}", name=escape_markdown(said["rival"])))
    _bold(_("Meant and came"))
    facts(outcome_facts(found.outcome[found.outcome["period"] == period]))
    _bold(_("Where we stood") if last else _("Where we stand"))
    facts([_standing_fact(key, standing) for key in STANDING])
    for name in MEANS:
        if said[name]:
            label = _(STRATEGY_CARD.field(name).label)
            st.markdown(f"**{label}** {escape_markdown(said[name])}")


def _bold(text: str) -> None:
    st.markdown(f"**{text}**")


def period_label(card: Card) -> str:
    """Return the months of a card."""
    return f"{format_month(card.start)} – {format_month(card.end)}"


def _standing_fact(key: str, standing: Mapping[str, Any]) -> Fact:
    rival = standing.get("rival_name")
    return metric_fact(key, standing, note=rival if key == "ratio" and isinstance(rival, str) else "")


def outcome_facts(rows: pd.DataFrame) -> list[Fact]:
    """Return what was meant and what came as figures: the aim, and beside it what came."""
    found = []
    for row in rows.itertuples():
        share = row.key == "aim_share"
        write = numbers.percent if share else numbers.money
        gap = numbers.points(row.difference) if share else numbers.money(row.difference, sign=True)
        field = STRATEGY_CARD.field(str(row.key))
        came = _("meant {meant}, came {came}", came=write(row.came), meant=write(row.meant))
        explanation = (
            _("Meant: what the card says. Came: as recorded in the card's months so far."),
            _("The period still runs: its sums are not judged yet.")
            if pd.isna(row.difference)
            else _("Came − meant: {gap}.", gap=gap),
        )
        note = "" if pd.isna(row.difference) else gap
        found.append(Fact(_(field.label), came, note, explanation))
    if not found:
        found.append(Fact(_(metric("share").label), _("no aim in figures")))
    return found
