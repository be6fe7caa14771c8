"""The cut lines of the four quadrants: choosing, moving and naming them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import N_, _
from core.market import labels
from core.market.options import GROWTH_CUTS, SHARE_CUTS
from core.market.quadrant import DIFFICULTY, DIRECTION, ZONES, resolve_cuts
from core.market.table import market_axes
from core.periods import shift
from pages._ui import url
from pages._ui.charts.quadrant import Lines
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from core.reports.market.market import MarketRequest
    from pages._ui.filters import Filters
    from pages._ui.market.market_view import MarketView

OWN = "own"
GROWTH_WORDS = {
    "weighted_average": N_("Average of the market"),
    "zero": N_("No growth"),
    "ten_percent": N_("10 %"),
    "median": N_("Median of the regions"),
    OWN: N_("Own value"),
}
SHARE_WORDS = {
    "lower_limit": N_("Lanchester lower limit"),
    "own_average": N_("Our average share"),
    "median": N_("Median of the regions"),
    "relative": N_("As large as the largest rival"),
    OWN: N_("Own value"),
}
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


def lines(market: MarketView) -> Lines:
    """Return the cut lines of a view with their words."""
    request = market.report.request
    cuts = resolve_cuts(market_axes(market.regions), request.options)
    share = numbers.ratio(cuts.share) if cuts.relative else numbers.percent(cuts.share)
    growth_words = GROWTH_WORDS[request.growth_cut if isinstance(request.growth_cut, str) else OWN]
    share_words = SHARE_WORDS[request.share_cut if isinstance(request.share_cut, str) else OWN]
    return Lines(
        share=0.0 if math.isnan(cuts.share) else cuts.share,
        growth=0.0 if math.isnan(cuts.growth) else cuts.growth,
        share_label=_("Share {value} · {origin}", value=share, origin=_(share_words)),
        growth_label=_(
            "Growth {value} · {origin}",
            value=numbers.percent(cuts.growth, sign=True),
            origin=_(growth_words),
        ),
        zones={zone: _zone_words(number, zone) for number, zone in enumerate(ZONES)},
        axis=_("Own sales as a multiple of the largest rival's")
        if cuts.relative
        else _("Own share of the market"),
        multiple=cuts.relative,
    )


def _zone_words(number: int, zone: str) -> str:
    difficulty = labels.label("difficulty", DIFFICULTY[number])
    direction = labels.label("direction", DIRECTION[number])
    return f"{number + 1} {labels.label('zone', zone)}<br>{difficulty} · {direction}"


def axes(market: MarketView, before: MarketView | None = None) -> pd.DataFrame:
    """Return what the picture needs: the axis of the chosen share line, and last year's place.

    Parameters
    ----------
    before
        The same a year earlier, for the arrows.
    """
    column = "ratio" if market.report.request.share_cut == "relative" else "share"
    columns = ["region_id", "name", "growth", "capacity", "zone", "attack_rank", "hover"]
    regions = market.regions[columns].assign(share=market.regions[column])
    if before is None:
        return regions
    earlier = before.regions[["region_id", "growth"]].assign(share=before.regions[column])
    return regions.merge(earlier, on="region_id", how="left", suffixes=("", "_before"))


def year_before(filters: Filters, request: MarketRequest) -> MarketRequest:
    """Return the request of the same view of the same months a year earlier."""
    return filters.request(
        start=shift(filters.start, -12),
        end=shift(filters.end, -12),
        within=request.within,
        growth_cut=request.growth_cut,
        share_cut=request.share_cut,
    )


def notes(market: MarketView) -> list[str]:
    """Return which regions are not on the picture, and what the report notes."""
    missing = int(market.regions["zone"].isna().sum())
    left_out = (
        [_("{n} regions have no growth or no share and are not on the picture.", n=missing)]
        if missing
        else []
    )
    return left_out + [note.sentence for note in market.report.notes]
