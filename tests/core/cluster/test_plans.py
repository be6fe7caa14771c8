"""A cluster gives every rep the plan that this machine gives."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from core.cluster import plans
from core.cluster.plans import ClusterRunner, pack_code
from core.cluster.spark import SparkEngine
from core.visits.runner import Effort, Order, Ran, run
from tests.core.visits.world import task

QUICK = Effort(seconds=None, iterations=500)
ADDRESS = os.environ.get("SPARK_CONNECT")


def reps(count: int):
    """A few reps with shops of their own."""
    for number in range(count):
        yield f"E{number}", (replace(task(8, seed=number + 1), employee_id=f"E{number}"),)


@pytest.fixture(scope="module", params=["sail", *([ADDRESS] if ADDRESS else [])])
def cluster(request: pytest.FixtureRequest) -> SparkEngine:
    """Sail, and Apache Spark where one is named."""
    return request.getfixturevalue("sail") if request.param == "sail" else SparkEngine(request.param)


def test_a_cluster_gives_the_same_plans(cluster: SparkEngine) -> None:
    """Stop for stop; who has no plan on one has none on the other, for the same reason."""
    inputs = [*reps(3), ("idle", ()), ("broken", (replace(task(3), home=(0.0, 0.0)),))]
    found = {ran.key: ran for ran in ClusterRunner(cluster)(inputs, QUICK)}
    expected = {ran.key: ran for ran in run(inputs, QUICK)}
    assert found.keys() == expected.keys()
    for key, ran in expected.items():
        assert found[key].error == ran.error
        if ran.plan is None:
            assert found[key].plan is None
        else:
            assert found[key].plan.stops.equals(ran.plan.stops)


def test_batches_change_no_plan(sail: SparkEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever number of reps is sent together, each has its own plan."""
    monkeypatch.setattr(plans, "REPS_AT_A_TIME", 2)
    found = {ran.key: ran for ran in ClusterRunner(sail)(reps(3), QUICK)}
    for ran in run(reps(3), QUICK):
        assert found[ran.key].plan.stops.equals(ran.plan.stops)


class Unpicklable:
    """Tasks that no process can read."""

    def __reduce__(self):
        return exec, ("raise MemoryError('too large')",)


def test_what_fails_is_tried_alone_and_named(sail: SparkEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others of the job have their plans; the failed one is tried once more by itself."""
    tried: list[list[str]] = []
    attempt = ClusterRunner._attempt

    def watched(runner: ClusterRunner, orders: list[Order]):
        tried.append([order.key for order in orders])
        return attempt(runner, orders)

    monkeypatch.setattr(ClusterRunner, "_attempt", watched)
    inputs = [*reps(2), ("bad", (Unpicklable(),))]
    found = {ran.key: ran for ran in ClusterRunner(sail)(inputs, QUICK)}
    assert found["E0"].plan is not None
    assert found["E1"].plan is not None
    assert "bad" in found["bad"].error
    assert "too large" in found["bad"].error
    assert tried == [["E0", "E1", "bad"], ["bad"]]


def test_a_job_that_is_lost_is_done_again_rep_by_rep(
    sail: SparkEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a process takes the whole job down, the reps that didn't do it still get plans."""
    attempt = ClusterRunner._attempt

    def lossy(runner: ClusterRunner, orders: list[Order]) -> tuple[dict[str, Ran], dict[str, str]]:
        if any(order.key == "E1" for order in orders):
            return {}, {order.key: "lost" for order in orders}
        return attempt(runner, orders)

    monkeypatch.setattr(ClusterRunner, "_attempt", lossy)
    found = {ran.key: ran for ran in ClusterRunner(sail)(reps(2), QUICK)}
    assert found["E0"].plan is not None
    assert found["E1"].plan is None
    assert "lost" in found["E1"].error


def test_the_shipped_code_is_whole(tmp_path: Path) -> None:
    """The archive holds every module and the translations, and nothing that was compiled."""
    with zipfile.ZipFile(pack_code(tmp_path / "code.zip")) as archive:
        names = set(archive.namelist())
    assert {"core/visits/runner.py", "data/locale/zh_CN/LC_MESSAGES/cluster.po"} <= names
    assert not [name for name in names if "__pycache__" in name or not name.startswith(("core/", "data/"))]
