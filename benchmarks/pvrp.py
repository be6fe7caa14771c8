"""Plan the published periodic routing instances and compare with the best known costs.

Every solution passes the independent checker of ``pvrp_checker.py``. Where PyVRP and OR-Tools are
installed (``benchmarks/requirements.txt``), the same run shows what planning day by day, and the
whole problem in a general solver, cost at the same time limit.

Use: ``python benchmarks/pvrp.py --seconds 10 --seed 1 [--only p01,pr03] [--alone]``.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import pvrp_checker  # noqa: E402
import pvrp_rivals  # noqa: E402

from core.visits.routing import cordeau, solve, warm_up  # noqa: E402


def arguments() -> argparse.Namespace:
    """Return the options of the call."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of instances, with commas")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "pvrp")
    parser.add_argument("--alone", action="store_true", help="without PyVRP and OR-Tools")
    return parser.parse_args()


def best_known(folder: Path) -> dict[str, float]:
    """Return the best known cost of every instance of the folder."""
    with (folder / "best_known.csv").open() as file:
        return {row["instance"]: float(row["best_known_cost"]) for row in csv.DictReader(file)}


def own(path: Path, seconds: float, seed: int) -> dict[str, Any]:
    """Return our solution as it would be exchanged."""
    problem = cordeau.read(path)
    solution = solve(problem, seconds=seconds, seed=seed)
    return {**cordeau.as_json(problem, solution), "steps": solution.steps}


def _gap(solution: dict[str, Any] | None, instance: dict[str, Any], best: float) -> float | None:
    """Return the gap in percent of a solution that passes the checker."""
    if solution is None:
        return None
    cost, wrong = pvrp_checker.check(instance, solution)
    return None if wrong else 100.0 * (cost / best - 1.0)


def _mean(gaps: list[float | None]) -> str:
    found = [g for g in gaps if g is not None]
    return (
        f"{sum(found) / len(found):6.2f} ({len(found)} of {len(gaps)} feasible)" if found else "none feasible"
    )


def main() -> int:
    """Run the instances; 1 when a solution of ours breaks a rule."""
    options = arguments()
    best = best_known(options.data)
    names = [n for n in options.only.split(",") if n] or list(best)
    rivals = {} if options.alone else pvrp_rivals.available()
    warm_up(print)
    print(f"{options.seconds:g} s per instance, seed {options.seed}, machine load {os.getloadavg()[0]:.1f}")
    print("instance        cost  best known   gap %  feasible    steps", *(f"{r:>20}" for r in rivals))
    ours: list[float | None] = []
    theirs: dict[str, list[float | None]] = {rival: [] for rival in rivals}
    began = time.perf_counter()
    for name in names:
        instance = pvrp_checker.read_instance(options.data / name)
        solution = own(options.data / name, options.seconds, options.seed)
        cost, wrong = pvrp_checker.check(instance, solution)
        ours.append(None if wrong else 100.0 * (cost / best[name] - 1.0))
        line = f"{name:8} {cost:11.2f} {best[name]:11.2f} {100 * (cost / best[name] - 1):7.2f}"
        line += f"{'no' if wrong else 'yes':>10} {solution['steps']:8}"
        for rival, run in rivals.items():
            theirs[rival].append(_gap(run(instance, options.seconds, options.seed), instance, best[name]))
            gap = theirs[rival][-1]
            line += f"{'infeasible' if gap is None else f'{gap:.2f}':>20}"
        print(line, *wrong, sep="\n  " if wrong else "", flush=True)
    largest = max((g for g in ours if g is not None), default=float("nan"))
    print(f"mean gap %: {_mean(ours)}; largest {largest:.2f}")
    for rival, gaps in theirs.items():
        print(f"mean gap % of {rival}: {_mean(gaps)}")
    print(f"{time.perf_counter() - began:.0f} s in all")
    return int(None in ours)


if __name__ == "__main__":
    sys.exit(main())
