"""What is held fast: kept in the store, passed to the plan, never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import InputError
from core.reports.visits.constraints import (
    holds,
    keep_together,
    lock_day,
    lock_shop,
    unlock_day,
    unlock_shop,
)
from core.reports.visits.plan import plan_many, shown_plan
from core.reports.visits.rep_work import rep_work
from core.reports.visits.request import VisitRequest, default_start, own_company, reps
from core.store.visits import constraints as visit_holds
from core.visits.rules import WorkDay
from core.visits.runner import Effort

if TYPE_CHECKING:
    from core.store.database import Store

QUICK = Effort(seconds=None, iterations=1_000)


@pytest.fixture
def store(region: Store) -> Store:
    """A small demonstration region, to write to."""
    return region


def asked(store: Store, **options) -> VisitRequest:
    """Four weeks."""
    return VisitRequest(own_company(store), default_start(store), **options)


def test_a_shop_is_in_one_group_and_a_group_of_one_is_none(store) -> None:
    """Who joins another group leaves the first; who is left alone there is free."""
    rep = str(reps(store)["employee_id"].iloc[0])
    shops = rep_work(store, asked(store), rep).table["terminal_id"].tolist()
    visit_holds.save_group(store, shops[:3])
    assert holds(store, rep)[0] == (tuple(sorted(shops[:3])),)
    visit_holds.save_group(store, [shops[0], shops[5]])
    assert set(holds(store, rep)[0]) == {tuple(sorted(shops[1:3])), tuple(sorted((shops[0], shops[5])))}
    visit_holds.save_group(store, [shops[1], shops[0], shops[5]])
    assert holds(store, rep)[0] == (tuple(sorted((shops[0], shops[1], shops[5]))),)
    visit_holds.part(store, shops[:6])
    assert holds(store, rep)[0] == ()


def test_unequal_frequencies_are_refused_by_name(store) -> None:
    """Two shops visited four times and once can't share their days; one shop is no group."""
    rep = str(reps(store)["employee_id"].iloc[0])
    table = rep_work(store, asked(store), rep).table
    often, seldom = (table.loc[table["visits"] == n].iloc[0] for n in (4.0, 1.0))
    with pytest.raises(InputError, match=f"{often['name']} × 4"):
        keep_together(store, table, [often["terminal_id"], seldom["terminal_id"]])
    with pytest.raises(InputError, match="at least two"):
        keep_together(store, table, [often["terminal_id"]])
    assert holds(store, rep)[0] == ()


def test_what_is_held_holds_in_the_next_plan(store) -> None:
    """A locked day has the same shops again, a locked shop its days, a group shares its days."""
    rep = next(
        str(rep)
        for rep in reps(store)["employee_id"]
        if (work := rep_work(store, asked(store), rep)).load.share < 0.6 and not len(work.far)
    )
    [first] = plan_many(store, asked(store), [rep], QUICK)
    stops = first.plan.stops
    day = stops["day"].iloc[0]
    on_it = set(stops.loc[stops["day"] == day, "terminal_id"])
    shop = next(s for s in stops["terminal_id"] if s not in on_it)
    lock_day(store, rep, stops, day)
    lock_shop(store, rep, stops, shop)
    work = rep_work(store, asked(store), rep)
    free = work.table[
        (work.table["visits"] == 1)
        & (work.table["planned"] == 1)
        & ~work.table["terminal_id"].isin({*on_it, shop})
    ]
    group = free["terminal_id"].head(3).tolist()
    keep_together(store, work.table, group)
    [second] = plan_many(store, asked(store), [rep], QUICK)
    assert second.error == ""
    again = second.plan.stops
    assert set(again.loc[again["day"] == day, "terminal_id"]) == on_it
    assert set(again.loc[again["terminal_id"] == shop, "day"]) == set(
        stops.loc[stops["terminal_id"] == shop, "day"]
    )
    assert again.loc[again["terminal_id"].isin(group), "day"].nunique() == 1
    # What is shown knows the same.
    task = shown_plan(store, asked(store), rep, second.plan_id)[0]
    assert (task.locks.days, task.together) == (frozenset({day}), (tuple(sorted(group)),))
    unlock_day(store, rep, day)
    unlock_shop(store, rep, holds(store, rep)[1], shop)
    assert holds(store, rep)[1].visits == frozenset()


def test_what_is_held_is_never_cut(store) -> None:
    """Where visits must go, they go elsewhere: neither a locked visit nor one of a group."""
    rep = str(reps(store)["employee_id"].iloc[0])
    narrow = asked(store, work=WorkDay(minutes=60))
    store.write("narrow", lambda cursor: cursor.execute("UPDATE employee SET work_minutes_per_day = NULL"))
    before = rep_work(store, narrow, rep)
    lost = before.cut["terminal_id"].tolist()
    assert len(lost) > 4
    visit_holds.save_group(store, lost[:2])
    visit_holds.lock(store, rep, [(lost[2], narrow.period.days[3])])
    after = rep_work(store, narrow, rep)
    assert not set(lost[:3]) & set(after.cut["terminal_id"])
    assert len(after.cut)
