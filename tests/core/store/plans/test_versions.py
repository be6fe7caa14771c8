"""Saved target plans: versions, two planners at once, the way to approval."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.errors import InputError
from core.store.approval import ClosedError
from core.store.database import Store
from core.store.plans import versions as plans
from core.store.plans import workflow as plan_workflow
from core.store.plans.model import KEYS, Plan, PlanMovedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MONTHS = pd.to_datetime(["2027-01-01", "2027-02-01"]).astype("datetime64[us]")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "s.duckdb") as opened:
        yield opened


@pytest.fixture
def plan(store: Store) -> Plan:
    """A plan of 2 regions x 2 months in units of 100 yuan: 10, 20, 30, 40."""
    index = pd.MultiIndex.from_product([["tea"], ["A", "B"], ["E1"], MONTHS], names=KEYS)
    cells = pd.DataFrame({"count": [10, 20, 30, 40], "locked": False}, index=index)
    return plans.create(
        store, Plan("", "Plan", 2027, parameters={"unit": "100", "owner": "employee"}), cells, actor="Wang"
    )


def edited(store: Store, plan: Plan, place: int, count: int) -> pd.DataFrame:
    """Return the plan's cells with one changed."""
    cells = plans.load_cells(store, plan).copy()
    cells.iloc[place, 0] = count
    return cells


def test_a_plan_is_read_as_it_was_saved(store, plan) -> None:
    """Counts, locks and the total in yuan come back; the first plan of 2027 is 2027-01."""
    found = plans.load(store, "2027-01")
    assert found == plan
    assert found.top_target == 10_000
    assert plans.load_cells(store, found)["count"].tolist() == [10, 20, 30, 40]
    rows = store.fetch("SELECT SUM(t.amount) AS amount, MIN(t.employee_id) AS who FROM target_cell AS t")
    assert rows.to_pylist() == [{"amount": 10_000, "who": "E1"}]


def test_every_version_can_be_seen_and_compared(store, plan) -> None:
    """Version 1 is version 3 with the changes of 2 and 3 taken back, also of a cell changed twice."""
    two = plans.save(store, plan, edited(store, plan, 0, 15), actor="Wang", note="more in January")
    three = plans.save(store, two, edited(store, two, 0, 16), actor="Li")
    found = [plans.load_cells(store, three, version=v)["count"].iloc[0] for v in (1, 2, 3)]
    assert found == [10, 15, 16]
    history = plans.versions(store, plan.plan_id)
    assert history["version"].tolist() == [3, 2, 1]
    assert history["actor"].tolist() == ["Li", "Wang", "Wang"]
    assert history["note"].iloc[1] == "more in January"


def test_nothing_changed_is_no_version(store, plan) -> None:
    """Saving the same cells leaves version and data version alone."""
    before = store.data_version
    assert plans.save(store, plan, plans.load_cells(store, plan)).version == 1
    assert store.data_version == before


def test_the_second_planner_is_told_and_loses_nothing(store, plan) -> None:
    """Both start from version 1: the second is refused, and gets both edits and the conflict."""
    mine = edited(store, plan, 0, 99)
    mine.iloc[1, 0] = 77
    theirs = edited(store, plan, 0, 55)
    theirs.iloc[3, 0] = 44
    plans.save(store, plan, theirs, actor="Li")
    with pytest.raises(PlanMovedError, match="at version 2, yours started from 1"):
        plans.save(store, plan, mine, actor="Wang")
    saved, merged = plans.merge_with_saved(store, plan, mine)
    assert merged.cells["count"].tolist() == [55, 77, 30, 44]
    assert len(merged.theirs) == 2
    conflict = merged.conflicts.iloc[0]
    assert (conflict["count_base"], conflict["count_mine"], conflict["count_theirs"]) == (10, 99, 55)
    assert plans.save(store, saved, merged.cells, actor="Wang").version == 3


