"""Writes by chance, and after each of them every question asked of the store and of one without caches."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from core.errors import AppError, StoreError
from core.sample import build_sample
from core.settings import Settings
from core.store.backup import backup, restore
from core.store.copies.compaction import compact
from core.store.copies.replacement import exchange, prepare
from core.store.database import Store
from core.store.progress import Watch
from tests.core.store.caching.fuzzing.comparing import difference
from tests.core.store.caching.fuzzing.questions import lookups, reports
from tests.core.store.caching.fuzzing.writes import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from tests.core.store.caching.fuzzing.questions import Question

EXCHANGES = ("restore", "compaction", "discard of the demonstration")
_DERIVED = "SELECT t.table_name FROM duckdb_tables() AS t WHERE regexp_matches(t.table_name, '_[0-9a-f]{16}')"


@dataclass
class Outcome:
    """What a run found.

    Parameters
    ----------
    writes
        How many writes of each kind were made.
    refused
        How many of each kind refused in words.
    differences
        Write, question, and where the answers differ.
    """

    comparisons: int = 0
    writes: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    differences: list[tuple[str, str, str]] = field(default_factory=list)


class Fuzzer:
    """A store with warm caches that is written to by chance.

    Parameters
    ----------
    folder
        Where everything lies.
    seed
        Decides what is written.
    terminals
        Shops of the demonstration region.
    """

    def __init__(self, folder: Path, *, seed: int, terminals: int) -> None:
        self._folder, self._path = folder, folder / "market.duckdb"
        self._settings = Settings.from_environment()
        build_sample(self._path, terminals=terminals, seed=seed)
        self._random = Random(seed)
        self._writer = Writer(Store.open(self._path, create=False), self._random, folder)
        text = "SELECT c.company_id AS v FROM company AS c WHERE c.is_self"
        self._reports = reports(str(self._writer.value(text)))
        self._lookups = lookups()
        self._questions = self._reports | self._lookups
        self.outcome = Outcome()

    def close(self) -> None:
        """Close the store."""
        self._writer.store.close()

    def step(self, kind: str, drawn: int, asked: int = 1_000) -> None:
        """Make a write of a kind, then compare answers.

        Parameters
        ----------
        drawn
            So many reports, drawn by chance.
        asked
            So many of what is asked fast at the most.
        """
        # Every answer is kept from before the write, so that one that is kept too long is seen.
        names = self._random.sample(list(self._reports), drawn)
        names += self._random.sample(list(self._lookups), min(asked, len(self._lookups)))
        for name in names:
            _ask(self._questions[name], self._writer.store)
        try:
            self._write(kind)
            self.outcome.writes[kind] += 1
        except AppError:
            self.outcome.refused[kind] += 1
        self._fail_once(self._random.choice(names))
        with self._fresh() as fresh:
            for name in names:
                ask = self._questions[name]
                self._compare(kind, name, _ask(ask, self._writer.store), _ask(ask, fresh))

    def _compare(self, kind: str, name: str, answer: object, expected: object) -> None:
        self.outcome.comparisons += 1
        if found := difference(answer, expected):
            self.outcome.differences.append((kind, name, found))

    def _fail_once(self, name: str) -> None:
        """Let the store fail in the middle of an answer: what was kept before must not count as current."""
        store, left = self._writer.store, self._random.randrange(3)
        fetch = store.fetch

        def failing(text: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
            nonlocal left
            left -= 1
            if left < 0:
                raise StoreError("The disk has a hiccup.")
            return fetch(text, parameters)

        store.fetch = failing  # type: ignore[method-assign]
        try:
            _ask(self._questions[name], store)
        finally:
            store.fetch = fetch  # type: ignore[method-assign]

    def shuffled_kinds(self) -> list[str]:
        """Return the names of all kinds of writes in an order by chance."""
        kinds = [*self._writer.kinds(), *EXCHANGES]
        self._random.shuffle(kinds)
        return kinds

    def _write(self, kind: str) -> None:
        if kind not in EXCHANGES:
            self._writer.kinds()[kind]()
        elif kind == "compaction":
            self._writer.store.close()
            compact(self._path, Watch(), self._settings)
            self._writer.store = Store.open(self._path, create=False)
        elif kind == "restore":
            copy = backup(self._writer.store, self._folder / "copy.duckdb")
            self._writer.do_import_of_sales()
            self._writer.store.close()
            restore(copy, self._path)
            copy.unlink()
            self._writer.store = Store.open(self._path, create=False)
        else:
            self._discard()

    def _discard(self) -> None:
        """Begin with an empty store, ask, and take the demonstration back."""
        copy = backup(self._writer.store, self._folder / "copy.duckdb")
        after = self._writer.store.generation
        empty = prepare(self._path, lambda path: Store.open(path).close(), self._settings, after=after)
        self._writer.store.release()
        store, _aside, _users = exchange(empty)
        with store, Store.open(self._folder / "empty.duckdb") as fresh:
            for name, ask in self._questions.items():
                self._compare("empty store", name, _ask(ask, store), _ask(ask, fresh))
        restore(copy, self._path)
        copy.unlink()
        self._writer.store = Store.open(self._path, create=False)

    @contextmanager
    def _fresh(self) -> Iterator[Store]:
        """Open a copy of the store in which nothing is derived yet, with caches that are empty."""
        copy = backup(self._writer.store, self._folder / "fresh.duckdb")
        for old in self._folder.glob("market.duckdb.*.old"):
            old.unlink()
        try:
            with Store.open(copy, create=False) as store:
                store.maintain(_forget_derived)
                yield store
        finally:
            for file in self._folder.glob("fresh.duckdb*"):
                with suppress(OSError):
                    shutil.rmtree(file) if file.is_dir() else file.unlink()


def _forget_derived(cursor: object) -> None:
    for (name,) in cursor.execute(_DERIVED).fetchall():  # type: ignore[attr-defined]
        cursor.execute(f"DROP TABLE {name}")  # type: ignore[attr-defined]
    for table in ("derived_state", "customer_search", "region_outline"):
        cursor.execute(f"DELETE FROM {table}")  # type: ignore[attr-defined]


def _ask(question: Question, store: Store) -> object:
    """Return an answer; a refusal in words is one as well."""
    try:
        return question(store)
    except AppError as error:
        return (type(error).__name__, str(error).replace(str(store.path), "store"))
