"""What the killed processes of ``crash.py`` do: each kind of change of a small store, telling every step.

A step is told before it begins, an acknowledgement after the change is done, as the person who saved would
see it. Beside the longer ones a second thread saves preferences all the time.
"""

from __future__ import annotations

import functools
import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest import mock

import pandas as pd

from core.customers.forms import form
from core.errors import StoreError
from core.exchange.canonical.importing import ImportOptions, load
from core.store import backup as copies
from core.store import migration
from core.store.copies import compaction, replacement
from core.store.customers.edit import Change as Edit
from core.store.customers.edit import edit
from core.store.database import Store
from core.store.forms import drafts, forms
from core.store.forms.rows import FormKey
from core.store.loading import batches, quarantine
from core.store.loading import load as loading
from core.store.preferences import prefer
from core.store.progress import Watch
from core.store.writing.change import Change
from pages._ui import runtime

SHOPS = 400
MONTHS = 12
PER_PERSON = 12
"""Changes that a person makes in one process."""
STEPS: tuple[tuple[object, str], ...] = (
    (Change, "record"),
    (loading, "_prepare"),
    (loading, "_write"),
    (batches, "_undo_one"),
    (quarantine, "record"),
    (copies, "_run"),
    (copies, "remove"),
    (replacement, "_swap"),
    (replacement, "_second_name"),
    (replacement, "write_through"),
    (replacement, "_open_checked"),
    (replacement, "generation_on_disk"),
    (replacement, "remove"),
    (compaction, "_write_copy"),
    (compaction, "_refuse_difference"),
    (migration, "_keep_copy"),
    (migration, "_migrate"),
    (migration.shutil, "copy2"),
    (Store, "release"),
    (Store, "stamp"),
)
"""Functions that the changes pass through; each is a step when it begins and another when it is done."""


class Teller:
    """Tells the process that kills this one how far it is."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe, self._lock = pipe, threading.Lock()
        for owner, name in STEPS:
            setattr(owner, name, self._telling(name, getattr(owner, name)))

    def _telling(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def told(*arguments: object, **options: object) -> object:
            self.step(name)
            result = function(*arguments, **options)
            self.step(f"{name} done")
            return result

        return told

    def step(self, name: str) -> None:
        """Tell that a step begins; those of the thread beside don't count."""
        if threading.current_thread() is threading.main_thread():
            self._send("step", name)

    def acknowledge(self, *fact: object) -> None:
        """Tell that something was saved."""
        self._send("saved", *fact)

    def watch(self) -> Watch:
        """Return a watch whose progress is told."""
        return Watch(lambda share, text: self.step(f"{text} {share:.2f}"))

    def _send(self, *message: object) -> None:
        with self._lock:
            self._pipe.send(message)


@contextmanager
def saving_beside(tell: Teller) -> Iterator[None]:
    """Save one preference after the other in a second thread."""
    done = threading.Event()

    def save() -> None:
        for number in itertools.count():
            if done.is_set():
                return
            name = f"beside {number}"
            try:
                prefer(runtime.store(), name, "yes")
                tell.acknowledge("setting", name, "yes")
            except StoreError:
                # Closed for an exchange of files: it was not saved, and nobody says it was.
                time.sleep(0.001)

    thread = threading.Thread(target=save, daemon=True)
    thread.start()
    yield
    done.set()
    thread.join()


def import_file(tell: Teller, folder: Path) -> None:
    """Import sales, half of them over others."""
    load(runtime.store(), [folder / "terminal_sales.parquet"], ImportOptions(), tell.watch())
    tell.acknowledge("imported")


def undo(tell: Teller, _folder: Path) -> None:
    """Take the last import back."""
    batches.undo(runtime.store(), [last_batch(runtime.store())])
    tell.acknowledge("undone")


def last_batch(store: Store) -> int:
    """Return the number of the last import."""
    return int(max(batches.list_batches(store)["batch_id"].to_pylist()))


def edit_shops(tell: Teller, _folder: Path) -> None:
    """Change one attribute after the other."""
    for number in range(PER_PERSON):
        tell.step("edit")
        edit(runtime.store(), "terminal", [Edit(f"T{number}", "outlet_type", None, f"kind {number}")])
        tell.acknowledge("terminal", f"T{number}", f"kind {number}")


def fill_in_forms(tell: Teller, _folder: Path) -> None:
    """Save drafts and forms, each form twice."""
    store = runtime.store()
    for number in range(PER_PERSON):
        key = FormKey(form("contacts"), "terminal", f"T{number}", f"r{number}")
        tell.step("draft")
        drafts.save_draft(store, key, "me", {"name": f"draft {number}"}, base_version=0)
        tell.acknowledge("draft", f"T{number}", f"draft {number}")
        for version in (0, 1):
            tell.step("form")
            values = {"name": f"n{number} {version}", "function": "purchasing"}
            forms.save(store, key, values, expected_version=version)
            tell.acknowledge("form", f"T{number}", version + 1)


