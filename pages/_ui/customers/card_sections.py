"""The sections of a customer's card: code in the address, name, function, whose card has it."""

from __future__ import annotations

from core.i18n import N_
from pages._ui.customers import overview
from pages._ui.customers.accounts import contacts, key_account_card, relation_card
from pages._ui.customers.dealers import dealer_cards, dealer_decision, dealer_service, dealer_seven_p
from pages._ui.customers.grading import grade_card
from pages._ui.customers.section import Section
from pages._ui.customers.terminals import terminal_score

CARD: dict[str, Section] = {
    "": Section(N_("Overview"), overview.show),
    "contacts": Section(N_("Contacts"), contacts.show),
    "decision": Section(N_("Decision tree"), dealer_decision.show, kinds=("dealer",)),
    "cards": Section(N_("Nine cards"), dealer_cards.show),
    "seven-p": Section(N_("7P"), dealer_seven_p.show, kinds=("dealer",)),
    "grade": Section(N_("Grading"), grade_card.show),
    "score": Section(N_("Score sheet"), terminal_score.show, terminal_score.PARAMETERS, ("terminal",)),
    "key-account": Section(N_("Key account"), key_account_card.show, key_account_card.PARAMETERS),
    "relation": Section(N_("Relationships"), relation_card.show, relation_card.PARAMETERS),
    "matters": Section(N_("Matters"), dealer_service.show, dealer_service.PARAMETERS),
}
