"""The page's answer, maps, editor and tables, from the work of this session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import N_, _, ngettext
from pages._ui.components.notes import notes
from pages._ui.market.region_choice import pick_code
from pages._ui.territories.application import application
from pages._ui.territories.editing import editor, spreads
from pages._ui.territories.picture import territory_picture
from pages._ui.territories.tables import balance_part, change_part, outside_marks
from pages._ui.territories.team import team_part
from pages._ui.territories.travel import travel_answer, travel_part

if TYPE_CHECKING:
    from pages._ui.filters import Filters
    from pages._ui.territories.work import Work

VIEWS = {"proposal": N_("Proposed"), "today": N_("Today"), "both": N_("Side by side")}
MOST_OUTSIDE = 3
TODAY_MAP, PROPOSAL_MAP = "territory_map_today", "territory_map"


def answer(work: Work) -> str:
    """Say how balanced the territories are, and what changes hands."""
    before = work.today.spread("workload")
    proposal = work.proposal
    if proposal is None:
        return _(
            "{reps} territories, {shops} shops; workload highest ÷ lowest {before} today. Design a proposal.",
            reps=numbers.count(len(work.shops.reps)),
            shops=numbers.count(len(work.shops.table)),
            before=numbers.ratio(before),
        )
    moved = proposal.territory != work.shops.today
    off = outside_marks(proposal)
    tolerance = proposal.request.balance[0].tolerance
    missed = ngettext(
        " {n} territory lies outside ±{tolerance}: {names}.",
        " {n} territories lie outside ±{tolerance}: {names}.",
        len(off),
        tolerance=numbers.percent(tolerance),
        names=_(", ").join(f"{work.shops.reps['name'].iloc[n]} {off[n]}" for n in list(off)[:MOST_OUTSIDE])
        + (" …" if len(off) > MOST_OUTSIDE else ""),
    )
    is_a = (work.shops.table["grade"] == "A").to_numpy()
    said = _(
        "Workload highest ÷ lowest from {before} to {after}: {n} customers change hands ({a} A customers), "
        "with sales of {sales}.",
        before=numbers.ratio(before),
        after=numbers.ratio(proposal.spread("workload")),
        n=numbers.count(int(moved.sum())),
        a=numbers.count(int((moved & is_a).sum())),
        sales=numbers.money(work.shops.table["sales"][moved].sum()),
    )
    return said + (missed if off else "") + travel_answer(work)


def maps_and_editor(filters: Filters, work: Work) -> None:
    """Show the map or both maps, and beside them the chosen shops and the spreads."""
    proposal = work.proposal
    view = pick_code("view", {code: _(words) for code, words in VIEWS.items()})
    today = (work.today, _("Territories today"), TODAY_MAP)
    proposed = (proposal or work.today, _("Territories proposed"), PROPOSAL_MAP)
    shown = {"today": (today,), "proposal": (proposed,), "both": (today, proposed)}[view]
    left, right = st.columns([3, 1], gap="small")
    with left:
        for column, (territories, title, key) in zip(st.columns(len(shown)), shown, strict=True):
            with column:
                territory_picture(filters, work, territories, title, key=key)
    with right.container(border=True, key="territory_editor"):
        spreads(work)
        editor(work, *(key for _proposal, _title, key in shown))


def details(filters: Filters, work: Work) -> None:
    """Show the balance, the changes and the application."""
    balance, travelling, changing, team, applying = st.tabs(
        [_("Balance"), _("Planned travel"), _("Changes"), _("Team and areas"), _("Apply")]
    )
    with balance:
        balance_part(work)
    with travelling:
        travel_part(work)
    with changing:
        change_part(work)
    with team:
        team_part(work)
    with applying:
        application(filters, work)
    notes(work.shops.notes)