def test_of_planners_who_save_at_the_same_moment_one_wins(store, plan) -> None:
    """Eight threads save from version 1: one succeeds, seven are told, the store holds the winner's."""
    outcomes: list[str] = []
    gate = threading.Barrier(8)

    def save(number: int) -> None:
        cells = edited(store, plan, 0, 100 + number)
        gate.wait()
        try:
            plans.save(store, plan, cells, actor=str(number))
            outcomes.append(str(number))
        except PlanMovedError:
            outcomes.append("told")

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = next(outcome for outcome in outcomes if outcome != "told")
    assert outcomes.count("told") == 7
    now = plans.load(store, plan.plan_id)
    assert now.version == 2
    assert plans.load_cells(store, now)["count"].iloc[0] == 100 + int(winner)


def test_a_plan_goes_from_draft_to_approved_with_who_and_why(store, plan) -> None:
    """Draft, submitted, feedback, revised, submitted, approved; each step is kept."""
    steps = [
        ("submitted", ""),
        ("feedback", "too high"),
        ("revised", "cut B"),
        ("submitted", ""),
        ("approved", "ok"),
    ]
    for to, reason in steps:
        plan = plan_workflow.move(store, plan, to, actor="Zhao", reason=reason)
    events = plan_workflow.events(store, plan.plan_id)
    assert events["to_status"].tolist()[::-1] == ["draft", *(to for to, _reason in steps)]
    assert events["reason"].iloc[0] == "ok"
    assert set(events["actor"]) == {"Wang", "Zhao"}


def test_a_step_that_can_not_follow_is_refused(store, plan) -> None:
    """A draft isn't approved at once, and feedback needs a reason."""
    with pytest.raises(ClosedError, match="It can become: Submitted"):
        plan_workflow.move(store, plan, "approved")
    plan = plan_workflow.move(store, plan, "submitted")
    with pytest.raises(InputError, match="needs a reason"):
        plan_workflow.move(store, plan, "feedback", reason=" ")


def test_an_approved_plan_is_only_superseded(store, plan) -> None:
    """It can't be saved; its copy can, and takes its place when approved."""
    plan = plan_workflow.move(store, plan_workflow.move(store, plan, "submitted"), "approved")
    with pytest.raises(ClosedError, match="Approved and can't be changed"):
        plans.save(store, plan, edited(store, plan, 0, 1))
    copied = plan_workflow.copy(store, plan, "Copy")
    assert (copied.plan_id, copied.base_plan_id, copied.status) == ("2027-02", "2027-01", "draft")
    copied = plans.save(store, copied, edited(store, copied, 0, 1))
    plan_workflow.move(store, plan_workflow.move(store, copied, "submitted"), "approved")
    assert plans.load(store, "2027-01").status == "superseded"
    assert plans.load_cells(store, plans.load(store, "2027-01"))["count"].iloc[0] == 10


def test_a_change_past_the_program_shows(store, plan) -> None:
    """The fingerprint of the version tells."""
    assert plan_workflow.is_untouched(store, plan, plans.load_cells(store, plan))
    store.write("raw", lambda c: c.execute("UPDATE target_cell SET amount = 100 WHERE region_id = 'A'"))
    assert not plan_workflow.is_untouched(store, plan, plans.load_cells(store, plan))


def test_an_unknown_plan_is_named_with_the_nearest(store, plan) -> None:
    """The message offers the plan that looks alike."""
    with pytest.raises(InputError, match=r"Did you mean 2027-01\?"):
        plans.load(store, "2027-1")


def test_a_target_below_zero_is_not_saved(store: Store, plan: Plan) -> None:
    """The cell is named, and the plan stays at its version."""
    with pytest.raises(InputError, match="1 target is below zero: tea / B / E1 / 2027-01"):
        plans.save(store, plan, edited(store, plan, 2, -1))
    assert plans.load(store, plan.plan_id).version == plan.version
