"""A day of use: what 10,000 writes and 200 imports with their undo leave of the file.

    python benchmarks/day_of_use.py [--writes N] [--imports N] [--no-before]

Forms, drafts, targets, visit rules, owners of shops and preferences are saved in the demonstration region; in
between files of sales are imported and taken back, some stay, and the lists and the market are looked at.
Printed per build: the file against a fresh copy of itself, seconds to open it, also after a kill.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from core.store.database import Store

sys.path.insert(0, str(Path.cwd()))
IMPORT_ROWS = 2_000
STAYING = 10
"""Every so many imports one more is made that stays."""
MEGABYTE = 1_000_000


class Day:
    """The work of a day on an open store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.draw = random.Random(13)
        self.shops: list[str] = self._values("SELECT t.terminal_id AS v FROM terminal AS t ORDER BY 1")
        self.reps: list[str] = self._values(
            "SELECT DISTINCT t.employee_id AS v FROM terminal AS t ORDER BY 1"
        )
        self.sales = store.fetch(
            "SELECT t.month, t.terminal_id, t.company_id, t.product_id, t.amount FROM terminal_sales AS t"
            " WHERE t.month >= DATE '2026-01-01' ORDER BY ALL"
        ).to_pandas()
        self.own: str = self._values("SELECT c.company_id AS v FROM company AS c WHERE c.is_self")[0]
        self.versions: dict[str, int] = {}
        self.plan, self.cells = self._new_plan()

    def _values(self, text: str) -> list[Any]:
        return self.store.fetch(text)["v"].to_pylist()

    def _new_plan(self) -> tuple[Any, pd.DataFrame]:
        try:
            from core.store.plans import versions
            from core.store.plans.model import KEYS, Plan
        except ImportError:  # the build before
            from core.store.plan_model import KEYS, Plan

            from core.store import plans as versions
        regions = self._values("SELECT r.region_id AS v FROM region AS r ORDER BY 1")
        months = pd.date_range("2027-01-01", periods=12, freq="MS")
        index = pd.MultiIndex.from_product([["all"], regions, [""], months], names=KEYS)
        cells = pd.DataFrame({"count": 1000, "locked": False}, index=index)
        self._save_plan = versions.save
        plan = versions.create(self.store, Plan("", "day", 2027), cells)
        return plan, versions.load_cells(self.store, plan)

    def save_form(self, number: int) -> None:
        """Fill in a form of a shop, or save it again."""
        from core.customers.forms import form

        shop = self.draw.choice(self.shops[:400])
        values = {"name": f"n{number}", "function": "purchasing", "phone": f"{number:011d}"}
        known = self.versions.get(shop)
        record = forms.save(
            self.store,
            FormKey(form("contacts"), "terminal", shop, "day"),
            values,
            expected_version=known or 0,
        )
        self.versions[shop] = record.version

    def save_draft(self, number: int) -> None:
        """Keep what somebody is typing."""
        from core.customers.forms import form

        key = FormKey(form("contacts"), "terminal", self.draw.choice(self.shops), "")
        drafts.save_draft(self.store, key, f"a{number % 20}", {"name": "x" * (number % 60)}, base_version=0)

    def set_target(self, number: int) -> None:
        """Change one cell of a target plan."""
        self.cells.iloc[self.draw.randrange(len(self.cells)), 0] = number
        self.plan = self._save_plan(self.store, self.plan, self.cells)

    def set_rule(self, number: int) -> None:
        """Say how often a shop is visited."""
        row = dict.fromkeys(visits.RULE_COLUMNS)
        row |= {"terminal_id": self.draw.choice(self.shops), "visits": 1.0 + number % 4, "reason": "r"}
        visits.save_rules(self.store, pd.DataFrame([row]))

    def set_owner(self, _number: int) -> None:
        """Give a shop to another rep."""
        shop = self.draw.choice(self.shops)
        before = self._values(f"SELECT t.employee_id AS v FROM terminal AS t WHERE t.terminal_id = '{shop}'")[
            0
        ]
        after = self.draw.choice([rep for rep in self.reps if rep not in (before, None)])
        customer_edit.edit(self.store, "terminal", [customer_edit.Change(shop, "employee_id", before, after)])

    def set_preference(self, number: int) -> None:
        """Choose another multiple."""
        prefer(self.store, "k", ("1.7", "3")[number % 2])

    def write(self, number: int) -> None:
        """Make one write; forms and drafts come most often."""
        kinds: list[Callable[[int], None]] = [self.save_form, self.save_draft, self.set_rule]
        weights = [35, 35, 15]
        kinds += [self.set_owner, self.set_preference, self.set_target]
        self.draw.choices(kinds, [*weights, 10, 3, 2])[0](number)

    def import_sales(self, number: int, *, stays: bool) -> None:
        """Import sales, half of them of keys that are there, and take them back unless they stay."""
        rows = self.sales.sample(IMPORT_ROWS, random_state=number)
        fresh = np.arange(len(rows)) % 2 == 0
        rows = rows.assign(amount=rows["amount"].astype(float) + 1 + number)
        rows.loc[fresh, "month"] = dt.date(2025, 1 + number % 12, 1)
        rows = rows.drop_duplicates(["month", "terminal_id", "company_id", "product_id"])
        result = load(self.store, {"terminal_sales": rows})
        if not stays:
            batches.undo(self.store, [batch.batch_id for batch in result.batches if batch.batch_id])

    def look(self) -> None:
        """Open the market, the list of customers and the map."""
        start, end = dt.date(2025, 11, 1), dt.date(2026, 10, 1)
        market_report(self.store, MarketRequest(self.own, start, end, "city"))
        list_figures(self.store, Window(self.own, start, end))
        map_figures(self.store, Window(self.own, start, end))


