"""Kill a process at every moment of its work; open the store, check it, and look for what was acknowledged.

    python benchmarks/crash.py [--kills N] [--seed N]

Each kind of change is first done once without a kill, which tells its steps and how long each takes. Then a
process is killed within one step after the other, at a random moment of it. Printed per kind: kills, how many
of its steps were hit, kills before the end of the change and after it, and what was lost.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import crash_work  # noqa: E402
from core.settings import Settings  # noqa: E402
from core.store.caching import region_rollup  # noqa: E402
from core.store.database import Store  # noqa: E402
from core.store.integrity import check  # noqa: E402
from core.store.preferences import preferences  # noqa: E402

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["benchmarks.crash_work"])
SETTINGS = Settings(threads=1)
BEFORE = crash_work.SHOPS * 2 * crash_work.MONTHS
LOADED = crash_work.SHOPS * 2 * (crash_work.MONTHS + crash_work.MONTHS // 2)
SALES = {
    "before": (BEFORE, BEFORE * 1.0),
    "loaded": (LOADED, BEFORE / 2 * 1.0 + BEFORE * 2.0),
}
"""Rows and yuan of the sales: nothing else may ever be in a store."""
Fact = tuple[Any, ...]


@dataclass
class Run:
    """What a process told before it ended.

    Parameters
    ----------
    steps
        Its steps, with the second in which each began.
    saved
        What it acknowledged.
    """

    steps: list[tuple[str, float]] = field(default_factory=list)
    saved: list[Fact] = field(default_factory=list)
    ended: bool = False

    def take(self, message: tuple[Any, ...]) -> None:
        """Write a message down."""
        if message[0] == "step":
            self.steps.append((message[1], time.monotonic()))
        elif message[0] == "saved":
            self.saved.append(message[1:])
        else:
            self.ended = True


@dataclass(frozen=True)
class Moment:
    """When a process is killed: so many seconds after a step began."""

    step: int
    seconds: float


@dataclass
class Tally:
    """What became of the kills of one kind of change."""

    kills: int = 0
    steps: int = 0
    hit: set[int] = field(default_factory=set)
    states: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)


def work(phase: str, folder: Path, moment: Moment | None) -> Run:
    """Let a process work, and kill it at a moment; None to let it end."""
    told, telling = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=crash_work.run, args=(phase, folder, telling))
    # Whatever is the main module here, a test's page for example, is none of the child's business.
    with mock.patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        process.start()
    telling.close()
    run = Run()
    try:
        while moment is None or len(run.steps) <= moment.step:
            run.take(told.recv())
        end = time.monotonic() + moment.seconds
        while (left := end - time.monotonic()) > 0:
            if told.poll(left):
                run.take(told.recv())
    except EOFError:
        pass
    process.kill()
    process.join()
    # What it said before it was killed is still in the pipe.
    try:
        while True:
            run.take(told.recv())
    except (EOFError, OSError):
        told.close()
    return run


def copy_base(base: Path, phase: str, folder: Path) -> None:
    """Lay out the store that a phase begins with."""
    folder.mkdir()
    own = base / f"{phase}.duckdb"
    shutil.copyfile(own if own.exists() else base / "base.duckdb", folder / "store.duckdb")
    for name in ("terminal_sales.parquet", "backup.duckdb"):
        shutil.copyfile(base / name, folder / name)


def losses(phase: str, folder: Path, run: Run) -> Iterator[str]:
    """Open what a killed process left, and say what is wrong or missing."""
    asides = sorted(folder.glob("store.duckdb.*.old"))
    older = []
    for aside in asides:
        with Store.open(aside, create=False, settings=SETTINGS) as store:
            older.append(preferences(store))
    with Store.open(folder / "store.duckdb", create=False, settings=SETTINGS) as store:
        yield from (f"defect: {defect.message}" for defect in check(store))
        yield from _wrong_sums(store)
        known = preferences(store)
        for fact in run.saved:
            if fact[0] == "setting":
                # What was saved before a restore is in the store that was put aside.
                kept = [known, *(older if phase == "restore" else [])]
                if not any(each.get(fact[1]) == fact[2] for each in kept):
                    yield f"lost: {fact}"
            elif not _holds(store, folder, fact):
                yield f"lost: {fact}"
        state = _state(store)
        if phase not in ("import", "undo") and state not in ("before", "empty"):
            yield f"sales changed: {state}"
        if state not in ("before", "loaded", "empty") or (state == "empty") != (phase == "upgrade"):
            yield f"sales are half: {state}"
    for copy in folder.glob("copy *.duckdb"):
        with Store.open(copy, create=False, settings=SETTINGS) as store:
            yield from (f"defect of a copy: {defect.message}" for defect in check(store))
            if _state(store) != "before":
                yield f"a copy is half: {_state(store)}"
    # The second opening finds what the first one left: nothing to do.
    with Store.open(folder / "store.duckdb", create=False, settings=SETTINGS) as store:
        yield from (f"defect: {defect.message}" for defect in check(store))


def _wrong_sums(store: Store) -> Iterator[str]:
    """Compare the derived tables, brought up as a page does it, with ones made from nothing."""
    region_rollup.ensure(store)
    text = "SELECT COUNT(*) AS n, SUM(HASH(t)::HUGEINT) AS h FROM region_month_figure AS t"
    first = store.fetch(text).to_pylist()
    store.maintain(lambda cursor: cursor.execute("DELETE FROM derived_state"))
    region_rollup._fresh.pop(store, None)
    region_rollup.ensure(store)
    if store.fetch(text).to_pylist() != first:
        yield "the derived tables don't follow the data"


def _state(store: Store) -> str:
    row = store.fetch("SELECT COUNT(*) AS n, SUM(s.amount) AS total FROM terminal_sales AS s").to_pylist()[0]
    found = row["n"], float(row["total"] or 0.0)
    if not row["n"]:
        return "empty"
    return next((name for name, sums in SALES.items() if sums == found), str(found))


def _holds(store: Store, folder: Path, fact: Fact) -> bool:
    """Tell whether the store holds what was acknowledged."""

    def exists(text: str, *values: object) -> bool:
        with store.cursor() as cursor:
            return bool(cursor.execute(text, list(values)).fetchall())

    kind, *rest = fact
    texts = {
        "terminal": "SELECT 1 FROM terminal WHERE terminal_id = ? AND outlet_type = ?",
        "draft": "SELECT 1 FROM form_draft WHERE customer_id = ? AND payload LIKE '%' || ? || '%'",
        "form": "SELECT 1 FROM customer_form WHERE customer_id = ? AND version >= ?",
    }
    if kind in texts:
        return exists(texts[kind], *rest)
    if kind == "aside":
        rows = "SELECT 1 FROM import_run AS r WHERE r.file_name = ? AND 50 ="
        rows += " (SELECT COUNT(*) FROM quarantine AS q WHERE q.run_id = r.run_id)"
        return exists(rows, rest[0]) and exists("SELECT 1 FROM company WHERE company_id = ?", rest[1])
    if kind == "discarded":
        text = "SELECT 1 FROM quarantine WHERE item_id >= ? AND item_id < ? AND status = 'discarded'"
        return exists(f"SELECT 1 FROM ({text}) HAVING COUNT(*) = 10", *rest)
    if kind == "backup":
        return (folder / rest[0]).exists()
    states = {"imported": "loaded", "undone": "before", "restored": "before", "compacted": "before"}
    done = _state(store) == states[kind]
    if kind == "restored":
        return done and preferences(store).get("from") == "backup"
    return done and (kind != "compacted" or store.generation == 1)


def moments(run: Run, kills: int, draw: random.Random) -> list[Moment]:
    """Spread kills over the steps of a run that was left alone, a random moment of each step in turn."""
    begins = [seconds for _name, seconds in run.steps]
    lengths = [after - before for before, after in zip(begins, [*begins[1:], begins[-1] + 0.01], strict=True)]
    order = list(range(len(lengths)))
    draw.shuffle(order)
    steps = [order[number % len(order)] for number in range(kills)]
    return [Moment(step, draw.uniform(0.0, 1.2) * lengths[step]) for step in steps]


def kill_phase(phase: str, base: Path, place: Path, kills: int, draw: random.Random) -> Tally:
    """Kill processes in one kind of change."""
    whole = place / "whole"
    copy_base(base, phase, whole)
    alone = work(phase, whole, None)
    tally = Tally(steps=len(alone.steps))
    tally.lost += [f"without a kill: {text}" for text in losses(phase, whole, alone)]
    if not alone.ended:
        tally.lost.append("the work itself failed")
    shutil.rmtree(whole)
    for number, moment in enumerate(moments(alone, kills, draw)):
        folder = place / f"{phase} {number}"
        copy_base(base, phase, folder)
        run = work(phase, folder, moment)
        found = list(losses(phase, folder, run))
        tally.kills += 1
        tally.hit.add(min(len(run.steps) - 1, moment.step))
        tally.states["done" if run.ended else "killed"] += 1
        tally.acknowledged += len(run.saved)
        tally.lost += [f"{phase} {number} {moment}: {text}" for text in found]
        if not found:
            shutil.rmtree(folder)
    return tally


def kill_all(phases: Sequence[str], kills: int, seed: int, place: Path) -> Iterator[tuple[str, Tally]]:
    """Kill processes in each of the phases, and give what became of it."""
    base = place / "base"
    crash_work.prepare(base)
    for phase in phases:
        yield phase, kill_phase(phase, base, place, kills, random.Random(f"{seed} {phase}"))


def main() -> int:
    """Print a line per kind of change, then what was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--phase", action="append", choices=list(crash_work.PHASES))
    parser.add_argument("--place", type=Path, help="where what went wrong is kept")
    options = parser.parse_args()
    phases = options.phase or list(crash_work.PHASES)
    each = -(-options.kills // len(phases))
    place = options.place or Path(tempfile.mkdtemp(prefix="crash-"))
    place.mkdir(exist_ok=True)
    total, lost = 0, []
    print(f"{'phase':12}{'kills':>7}{'steps':>7}{'hit':>6}{'ended first':>13}{'acknowledged':>14}{'lost':>6}")
    for phase, tally in kill_all(phases, each, options.seed, place):
        print(
            f"{phase:12}{tally.kills:7}{tally.steps:7}{len(tally.hit):6}{tally.states['done']:13}"
            f"{tally.acknowledged:14}{len(tally.lost):6}",
            flush=True,
        )
        total += tally.kills
        lost += tally.lost
    print(f"{total} kills, {len(lost)} lost")
    for text in lost:
        print(text)
    if not lost:
        shutil.rmtree(place)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
