"""The codes of a concentration plan: English label, explanation, and the Chinese term."""

from __future__ import annotations

from core.i18n import N_

DECISION_TERMS = {
    "attack": (N_("Attack"), N_("More visits, all at once, until it is No.1."), "集中"),
    "defend": (N_("Defend"), N_("Secured: keeps its visits before anything else gets some."), "巩固要塞"),
    "hold": (N_("Leave as it is"), N_("Today's visits, nothing won and nothing lost."), ""),
    "thin_out": (N_("Thin out"), N_("Gives up visits to regions where they win more."), ""),
}
REASON_TERMS = {
    "taken": (N_("Worth it"), N_("Wins more with this strength than what is left."), ""),
    "frees_strength": (N_("Sets strength free"), N_("Its visits win more elsewhere."), ""),
    "exposed": (N_("Exposed"), N_("The rival's growth would break No.1: more visits defend it."), ""),
    "missing": (N_("Inputs missing"), N_("What it costs or is worth can't be told."), ""),
    "secured": (N_("Already No.1"), N_("Nothing to win; what is won is kept."), ""),
    "sole_supplier": (N_("No competitor"), N_("There is nobody to attack."), ""),
    "no_own_sales": (
        N_("Not entered"),
        N_("We sell nothing here: the square rule can't say what visits would win."),
        "",
    ),
    "out_of_range": (
        N_("Out of range"),
        N_("The leader is out of range: subdivide and become first in a part."),
        "",
    ),
    "too_long": (N_("Takes too long"), N_("The visits needed don't fit into the period."), ""),
    "no_profit": (N_("Costs more than it brings"), N_("Advertising and promotion eat the margin."), ""),
    "outbid": (N_("Others win more"), N_("Could be won, but the strength wins more elsewhere."), ""),
}
INPUT_TERMS = {
    "own": (N_("own sales"), N_("Own sales in the region."), ""),
    "rivals": (N_("rivals' sales"), N_("Sales of a named rival in the region."), ""),
    "visits": (N_("visits"), N_("Visits made in the region in the period."), ""),
    "margin": (N_("margin"), N_("Margin rates of the products sold in the region."), ""),
    "spending": (N_("expenses"), N_("Advertising and promotion of the region."), ""),
}
