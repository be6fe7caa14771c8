"""The sections of a customer's card: code in the address, name, function, whose card has it."""

from __future__ import annotations

from core.i18n import N_
from pages._ui.customers import contacts
from pages._ui.customers.section import Section

CARD: dict[str, Section] = {
    "": Section(N_("Contacts"), contacts.show),
}
