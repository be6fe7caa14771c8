r"""Plan 64 reps in one process of this machine and on a Spark Connect server; compare plans and times.

``python benchmarks/cluster_plans.py --store STORE --engine sail|sc://HOST:PORT [--reps 64] [--steps 20000]``

The store is the demonstration region with 60,000 terminals (``python -m core sample --terminals 60000``).
Both search by steps, so that every stop must be equal; the kernels are compiled on both sides before the
clock runs. Sail plans in this process and proves the answer, not the speed.

Apache Spark with two processes on this machine::

    pip install pyspark==4.2.0    # in an environment of its own, with the requirements of this product
    PYSPARK_PYTHON=$(which python) spark-submit --master 'local[2]' \
        --class org.apache.spark.sql.connect.service.SparkConnectServer spark-internal
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.cluster.plans import ClusterRunner
from core.cluster.spark import SparkEngine
from core.reports.visits.rep_work import rep_tasks
from core.reports.visits.request import VisitRequest, default_start, own_company, reps
from core.store.database import Store
from core.visits.routing import warm_up
from core.visits.runner import Effort, Ran, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WARM_UP_STEPS = 10


def timed(plan: Callable[..., Iterator[Ran]], tasks: list, effort: Effort) -> tuple[dict[str, Ran], float]:
    """Return what became of each rep, and the seconds it took."""
    begun = time.perf_counter()
    found = {ran.key: ran for ran in plan(tasks, effort)}
    return found, time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--reps", type=int, default=64)
    parser.add_argument("--steps", type=int, default=20_000)
    options = parser.parse_args()
    with Store.open(options.store, create=False) as store:
        request = VisitRequest(own_company(store), default_start(store), 4, fit=True)
        names = reps(store)["employee_id"].tolist()[: options.reps]
        tasks = [(name, rep_tasks(store, request, name)) for name in names]
    effort = Effort(seconds=None, iterations=options.steps)
    warm_up(print, crossing=True)
    local, local_seconds = timed(run, tasks, effort)
    with SparkEngine(options.engine) as engine:
        cluster = ClusterRunner(engine)
        timed(cluster, tasks, replace(effort, iterations=WARM_UP_STEPS))
        remote, remote_seconds = timed(cluster, tasks, effort)
    equal = [
        name
        for name, ran in local.items()
        if remote[name].error == ran.error
        and (ran.plan is None or remote[name].plan.stops.equals(ran.plan.stops))
    ]
    planned = sum(ran.plan is not None for ran in local.values())
    print(f"{len(names)} reps, {planned} planned; equal stop for stop: {len(equal)}")
    print(f"one process {local_seconds:.1f} s, {options.engine} {remote_seconds:.1f} s", end=", ")
    print(f"ratio {remote_seconds / local_seconds:.2f}")


if __name__ == "__main__":
    main()
