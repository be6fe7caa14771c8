"""客户: the dealers, who they are, what they bring, whose they are."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.customers import customer_view, section
from pages._ui.customers.sections import CUSTOMERS

url.declare(*section.parameters(CUSTOMERS))
top = reserve_header()
dealers = customer_view.list_view("dealer", filter_bar.bar())
if not dealers.count:
    with top:
        header(_("Our customers"))
    empty(_("There are no dealers."), ("dealer", "region", "employee", "dealer_sales"))
    st.stop()
shown = section.choose(CUSTOMERS, dealers.kind).show(dealers) or section.SectionHead()
with top:
    header(_("Our customers"), shown.answer, shown.downloads)
