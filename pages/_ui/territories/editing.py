"""Giving the chosen shops to another territory; the effect is there at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import _, ngettext
from core.reports.territories.units import MEASURES
from pages._ui.language import in_language
from pages._ui.market.facts import Fact, facts
from pages._ui.territories.picture import chosen_units

if TYPE_CHECKING:
    from pages._ui.territories.work import Work

MOST_NAMED = 6


def editor(work: Work, *maps: str) -> None:
    """Show the chosen shops and where they may go."""
    places = chosen_units(*maps)
    if not places:
        st.markdown(
            _("Click a shop on the map, or draw a box or a lasso around some: they can be given away.")
        )
        return
    shops = work.shops.table.iloc[places]
    st.markdown(
        ngettext(
            "**{n}** shop chosen, sales {sales}",
            "**{n}** shops chosen, sales {sales}",
            len(places),
            sales=numbers.money(shops["sales"].sum()),
        )
    )
    st.caption(
        _(", ").join(shops["name"].astype(str)[:MOST_NAMED]) + (" …" if len(shops) > MOST_NAMED else "")
    )
    reps = work.shops.reps
    now = (work.today if work.proposal is None else work.proposal).territory[places]
    chosen = st.selectbox(
        _("Territory"),
        range(len(reps)),
        index=int(now[0]),
        format_func=lambda number: str(reps["name"].iloc[number]),
        key="territory_to",
    )
    st.button(
        _("Give to {name}", name=reps["name"].iloc[chosen]),
        key="territory_give",
        icon=":material/move_down:",
        disabled=bool((now == chosen).all()),
        on_click=in_language(work.move),
        args=(places, int(chosen)),
    )


def spreads(work: Work) -> None:
    """Show highest ÷ lowest of each measure, today and as proposed."""
    proposal = work.proposal
    rows = []
    for name, label in MEASURES.items():
        text = before = numbers.ratio(work.today.spread(name))
        if proposal is not None:
            text = f"{before} → {numbers.ratio(proposal.spread(name))}"
        rows.append(
            Fact(_(label), text, explanation=(_("Highest ÷ lowest territory; 1 is perfect balance."),))
        )
    st.markdown(f"**{_('Highest ÷ lowest territory')}**")
    facts(rows)
