"""One region in the plan: what is done there, why, and what deciding otherwise would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _
from core.market import labels
from core.metrics import help_text, metric, write_value
from pages._ui.market.concentration import plan_view
from pages._ui.market.facts import Fact, facts

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from core.reports.market.concentration import ConcentrationReport

KEYS = (
    "win_value",
    "value_per_effort",
    "visit_multiple",
    "campaign_visits",
    "effort",
    "money",
    "attractiveness",
)


def card(plan: ConcentrationReport, region_id: str) -> None:
    """Show the card of a region."""
    row = plan.regions.set_index("region_id", drop=False).loc[region_id].to_dict()
    st.markdown(f"**{row['name']}** · {labels.label('state', row['state'])}")
    decision = labels.describe("concentration_decision", str(row["decision"]))
    st.markdown(f"### {decision.label}")
    st.markdown(str(row["explanation"]))
    st.caption(_price(plan, region_id, row))
    facts([_fact(key, row) for key in KEYS])
    st.caption(_other_decisions(row))


def _fact(key: str, row: Mapping[Hashable, object]) -> Fact:
    declared = metric(key, "concentration")
    explanation = (help_text(declared),)
    return Fact(
        _(declared.label), write_value(declared, row[key]), explanation=explanation, records=declared.records
    )


def _price(plan: ConcentrationReport, region_id: str, row: Mapping[Hashable, object]) -> str:
    """Say what the other decision costs; nothing for a region that can't be attacked."""
    if numbers.is_missing(row["win_value"]):
        return ""
    try:
        price = plan_view.price(plan.effort.market, plan.plan.question.options, region_id)
    except AppError as error:
        return str(error)
    if row["decision"] == "attack":
        return _("Without this attack the best plan would win {price} less.", price=numbers.money(price))
    return _("With this attack in it the best plan would win {price} less.", price=numbers.money(price))


def _other_decisions(row: Mapping[Hashable, object]) -> str:
    def word(key: str) -> str:
        return labels.label("concentration_decision", row[key])

    return _(
        "Visits half as strong: {weaker}; twice as strong: {stronger}. In the order of the quadrants: "
        "{quadrant}.",
        weaker=word("decision_weaker"),
        stronger=word("decision_stronger"),
        quadrant=word("quadrant_decision"),
    )
