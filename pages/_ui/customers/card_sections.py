"""The sections of a customer's card: code in the address, name, function, whose card has it."""

from __future__ import annotations

from core.i18n import N_
from pages._ui.customers import (
    contacts,
    dealer_cards,
    dealer_decision,
    dealer_matters,
    dealer_seven_p,
    grade_card,
    key_account_card,
    overview,
    relation_card,
    terminal_score,
)
from pages._ui.customers.section import Section

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
    "matters": Section(N_("Matters"), dealer_matters.show, dealer_matters.PARAMETERS),
}
