"""What was done in the four weeks before the period, and what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _, format_date
from core.reports.cycle.tasks.findings import of_overdue
from core.visits.adherence import INEFFECTIVE_READINGS, PROPOSALS, wastes_more
from pages._ui.components.cards import Card, cards
from pages._ui.components.header import section
from pages._ui.tables.explained import explained
from pages._ui.tasks.offer import offer
from pages._ui.visits import activity
from pages._ui.visits import view as views

if TYPE_CHECKING:
    from core.reports.visits.adherence import Adherence
    from pages._ui.visits.view import VisitView


def show(view: VisitView) -> None:
    """Show the part."""
    found = views.adherence(view)
    st.caption(
        _(
            "{first} to {end}, the four weeks before the period.",
            first=format_date(found.first_day),
            end=format_date(found.end_day),
        )
    )
    _cards(found)
    if found.overdue:
        offer(
            of_overdue(view.rep, view.work.task.name, found.overdue_shops),
            key="overdue",
            label=_("Make a task of the overdue visits"),
        )
    left, right = st.columns([1, 1], gap="medium")
    with left:
        section(_("For the next cycle"))
        titles = {"name": _("Customer"), "grade": _("Grade"), "proposal": _("Proposal")}
        table = found.proposals.assign(proposal=[_(PROPOSALS[p]) for p in found.proposals["proposal"]])
        st.dataframe(
            table[list(titles)].rename(columns=titles),
            hide_index=True,
            placeholder="—",
            height=260,
            key="proposals",
        )
    with right:
        section(_("Visits against sales"))
        _contrast(found)
        _wasted(found)
    activity.show(view)
    section(_("All reps"))
    _board()


def _cards(found: Adherence) -> None:
    rates = found.rates
    cards(
        [
            Card(
                _("Done of the plan"),
                numbers.percent(rates["done_rate"]),
                explanation=_(
                    "Visits made on the planned day or up to three days off ÷ visits due; “—” without a plan."
                ),
                records=("visit", "visit_plan"),
            ),
            Card(
                _("Visits made"),
                numbers.count(found.visits),
                explanation=_("Logged visits in the cycle."),
                records=("visit",),
            ),
            Card(
                _("Minutes a visit"),
                numbers.count(found.dwell / found.visits) if found.visits else numbers.MISSING,
                explanation=_("Sum of the logged minutes of the visits ÷ visits made."),
                records=("visit",),
            ),
            Card(
                _("Overdue"),
                numbers.count(found.overdue),
                explanation=_("Days since the last visit above 28 ÷ frequency × 1.2."),
                records=("terminal", "visit"),
            ),
            Card(
                _("Unvisited customers"),
                numbers.count(found.unvisited),
                explanation=_("Active customers without a visit in the cycle; the aim is 0."),
                records=("terminal", "visit"),
            ),
        ],
        key="cards",
    )


def _contrast(found: Adherence) -> None:
    table = found.contrast
    shares = (_("Share of the visits"), _("Share of the sales"))
    st.dataframe(
        {
            _("Grade"): table["grade"],
            _("Shops"): table["shops"],
            _("Visits made"): table["visits"],
            _("Share of the visits"): table["visit_share"] * 100,
            _("Share of the sales"): table["sales_share"] * 100,
        },
        hide_index=True,
        placeholder="—",
        key="contrast",
        column_config=explained(
            (_("Shops"), _("Visits made"), *shares),
            {name: st.column_config.NumberColumn(name, format="%.1f%%") for name in shares},
        ),
    )


def _wasted(found: Adherence) -> None:
    if found.ineffective is None:
        st.caption(_("No time log is recorded for this rep."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rival = st.number_input(
            _("Rival's ineffective time (estimate, %)"), 0.0, 100.0, value=None, key="rival_time", width=230
        )
        reading = st.selectbox(
            _("Limit"),
            list(INEFFECTIVE_READINGS),
            format_func=lambda code: _(INEFFECTIVE_READINGS[code]),
            key="rival_reading",
            width=260,
        )
    own = _("Own ineffective time: {share}.", share=numbers.percent(found.ineffective))
    if rival is None:
        st.caption(own)
    elif wastes_more(found.ineffective, rival / 100, reading):
        said = _("More than 10 % above the rival: no win is possible like this.")
        st.error(f"{own} {said}", icon=":material/timer_off:")
    else:
        said = _("Within 10 % of the rival.")
        st.success(f"{own} {said}", icon=":material/timer:")


def _board() -> None:
    table = views.board()
    shown = pd.DataFrame(
        {
            _("Employee"): table["name"],
            _("Active shops"): table["shops"],
            _("Unvisited"): table["unvisited"],
            _("Visits made"): table["visits"],
            _("Effective visits"): table["effective"],
            _("Minutes in the shops"): table["minutes"],
            _("Due by plan"): table["due"],
            _("Done"): table["done"],
            _("On the day"): table["on_day"],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        placeholder="—",
        height=260,
        key="board",
        column_config=explained(
            shown,
            {
                _("Minutes in the shops"): st.column_config.NumberColumn(
                    _("Minutes in the shops"), format="localized"
                )
            },
        ),
    )