def set_aside(tell: Teller, _folder: Path) -> None:
    """Load files whose wrong rows are set aside, and work the rows off."""
    store = runtime.store()
    for number in range(PER_PERSON // 3):
        tell.step("set aside")
        rows = tuple(quarantine.Row(row, {"a": row}, ("wrong",)) for row in range(50))
        run = quarantine.Run(f"file {number}", "", (quarantine.Sheet("s", "company", "", rows=rows),))

        def also(cursor: Any, made: Any, run: quarantine.Run = run) -> object:  # noqa: ANN401
            return quarantine.record(cursor, run, made, "me")

        company = pd.DataFrame({"company_id": [f"C{number}"], "name": [f"c{number}"]})
        load(store, {"company": company}, also=also)
        tell.acknowledge("aside", f"file {number}", f"C{number}")
        first = 50 * number + 1
        tell.step("discard")
        quarantine.discard(store, range(first, first + 10), "no use")
        tell.acknowledge("discarded", first, first + 10)


def back_up(tell: Teller, folder: Path) -> None:
    """Copy the open store."""
    for number in range(3):
        tell.step("backup")
        copies.backup(runtime.store(), folder / f"copy {number}.duckdb")
        tell.acknowledge("backup", f"copy {number}.duckdb")


def restore(tell: Teller, folder: Path) -> None:
    """Put a copy in the place of the open store."""
    tell.step("restore")
    runtime.exchange_file(lambda fresh: copies.write_copy(folder / "backup.duckdb", fresh))
    tell.acknowledge("restored")


def upgrade(tell: Teller, folder: Path) -> None:
    """Open a store of an earlier format."""
    tell.step("open")
    with Store.open(folder / "store.duckdb", create=False) as store:
        tell.step("write")
        prefer(store, "after", "upgrade")
        tell.acknowledge("setting", "after", "upgrade")


def compact(tell: Teller, _folder: Path) -> None:
    """Write the open store anew."""
    tell.step("compact")
    runtime.compact(tell.watch())
    tell.acknowledge("compacted")


PHASES: dict[str, tuple[Callable[[Teller, Path], None], bool]] = {
    "import": (import_file, True),
    "edit": (edit_shops, False),
    "form": (fill_in_forms, False),
    "undo": (undo, True),
    "quarantine": (set_aside, True),
    "backup": (back_up, True),
    "restore": (restore, True),
    "upgrade": (upgrade, False),
    "compaction": (compact, True),
}
"""What is done, and whether somebody else saves preferences beside it."""


def run(phase: str, folder: Path, pipe: Connection) -> None:
    """Do the work of a phase in a process that may be killed at any moment."""
    os.environ |= {"SHENGENG_STORE": str(folder / "store.duckdb"), "SHENGENG_TEMP": str(folder / "temp")}
    os.environ["SHENGENG_THREADS"] = "1"
    tell = Teller(pipe)
    work, beside = PHASES[phase]
    if not beside:
        work(tell, folder)
    else:
        runtime.store()
        with saving_beside(tell):
            work(tell, folder)
    tell.step("end")
    runtime.close()
    pipe.send(("end",))


def sales(first: int, months: int, amount: float) -> pd.DataFrame:
    """Return the sales of every shop in some months, counted from January 2020."""
    days = pd.date_range("2020-01-01", periods=first + months, freq="MS").date[first:]
    cells = pd.MultiIndex.from_product([days, [f"T{n}" for n in range(SHOPS)], ["US", "R"]])
    table = cells.to_frame(index=False)
    table.columns = pd.Index(["month", "terminal_id", "company_id"])
    return table.assign(amount=amount)


def prepare(folder: Path) -> None:
    """Make the stores and files that every killed process gets a copy of.

    ``import`` lacks the file, ``undo`` has it loaded, ``upgrade`` is of the first format; ``backup.duckdb``
    is what ``restore`` brings.
    """
    regions = pd.DataFrame({"region_id": ["A", "B"], "level": ["city", "city"], "name": ["a", "b"]})
    shops = pd.DataFrame({"terminal_id": [f"T{n}" for n in range(SHOPS)]})
    shops = shops.assign(name=shops["terminal_id"], region_id=["A", "B"] * (SHOPS // 2))
    companies = pd.DataFrame({"company_id": ["US", "R"], "name": ["us", "r"]})
    folder.mkdir()
    sales(MONTHS // 2, MONTHS, 2.0).to_parquet(folder / "terminal_sales.parquet")
    with Store.open(folder / "base.duckdb") as store:
        load(store, {"region": regions, "company": companies, "terminal": shops})
        load(store, {"terminal_sales": sales(0, MONTHS, 1.0)})
        copies.backup(store, folder / "backup.duckdb")
        copies.backup(store, folder / "undo.duckdb")
    with Store.open(folder / "backup.duckdb") as store:
        prefer(store, "from", "backup")
    with Store.open(folder / "undo.duckdb") as store:
        load(store, [folder / "terminal_sales.parquet"])
    first = mock.patch.object(migration, "schema_files", return_value=migration.schema_files()[:1])
    with first, Store.open(folder / "upgrade.duckdb") as old:
        old.maintain(lambda cursor: cursor.execute("INSERT INTO setting VALUES ('from', 'format 1')"))
