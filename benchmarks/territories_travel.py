"""Travel of all reps before and after a proposal, planned by the visit planner, on real and made-up shops.

    python benchmarks/territories_travel.py [--only demonstration] [--search 20] [--seconds 2]

The demonstration region has reps who work where the store says. The shops of Iowa are real, but have no
reps: 20 are made up, who live near shops drawn by their visits and serve the shops nearest to them (the most
even of 200 draws). Shops are graded by their share of the sales of the last twelve months, A to 70 %, B to
90 %.

For every proposal: workload highest ÷ lowest, customers that change hands, and minutes and km of all reps in
four weeks as the visit planner plans them, with the same visits and the same time for each rep.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import iowa  # noqa: E402

from core.periods import shift  # noqa: E402
from core.reports.market.choices import choices  # noqa: E402
from core.reports.territories.design import UPHEAVALS, Wish, design, today_of  # noqa: E402
from core.reports.territories.travel_proof import prove_travel  # noqa: E402
from core.reports.territories.units import ShopUnits, TerritoryRequest, shop_units  # noqa: E402
from core.sample import build_sample  # noqa: E402
from core.store.database import Store  # noqa: E402
from core.territories import warm_up  # noqa: E402
from core.visits.routing import warm_up as warm_up_planner  # noqa: E402
from core.visits.runner import Effort  # noqa: E402

REPS = 20
TOLERANCE = 0.045
A_SHARE, B_SHARE = 0.7, 0.9


def iowa_store(source: Path, folder: Path) -> Path:
    """Import the shops of Iowa with grades and made-up reps; return the store."""
    files = iowa.convert(source, folder)
    terminals = pd.read_parquet(folder / "terminal.parquet")
    sales = pd.read_parquet(folder / "terminal_sales.parquet", columns=["month", "terminal_id", "amount"])
    recent = sales[
        pd.to_datetime(sales["month"]) > pd.Timestamp(sales["month"].max()) - pd.DateOffset(years=1)
    ]
    amounts = recent.groupby("terminal_id")["amount"].sum().astype(float)
    terminals["grade"] = terminals["terminal_id"].map(_grades(amounts))
    owner, reps = _reps(terminals)
    terminals["employee_id"] = owner.reindex(terminals.index)
    terminals.to_parquet(folder / "terminal.parquet", index=False)
    reps.to_parquet(folder / "employee.parquet", index=False)
    store = folder / "iowa.duckdb"
    names = [str(path) for path in (files[0], folder / "employee.parquet", *files[1:])]
    command = [sys.executable, "-m", "core", "import", *names, "--store", str(store)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(run.stderr)
    return store


def _grades(amounts: pd.Series) -> pd.Series:
    """Grade shops by their share of all sales, the largest first."""
    ordered = amounts.sort_values(ascending=False)
    before = (ordered.cumsum() - ordered) / ordered.sum()
    return pd.Series(np.where(before < A_SHARE, "A", np.where(before < B_SHARE, "B", "C")), ordered.index)


def _reps(terminals: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Return the rep of each shop with a place, the most even of 200 draws; and the reps."""
    placed = terminals[terminals["status"].ne("closed") & terminals["lat"].notna()]
    points = placed[["lat", "lon"]].to_numpy(float) * [1.0, np.cos(np.radians(placed["lat"].mean()))]
    weight = placed["grade"].map({"A": 4.0, "B": 2.0}).fillna(1.0).to_numpy()
    random, best = np.random.default_rng(15), (np.inf, np.zeros(len(points), int))
    for _start in range(200):
        middle = points[random.choice(len(points), REPS, replace=False, p=weight / weight.sum())]
        for _round in range(2):
            gap = ((points[:, None] - middle) ** 2).sum(axis=2)
            label = gap.argmin(axis=1)
            whole = np.maximum(np.bincount(label, weight, REPS), 1e-9)
            middle = np.column_stack(
                [np.bincount(label, weight * points[:, d], REPS) / whole for d in (0, 1)]
            )
        best = min(best, (float(whole.max()), label), key=lambda found: found[0])
    owner = pd.Series([f"R{number:02d}" for number in best[1]], index=placed.index)
    homes = placed.groupby(owner)[["lat", "lon"]].median().rename_axis("employee_id").reset_index()
    return owner, homes.assign(name="Rep " + homes["employee_id"])


def shops_of(path: Path) -> ShopUnits:
    """Return the shops of a store with the sales of its latest twelve months."""
    with Store.open(path) as store:
        offered = choices(store)
        assert offered is not None
        start = shift(offered.last_month, -11)
        return shop_units(store, TerritoryRequest(offered.own_company, start, offered.last_month))


def compare(name: str, shops: ShopUnits, options: argparse.Namespace) -> bool:
    """Print today and three proposals; return whether balance and travel are as they should be."""
    today = today_of(shops, Wish())
    regions = shops.table["region_id"].nunique()
    print(f"{name}: {len(shops.table):,} shops in {regions} regions, {len(shops.reps)} reps")
    print(f"{'':10}{'spread':>8}{'changes':>9}{'hours':>8}{'km':>9}{'visits':>8}{'travel':>8}")
    best, balanced = 0.0, True
    for upheaval in UPHEAVALS:
        proposal = design(
            shops,
            Wish(tolerance=TOLERANCE, upheaval=upheaval, seconds=options.search, steps=options.search_steps),
        )
        began = time.perf_counter()
        proof = prove_travel(
            shops, today.territory, proposal.territory, Effort(options.seconds, options.steps, 0)
        )
        hours, km, visits = (proof.total(column) for column in ("travel_minutes", "km", "visits"))
        if upheaval == next(iter(UPHEAVALS)):
            print(
                f"{'today':10}{today.spread('workload'):8.3f}{0:9,}{hours[0] / 60:8,.0f}{km[0]:9,.0f}"
                f"{visits[0]:8,.0f}"
            )
        moved = int((proposal.territory != shops.today).sum())
        spread = proposal.spread("workload")
        print(
            f"{upheaval:10}{spread:8.3f}{moved:9,}{hours[1] / 60:8,.0f}{km[1]:9,.0f}{visits[1]:8,.0f}"
            f"{proof.change:+8.1%}  planned in {time.perf_counter() - began:.0f} s",
            flush=True,
        )
        for error in proof.errors:
            print(f"no plan: {error}")
        balanced = balanced and proof.is_whole and spread <= 1.10
        best = min(best, proof.change)
    return balanced and best <= -0.10


def main() -> int:
    """Compare both; 1 where a proposal is unbalanced, or the demonstration region saves less than a tenth."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "iowa")
    parser.add_argument("--search", type=float, default=20.0, help="seconds for a proposal")
    parser.add_argument("--search-steps", type=int, help="steps for a proposal, instead of seconds")
    parser.add_argument("--seconds", type=float, default=2.0, help="seconds for a rep's visits")
    parser.add_argument("--steps", type=int, help="steps for a rep's visits, instead of seconds")
    parser.add_argument("--only", choices=["demonstration", "iowa"])
    options = parser.parse_args()
    options.seconds = None if options.steps else options.seconds
    warm_up(print)
    warm_up_planner(print)
    print(f"{os.cpu_count()} cores, machine load {os.getloadavg()[0]:.1f}")
    right = True
    with tempfile.TemporaryDirectory() as name:
        if options.only != "iowa":
            path = Path(name) / "demonstration.duckdb"
            build_sample(path)
            right = compare("demonstration region", shops_of(path), options)
        if options.only != "demonstration":
            compare("Iowa", shops_of(iowa_store(options.data, Path(name))), options)
    return int(not right)


if __name__ == "__main__":
    sys.exit(main())