try:
    from core.exchange.canonical.importing import load
    from core.reports.market.market import MarketRequest, market_report
    from core.store.caching.map_rollup import ensure_map_rollup as map_figures
    from core.store.caching.sales_window import SalesWindow as Window
    from core.store.caching.terminal_figures import figures as list_figures
    from core.store.customers import edit as customer_edit
    from core.store.forms import drafts, forms
    from core.store.forms.rows import FormKey
    from core.store.loading import batches
    from core.store.preferences import prefer
    from core.store.visits import plans as visits
except ImportError:  # the build before
    from core.exchange.importing import load
    from core.store.customer_figures import FiguresRequest as Window
    from core.store.customer_figures import figures as list_figures
    from core.store.form_rows import FormKey
    from core.store.lens import lens as map_figures

    from core.reports.market import MarketRequest, market_report
    from core.store import batches, customer_edit, drafts, forms, visits
    from core.store.preferences import prefer


def work(path: Path, writes: int, imports: int) -> None:
    """Do the work of a day, a tenth of the writes after the last import; then the process dies."""
    from core.store.database import Store

    times: dict[str, float] = {}
    store = Store.open(path)
    day = Day(store)
    every = max(1, int(writes * 0.9) // max(imports, 1))
    done = 0
    begun = time.perf_counter()
    for number in range(writes):
        day.write(number)
        if number % every == 0 and done < imports:
            day.import_sales(number, stays=False)
            done += 1
            if done % STAYING == 0:
                day.import_sales(number + 1, stays=True)
                day.look()
    times["seconds"] = time.perf_counter() - begun
    print(json.dumps(times), flush=True)
    os._exit(0)


def opening(path: Path) -> None:
    """Print how long opening the store takes, and where it stands afterwards."""
    from core.store.database import Store

    begun = time.perf_counter()
    store = Store.open(path, create=False)
    seconds = time.perf_counter() - begun
    history = store.fetch("SELECT COUNT(*) AS n FROM history.terminal_sales").to_pylist()[0]["n"]
    store.close()
    print(json.dumps({"opening": seconds, "history": history}))


def fresh_copy(path: Path) -> None:
    """Print the size of a copy into a new file."""
    from core.store.backup import backup
    from core.store.database import Store

    copy = path.with_name("copy.duckdb")
    with Store.open(path, create=False) as store:
        backup(store, copy)
    print(json.dumps({"copy": copy.stat().st_size}))


def run(build: Path, step: str, path: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Run a step with a build, in a process of its own."""
    call = [sys.executable, __file__, "--step", step, "--path", str(path)]
    call += ["--writes", str(options.writes), "--imports", str(options.imports)]
    result = subprocess.run(call, cwd=build, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


def measure(name: str, build: Path, options: argparse.Namespace) -> None:
    """Make a store with a build, use it for a day, and print what is left."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        call = [sys.executable, "-m", "core", "sample", "--store", str(path)]
        subprocess.run(call, cwd=build, check=True, capture_output=True)
        before = path.stat().st_size
        seconds = run(build, "work", path, options)["seconds"]
        killed = run(build, "opening", path, options)
        size = path.stat().st_size
        again = run(build, "opening", path, options)["opening"]
        copy = run(build, "copy", path, options)["copy"]
    print(
        f"{name}: {before / MEGABYTE:.1f} MB at first, {size / MEGABYTE:.1f} MB after {seconds:.0f} s,"
        f" a fresh copy {copy / MEGABYTE:.1f} MB: {size / copy:.2f} x;"
        f" opening {killed['opening']:.2f} s after a kill, {again:.2f} s after closing;"
        f" {killed['history']:,} displaced rows",
        flush=True,
    )


def main() -> None:
    """Measure both builds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--writes", type=int, default=10_000)
    parser.add_argument("--imports", type=int, default=200)
    parser.add_argument("--no-before", action="store_true")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step == "work":
        work(options.path, options.writes, options.imports)
    elif options.step:
        {"opening": opening, "copy": fresh_copy}[options.step](options.path)
    else:
        from benchmarks.build_before import ROOT, build_before

        measure("now", ROOT, options)
        if not options.no_before:
            with build_before() as before:
                measure("before", before, options)


if __name__ == "__main__":
    main()
