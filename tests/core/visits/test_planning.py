"""The plan of one rep: nothing lost, rules kept, the same input the same plan, nothing halved in silence."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.i18n import language
from core.visits.calendar import combinations
from core.visits.market_days import MarketDays
from core.visits.planning import RepPlan, RepTask, ends, evaluate, late, places, plan, problem
from core.visits.rules import VisitRule, WorkDay
from tests.core.visits.world import MONDAY, period, shops, task

STEPS = 3_000


def check(asked: RepTask, found: RepPlan) -> None:
    """All visits made, none twice on a day, days allowed, hours kept, sums tie."""
    stops = found.stops
    assert not stops.duplicated(["day", "terminal_id"]).any()
    assert (
        stops.groupby("terminal_id").size().to_dict()
        == asked.visited.set_index("terminal_id")["planned"].to_dict()
    )
    allowed = dict(
        zip(asked.visited["terminal_id"], (c.combinations for c in problem(asked).customers), strict=True)
    )
    assert all(mask in allowed[shop] for shop, mask in found.masks(asked.period).items())
    assert late(asked, found) == []
    assert found.days["visits"].sum() == len(stops)
    assert found.days["visit_minutes"].sum() == pytest.approx(stops["minutes"].sum())


@settings(deadline=None, max_examples=12)
@given(st.integers(1, 14), st.integers(0, 1000), st.sampled_from([None, 0.15]))
def test_no_shop_is_lost_and_every_rule_is_kept(count: int, seed: int, balance: float | None) -> None:
    """Random towns, with a ban and an appointment."""
    rules = (
        VisitRule("T000", forbidden=frozenset({0})),
        VisitRule("T001", fixed=(MONDAY,), hours=((510, 700),)),
    )
    asked = task(count, seed, rules=rules, balance=balance)
    check(asked, plan(asked, iterations=STEPS))


def test_the_same_input_gives_the_same_plan_in_any_order() -> None:
    """Neither the order of the rows nor the run decides."""
    asked = task(12)
    shuffled = replace(asked, shops=asked.shops.sample(frac=1.0, random_state=3))
    first, second = plan(asked, iterations=STEPS), plan(shuffled, iterations=STEPS)
    assert first.stops.equals(second.stops)
    assert asked.fingerprint() == shuffled.fingerprint()


def test_locks_and_groups_hold() -> None:
    """A locked shop keeps its days; shops kept together share theirs."""
    town = shops(10).assign(planned=2)
    locked = combinations(period(), 2)[7]
    asked = replace(task(), shops=town, kept=(("T003", locked),), together=(("T001", "T002", "T005"),))
    masks = plan(asked, iterations=STEPS).masks(asked.period)
    assert masks["T003"] == locked
    assert masks["T001"] == masks["T002"] == masks["T005"]


def test_a_tiny_case_is_optimal() -> None:
    """Five shops in one week, against every choice of days and orders."""
    town = shops(5, seed=4).assign(planned=1)
    asked = RepTask(
        "E", "rep", (30.05, 114.05), town, period(1), balance=None, work=WorkDay(minutes=120, rest_minutes=0)
    )
    _km, way = places(asked)

    def tour(stops: tuple[int, ...]) -> float:
        return min(
            sum(way[a, b] for a, b in itertools.pairwise((0, *order, 0)))
            for order in itertools.permutations(stops)
        )

    def fits(stops: tuple[int, ...]) -> bool:
        return not stops or tour(stops) + 20 * len(stops) <= 120

    best = np.inf
    for days in itertools.product(range(3), repeat=5):  # days are alike: three suffice for five shops
        routes = [tuple(s + 1 for s in range(5) if days[s] == d) for d in range(3)]
        if all(map(fits, routes)):
            best = min(best, sum(tour(r) for r in routes if r))
    assert plan(asked, iterations=20_000).travel_minutes == pytest.approx(best)


def test_shops_without_a_place_are_named() -> None:
    """They are left out of the routes, and listed."""
    town = shops(4)
    town.loc[2, "lat"] = np.nan
    found = plan(replace(task(), shops=town), iterations=STEPS)
    assert found.unplaced == ("T002",)
    assert "T002" not in set(found.stops["terminal_id"])


def test_rules_that_leave_no_day_are_all_explained() -> None:
    """Both shops are named, with what would help."""
    rules = tuple(VisitRule(s, forbidden=frozenset(range(5))) for s in ("T000", "T001"))
    with pytest.raises(InfeasibleError, match=r"(?s)shop 0.*shop 1") as refused:
        plan(task(4, rules=rules), iterations=10)
    assert refused.value.hint


def test_a_load_that_cannot_fit_is_refused_with_advice() -> None:
    """Never half a plan."""
    with pytest.raises(InfeasibleError) as refused:
        plan(task(20, work=WorkDay(minutes=30, rest_minutes=0)), iterations=200)
    assert refused.value.hint


@pytest.mark.parametrize(
    "change",
    [
        {"shops": shops(2).assign(terminal_id="same")},
        {"home": (float("nan"), 114.0)},
        {"shops": shops(3).assign(planned=0)},
    ],
)
def test_input_that_is_no_task_is_refused(change: dict) -> None:
    """A shop twice, no home, nothing to visit."""
    with pytest.raises(InputError):
        problem(replace(task(), **change))


def test_a_moved_visit_shows_its_effect_before_any_search() -> None:
    """Evaluating the plan's own order gives the plan; another order gives another length."""
    asked = task(10)
    found = plan(asked, iterations=STEPS)
    orders = [(day, list(rows["terminal_id"])) for day, rows in found.stops.groupby("day")]
    assert evaluate(asked, orders).travel_minutes == pytest.approx(found.travel_minutes)
    (first, stops), (second, others), *rest = orders
    moved = evaluate(asked, [(first, stops[1:]), (second, [*others, stops[0]]), *rest])
    assert len(moved.stops) == len(found.stops)
    assert moved.travel_minutes != pytest.approx(found.travel_minutes)


