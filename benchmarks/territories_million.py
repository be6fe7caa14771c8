"""Territories for a million shops: seconds, memory, balance, and contiguity checked by other code.

    python benchmarks/territories_million.py [--shops 1000000] [--reps 500,800] [--seconds 60]
    python benchmarks/territories_million.py --store STORE --reps 500

Without a store the shops lie in 300 made-up towns of very different size, on an area of 600 × 1,300 km, with
20, 60 or 160 minutes of work each; the seconds count from the coordinates to the proposal, neighbours
included. With one they count for the whole command ``design-territories``, from its start to its end.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.territories import Balance, DesignRequest, Units, solve, warm_up  # noqa: E402
from core.territories.adjacency import delaunay_pairs  # noqa: E402

TOLERANCE = 0.05
TOWNS = 300


def made_up(shops: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return latitude and longitude, and the work of shops in made-up towns."""
    random = np.random.default_rng(seed)
    towns = random.uniform([28.0, 105.0], [34.0, 118.0], (TOWNS, 2))
    size = random.pareto(1.2, TOWNS) + 0.2
    home = random.choice(TOWNS, shops, p=size / size.sum())
    place = towns[home] + random.normal(0, 0.12, (shops, 2))
    return place, random.choice([20.0, 60.0, 160.0], shops, p=[0.8, 0.15, 0.05])


def pieces(pairs: np.ndarray, territory: np.ndarray) -> int:
    """Return how many pieces the territories lie in, joined pair by pair in plain Python."""
    above = list(range(len(territory)))

    def top(unit: int) -> int:
        while above[unit] != unit:
            above[unit] = above[above[unit]]
            unit = above[unit]
        return unit

    joined = 0
    for a, b in pairs[territory[pairs[:, 0]] == territory[pairs[:, 1]]].tolist():
        root, other = top(a), top(b)
        if root != other:
            above[root] = other
            joined += 1
    return len(territory) - joined


def check(pairs: np.ndarray, work: np.ndarray, territory: np.ndarray, reps: int) -> bool:
    """Print balance and pieces; return whether they are as they should be."""
    loads = np.array(pd.Series(work).groupby(territory).sum())
    ratio = loads / (work.sum() / reps)
    number = pieces(pairs, territory)
    print(
        f"  checked: {len(loads)} territories in {number} pieces, workload {ratio.min():.1%} to "
        f"{ratio.max():.1%} of the mean, highest ÷ lowest {loads.max() / loads.min():.3f}",
        flush=True,
    )
    within = bool((np.abs(ratio - 1) <= TOLERANCE + 1e-9).all())
    return within and number == reps and len(loads) == reps


def pure(options: argparse.Namespace, reps: int) -> bool:
    """Design from coordinates."""
    place, work = made_up(options.shops, options.seed)
    ids = tuple(f"T{n:07d}" for n in range(options.shops))
    began, processor = time.perf_counter(), time.process_time()
    pairs = delaunay_pairs(place[:, 0], place[:, 1])
    units = Units(ids, place[:, 0], place[:, 1], work, {"workload": work}, pairs)
    request = DesignRequest(units, reps, (Balance("workload", TOLERANCE),))
    neighbours = time.perf_counter() - began
    proposal = solve(request, seconds=max(options.seconds - neighbours, 5.0), seed=options.seed)
    spent = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{options.shops:,} shops, {reps} reps: {spent:.1f} s ({neighbours:.1f} s for neighbours), "
        f"{time.process_time() - processor:.0f} s of processors, "
        f"{memory:.2f} GB at most, {proposal.steps:,} steps, "
        f"mean way {proposal.objective / work.sum():.3f} km"
    )
    return check(pairs, work, proposal.territory, reps)


def command(options: argparse.Namespace, reps: int) -> bool:
    """Run the command on a store, and check its file against the shops."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "territories.csv"
        began = time.perf_counter()
        run = subprocess.run(
            [sys.executable, "-m", "core", "design-territories", "--store", str(options.store),
             "--reps", str(reps), "--seconds", str(options.command_seconds), "--seed", str(options.seed),
             "--tolerance", str(TOLERANCE), "--out", str(out)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        spent = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        print(f"the command: {spent:.1f} s in all, {memory:.2f} GB at most")
        if run.returncode:
            print(run.stderr)
            return False
        print("  " + "  ".join(run.stdout.splitlines(keepends=True)).rstrip())
        table = pd.read_csv(out, dtype={"unit_id": str})
    return _check_store(options.store, table, reps)


def _check_store(store: Path, table: pd.DataFrame, reps: int) -> bool:
    from core.periods import shift
    from core.reports.market.choices import choices
    from core.reports.territories.units import TerritoryRequest, shop_units
    from core.store.database import Store

    with Store.open(store, create=False) as opened:
        offered = choices(opened)
        assert offered is not None
        period = shift(offered.last_month, -11), offered.last_month
        shops = shop_units(opened, TerritoryRequest(offered.own_company, *period))
    territory = table.set_index("unit_id")["territory"].reindex(list(shops.units.ids)).to_numpy()
    return check(shops.units.pairs, shops.units.measure("workload"), territory.astype(np.int64), reps)


def main() -> int:
    """Run for every number of reps; 1 when a proposal breaks a rule."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shops", type=int, default=1_000_000)
    parser.add_argument("--reps", default="500,800", help="numbers of reps, with commas")
    parser.add_argument("--seconds", type=float, default=58.0, help="for a proposal, neighbours included")
    parser.add_argument("--store", type=Path, help="a store, such as of “python -m core sample”")
    parser.add_argument("--command-seconds", type=float, default=25.0, help="--seconds of the command")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    warm_up(print)
    print(f"{os.cpu_count()} cores, machine load {os.getloadavg()[0]:.1f}")
    run = pure if options.store is None else command
    right = [run(options, int(reps)) for reps in options.reps.split(",")]
    return int(not all(right))


if __name__ == "__main__":
    sys.exit(main())
