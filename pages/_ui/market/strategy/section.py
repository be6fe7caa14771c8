"""Below the four quadrants: the five principles, what each market is worth, where to enter first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import N_, _
from pages._ui.components.absence import absence_said
from pages._ui.components.header import section
from pages._ui.market.region_choice import pick_code
from pages._ui.market.strategy.entry_part import render_entry
from pages._ui.market.strategy.principles_part import render_principles
from pages._ui.market.strategy.value_part import render_value

if TYPE_CHECKING:
    from pages._ui.filters import Filters
    from pages._ui.market.market_view import MarketView

PARAMETERS = ("basis", "points", "area")
"""Address parameters of the parts; the page declares them."""
PARTS = {
    "principles": N_("Five principles"),
    "value": N_("Market value"),
    "entry": N_("Where to enter first"),
}
_RENDER = {"principles": render_principles, "value": render_value, "entry": render_entry}


def render_strategy(filters: Filters, market: MarketView) -> None:
    """Show the part chosen."""
    section(_("Behind the order"))
    part = pick_code("basis", {code: _(label) for code, label in PARTS.items()})
    with absence_said():
        _RENDER[part](filters, market)
