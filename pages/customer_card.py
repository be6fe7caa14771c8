"""客户卡: everything known about one customer, and the forms to fill in."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.components.header import header, reserve_header
from pages._ui.customers import customer_view, section
from pages._ui.customers.card_sections import CARD
from pages._ui.customers.listing import heading
from pages._ui.formatting.escaping import escape_markdown

url.declare("customer", *section.parameters(CARD))
top = reserve_header()
customer = customer_view.card_view(filter_bar.bar())
if customer is None:
    with top:
        header(_("Customer card"))
    heading.render_no_customer(url.value("customer"))
    st.stop()
heading.customer_heading(customer)
shown = section.choose(CARD, customer.kind).show(customer) or section.SectionHead()
with top:
    header(escape_markdown(customer.customer["name"]), shown.answer, shown.downloads)
