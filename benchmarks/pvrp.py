"""Plan the published periodic routing instances and compare with the best known costs.

Every solution passes the independent checker of ``pvrp_checker.py``. Where PyVRP and OR-Tools are
installed (``benchmarks/requirements.txt``), the same run shows what planning day by day, and the
whole problem in a general solver, cost at the same time limit; ``--before`` adds the build before,
checked out from this repository.

Use: ``python benchmarks/pvrp.py --all-cores`` (both times, everything beside it), or
``python benchmarks/pvrp.py --seconds 10 --seed 1 [--only p01,pr03] [--alone] [--before]``.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import functools
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import build_before  # noqa: E402
import pvrp_checker  # noqa: E402
import pvrp_rivals  # noqa: E402

from core.visits import cordeau  # noqa: E402
from core.visits.routing import solve, warm_up  # noqa: E402

Rival: TypeAlias = Callable[[str, float], dict[str, Any] | None]


def arguments() -> argparse.Namespace:
    """Return the options of the call."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, nargs="+", default=[10.0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of instances, with commas")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "pvrp")
    parser.add_argument("--alone", action="store_true", help="without PyVRP and OR-Tools")
    parser.add_argument("--before", action="store_true", help="with the build before")
    parser.add_argument("--searches", type=int, default=2, help="searches side by side")
    parser.add_argument("--all-cores", action="store_true", help="10 s and 60 s, with the build before")
    return parser.parse_args()


def best_known(folder: Path) -> dict[str, float]:
    """Return the best known cost of every instance of the folder."""
    with (folder / "best_known.csv").open() as file:
        return {row["instance"]: float(row["best_known_cost"]) for row in csv.DictReader(file)}


def own(path: Path, seconds: float, seed: int, searches: int) -> dict[str, Any]:
    """Return our solution as it would be exchanged."""
    problem = cordeau.read(path)
    solution = solve(problem, seconds=seconds, seed=seed, searches=searches)
    return {**cordeau.as_json(problem, solution), "steps": solution.steps, "seconds": solution.seconds}


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


def _rivals(options: argparse.Namespace, stack: contextlib.ExitStack) -> dict[str, Rival]:
    """Return what is to be run beside ours, by name."""
    rivals: dict[str, Rival] = {}
    if options.before or options.all_cores:
        build = stack.enter_context(build_before.build_before())
        rivals["build before"] = functools.partial(_run_before, options, build)
        # Its machine code is made now, not in the time of the first instance.
        build_before.solve_pvrp(build, options.data / "p01", 0.1, 1)
    if not options.alone:
        for name, run in pvrp_rivals.available().items():
            rivals[name] = functools.partial(_run_peer, options, run)
    return rivals


def _run_before(options: argparse.Namespace, build: Path, name: str, seconds: float) -> dict[str, Any] | None:
    return build_before.solve_pvrp(build, options.data / name, seconds, options.seed)


def _run_peer(
    options: argparse.Namespace, run: Callable[..., Any], name: str, seconds: float
) -> dict[str, Any] | None:
    solution: dict[str, Any] | None = run(
        pvrp_checker.read_instance(options.data / name), seconds, options.seed
    )
    return solution


def print_table(options: argparse.Namespace, seconds: float, rivals: dict[str, Rival]) -> bool:
    """Run all instances at one time limit; say whether all our solutions keep the rules."""
    best = best_known(options.data)
    names = [n for n in options.only.split(",") if n] or list(best)
    print(f"{seconds:g} s per instance, seed {options.seed}, machine load {os.getloadavg()[0]:.1f}")
    print("instance        cost  best known   gap %  feasible    steps", *(f"{r:>20}" for r in rivals))
    ours: list[float | None] = []
    theirs: dict[str, list[float | None]] = {rival: [] for rival in rivals}
    began = time.perf_counter()
    for name in names:
        instance = pvrp_checker.read_instance(options.data / name)
        solution = own(options.data / name, seconds, options.seed, options.searches)
        cost, wrong = pvrp_checker.check(instance, solution)
        ours.append(None if wrong else 100.0 * (cost / best[name] - 1.0))
        line = f"{name:8} {cost:11.2f} {best[name]:11.2f} {100 * (cost / best[name] - 1):7.2f}"
        line += f"{'no' if wrong else 'yes':>10} {solution['steps']:8}"
        for rival, run in rivals.items():
            theirs[rival].append(_gap(run(name, seconds), instance, best[name]))
            gap = theirs[rival][-1]
            line += f"{'infeasible' if gap is None else f'{gap:.2f}':>20}"
        print(line, *wrong, sep="\n  " if wrong else "", flush=True)
    largest = max((g for g in ours if g is not None), default=float("nan"))
    print(f"mean gap %: {_mean(ours)}; largest {largest:.2f}")
    for rival, gaps in theirs.items():
        print(f"mean gap % of {rival}: {_mean(gaps)}")
    print(f"{time.perf_counter() - began:.0f} s in all", flush=True)
    return None not in ours


def main() -> int:
    """Run the instances; 1 when a solution of ours breaks a rule."""
    options = arguments()
    warm_up(print, crossing=True)
    with contextlib.ExitStack() as stack:
        rivals = _rivals(options, stack)
        limits = [10.0, 60.0] if options.all_cores else options.seconds
        kept = [print_table(options, seconds, rivals) for seconds in limits]
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
