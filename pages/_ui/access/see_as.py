"""Looking at the pages as another user sees them: nothing can be changed, and it is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.access import Right
from core.i18n import _
from core.store.access.sign_in import record_look
from pages._ui import runtime
from pages._ui.language import in_language
from pages._ui.shell.navigation import FIRST, go_to
from pages._ui.sign_in import session

if TYPE_CHECKING:
    from core.access import User


def offer(user: User) -> None:
    """Offer to look at the pages as a user; where one person works alone there is nobody to look as."""
    if session.is_alone():
        return
    st.button(
        _("See as this user"),
        icon=":material/visibility:",
        key="look_as",
        on_click=in_language(_begin),
        args=(user.email,),
    )


def banner() -> None:
    """Say on every page that somebody else's view is shown, and offer the way back."""
    email = st.session_state.get(session.SEE_AS)
    if not email:
        return
    with st.container(horizontal=True, key="seen_as", vertical_alignment="center"):
        st.warning(
            # As code, because Streamlit makes a link of an address.
            _("You see what {email} sees. Nothing can be changed.", email=f"`{str(email).replace('`', '')}`"),
            icon=":material/visibility:",
        )
        st.button(_("Back to my own view"), type="primary", key="see_as_end", on_click=in_language(_end))


def _begin(email: str) -> None:
    runtime.require(Right.ADMINISTER)
    record_look(runtime.store(), email)
    st.session_state[session.SEE_AS] = email
    go_to(FIRST)


def _end() -> None:
    st.session_state.pop(session.SEE_AS, None)
    go_to("users")
