"""Many reps side by side: the same plans as one by one, told, stopped, bounded."""

from __future__ import annotations

import io
import pickle
from dataclasses import replace

import pytest

from core.errors import InputError
from core.visits import runner
from core.visits.planning import plan
from core.visits.routing import Progress
from core.visits.runner import Effort, Order, Ran, run
from core.visits.worker import serve
from tests.core.visits.world import task

QUICK = Effort(seconds=None, iterations=1_500)
SIDE_BY_SIDE = replace(QUICK, workers=2)


def reps(count: int):
    """A few reps with shops of their own."""
    for number in range(count):
        yield f"E{number}", (replace(task(10, seed=number + 1), employee_id=f"E{number}"),)


def test_processes_decide_nothing_but_the_time() -> None:
    """Every rep has the plan that it has alone; who has no tasks comes back without one."""
    inputs = [*reps(3), ("idle", ()), ("broken", (replace(task(3), home=(0.0, 0.0)),))]
    told: list[tuple[str, Progress]] = []
    found = {ran.key: ran for ran in run(inputs, SIDE_BY_SIDE, tell=lambda *said: told.append(said))}
    assert set(found) == {"E0", "E1", "E2", "idle", "broken"}
    for key, tasks in reps(3):
        assert found[key].plan.stops.equals(plan(tasks[0], iterations=1_500).stops)
    assert found["idle"].plan is None
    assert "minutes" in found["broken"].error or "分钟" in found["broken"].error
    assert {key for key, _progress in told} == {"E0", "E1", "E2", "broken"}


def test_a_process_that_dies_costs_one_rep_only(monkeypatch) -> None:
    """Its rep is named with the code; a fresh process takes the next."""
    start = runner._Worker.give

    def give(worker, order) -> None:
        if order.key == "E0":
            worker._process.kill()
        start(worker, order)

    monkeypatch.setattr(runner._Worker, "give", give)
    found = {ran.key: ran for ran in run(reps(3), SIDE_BY_SIDE)}
    assert found["E0"].plan is None
    assert "E0" in found["E0"].error
    assert found["E1"].plan is not None
    assert found["E2"].plan is not None


def test_inputs_are_never_read_far_ahead() -> None:
    """One by one, so that memory does not grow with the number of reps."""
    read: list[str] = []

    def inputs():
        for key, tasks in reps(4):
            read.append(key)
            yield key, tasks

    for done, _ran in enumerate(run(inputs(), QUICK), 1):
        assert len(read) == done


def test_a_stop_gives_up_what_is_not_finished() -> None:
    """What was yielded before is whole, and nothing follows."""
    found: list[Ran] = []
    found.extend(run(reps(5), QUICK, cancelled=lambda: len(found) >= 2))
    assert [ran.plan is not None for ran in found] == [True, True]


def test_a_process_answers_on_its_output() -> None:
    """Orders in, progress and one result each out."""
    orders, answers = io.BytesIO(), io.BytesIO()
    for key, tasks in reps(2):
        pickle.dump(Order(key, tasks, QUICK, "en"), orders)
    orders.seek(0)
    serve(orders, answers)
    answers.seek(0)
    said = []
    while answers.tell() < len(answers.getvalue()):
        said.append(pickle.load(answers))
    assert [one.key for one in said if isinstance(one, Ran)] == ["E0", "E1"]
    assert all(isinstance(one, Ran | Progress) for one in said)


def test_fewer_than_no_processes_are_refused() -> None:
    """0 means one per processor."""
    assert Effort(workers=0).processes >= 1
    with pytest.raises(InputError):
        Effort(workers=-1)
