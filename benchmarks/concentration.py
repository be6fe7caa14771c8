"""Value of a concentration plan beside the order of the quadrants, and the plan against brute force.

    python benchmarks/concentration.py

On the demonstration region of 6,000 shops, for as many reps as it has and for more: what the exact plan wins
within two years, what the document's order of attack wins with the same reps, shops, visits and money, and
how long the plan takes. Then 1,000 random markets of up to twelve regions, each against every combination of
attacks tried.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.errors import InfeasibleError
from core.market.concentration.choice import choose
from core.market.concentration.options import ConcentrationOptions
from core.market.concentration.plan import concentrate
from core.market.concentration.regions import Regions
from core.market.concentration.sensitivity import price_of_rep, sensitivity
from core.periods import shift
from core.reports.market.choices import choices
from core.reports.market.effort import region_effort
from core.reports.market.request import MarketRequest
from core.sample import build_sample
from core.store.database import Store
from tests.core.market.concentration.oracle import best_value, random_market

MARKETS = 1_000


def demonstration() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "market.duckdb"
        build_sample(path)
        with Store.open(path) as store:
            offered = choices(store)
            assert offered is not None
            end = offered.last_month
            effort = region_effort(
                store, MarketRequest(offered.own_company, shift(end, -11), end, offered.default_level)
            )
    print(f"{len(effort.table)} regions, {effort.reps:.0f} reps at work; values in 10,000 yuan")
    print("reps  exact  quadrants  more   one more rep  decisions that hold  seconds")
    for reps in effort.reps * np.array([1.0, 1.05, 1.1, 1.2]):
        regions = Regions(effort.table, ConcentrationOptions(float(reps)))
        begun = time.perf_counter()
        plan = concentrate(regions, elsewhere=effort.elsewhere)
        seconds = time.perf_counter() - begun
        more = plan.value / plan.quadrant_value - 1
        firm = sensitivity(plan).firm.mean()
        print(
            f"{reps:4.1f} {plan.value / 1e4:6.0f} {plan.quadrant_value / 1e4:10.0f} {more:6.1%}"
            f" {price_of_rep(plan) / 1e4:14.0f} {firm:20.0%} {seconds:8.2f}"
        )


def brute_force() -> None:
    random, compared, worst = np.random.default_rng(15), 0, 0.0
    spent = np.zeros(2)
    while compared < MARKETS:
        table, options, elsewhere = random_market(random)
        begun = time.perf_counter()
        best = best_value(table, options, elsewhere)
        tried = time.perf_counter()
        if best is None:
            continue
        compared += 1
        try:
            value = choose(Regions(table, options), elsewhere=elsewhere).value
        except InfeasibleError:
            assert np.isnan(best)
        else:
            worst = max(worst, abs(value - best) / max(abs(best), 1.0))
        spent += [tried - begun, time.perf_counter() - tried]
    print(f"{compared} random markets: largest relative difference to every combination tried {worst:.1e}")
    print(f"exact {spent[1]:.1f} s, every combination {spent[0]:.1f} s")


if __name__ == "__main__":
    demonstration()
    brute_force()
