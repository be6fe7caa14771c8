"""The sections of the pages 客户 and 终端: code in the address, name, function."""

from __future__ import annotations

from core.i18n import N_
from pages._ui.customers import dealer_section, listing
from pages._ui.customers.section import Section

CUSTOMERS: dict[str, Section] = {
    "": Section(N_("List"), listing.show, listing.PARAMETERS),
    "dealers": Section(N_("Dealers"), dealer_section.show, dealer_section.PARAMETERS, ("dealer",)),
}
TERMINALS: dict[str, Section] = {
    "": Section(N_("List"), listing.show, listing.PARAMETERS),
}
