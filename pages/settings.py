"""设置: language and look, what new views start with, and the store."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import runtime
from pages._ui.access.entry import users_entry
from pages._ui.components.header import header
from pages._ui.shell.published import version_facts
from pages._ui.shell.settings import currency, look, method, own_books, store_facts, undo_time
from pages._ui.terminals import basemap

header(_("Settings"))
left, right = st.columns(2, gap="large")
with left:
    look()
    if runtime.published() is None:
        method()
        currency()
        own_books()
        basemap.settings()
        undo_time()
with right:
    if runtime.published() is None:
        users_entry()
        store_facts()
    else:
        version_facts()