def test_a_cancel_keeps_the_best_plan() -> None:
    """The search ends at once and what it has is a whole plan."""
    asked = task(12)
    check(asked, plan(asked, seconds=60.0, cancelled=lambda: True))


def test_opening_hours_hold() -> None:
    """Every visit starts and ends inside them."""
    rules = tuple(VisitRule(f"T{n:03}", hours=((600.0, 720.0),)) for n in range(12))
    found = plan(task(12, rules=rules), iterations=STEPS)
    assert found.stops["begins"].min() >= 600 - 1e-6
    assert (found.stops["begins"] + found.stops["minutes"]).max() <= 720 + 1e-6
    assert dt.date(2026, 11, 2) in set(found.days["day"])


def test_the_rules_that_people_have_hold_together() -> None:
    """A lunar market, two windows, an agreed hour, a least gap from the last visit, all in one plan."""
    market = MarketDays("lunar", frozenset({3, 8}))
    hours = ((480.0, 660.0), (900.0, 1080.0))
    agreed = MONDAY + dt.timedelta(3)
    rules = (
        VisitRule("T000", visits=2, reason="test", market=market),
        VisitRule("T001", hours=hours),
        VisitRule("T002", fixed=(agreed,), times=((agreed, 615.0),)),
        VisitRule("T003", min_gap=10),
        VisitRule("T004", not_before=MONDAY + dt.timedelta(14)),
    )
    town = shops(12).assign(planned=[2, 4, 1, 1, 1, 2, 2, 1, 1, 4, 1, 1])
    seen = (("T003", MONDAY - dt.timedelta(2)),)
    asked = replace(task(12, rules=rules), shops=town, seen=seen)
    stops = plan(asked, iterations=STEPS).stops
    of = dict(iter(stops.groupby("terminal_id")))
    assert all(map(market.allows, of["T000"]["day"]))
    assert len(of["T000"]) == 2
    for begins in of["T001"]["begins"]:
        assert any(a - 1e-6 <= begins <= b - 20 + 1e-6 for a, b in hours)
    assert of["T002"]["day"].tolist() == [agreed]
    assert of["T002"]["begins"].iloc[0] == pytest.approx(615.0)
    assert of["T003"]["day"].min() >= MONDAY + dt.timedelta(8)
    assert of["T004"]["day"].min() >= MONDAY + dt.timedelta(14)


