"""The grade table, the load it makes, and what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _, ngettext, sentences
from core.known_words import known_word
from core.visits.frequency import BASES
from core.visits.norms import OUTLET_LABELS, UNKNOWN, Norm
from pages._ui.components.cards import Card, cards
from pages._ui.components.header import section
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.tables.explained import explained
from pages._ui.visits.view import NORMS, VisitView

if TYPE_CHECKING:
    from core.visits.workload import Workload

HEIGHT = 360


def show(view: VisitView) -> None:
    """Show the part."""
    load_cards(view.work.load)
    _does_not_fit(view)
    # The list has eleven columns: beside the norms half of them would be out of sight.
    section(_("Customer list"))
    customers_shown = named(view)
    sales = {_("Own sales a month (yuan)"): st.column_config.NumberColumn(format="localized")}
    st.dataframe(
        customers_shown, hide_index=True, placeholder=numbers.MISSING, height=HEIGHT, key="visit_shops",
        column_config=explained(customers_shown, sales),
    )  # fmt: skip
    section(_("Frequency by class, visits in 4 weeks"))
    _norms(view)


def load_cards(load: Workload) -> None:
    """Show load against capacity before any route is made."""
    cards(
        [
            Card(
                _("Visits planned"),
                numbers.count(load.visits),
                explanation=_("Sum over the rep's customers of the visits that their norms ask for."),
                records=("terminal",),
            ),
            Card(
                _("In the shops"),
                _hours(load.visit_minutes),
                explanation=_("Sum of visits × minutes a visit."),
                records=("terminal",),
            ),
            Card(
                _("On the way (estimate)"),
                _hours(load.travel_minutes),
                explanation=_(
                    "0.7124 √(area ÷ shops) per visit,"
                    " and each day the way to the middle of the shops and back."
                ),
                records=("terminal",),
            ),
            Card(
                _("Working time"),
                _hours(load.capacity),
                explanation=_("Working days of the period × working minutes a day of the rep."),
                records=("employee",),
            ),
            Card(
                _("Load"),
                numbers.percent(load.share),
                explanation=_("Minutes in the shops and on the way ÷ working minutes."),
                records=("terminal", "employee"),
            ),
        ],
        key="cards",
    )


def _hours(minutes: float) -> str:
    return _("{hours} h", hours=numbers.count(minutes / 60))


def _does_not_fit(view: VisitView) -> None:
    work, fit = view.work, view.request.fit
    if len(work.far):
        count, names = len(work.far), "、".join(work.far["name"].head(3))
        said = ngettext(
            "{n} shop is out of reach in a day: {names}.",
            "{n} shops are out of reach in a day: {names}.",
            count,
            names=names,
        )
        left_out = _("Left out of the plan.") if fit else ""
        st.warning(f"{said} {left_out}", icon=":material/wrong_location:")
    if len(work.cut):
        stake = work.cut["at_stake"].sum(min_count=1)
        st.warning(
            sentences(
                _(
                    "{visits} visits of {shops} shops are too many: {stake} of monthly sales at stake.",
                    visits=numbers.count(work.cut["cut"].sum()),
                    shops=len(work.cut),
                    stake=numbers.money(stake),
                ),
                _("They are cut.")
                if fit
                else _("Or {reps} more reps.", reps=f"{work.load.missing_reps:.1f}"),
            ),
            icon=":material/content_cut:",
        )
        with st.expander(_("Which visits")):
            table = work.cut.merge(work.table[["terminal_id", "name", "grade"]], on="terminal_id")
            titles = {
                "name": _("Customer"),
                "grade": _("Grade"),
                "planned": _("Visits planned"),
                "cut": _("Visits cut"),
                "at_stake": _("At stake (yuan a month)"),
            }
            st.dataframe(
                table[list(titles)].rename(columns=titles),
                hide_index=True,
                placeholder="—",
                key="visit_cuts",
                column_config=explained(titles.values()),
            )
    if not work.home_known:
        st.caption(_("The rep has no home or office in the data; the day starts in the middle of the shops."))


def _norms(view: VisitView) -> None:
    template = view.request.rules.chosen
    labels = OUTLET_LABELS if template.by == "outlet_type" else {UNKNOWN: _("Without grade")}
    rows = [
        {"key": key, "class": _(labels.get(key, key)), "visits": norm.visits, "minutes": norm.minutes}
        for key, norm in ((key, view.request.rules.norm(key)) for key in template.norms)
    ]
    edited = st.data_editor(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder="—",
        key=f"norms_{template.key}",
        disabled=("class",),
        column_order=("class", "visits", "minutes"),
        column_config=explained(
            ("visits", "minutes"),
            {
                "class": st.column_config.TextColumn(_("Class")),
                "visits": st.column_config.NumberColumn(
                    _("Visits in 4 weeks"), min_value=0.0, max_value=28.0
                ),
                "minutes": st.column_config.NumberColumn(
                    _("Minutes a visit"), min_value=1.0, max_value=480.0
                ),
            },
        ),
    )
    if template.customers:
        st.caption(
            _(
                "The published example, {accounts} accounts: {visits} visits in four weeks, {week} a week,"
                " {day} a day [{source}].",
                accounts=sum(template.customers.values()),
                visits=numbers.count(template.visits),
                week=numbers.count(template.visits / 4),
                day=numbers.count(template.visits / 20),
                source=template.source,
            )
        )
    st.button(_("Apply"), key="apply_norms", on_click=in_language(_apply), args=(template.key, edited))
    error = st.session_state.pop("visit_error", None)
    if error is not None:
        frame.show_error(error)


def _apply(key: str, edited: pd.DataFrame) -> None:
    try:
        changed = {row.key: Norm(float(row.visits), float(row.minutes)) for row in edited.itertuples()}
    except AppError as error:
        st.session_state["visit_error"] = error
        return
    st.session_state[NORMS] = {**st.session_state.get(NORMS, {}), key: changed}


def named(view: VisitView) -> pd.DataFrame:
    """Return the customers with the titles that people read."""
    table = view.work.table
    return pd.DataFrame(
        {
            _("Customer"): table["name"],
            _("Grade"): table["grade"],
            _("Type"): table["outlet_type"].map(known_word, na_action="ignore"),
            _("Visits in 4 weeks"): table["visits"],
            _("Because of"): [_(BASES[basis]) for basis in table["basis"]],
            _("Reason"): table["reason"],
            _("Visits planned"): table["planned"],
            _("Minutes a visit"): table["minutes"],
            _("Last visit"): table["last_visit"].dt.date,
            _("Own sales a month (yuan)"): table["own"].round(),
            _("Customer ID"): table["terminal_id"],
        }
    )
