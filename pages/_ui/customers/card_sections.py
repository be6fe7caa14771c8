"""The sections of a customer's card: code in the address, name, function, whose card has it."""

from __future__ import annotations

from core.i18n import N_
from pages._ui.customers import overview
from pages._ui.customers.accounts import contacts, key_account_card, relation_card
from pages._ui.customers.dealers import dealer_cards, dealer_decision, dealer_service, dealer_seven_p
from pages._ui.customers.grading import grade_card
from pages._ui.customers.section import Section
from pages._ui.customers.terminals import terminal_prospect, terminal_score

CARD: dict[str, Section] = {
    "": Section(N_("Overview"), overview.render_overview),
    "contacts": Section(N_("Contacts"), contacts.render_contacts),
    "decision": Section(N_("Decision tree"), dealer_decision.render_dealer_decision, kinds=("dealer",)),
    "cards": Section(N_("Nine cards"), dealer_cards.render_dealer_cards),
    "seven-p": Section(N_("7P"), dealer_seven_p.render_dealer_seven_p, kinds=("dealer",)),
    "grade": Section(N_("Grading"), grade_card.render_grade_card),
    "score": Section(
        N_("Score sheet"), terminal_score.render_terminal_score, terminal_score.PARAMETERS, ("terminal",)
    ),
    "key-account": Section(
        N_("Key account"), key_account_card.render_key_account_card, key_account_card.PARAMETERS
    ),
    "prospect": Section(N_("Prospect"), terminal_prospect.render_terminal_prospect, kinds=("terminal",)),
    "relation": Section(N_("Relationships"), relation_card.render_relation_card, relation_card.PARAMETERS),
    "matters": Section(N_("Matters"), dealer_service.render_dealer_service, dealer_service.PARAMETERS),
}