def test_days_end_at_the_office_or_where_the_night_is_spent() -> None:
    """From home to the office every day; after the night the day starts where it was spent."""
    asked = task(12, office=(30.0, 114.0), nights=((MONDAY, "T005"),))
    home, office, inn = 0, 13, 14
    assert ends(asked)[:3] == [(home, inn), (inn, office), (home, office)]
    found = plan(asked, iterations=STEPS)
    assert late(asked, found) == []
    again = evaluate(asked, [(day, rows["terminal_id"].tolist()) for day, rows in found.stops.groupby("day")])
    assert again.km == pytest.approx(found.km)
    assert (found.days["km"] > 0).all()
    assert found.fingerprint != plan(replace(asked, nights=()), iterations=100).fingerprint


def test_a_night_near_an_unknown_shop_is_refused() -> None:
    """The sentence names the day and the shop."""
    with pytest.raises(InputError, match="T999"):
        plan(task(6, nights=((MONDAY, "T999"),)), iterations=10)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (VisitRule("T000", market=MarketDays("lunar", frozenset({3}))), "market days (lunar 3)"),
        (VisitRule("T000", not_before=MONDAY + dt.timedelta(24)), "from 2026-11-26 on there are 2"),
        (VisitRule("T000", hours=((0.0, 300.0), (1200.0, 1300.0))), "open 00:00–05:00"),
        (
            VisitRule("T000", fixed=(MONDAY,), times=((MONDAY, 300.0),)),
            "open 05:00–05:20",
        ),
    ],
)
def test_a_rule_that_cannot_be_kept_is_said_in_a_sentence(rule: VisitRule, said: str) -> None:
    """Which rule, what it leaves, and what would help."""
    with language("en"), pytest.raises(InfeasibleError) as refusal:
        problem(replace(task(4, rules=(rule,)), shops=shops(4).assign(planned=4)))
    assert said in str(refusal.value)


def test_hours_too_narrow_for_a_visit_are_explained() -> None:
    """The shop, its hours, and by how much to widen them; a shop that opens too late for the way home too."""
    rules = (VisitRule("T000", hours=((600, 610),)), VisitRule("T001", hours=((1075, 1100),)))
    with pytest.raises(InfeasibleError) as refused:
        plan(task(3, rules=rules), iterations=10)
    said = refused.value.message
    assert "shop 0: open 10:00–10:10, 10 minutes, but a visit takes 20; widen the hours by 10 minutes" in said
    assert re.search(
        r"shop 1: open 17:55–18:20, but who is to be home by 17:30 must begin .* by 1[67]:", said
    )
    assert "shop 2" not in said


def test_more_visits_than_the_days_hold_are_explained() -> None:
    """How many to give up, or how many more reps: 30 visits of 200 minutes don't fit in five days."""
    town = shops(30, minutes=200.0).assign(planned=1)
    asked = RepTask("E1", "rep", (30.05, 114.05), town, period(1))
    with pytest.raises(InfeasibleError) as refused:
        plan(asked, iterations=10)
    said = refused.value.message
    assert "30 visits take at least 10" in said
    assert "5 days have 40" in said
    assert "give up about 19 visits" in said or "give up about 18 visits" in said
    assert "2 more reps" in said


def test_what_no_search_can_mend_is_told_day_by_day() -> None:
    """Two visits of 250 minutes on one agreed day are named with the date."""
    town = shops(2, minutes=250.0).assign(planned=1)
    rules = tuple(VisitRule(shop, fixed=(MONDAY,)) for shop in town["terminal_id"])
    asked = RepTask("E1", "rep", (30.05, 114.05), town, period(1), rules=rules)
    with pytest.raises(InfeasibleError) as refused:
        plan(asked, iterations=100)
    assert "500" in refused.value.message or f"{MONDAY:%m-%d}" in refused.value.message


def test_a_saved_plan_of_a_shop_that_closed_its_doors_still_shows() -> None:
    """Evaluating says what is late and refuses nothing."""
    asked = task(3)
    found = plan(asked, iterations=500)
    narrow = replace(asked, rules=(VisitRule("T000", hours=((600, 601),)),))
    routes = [(day, list(rows["terminal_id"])) for day, rows in found.stops.groupby("day")]
    assert len(evaluate(narrow, routes).stops) == len(found.stops)
    assert any("shop 0" in fault for fault in late(narrow, found))
