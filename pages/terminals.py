"""终端: the shops, how well they are served, what each is worth."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.customers import customer_view, section
from pages._ui.customers.sections import TERMINALS

url.declare(*section.parameters(TERMINALS))
top = reserve_header()
terminals = customer_view.list_view("terminal", filter_bar.bar())
if not terminals.count:
    with top:
        header(_("Terminals"))
    empty(_("There are no terminals."), ("terminal", "region", "employee", "terminal_sales"))
    st.stop()
shown = section.choose(TERMINALS, terminals.kind).show(terminals) or section.SectionHead()
with top:
    header(_("Terminals"), shown.answer, shown.downloads)
