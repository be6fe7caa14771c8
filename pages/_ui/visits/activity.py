"""What moved the rep's orders: customers, visits, hit rate, order value; the part of new customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.cycle.variance.activity import FACTORS
from core.i18n import _
from core.reports.visits.activity import NEW_MONTHS, activity_change
from pages._ui import reads
from pages._ui.components.header import section
from pages._ui.tables.explained import explained
from pages._ui.visits import view as views

if TYPE_CHECKING:
    from core.cycle.variance.activity import Activity
    from core.reports.visits.activity import ActivityChange
    from pages._ui.visits.view import VisitView


def show(view: VisitView) -> None:
    """Show the four factors of both cycles and what each adds to the change."""
    section(_("What moved the orders"))
    found: ActivityChange = reads.cached(activity_change, view.request, view.rep, views.known_until())
    bridge = found.bridge
    if bridge is None:
        st.caption(_("One of the last two cycles has no recorded order, so there is nothing to compare."))
        return
    effect = numbers.heading(_("Effect"), _("yuan"))
    shown = pd.DataFrame(
        {
            _("Factor"): [_(label) for label in FACTORS.values()],
            _("Four weeks before"): _values(found.before),
            _("Last four weeks"): _values(found.after),
            effect: [float(part.amount) for part in bridge.effects],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=numbers.MISSING,
        key="activity",
        column_config=explained(shown, {effect: st.column_config.NumberColumn(effect, format="localized")}),
    )
    st.caption(
        _(
            "Orders {before} → {after}: the effects add up to the difference to the fen (Shapley). From"
            " customers that began to buy in the last {months} months: {new}.",
            before=numbers.yuan(bridge.start),
            after=numbers.yuan(bridge.end),
            months=NEW_MONTHS,
            new=numbers.yuan(found.after.new_amount),
        )
    )


def _values(activity: Activity) -> list[str]:
    customers, visits, hit_rate, value = activity.factors or (None, None, None, None)
    return [
        numbers.count(customers),
        numbers.decimal(visits, 2),
        numbers.percent(hit_rate),
        numbers.yuan(value),
    ]
