"""设置: language, look, the store and what it starts with."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import runtime
from pages._ui.header import header

header(_("Settings"))
st.markdown(_("Store: {path}", path=runtime.path()))
