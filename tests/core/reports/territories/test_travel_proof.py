"""True travel of all reps: the same work before and after, and what the planner says of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.errors import CancelledError
from core.reports.territories.design import Wish, today_of
from core.reports.territories.travel_proof import prove_travel, travel_sentence
from core.reports.territories.units import ShopUnits, TerritoryRequest, shop_units
from core.visits.rules import VisitRule
from core.visits.runner import Effort

if TYPE_CHECKING:
    from core.store.database import Store

STEPS = Effort(None, 200, 1)


@pytest.fixture
def few(region: Store) -> ShopUnits:
    """Return the shops of the three reps with the lowest numbers."""
    shops = shop_units(region, TerritoryRequest("OWN", dt.date(2025, 11, 1), dt.date(2026, 10, 1)))
    own = (shops.today >= 0) & (shops.today < 3)
    return replace(
        shops,
        table=shops.table[own].reset_index(drop=True),
        units=shops.units.take(np.flatnonzero(own)),
        reps=shops.reps[:3],
        today=shops.today[own],
    )


def test_today_against_today_changes_nothing(few: ShopUnits) -> None:
    """With the same territories before and after the travel is the same, and the visits are the norm's."""
    today = today_of(few, Wish()).territory
    proof = prove_travel(few, today, today, STEPS)
    assert proof.is_whole
    assert proof.change == 0
    assert proof.total("visits") == (few.table["visits"].sum(),) * 2
    assert (proof.table["travel_minutes"] > 0).all()


def test_reps_who_change_places_travel_farther(few: ShopUnits) -> None:
    """Two reps with each other's shops make the same visits with more travel; the third is as before."""
    today = few.today
    swapped = np.array([1, 0, 2])[today]
    proof = prove_travel(few, today, swapped, STEPS)
    assert proof.total("visits")[0] == proof.total("visits")[1]
    assert proof.change > 0
    third = proof.table.iloc[2]
    assert third["travel_minutes"] == third["travel_minutes_today"]
    assert "+" in travel_sentence(proof)


def test_a_new_rep_starts_from_the_middle_of_the_shops(few: ShopUnits) -> None:
    """A territory beyond today's reps is planned for a new rep, who travels nothing today."""
    proposed = few.today.copy()
    proposed[few.today == 0] = 3
    last = prove_travel(few, few.today, proposed, STEPS).table.iloc[3]
    assert (last["travel_minutes_today"], last["visits_today"]) == (0, 0)
    assert last["visits"] == few.table["visits"][few.today == 0].sum()


def test_a_rep_without_a_plan_leaves_no_total(few: ShopUnits) -> None:
    """Where a rule makes a plan impossible the rule is named, and there is no total to mislead."""
    shop = few.table["terminal_id"].iloc[int(np.flatnonzero(few.today == 0)[0])]
    rule = VisitRule(shop, hours=((1439.0, 1440.0),))
    proof = prove_travel(replace(few, visit_rules=(rule,)), few.today, few.today, STEPS)
    assert not proof.is_whole
    assert np.isnan(proof.change)
    assert proof.errors[0] in travel_sentence(proof)


def test_planning_can_be_stopped(few: ShopUnits) -> None:
    """A cancel ends the planning with an error and no figures."""
    with pytest.raises(CancelledError):
        prove_travel(few, few.today, few.today, STEPS, cancelled=lambda: True)
