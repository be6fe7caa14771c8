"""Putting the proposal into force on a day, and taking a step back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.errors import AppError
from core.i18n import _, format_date, ngettext
from core.reports.territories.application import apply_territories
from core.reports.territories.design import change_table
from core.store.territories.shops import changes
from core.store.territories.undo import undo
from pages._ui import reads, runtime
from pages._ui.customers.actor import current_actor
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language

if TYPE_CHECKING:
    from pages._ui.filters import Filters
    from pages._ui.territories.work import Work

SAID = "territory_said"


def application(filters: Filters, work: Work) -> None:
    """Show what applying does, its day and name, and the steps made so far."""
    said = st.session_state.pop(SAID, None)
    if said is not None:
        (st.error if said[0] else st.success)(escape_markdown(said[1]))
    proposal = work.proposal
    count = 0 if proposal is None else int((proposal.territory != work.shops.today).sum())
    st.markdown(
        _(
            "Owner, stand-in (the owner before) and a hand-over record change in one step. Visits planned "
            "from the day on leave the old plan and become appointments of the new owner."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="territory_apply_row"):
        st.text_input(_("Name of the change"), _("Territories"), key="territory_name", width=220)
        st.date_input(
            _("Visits follow from"), dt.date.today() + dt.timedelta(1), key="territory_day", width=170
        )
        st.button(
            ngettext("Apply {n} change", "Apply {n} changes", count),
            type="primary",
            key="territory_apply",
            icon=":material/check:",
            disabled=not count,
            on_click=in_language(_apply),
            args=(filters.company, work),
        )
    _history()


def _apply(company: str, work: Work) -> None:
    proposal = work.proposal
    assert proposal is not None
    try:
        apply_territories(
            runtime.store(),
            change_table(work.shops, proposal),
            name=st.session_state["territory_name"],
            effective_from=st.session_state["territory_day"],
            own_company=company,
            actor=current_actor(),
        )
    except AppError as error:
        st.session_state[SAID] = True, str(error)
    else:
        st.session_state[SAID] = False, _("The territories are applied; below the step can be undone.")


def _history() -> None:
    table: pd.DataFrame = reads.cached(changes)
    for row in table.itertuples(index=False):
        undone = not pd.isna(row.undone_at)
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"territory_step_{row.change_id}"
        ):
            st.markdown(
                _(
                    "{day} · **{name}** · {n} customers · {actor}",
                    day=format_date(pd.Timestamp(row.applied_at).date()),
                    name=escape_markdown(row.name),
                    n=row.customers,
                    actor=escape_markdown(row.applied_by),
                )
                + (" · " + _("undone") if undone else "")
            )
            if not undone:
                st.button(
                    _("Undo"),
                    key=f"territory_undo_{row.change_id}",
                    icon=":material/undo:",
                    on_click=in_language(_undo),
                    args=(row.change_id,),
                )


def _undo(change_id: str) -> None:
    try:
        back, kept = undo(runtime.store(), change_id, actor=current_actor())
    except AppError as error:
        st.session_state[SAID] = True, str(error)
    else:
        st.session_state[SAID] = (
            False,
            _("{back} customers went back; {kept} keep the owner they got since.", back=back, kept=kept),
        )
