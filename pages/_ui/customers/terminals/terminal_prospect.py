"""A shop as a prospect: its profile, and how it came to its stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.forms.prospects import PROSPECT_PROFILE
from core.i18n import _, format_date
from core.store.visits.prospects import prospect_history
from core.visits.pipeline.stages import LOST, STAGES, WON, stage_of
from core.visits.prospects import SOURCES
from pages._ui import runtime
from pages._ui.components.header import section
from pages._ui.customers.forms.form import form_panel
from pages._ui.customers.section import SectionHead

if TYPE_CHECKING:
    from pages._ui.customers.customer_view import CardView


def render_terminal_prospect(view: CardView) -> SectionHead:
    """Show the profile, and the stages beside it."""
    history = prospect_history(runtime.store(), terminal_id=view.customer_id, scope=view.scope)
    history = history.assign(stage=stage_of(history).to_numpy())
    left, right = st.columns([3, 2], gap="medium")
    with left:
        form_panel(PROSPECT_PROFILE, view.kind, view.customer_id, key=PROSPECT_PROFILE.name, scope=view.scope)
    with right:
        section(_("Stages so far"))
        _stages(history)
    if not len(history):
        return SectionHead(_("Not in the list of prospects yet; the visit plan has it."))
    last = history.iloc[-1]
    day = format_date(last["changed_at"].date())
    return SectionHead(_("{stage} since {day}.", stage=_word(last["stage"]), day=day))


def _stages(history: pd.DataFrame) -> None:
    if not len(history):
        st.caption(_("Nothing is recorded yet."))
        return
    shown = pd.DataFrame(
        {
            _("Day"): [format_date(moment.date()) for moment in history["changed_at"]],
            _("Stage"): [_word(stage) for stage in history["stage"]],
            _("Possibility"): history["possibility"],
            _("Found by"): [_(SOURCES[code]) if code in SOURCES else None for code in history["source"]],
            _("By"): history["changed_by"],
        }
    )
    st.dataframe(shown.iloc[::-1], hide_index=True, placeholder=numbers.MISSING, key="prospect_stages")


def _word(stage: object) -> str:
    labels = {**STAGES, WON: _("Won"), LOST: _("Dropped")}
    return _(labels[str(stage)]) if str(stage) in labels else _("Without a stage")
