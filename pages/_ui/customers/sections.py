"""The sections of the pages 客户 and 终端: code in the address, name, function."""

from __future__ import annotations

from core.i18n import N_
from pages._ui.customers.accounts import key_account_section, relation_section
from pages._ui.customers.analysis import abc_section, ge_section, profit_section
from pages._ui.customers.dealers import dealer_section
from pages._ui.customers.grading import grading_section
from pages._ui.customers.listing import listing
from pages._ui.customers.section import Section
from pages._ui.customers.terminals import terminal_distribution, terminal_scores, terminal_status

CUSTOMERS: dict[str, Section] = {
    "": Section(N_("List"), listing.render_listing, listing.PARAMETERS),
    "dealers": Section(N_("Dealers"), dealer_section.render_dealer, dealer_section.PARAMETERS, ("dealer",)),
    "abc": Section(N_("ABC"), abc_section.render_abc_section, abc_section.PARAMETERS),
    "grading": Section(N_("Grading"), grading_section.render_grading, grading_section.PARAMETERS),
    "profit": Section(N_("Earnings"), profit_section.render_profit_section, profit_section.PARAMETERS),
    "ge": Section(N_("GE matrix"), ge_section.render_ge_section, ge_section.PARAMETERS),
    "key-accounts": Section(N_("Key accounts"), key_account_section.render_key_account),
    "relations": Section(N_("Relationships"), relation_section.render_relation, relation_section.PARAMETERS),
}
TERMINALS: dict[str, Section] = {
    "": Section(N_("List"), listing.render_listing, listing.PARAMETERS),
    "abc": Section(N_("ABC"), abc_section.render_abc_section, abc_section.PARAMETERS),
    "grading": Section(N_("Grading"), grading_section.render_grading, grading_section.PARAMETERS),
    "distribution": Section(
        N_("Distribution"),
        terminal_distribution.render_terminal_distribution,
        terminal_distribution.PARAMETERS,
    ),
    "status": Section(N_("Status"), terminal_status.render_terminal_status),
    "scores": Section(N_("Scores"), terminal_scores.render_terminal_scores, terminal_scores.PARAMETERS),
    "relations": Section(N_("Relationships"), relation_section.render_relation, relation_section.PARAMETERS),
}
