"""Territories of the demonstration region: units, a proposal edited by hand, and visits that follow."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.errors import InputError
from core.reports.territories.application import apply_territories
from core.reports.territories.design import (
    Wish,
    balance_table,
    change_table,
    edited,
    refused,
    request_of,
    today_of,
)
from core.reports.territories.units import MEASURES, ShopUnits, TerritoryRequest, shop_units
from core.reports.visits.plan import save
from core.reports.visits.rep_work import rep_work
from core.reports.visits.request import VisitRequest, default_start, own_company
from core.store.territories.undo import undo
from core.store.visits import plans as store_visits
from core.territories import NOBODY
from core.visits.planning import evaluate

if TYPE_CHECKING:
    from core.store.database import Store


def units(store: Store) -> ShopUnits:
    """Return the shops of a region with their sales of the last year."""
    return shop_units(store, TerritoryRequest("OWN", dt.date(2025, 11, 1), dt.date(2026, 10, 1)))


def test_units_are_the_placed_shops_and_totals_tie(region: Store) -> None:
    """Each placed open shop is one unit; the totals of the territories add up to those of the shops."""
    shops = units(region)
    assert shops.table["terminal_id"].is_unique
    assert shops.table[["lat", "lon", "workload"]].notna().all(axis=None)
    totals = today_of(shops, Wish()).territories()
    for name in MEASURES:
        assert totals[name].sum() == pytest.approx(shops.table[name].sum())


def test_today_is_whose_the_shops_are(region: Store) -> None:
    """A shop's territory is its rep; one without a rep belongs to nobody and is named in a note."""
    shops = units(region)
    owned = shops.today != NOBODY
    names = shops.reps["employee_id"].to_numpy()[shops.today[owned]]
    assert (names == shops.table.loc[owned, "employee_id"].to_numpy()).all()
    assert owned.all() or any("no rep today" in note or "没有业务员" in note for note in shops.notes)


def test_an_edit_shows_its_effect_and_can_be_refused(region: Store) -> None:
    """A shop moved by hand is in the list of changes with both reps; refused, it is back."""
    shops = units(region)
    today = today_of(shops, Wish())
    start = np.where(shops.today == NOBODY, today.territory, shops.today)
    first = int(np.flatnonzero(shops.today != NOBODY)[0])
    moved = start.copy()
    moved[first] = (start[first] + 1) % len(shops.reps)
    proposal = edited(today, moved)
    row = change_table(shops, proposal).set_index("terminal_id").loc[shops.table["terminal_id"].iloc[first]]
    assert row["before"] == shops.table["employee_id"].iloc[first]
    assert row["after"] == shops.reps["employee_id"].iloc[moved[first]]
    table = balance_table(shops, today, proposal)
    assert table["shops"].sum() == len(shops.table)
    back = refused(shops, proposal, {str(shops.table["terminal_id"].iloc[first])})
    assert back[first] == start[first]


def test_a_customers_change_last(region: Store) -> None:
    """A customers are the most reluctant ones in the question to the search."""
    shops = units(region)
    upheaval = request_of(shops, Wish()).upheaval
    assert upheaval is not None
    assert upheaval.reluctance is not None
    is_a = (shops.table["grade"] == "A").to_numpy()
    assert upheaval.reluctance[is_a].min() > upheaval.reluctance[~is_a].max()


def test_visits_follow_from_a_day_on(region: Store) -> None:
    """A visit after the day leaves the old plan and becomes the new rep's appointment; undone, it is back."""
    shops = units(region)
    counts = np.bincount(shops.today[shops.today != NOBODY], minlength=len(shops.reps))
    old, new = (int(place) for place in np.argsort(-counts)[:2])
    rep, other = (str(shops.reps["employee_id"].iloc[place]) for place in (old, new))
    request = VisitRequest(own_company(region), default_start(region))
    work = rep_work(region, request, rep)
    day, later = request.period.days[0], request.period.days[7]
    mine = [
        str(shop) for shop in work.task.visited["terminal_id"] if shop in set(shops.table["terminal_id"])
    ][:2]
    plan_id = save(region, request, evaluate(work.task, [(day, mine), (later, mine)]))
    proposal = shops.today.copy()
    place = list(shops.units.ids).index(mine[0])
    proposal[place] = new
    proposal = np.where(proposal == NOBODY, today_of(shops, Wish()).territory, proposal)
    table = change_table(shops, edited(today_of(shops, Wish()), proposal))
    table = table[table["terminal_id"] == mine[0]]
    change_id = apply_territories(
        region, table, name="x", effective_from=later, own_company=request.own_company
    )
    latest = store_visits.plans(region, rep).iloc[0]
    stops = store_visits.plan_stops(region, str(latest["plan_id"]))
    assert latest["plan_id"] != plan_id
    assert sorted(zip(stops["day"], stops["terminal_id"], strict=True)) == sorted(
        [(day, mine[0]), (day, mine[1]), (later, mine[1])]
    )
    rule = store_visits.rules(region, other).set_index("terminal_id").loc[mine[0]]
    assert rule["fixed"] == later.isoformat()
    assert undo(region, change_id) == (1, 0)
    assert store_visits.plans(region, rep).iloc[0]["plan_id"] == plan_id
    with pytest.raises(InputError):
        undo(region, change_id)
