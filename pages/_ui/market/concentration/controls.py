"""The strength: a slider for the reps, a field for the money; both in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import _
from pages._ui import url
from pages._ui.language import in_language
from pages._ui.market.concentration import plan_view

if TYPE_CHECKING:
    from core.reports.market.concentration import ConcentrationOptions
    from core.reports.market.effort import Effort


def controls(effort: Effort, strength: ConcentrationOptions) -> None:
    """Show the controls."""
    least, most = plan_view.limits(effort)
    st.session_state["type_reps"] = round(strength.reps)
    st.slider(
        _("Reps for the next four quarters"),
        least,
        most,
        key="type_reps",
        on_change=in_language(_remember_reps),
        help=_(
            "{now} reps are at work today. With fewer than {least}, what may not be given up can't be held.",
            now=numbers.decimal(effort.reps, 1),
            least=numbers.count(least),
        ),
        width=230,
    )
    if plan_view.counts_spending(effort):
        st.session_state["type_budget"] = float(url.value("budget")) if strength.budget is not None else None
        st.number_input(
            numbers.heading(_("Spending limit"), numbers.money_unit()),
            0.0,
            step=100.0,
            format="%.0f",
            key="type_budget",
            placeholder=_("no limit"),
            on_change=in_language(_remember_budget),
            width=170,
        )


def _remember_reps() -> None:
    url.put("reps", str(st.session_state["type_reps"]))


def _remember_budget() -> None:
    value = st.session_state["type_budget"]
    url.put("budget", "" if value is None else f"{value:g}")
