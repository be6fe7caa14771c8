"""The people at a customer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.customers.forms.contacts import CONTACTS
from core.exchange.printing.record import Block
from core.i18n import _, ngettext
from pages._ui.customers.forms.form_records import records_panel
from pages._ui.customers.forms.printed_form import printed_form
from pages._ui.customers.section import SectionHead

if TYPE_CHECKING:
    from pages._ui.customers.customer_view import CardView


def render_contacts(view: CardView) -> SectionHead:
    """Show the contacts and the form for one."""
    contacts = records_panel(CONTACTS, view.kind, view.customer_id, key="contacts", scope=view.scope)
    keys = sum(record.payload.get("is_key_person") is True for record in contacts)
    if not contacts:
        return SectionHead()
    sentence = ngettext("{n} contact", "{n} contacts", len(contacts))
    block = Block(CONTACTS, [record.payload for record in contacts])
    return SectionHead(
        _("{contacts}, {keys} of them key persons.", contacts=sentence, keys=keys),
        (printed_form(view, _("Contacts"), [block], day=dt.date.today()),),
    )
