"""Requests and changes by chance for users of all roles, and what of them crossed a border."""

from __future__ import annotations

import dataclasses
import io
import random
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from core.access.rights import RIGHT_OF_ACTION
from core.errors import AppError
from core.reports.monthly.files import FileForm, one_report
from core.reports.monthly.request import ReportRequest
from core.sample import build_sample
from core.store.caching.sales_window import SalesWindow
from core.store.customers.lists import ListRequest, batches
from core.store.cycle.tasks import records as tasks
from core.store.database import Store
from core.store.plans import versions
from tests.core.access.borders import world
from tests.core.access.borders.entry_points import FIRST, LAST, Keys, arguments, entry_points, listed_apart
from tests.core.access.borders.writes import ForeignWriter
from tests.core.store.caching.fuzzing.comparing import difference
from tests.core.store.caching.fuzzing.questions import lookups, reports

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.access.access import Access

_KEYS = {
    "region_id": "region",
    "terminal_id": "terminal",
    "dealer_id": "dealer",
    "employee_id": "employee",
    "visit_id": "visit",
    "plan_id": "target_plan",
    "task_id": "task",
    "run_id": "grade_run",
}
MOST_PARTS, DEEPEST = 3_000, 9
OF_LISTS = frozenset({"bulk edit", "bulk undo", "grade run", "plan edited", "plan moved"})
"""Changes that take what they are made of from lists, not from keys: they are made, of what is in sight."""


@dataclass
class Outcome:
    """What a run found.

    Parameters
    ----------
    requests, changes
        How many of each there were.
    answered
        How often each entry point gave an answer and no refusal.
    failed
        What ended in another error than a refusal in words.
    leaks, moved, unwritten
        What crossed a border: marks in answers; answers that depend on amounts out of sight, or changes that
        were not refused; refusals that the audit doesn't have.
    """

    requests: int = 0
    changes: int = 0
    answered: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)


