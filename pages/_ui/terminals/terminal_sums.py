"""What the terminals say: the sentence on top, and the sums beside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.geo.measures import LEADER, MEASURES
from core.i18n import _, format_percent
from pages._ui import reads, url
from pages._ui.market import region_choice
from pages._ui.market.facts import Fact, facts
from pages._ui.terminals.controls import measure_label

if TYPE_CHECKING:
    from pages._ui.terminals.terminal_view import TerminalView


def terminal_sums_sentence(view: TerminalView) -> str:
    """Return one sentence: how many terminals, how many blank, how many unvisited."""
    sums = view.summary
    if not _visits_recorded():
        return _(
            "Of {terminals} terminals {blank} sold nothing of ours; no visit is recorded.",
            terminals=numbers.count(sums["terminals"]),
            blank=numbers.count(sums["blank"]),
        )
    return _(
        "Of {terminals} terminals {blank} sold nothing of ours, {unvisited} had no visit in four weeks.",
        terminals=numbers.count(sums["terminals"]),
        blank=numbers.count(sums["blank"]),
        unvisited=numbers.count(sums["unvisited"]),
    )


def _visits_recorded() -> bool:
    """Tell whether the store has visits at all: without them nobody knows who was visited."""
    return bool(reads.contents().set_index("name")["rows"].get("visit", 0))


def sums(view: TerminalView) -> None:
    """Show the sums over everything the filter leaves, each with its computation."""
    values = view.summary
    total, own, active = values["total"], values["own"], values["active"]
    handled, handlers = values["handled_total"], values["handlers"]
    st.markdown("## " + _("All terminals shown"))
    st.caption(_("Click a cell to zoom in, a terminal to open its card."))
    if url.value("at"):
        st.button(
            _("Show everything again"),
            icon=":material/zoom_out_map:",
            key="whole_map",
            on_click=region_choice.set_and_follow,
            args=("at", ""),
        )
    in_handlers = own / handled if own and handled else None
    facts(
        [
            Fact(
                _("Terminals"),
                numbers.count(values["terminals"]),
                explanation=(_("Shops with coordinates that pass the filter, closed ones included."),),
                records=("terminal",),
            ),
            Fact(
                _("Open terminals"),
                numbers.count(active),
                explanation=(_("Those of them that aren't closed: the denominator of the distribution."),),
                records=("terminal",),
            ),
            Fact(
                _("Own sales"),
                numbers.money(own),
                explanation=(_("Our sales of the period in these shops, recorded shop by shop."),),
                records=("terminal_sales",),
            ),
            _rate(_("Own share"), own, total, _("Own sales ÷ all companies' sales in these terminals.")),
            _rate(
                _("Numeric distribution"),
                handlers,
                active,
                " ".join(
                    (
                        _explained("numeric_distribution"),
                        _("The page of terminals divides by the shops with figures and shows both."),
                    )
                ),
            ),
            _rate(_("Weighted distribution"), handled, total, _explained("weighted_distribution")),
            Fact(
                _("Share in handlers"),
                numbers.percent(in_handlers),
                explanation=(
                    _("Own sales ÷ all sales in the shops that sold ours; share = weighted × this."),
                ),
                records=("terminal_sales",),
            ),
            _rate(
                _("Blank terminals"),
                values["blank"],
                active,
                _explained("blank"),
                with_count=True,
            ),
            _rate(
                _("Unvisited in four weeks"),
                values["unvisited"] if _visits_recorded() else None,
                active,
                _("Open shops without a visit in the last four weeks of the period ÷ all open shops."),
                with_count=True,
            ),
        ]
    )
    st.markdown("**" + _("Colour: {measure}", measure=measure_label(view.token.measure)) + "**")
    text = (
        _("The company with the most sales in the cell or shop.")
        if view.token.measure == LEADER
        else _explained(view.token.measure)
    )
    st.caption(text)


def _explained(measure: str) -> str:
    return _(MEASURES[measure].explanation)


def _rate(
    label: str, part: float | None, whole: float | None, explanation: str, *, with_count: bool = False
) -> Fact:
    known = part is not None and bool(whole)
    value = format_percent(part / whole) if known and part is not None and whole else numbers.MISSING
    note = numbers.count(part) if with_count and part is not None else ""
    return Fact(label, value, note, (explanation,))
