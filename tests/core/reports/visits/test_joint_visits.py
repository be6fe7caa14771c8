"""Visits of two reps together: the companion's plan follows the owner's."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.i18n import language
from core.reports.visits.constraints import end_at
from core.reports.visits.joint_visits import wait_for_companions
from core.reports.visits.plan import plan_many
from core.reports.visits.rep_work import rep_work
from core.reports.visits.request import VisitRequest, default_start, own_company, reps
from core.reports.visits.rules import keep
from core.store.visits import constraints
from core.visits.rules import VisitRule, WorkDay
from core.visits.runner import Effort
from core.visits.travel import EARTH_KM, Travel

if TYPE_CHECKING:
    from core.store.database import Store

QUICK = Effort(seconds=None, iterations=1_000)


@pytest.fixture
def pair(region: Store) -> tuple[VisitRequest, str, str, str]:
    """The request, two reps, and a shop of the first that both visit together."""
    request = VisitRequest(own_company(region), default_start(region), fit=True)
    everybody = reps(region)
    homes = everybody[["lat", "lon"]].to_numpy(float)
    apart = np.square(homes[:, None] - homes[None]).sum(axis=2)
    # The two who live nearest to each other: others don't get there and back within a day.
    np.fill_diagonal(apart, np.inf)
    owner, companion = everybody["employee_id"].iloc[list(divmod(int(np.nanargmin(apart)), len(apart)))]
    visited = rep_work(region, request, owner).task.visited
    shop = str(visited["terminal_id"].iloc[0])
    keep(region, [VisitRule(shop, companion=companion)])
    return request, owner, companion, shop


def test_without_the_owners_plan_the_companion_is_told(region, pair) -> None:
    """The shop stays out, and the sentence says which and why."""
    request, owner, companion, shop = pair
    with language("en"):
        task = rep_work(region, request, companion).task
    assert f"({owner})" in task.notice
    assert shop not in set(task.visited["terminal_id"])


def test_the_companion_comes_when_the_owner_does(region, pair) -> None:
    """Same days, same minute; the owner's plan is free, and cutting visits leaves the joint ones alone."""
    request, owner, companion, shop = pair
    made = {}
    for rep in (owner, companion):
        [outcome] = plan_many(region, request, [rep], QUICK)
        assert outcome.error == ""
        stops = outcome.plan.stops
        made[rep] = stops[stops["terminal_id"] == shop].sort_values("day")
    assert len(made[owner])
    assert made[companion]["day"].tolist() == made[owner]["day"].tolist()
    assert made[companion]["begins"].tolist() == pytest.approx(made[owner]["begins"].tolist())


def test_the_owner_comes_while_the_companion_can_be_there() -> None:
    """Half an hour away: not in the first half hour of the day nor the last; too far changes nothing."""
    shops = pd.DataFrame({"terminal_id": ["S"], "lat": [30.0], "lon": [114.0], "minutes": [20.0]})
    work, travel = WorkDay(starts=480.0), Travel(detour=1.0, speed_kmh=15.0, road_kmh=15.0)
    rule = VisitRule("S", companion="B", hours=((400.0, 700.0), (1010.0, 1200.0)))
    # 7.5 km to the north, at 15 km/h.
    homes = {"B": (30.0 + math.degrees(7.5 / EARTH_KM), 114.0)}
    [waiting] = wait_for_companions([rule], "A", shops, homes, work, travel)
    assert waiting.hours == ((pytest.approx(510.0), 700.0),)
    assert wait_for_companions([rule], "A", shops, {"B": (31.0, 114.0)}, work, travel) == (rule,)
    assert wait_for_companions([rule], "A", shops, {}, work, travel) == (rule,)


def test_office_and_nights_reach_the_task(region, pair) -> None:
    """What was said about a rep is in the task, and what is no place is refused."""
    request, owner, _companion, shop = pair
    before = rep_work(region, request, owner).task
    end_at(region, owner, "30.5，114.25")
    constraints.save_night(region, owner, request.start, shop)
    task = rep_work(region, request, owner).task
    assert task.office == (30.5, 114.25)
    assert task.nights == ((request.start, shop),)
    constraints.save_office(region, owner, None)
    constraints.save_night(region, owner, request.start, None)
    assert rep_work(region, request, owner).task.fingerprint() == before.fingerprint()
    for wrong in ("", "here", "30.5", "95, 114", "30.5, 114, 3"):
        with pytest.raises(InputError):
            end_at(region, owner, wrong)


def test_a_least_gap_counts_from_the_last_recorded_visit(region, pair) -> None:
    """The task knows when the customers with a least gap were last visited."""
    request, owner, _companion, _shop = pair
    table = rep_work(region, request, owner).table
    shop = str(table.loc[table["last_visit"].notna(), "terminal_id"].iloc[0])
    keep(region, [VisitRule(shop, min_gap=10)])
    seen = dict(rep_work(region, replace(request, fit=False), owner).task.seen)
    assert seen == {shop: table.set_index("terminal_id").at[shop, "last_visit"].date()}