class Borders:
    """A store with marks, asked by users of all roles.

    Parameters
    ----------
    folder
        Where it lies.
    seed
        Decides what is asked.
    """

    def __init__(self, folder: Path, *, seed: int, terminals: int) -> None:
        path = folder / "market.duckdb"
        build_sample(path, terminals=terminals, seed=1)
        self.store = Store.open(path)
        world.mark_all(self.store)
        self.folder, self.random = folder, random.Random(seed)
        own = self.store.fetch("SELECT c.company_id AS v FROM company AS c WHERE c.is_self")["v"][0].as_py()
        self._questions = reports(str(own)) | lookups()
        columns = {
            column: self.store.fetch(f"SELECT t.{column} AS v FROM {table} AS t")["v"].to_pylist() or ["x"]
            for column, table in _KEYS.items()
        }
        records = [tasks.load(self.store, str(task)) for task in columns["task_id"]]
        self.keys = Keys(
            columns, str(own), versions.list_plans(self.store), [each for each in records if each]
        )
        self.accesses = world.accesses(self.store)
        self.outcome = Outcome()
        self._marks: tuple[tuple[str, int], set[str]] = ("", -1), set()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def ask(self, access: Access, times: int) -> None:
        """Ask entry points by chance, with keys of the whole store."""
        part = self.store.for_access(access)
        entries = [entry for entry in entry_points() if entry.name not in listed_apart()]
        for entry in self.random.choices(entries, k=times):
            given = arguments(entry, self.keys, self.random)
            if given is None:
                continue
            positional, named = given
            self.hold(entry.name, access, partial(entry.function, part, *positional, **named))

    def make_files(self, access: Access) -> None:
        """Make the monthly report in every form and the list of shops, and read what is in the files."""
        part = self.store.for_access(access)
        request = ReportRequest(self.keys.own_company, LAST, "city", FIRST)
        shops = ListRequest("terminal", SalesWindow(self.keys.own_company, FIRST, LAST))
        for kind in ("xlsx", "pptx"):
            region = self.random.choice((None, *(access.region_ids or ())))
            self.hold(
                f"monthly report, {kind}",
                access,
                lambda: FileForm(kind).write(one_report(part, request, region)),  # noqa: B023
            )
        self.hold("list of shops", access, lambda: list(batches(part, shops)))

    def compare(self, access: Access, times: int) -> None:
        """Ask for reports, change every amount out of sight, and ask again: the answers are the same."""
        if not access.is_restricted:
            return
        part = self.store.for_access(access)
        drawn = self.random.sample(list(self._questions), min(times, len(self._questions)))
        asked = {name: partial(self._questions[name], part) for name in drawn}
        before = {name: self.hold(name, access, ask) for name, ask in asked.items()}
        world.change_hidden_amounts(self.store, access)
        for name, ask in asked.items():
            after = self.hold(name, access, ask)
            if found := difference(before[name], after):
                self.outcome.moved.append(f"{access.actor}: {name}: {found}")

    def write(self, access: Access, times: int) -> None:
        """Make changes of what is out of sight: each is refused, kept in the audit, and changes nothing."""
        writer = ForeignWriter(self.store.for_access(access), self.random, self.folder)
        writer.everything = self.store
        kinds = writer.kinds()
        for kind in self.random.sample(list(kinds), min(times, len(kinds))):
            self.outcome.changes += 1
            before = world.contents(self.store, access if kind in OF_LISTS else None)
            refused, version = world.refusals(self.store, access.actor), self.store.data_version
            error = self.hold(kind, access, kinds[kind])
            done = world.actions_since(self.store, version)
            self.outcome.moved += [
                f"{access.actor}: {kind}: {action} without the right"
                for action in done
                if not access.can(RIGHT_OF_ACTION[action])
            ]
            if not access.is_restricted:
                told = isinstance(error, tuple) and error[0] == "NotAllowedError"
            else:
                # What is filled in wrongly is found before anybody looks at the store, as is an empty list.
                told = isinstance(error, tuple) and error[0] != "FormError" and kind not in OF_LISTS
            if told and world.refusals(self.store, access.actor) == refused:
                self.outcome.unwritten.append(f"{access.actor}: {kind}: {error}")
            if not access.is_restricted and done:
                continue
            after = world.contents(self.store, access if kind in OF_LISTS else None)
            if changed := [table for table in after if after[table] != before[table]]:
                self.outcome.moved.append(f"{access.actor}: {kind}: {', '.join(changed)}")

    def hold(self, name: str, access: Access, ask: Callable[[], object]) -> object:
        """Return an answer, or a refusal in words, after looking for marks in it."""
        self.outcome.requests += 1
        answer: object
        try:
            answer = ask()
            if isinstance(answer, Iterator):
                answer = list(islice(answer, MOST_PARTS))
            self.outcome.answered[name] += 1
        except AppError as error:
            answer = (type(error).__name__, str(error))
        except Exception as error:
            answer = (type(error).__name__, str(error))
            self.outcome.failed[f"{name}: {type(error).__name__}: {str(error)[:120]}"] += 1
        found = {mark for text in _texts(answer, 0) for mark in world.MARK.findall(text)} & self._hidden(
            access
        )
        if found:
            self.outcome.leaks.append(f"{access.actor}: {name}: {sorted(found)[:3]}")
        return answer

    def _hidden(self, access: Access) -> set[str]:
        """Return the marks out of sight; anew after each change, which may have moved somebody."""
        key = access.actor, self.store.data_version
        if self._marks[0] != key:
            self._marks = key, world.hidden_marks(self.store, access) if access.is_restricted else set()
        return self._marks[1]


def _texts(answer: object, depth: int) -> Iterator[str]:
    """Give every text in an answer, whatever it is made of."""
    parts = _parts(answer)
    if parts is None or depth > DEEPEST:
        yield str(answer)
        return
    for part in islice(parts, MOST_PARTS):
        yield from _texts(part, depth + 1)


def _parts(answer: object) -> Iterable[object] | None:
    """Return what an answer is made of; None for what is a text or is written as one."""
    if isinstance(answer, bytes):
        return _files(answer)
    if isinstance(answer, pa.Table | pa.RecordBatch):
        return [answer.to_pandas().to_csv()]
    if isinstance(answer, pd.DataFrame | pd.Series):
        return [answer.to_csv()]
    if isinstance(answer, Mapping):
        return [*answer.keys(), *answer.values()]
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        return [getattr(answer, part.name) for part in dataclasses.fields(answer)]
    return answer if isinstance(answer, Iterable) and not isinstance(answer, str | Store) else None


def _files(content: bytes) -> list[object]:
    """Return the files that are packed in one, or the text that it is."""
    if not content.startswith(b"PK"):
        return [content.decode("utf-8", "replace")]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [packed.read(name) for name in packed.namelist()]
