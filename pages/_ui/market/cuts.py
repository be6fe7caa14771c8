"""The cut lines of the four quadrants: choosing, moving and naming them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.market.options import GROWTH_CUTS, SHARE_CUTS
from core.market.quadrant import resolve_cuts
from core.market.table import market_axes
from core.periods import shift
from core.reports.market.display.cut_lines import GROWTH_WORDS, OWN, SHARE_WORDS
from pages._ui import url
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.market.market import MarketRequest
    from pages._ui.filters import Filters
    from pages._ui.market.market_view import MarketView

# What may be typed, in percent.
GROWTH_RANGE, SHARE_RANGE = (-50.0, 100.0), (0.0, 100.0)


def growth_cut() -> str | float:
    """Return the growth line that the address asks for: a preset or a number."""
    return _cut("growth_cut", GROWTH_CUTS, GROWTH_RANGE)


def share_cut() -> str | float:
    """Return the share line that the address asks for: a preset or a number."""
    return _cut("share_cut", SHARE_CUTS, SHARE_RANGE)


def _cut(name: str, presets: tuple[str, ...], limits: tuple[float, float]) -> str | float:
    code = url.value(name)
    if code in presets:
        return code
    try:
        value = float(code)
    except ValueError:
        return presets[0]
    return min(max(value, limits[0]), limits[1]) / 100 if math.isfinite(value) else presets[0]


def controls(market: MarketView) -> None:
    """Show where the lines stand and let them be moved; and the arrows' switch."""
    cuts = resolve_cuts(market_axes(market.regions), market.report.request.options)
    with st.container(horizontal=True, key="cut_controls", vertical_alignment="bottom", gap="small"):
        _line("share_cut", _("Share line"), SHARE_WORDS, SHARE_RANGE, cuts.share)
        _line("growth_cut", _("Growth line"), GROWTH_WORDS, GROWTH_RANGE, cuts.growth)
        st.session_state["show_arrows"] = bool(url.value("arrows"))
        st.toggle(
            _("Arrows from last year"),
            key="show_arrows",
            on_change=in_language(_remember_arrows),
            help=_("From where each of the biggest regions stood a year earlier to where it stands now."),
        )


def _line(name: str, title: str, words: Mapping[str, str], limits: tuple[float, float], value: float) -> None:
    chosen = cut_of(name)
    preset = chosen if isinstance(chosen, str) else OWN
    st.session_state[f"{name}_preset"] = preset
    st.selectbox(
        title,
        list(words),
        format_func=lambda code: _("{line}: {choice}", line=title, choice=_(words[code])),
        key=f"{name}_preset",
        on_change=in_language(_remember_preset),
        args=(name, value),
        label_visibility="collapsed",
        width=290,
    )
    if preset == OWN:
        st.session_state[f"{name}_value"] = min(max(round(value * 100, 1), limits[0]), limits[1])
        st.number_input(
            title,
            *limits,
            step=1.0,
            format="%.1f",
            key=f"{name}_value",
            on_change=in_language(_remember_value),
            args=(name,),
            label_visibility="collapsed",
            width=130,
            icon=":material/percent:",
        )


def cut_of(name: str) -> str | float:
    """Return a line by its parameter's name."""
    return growth_cut() if name == "growth_cut" else share_cut()


def _remember_preset(name: str, value: float) -> None:
    code = st.session_state[f"{name}_preset"]
    default = GROWTH_CUTS[0] if name == "growth_cut" else SHARE_CUTS[0]
    # The own value starts where the line stood: nothing jumps.
    start = 0.0 if math.isnan(value) or value > 1 else value
    url.put(name, f"{start * 100:.1f}" if code == OWN else "" if code == default else code)


def _remember_value(name: str) -> None:
    url.put(name, f"{st.session_state[f'{name}_value']:.1f}")


def _remember_arrows() -> None:
    url.put("arrows", "1" if st.session_state["show_arrows"] else "")


def year_before(filters: Filters, request: MarketRequest) -> MarketRequest:
    """Return the request of the same view of the same months a year earlier."""
    return filters.request(
        start=shift(filters.start, -12),
        end=shift(filters.end, -12),
        within=request.within,
        growth_cut=request.growth_cut,
        share_cut=request.share_cut,
    )
