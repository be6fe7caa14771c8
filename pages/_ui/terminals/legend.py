"""The legend of the terminal map, from the same declaration as its colours."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import streamlit as st

from core.geo.measures import LEADER, MEASURES
from core.i18n import N_, _, format_number, format_percent
from pages._ui.formatting.escaping import escape_html
from pages._ui.terminals.deck import territory_ink
from pages._ui.tiles.colours import colours

if TYPE_CHECKING:
    from collections.abc import Sequence


def legend(measure: str, companies: Sequence[str], *, dark: bool, layers: Sequence[str] = ()) -> None:
    """Show which colour means what.

    Parameters
    ----------
    companies
        Names of the own company and of the rivals in their order.
    layers
        Codes of the layers drawn beside the terminals.
    """
    words = _company_words(companies) if measure == LEADER else _class_words(measure)
    fills = colours(measure, dark=dark)
    if measure == LEADER:
        # Fewer than five rivals leave colours that mean nothing.
        fills = (*fills[: len(companies)], *fills[-2:])
    entries = "".join(
        f'<span><i style="background:{fill}"></i>{escape_html(word)}</span>'
        for fill, word in zip(fills, [*words, _("no data")], strict=True)
    )
    entries += "".join(
        f'<span><i class="{code}"></i>{escape_html(_(word))}</span>'
        for code, word in _LAYERS.items()
        if code in layers
    )
    style = _STYLE.replace("INK", f"rgb{territory_ink(dark=dark)}")
    st.html(f'<div class="map_legend">{entries}</div>{style}')


def _company_words(companies: Sequence[str]) -> list[str]:
    return [*companies, _("others")]


def _class_words(measure: str) -> list[str]:
    declared = MEASURES[measure]
    limits = [_limit(value, declared.unit) for value in declared.breaks]
    between = [f"{low} – {high}" for low, high in itertools.pairwise(limits)]
    return [f"< {limits[0]}", *between, f"≥ {limits[-1]}"]


def _limit(value: float, unit: str) -> str:
    return _("{n} days", n=format_number(value)) if unit == "days" else format_percent(value, 0)


_LAYERS = {
    "dealers": N_("dealer, lines to the regions served"),
    "reps": N_("a rep's territory, around the rep's terminals"),
}
_STYLE = """<style>
.map_legend { display: flex; flex-wrap: wrap; gap: 0.1rem 0.8rem; font-size: 0.78rem; }
.map_legend span { display: inline-flex; align-items: center; gap: 0.3rem; white-space: nowrap; }
.map_legend i { width: 0.8rem; height: 0.8rem; border-radius: 2px; border: 1px solid rgba(128,128,128,0.5); }
.map_legend i.dealers { background: #009E73; border-radius: 50%; }
.map_legend i.reps { background: none; border: 2px solid INK; }
</style>"""
