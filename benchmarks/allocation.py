"""Time and memory of large target tables, and a comparison with the ipfn package.

    python benchmarks/allocation.py            all four cases, each in a process of its own
    python benchmarks/allocation.py regions    one of them: regions, reps, ipfn or page

regions: 3,000 regions x 300 products x 12 months from three margins, history as the seed with 10 % of
the cells closed. reps: 20,000 reps x 40 products x 12 months with 5 % of the cells locked. ipfn: as
many regions x products x months as a city, a province and a country have, fitted by both to the same margins
and the same tolerance. page: a grid of more than 5,000 cells, reps x months, over a plan by product, on the
page itself, without a browser. Memory is the peak of the whole process, interpreter and libraries included.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.reports.plans.plan import plan_from_store
from core.reports.plans.request import PlanRequest
from core.sample import build_sample
from core.store.database import Store
from core.targets.fitting.allocation import allocate
from core.targets.fitting.cross_table import CrossTable
from core.targets.fitting.ipf import Margin, fit
from core.targets.fitting.rounding import apportion

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
Result = TypeVar("Result")
RANDOM = np.random.default_rng(20_261_101)


def margins_of(seed: np.ndarray, total: int) -> tuple[Margin, ...]:
    """Return one total per position of each axis, up to 30 % off the pattern of the seed."""
    margins = []
    for axis in range(seed.ndim):
        sums = seed.sum(axis=tuple(other for other in range(seed.ndim) if other != axis))
        margins.append(Margin((axis,), apportion(total, sums * RANDOM.uniform(0.7, 1.3, sums.size))))
    return tuple(margins)


def history(shape: tuple[int, ...], closed: float) -> np.ndarray:
    """Return a skewed positive history in which a part of the cells is closed."""
    seed = RANDOM.lognormal(0.0, 1.0, shape)
    seed[RANDOM.random(shape) < closed] = 0.0
    return seed


def ties(counts: np.ndarray, margins: tuple[Margin, ...]) -> bool:
    """Tell whether every margin is exact."""
    return all((counts.sum(axis=m.summed(counts.ndim)) == m.totals).all() for m in margins)


def warm_up() -> None:
    """Load the compiled loops, so that the figures are those of the second and later runs."""
    seed = history((3, 3, 3), 0.0)
    allocate(CrossTable(seed, margins_of(seed, 1000)))


def report(name: str, cells: int, seconds: float, facts: str) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{name}: {cells:,} cells, {seconds:.2f} s, peak {peak:.2f} GiB, {facts}", flush=True)


def regions() -> None:
    """Allocate 1,000,000,000 yuan to regions, products and months."""
    seed = history((3000, 300, 12), 0.1)
    margins = margins_of(seed, 1_000_000_000)
    warm_up()
    start = time.perf_counter()
    counts = allocate(CrossTable(seed, margins))
    seconds = time.perf_counter() - start
    facts = f"margins exact: {ties(counts, margins)}, closed cells zero: {not counts[seed == 0].any()}"
    report("3,000 regions x 300 products x 12 months", counts.size, seconds, facts)


def reps() -> None:
    """Allocate 2,000,000,000 yuan to reps, products and months around 5 % of locked cells."""
    seed = history((20_000, 40, 12), 0.0)
    margins = margins_of(seed, 2_000_000_000)
    locked = RANDOM.random(seed.shape) < 0.05
    held = np.rint(seed * (2_000_000_000 / seed.sum())).astype(np.int64)
    warm_up()
    start = time.perf_counter()
    counts = allocate(CrossTable(seed, margins, locked=locked, held=held))
    seconds = time.perf_counter() - start
    facts = f"margins exact: {ties(counts, margins)}, locks kept: {(counts == held)[locked].all()}"
    report("20,000 reps x 40 products x 12 months, 5 % locked", counts.size, seconds, facts)


def best_of(repeats: int, work: Callable[[], Result]) -> tuple[Result, float]:
    """Return a result and the shortest time it took."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return result, min(times)


def ipfn() -> None:
    """Fit tables with this package and with ipfn, to the same tolerance; best of five runs each."""
    from ipfn import ipfn as package

    warm_up()
    for shape in ((30, 20, 12), (120, 40, 12), (400, 80, 12)):
        seed = history(shape, 0.1)
        margins = margins_of(seed, 10_000_000)
        totals = [margin.totals.astype(float) for margin in margins]
        axes = [list(margin.axes) for margin in margins]
        options = {"convergence_rate": 1e-11, "rate_tolerance": 0.0, "max_iteration": 500}
        ours, our_seconds = best_of(5, lambda: fit(seed, margins).values)  # noqa: B023
        theirs, their_seconds = best_of(
            5,
            lambda: package.ipfn(seed.copy(), totals, axes, **options).iteration(),  # noqa: B023
        )
        apart = float((np.abs(ours - theirs) / np.maximum(theirs, 1.0)).max())
        facts = (
            f"ipfn {their_seconds * 1000:.1f} ms, {their_seconds / our_seconds:.0f} times as long, "
            f"largest relative difference {apart:.1e}"
        )
        name = f"fit of {' x '.join(map(str, shape))} in {our_seconds * 1000:.1f} ms"
        report(name, seed.size, our_seconds, facts)


def page() -> None:
    """Open a large grid, draw it again, and draw it after an edit; time of the server, best of five."""
    from streamlit.testing.v1 import AppTest

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "market.duckdb"
        build_sample(path, terminals=45_000, seed=1)
        with Store.open(path) as store:
            request = PlanRequest("OWN", 2027, dt.date(2026, 10, 1), "county", target=1.3e9, depth="product")
            plan = plan_from_store(store, request, "Grid")
        os.environ["SHENGENG_STORE"] = str(path)
        app = AppTest.from_file(str(ROOT / "pages" / "_shell.py"), default_timeout=300)
        for name, value in {"plan": plan.plan_id, "step": "grid", "rows": "owner_id"}.items():
            app.query_params[name] = value
        app.run()
        app.switch_page("allocation.py").run()
        work = app.session_state["target_work"]
        again = best_of(5, app.run)[1]

        def edit() -> None:
            cells = work.cells.copy()
            cells.iloc[5, 0] += 1
            work.become(cells, "one cell")
            app.run()

        after = best_of(5, edit)[1]
        shown = work.cells.index.get_level_values("owner_id").nunique() * 12
        facts = f"{shown:,} shown, again in {again * 1000:.0f} ms, after an edit in {after * 1000:.0f} ms"
        report("grid on the page", len(work.cells), after, facts)


CASES = {"regions": regions, "reps": reps, "ipfn": ipfn, "page": page}


def main() -> None:
    """Run the cases named, or each in its own process so that peaks of memory do not mix."""
    names = sys.argv[1:]
    if names:
        for name in names:
            CASES[name]()
        return
    warm_up()
    for name in CASES:
        subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    main()
