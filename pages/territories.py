"""责任区域: who is responsible for which shops, today and as proposed, balanced and applied in one step."""

from __future__ import annotations

import streamlit as st

from core.errors import AppError
from core.i18n import _
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.market.market_view import caption
from pages._ui.territories import exports, section, work
from pages._ui.territories.controls import controls, search_in_progress
from pages._ui.territories.tables import reasons_part
from pages._ui.territories.team import comparison_in_progress
from pages._ui.territories.travel import planning_in_progress

url.declare("balance", "tolerance", "changes", "upheaval", "seconds", "steps", "view", "proof")
top = reserve_header()
chosen = filter_bar.bar()
if chosen is None:
    with top:
        header(_("Territories"))
    empty(_("There are no shops to part into territories."), ("terminal", "employee", "terminal_sales"))
    st.stop()
try:
    now = work.current(chosen)
except AppError as error:
    with top:
        header(_("Territories"))
    empty(str(error), ("terminal", "employee"))
    st.stop()
wishes = st.container()
# A place of its own: the map and the tabs below don't move when work begins or ends.
with st.container(key="territory_progress"):
    searching = search_in_progress(now)
    planning_in_progress(now)
    comparison_in_progress(now)
with wishes:
    controls(now)
    reasons_part(now)
section.maps_and_editor(chosen, now)
section.details(chosen, now)
answer = section.answer(now)
with top:
    header(
        _("Territories"),
        answer,
        [] if searching else exports.downloads(now, answer, caption(chosen, _("Territories"))),
    )
