"""The parts of 总览: five numbers, next actions, what changed, how complete the data are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import _
from core.metrics import explain
from core.reports.cycle.tasks.findings import of_action, of_change
from core.reports.market.completeness import BLOCKS
from core.reports.overview.display import number_words
from core.reports.overview.overview import Overview, overview
from pages._ui import reads
from pages._ui.components.cards import Card, cards
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.market.facts import declared_texts
from pages._ui.market.shops_link import PAGE, shops_query
from pages._ui.shell.navigation import go_to
from pages._ui.tasks.offer import offer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.reports.market.market import MarketRequest
    from core.reports.overview.actions import Action
    from core.reports.overview.changes import Change
    from core.reports.overview.overview import Number

# Whether more of it is good news.
GOOD = {
    "total_share": True,
    "secured_regions": True,
    "in_range_regions": None,
    "total_gap": False,
    "unvisited_customers": False,
}
SHOWN_CHANGES = 3
# The sign says what the colour says.
ARROWS = {1: ":green[▲]", 0: ":gray[●]", -1: ":red[▼]"}
ICONS = {
    "win": ":material/flag:",
    "defend": ":material/shield:",
    "visit": ":material/directions_walk:",
    "subdivide": ":material/call_split:",
    "rival_data": ":material/query_stats:",
    "capacity_data": ":material/database:",
}


def summary(request: MarketRequest) -> Overview:
    """Return the overview of a request, from the cache where it was asked before."""
    answer: Overview = reads.shared(overview, request)
    return answer


def five_numbers(overview: Overview) -> None:
    """Show the five numbers that matter, with what they are compared with."""
    cards(number_cards(overview))


def number_cards(overview: Overview) -> list[Card]:
    """Return the five numbers as cards, each with its formula, its inputs and its denominator."""
    whole = overview.report.total.iloc[0]
    inputs = {f"total_{name}": whole[name] for name in ("own", "capacity", "share")}
    return [_card(number, inputs) for number in overview.numbers]


def _card(number: Number, inputs: Mapping[str, object]) -> Card:
    """Return one of the five numbers as a card."""
    words = number_words(number)
    return Card(
        label=words.label,
        value=words.value,
        change=words.change,
        against=words.against,
        good=GOOD[number.key] if number.change else None,
        explanation="\n\n".join([explain(number.key, inputs), *declared_texts(number.key, "overview")[1:]]),
    )


def actions(overview: Overview) -> None:
    """Show what to do next; each leads to the page that helps, with its region chosen."""
    st.html(_STYLE)
    _title(_("Next three steps"))
    if not overview.actions:
        st.caption(_("Nothing presses: every region is secured, visited and documented."))
    for number, action in enumerate(overview.actions):
        _link(action, number, overview)


def _link(action: Action, number: int, overview: Overview) -> None:
    with st.container(horizontal=True, gap=None, wrap=False, vertical_alignment="top", key=f"step_{number}"):
        st.button(
            escape_markdown(action.sentence),
            icon=ICONS.get(action.code, ":material/arrow_forward:"),
            key=f"action_{number}",
            type="tertiary",
            help=escape_markdown(action.hangs_on) or None,
            on_click=go_to,
            args=(action.page, link_codes(action.query)),
            width="stretch",
        )
        offer(of_action(action, overview), key=f"action_{number}", compact=True)


def link_codes(query: Mapping[str, str]) -> dict[str, str]:
    """Return the address parameters of the page to come: the summary is of the whole market, so is that."""
    return {"within": "", "region": "", **query}


def changes(overview: Overview) -> None:
    """Show what changed since the same months a year earlier, the weightiest first."""
    _title(_("Changed in a year"))
    if not overview.changes:
        st.caption(_("No change is known: a year earlier there are no figures, or everything stayed."))
    _lines(overview.changes[:SHOWN_CHANGES], overview)
    rest = overview.changes[SHOWN_CHANGES:]
    if rest:
        with st.popover(_("{n} more changes", n=len(rest)), type="tertiary"):
            _lines(rest, start=SHOWN_CHANGES)


def _title(text: str) -> None:
    st.markdown(f"## {text}")


def _lines(changes: Sequence[Change], overview: Overview | None = None, *, start: int = 0) -> None:
    """Show changes; each leads to the shops of its region, and with the overview a bad one becomes a task."""
    # Numbered: two new rivals of one region are two changes of one kind.
    for number, change in enumerate(changes, start):
        key = f"change_{change.code}_{change.region_id}_{number}"
        with st.container(horizontal=True, gap=None, wrap=False, vertical_alignment="top", key=f"row_{key}"):
            st.button(
                f"{ARROWS[change.direction]} {escape_markdown(change.sentence)}",
                key=key,
                type="tertiary",
                on_click=go_to,
                args=(PAGE, link_codes(shops_query(change.region_id))),
                width="stretch",
            )
            if overview is not None and change.direction < 0:
                offer(of_change(change, overview), key=key, compact=True)


def completeness_meter(overview: Overview) -> None:
    """Show how complete each of the five data blocks is over all regions."""
    _title(_("How complete the data are"))
    for column, (block, (label, explanation)) in zip(st.columns(len(BLOCKS)), BLOCKS.items(), strict=True):
        mean = float(overview.completeness[block].mean()) if len(overview.completeness) else 0.0
        with column:
            st.markdown(f"{_(label)} **{numbers.percent(mean)}**", help=_(explanation))
            st.progress(mean)


_STYLE = """<style>
[class*="st-key-action_"] button, [class*="st-key-change_"] button {
  height: auto; min-height: 0; padding: 0.1rem 0.2rem; justify-content: flex-start; text-align: left; }
[class*="st-key-action_"] button *, [class*="st-key-change_"] button * {
  white-space: normal; font-size: 0.88rem; text-align: left; }
[class*="st-key-action_"] button div, [class*="st-key-change_"] button div { justify-content: flex-start; }
[class*="st-key-action_"] button [data-testid="stMarkdownContainer"],
[class*="st-key-change_"] button [data-testid="stMarkdownContainer"] { width: 100%; }
</style>"""
