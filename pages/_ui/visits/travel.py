"""Where travel times come from: estimated, or from a routing server of one's own."""

from __future__ import annotations

import streamlit as st

from core.errors import AppError
from core.i18n import N_, _
from core.reports.visits.request import TRAVEL_SERVER
from core.store.preferences import prefer
from core.visits.travel_server import Server
from pages._ui import reads, runtime
from pages._ui.language import in_language
from pages._ui.shell import frame

KINDS = {"": N_("Estimate"), "osrm": "OSRM", "valhalla": "Valhalla"}
ERROR = "travel_error"


def current() -> Server | None:
    """Return the routing server chosen for this store; None where travel times are estimated."""
    try:
        return Server.parse(reads.preferences().get(TRAVEL_SERVER, ""))
    except AppError:
        return None


def menu() -> None:
    """Let a routing server be chosen."""
    server = current()
    with st.popover(_("Travel times"), icon=":material/directions_car:", key="travel_times"):
        with st.form("travel_form", border=False):
            st.selectbox(
                _("Travel times"),
                list(KINDS),
                index=list(KINDS).index(server.kind if server else ""),
                format_func=lambda kind: _(KINDS[kind]),
                key="travel_kind",
            )
            st.text_input(
                _("Address of the server"),
                value=server.url if server else "",
                placeholder="http://localhost:5000",
                key="travel_url",
            )
            st.form_submit_button(_("Keep"), key="keep_travel", on_click=in_language(_keep))
        st.caption(
            _(
                "Estimated: straight line × detour ÷ speed of the area; nothing leaves this machine."
                " A routing server gets the coordinates of shops and homes, and its answers are kept on disk."
            )
        )
        error = st.session_state.pop(ERROR, None)
        if error is not None:
            frame.show_error(error)


def _keep() -> None:
    kind, url = st.session_state["travel_kind"], st.session_state["travel_url"].strip()
    try:
        prefer(runtime.store(), TRAVEL_SERVER, str(Server(kind, url.rstrip("/"))) if kind else "")
    except AppError as error:
        st.session_state[ERROR] = error
