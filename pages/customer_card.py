"""客户卡: everything known about one customer, and the forms to fill in."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.components.header import header, place
from pages._ui.customers import customer_view, section
from pages._ui.customers.card_sections import CARD
from pages._ui.customers.listing import heading
from pages._ui.formatting.escaping import plain

url.declare("customer", *section.parameters(CARD))
top = place()
customer = customer_view.card_view(filter_bar.bar())
if customer is None:
    with top:
        header(_("Customer card"))
    heading.nobody(url.value("customer"))
    st.stop()
heading.about(customer)
shown = section.choose(CARD, customer.kind).show(customer) or section.Shown()
with top:
    header(plain(customer.customer["name"]), shown.answer, shown.downloads)
