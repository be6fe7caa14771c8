"""Part two cities into territories, beside other solvers and a proven bound.

Every design passes the independent checker of ``territories_checker.py``. The others get the same time on
the same cores: two runs side by side, of which the better counts. The bound of Leeds in 12 comes from the
column generation of ``territories_bound.py``.

Use: ``python benchmarks/territories.py [--seconds 10,60] [--only leeds-12] [--bound 600] [--alone]``.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import territories_bound  # noqa: E402
import territories_checker  # noqa: E402
import territories_rivals  # noqa: E402

from core.errors import InfeasibleError  # noqa: E402
from core.exchange.zones import read_pairs, read_zones  # noqa: E402
from core.territories import Balance, DesignRequest, solve, warm_up  # noqa: E402

TOLERANCE = 0.05
CASES = (("london", 30), ("london", 60), ("leeds", 12), ("leeds", 24))


def arguments() -> argparse.Namespace:
    """Return the options of the call."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", default="10,60", help="times, with commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="cases such as london-30, with commas")
    parser.add_argument(
        "--bound", type=float, default=600.0, help="seconds for the bound of leeds-12; 0: none"
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--alone", action="store_true", help="without the others")
    return parser.parse_args()


def own(folder: Path, count: int, seconds: float, seed: int) -> dict[str, int] | None:
    """Return our territories by zone; None when none were found."""
    zones = read_zones(folder / "zones.geojson", "population")
    units = zones.units("population", read_pairs(folder / "adjacent.csv", zones.ids))
    request = DesignRequest(units, count, (Balance("population", TOLERANCE),))
    try:
        proposal = solve(request, seconds=seconds, seed=seed)
    except InfeasibleError:
        return None
    return dict(zip(units.ids, proposal.territory.tolist(), strict=True))


def theirs(name: str, folder: Path, count: int, seconds: float, seed: int) -> tuple[float, list[str]]:
    """Return cost and faults of the better of two runs of another solver, side by side."""
    with ProcessPoolExecutor(2) as pool:
        jobs = [pool.submit(_one, name, folder, count, seconds, 2 * seed + n) for n in range(2)]
        return min((job.result() for job in jobs), key=lambda found: (bool(found[1]), found[0]))


def _one(name: str, folder: Path, count: int, seconds: float, seed: int) -> tuple[float, list[str]]:
    city = territories_checker.read_city(folder)
    found = territories_rivals.available()[name](city, count, TOLERANCE, seconds, seed)
    return territories_checker.check(city, found, count, TOLERANCE)


def run_case(options: argparse.Namespace, place: str, count: int) -> bool:
    """Print one city; return whether all of ours are right."""
    folder = options.data / place
    city = territories_checker.read_city(folder)
    costs: dict[tuple[str, float], float] = {}
    right, best = True, None
    rivals = [] if options.alone else list(territories_rivals.available())
    for seconds in map(float, options.seconds.split(",")):
        found = own(folder, count, seconds, options.seed)
        cost, wrong = (
            (np.inf, ["no design"])
            if found is None
            else territories_checker.check(city, found, count, TOLERANCE)
        )
        right, best = right and not wrong, found if not wrong else best
        costs["ours", seconds] = cost
        _print(place, count, "ours", seconds, cost, wrong)
        for name in rivals:
            cost, wrong = theirs(name, folder, count, seconds, options.seed)
            costs[name, seconds] = np.inf if wrong else cost
            _print(place, count, name, seconds, cost, wrong)
    longest, shortest = max(s for _n, s in costs), min(s for _n, s in costs)
    other = min((c for (n, s), c in costs.items() if n != "ours" and s == longest), default=np.inf)
    if np.isfinite(other):
        less = 1 - costs["ours", shortest] / other
        print(f"{place} {count}: ours at {shortest:g} s is {less:.1%} below the best other at {longest:g} s")
    if (place, count) == ("leeds", 12) and options.bound > 0 and best is not None:
        _print_bound(city, count, best, options.bound)
    return right


def _print(place: str, count: int, name: str, seconds: float, cost: float, wrong: list[str]) -> None:
    said = "all rules kept" if not wrong else "; ".join(wrong[:2])
    print(f"{place:7} {count:3} {seconds:4.0f} s {name:18} {cost:14,.0f}  {said}", flush=True)


def _print_bound(city: territories_checker.City, count: int, best: dict[str, int], seconds: float) -> None:
    given = territories_bound.instance(city, count, TOLERANCE)
    label = np.array([best[zone] for zone in city.ids])
    cost = territories_checker.check(city, best, count, TOLERANCE)[0]
    sets = [np.flatnonzero(label == t) for t in range(count)]
    proven, relaxed = territories_bound.bound(given, sets, seconds)
    print(
        f"leeds {count}: proven bound {proven:,.0f} after {seconds:g} s (columns known: {relaxed:,.0f}); "
        f"ours is {cost / proven - 1:.2%} above it"
    )


def main() -> int:
    """Run the cases; 1 when a design of ours breaks a rule."""
    options = arguments()
    warm_up(print)
    print(f"seed {options.seed}, {os.cpu_count()} cores, machine load {os.getloadavg()[0]:.1f}")
    wanted = {name for name in options.only.split(",") if name}
    right = True
    for place, count in CASES:
        if not wanted or f"{place}-{count}" in wanted:
            right = run_case(options, place, count) and right
    return int(not right)


if __name__ == "__main__":
    sys.exit(main())
