"""设置 → 用户: who may come in, with which roles, for which part of the market."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui.access import user_import, users
from pages._ui.components.header import header, reserve_header
from pages._ui.sign_in import session

top = reserve_header()
records = users.listed()
if session.is_alone():
    st.info(
        _("Sign-in is off: one person works here alone. docs/deployment.md says how a team signs in."),
        icon=":material/person:",
    )
users.say_message()
with st.container(horizontal=True, key="user_bar"):
    users.invite()
    user_import.import_list()
if records:
    rows, card = st.columns([2, 1], gap="medium")
    with rows:
        chosen = users.user_list(records)
    with card, st.container(border=True, key="user_card"):
        if chosen is None:
            st.caption(_("Choose a user to change it."))
        else:
            users.user_card(chosen)
users.four_eyes()
users.roles()
with top:
    header(_("Users"), users.sentence(records), users.downloads(records))
