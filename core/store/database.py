"""The store: one DuckDB file, opened once, many readers, one writer at a time."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import duckdb

from core.access.access import LOCAL
from core.access.rights import Right
from core.currency import use_currency
from core.errors import AppError, StoreBusyError, StoreError
from core.i18n import _
from core.settings import Settings
from core.store import migration
from core.store.connection import connect
from core.store.file.checkpoint import LOG_LIMIT, StoreFile
from core.store.open_file import OpenFile
from core.store.queries import query
from core.store.read_tracking import ANY, track, track_statement
from core.store.scope import EVERYTHING, Scope
from core.store.windows.guard import guarded
from core.store.windows.refusals import noting
from core.store.writing.change import Change
from core.store.writing.event import refusal, write_event
from core.store.writing.transaction import Unchanged, transact, trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from contextlib import AbstractContextManager

    import pyarrow as pa

    from core.access.access import Access
    from core.store.windows.window import Window

T = TypeVar("T")
__all__ = ["Store", "Unchanged"]


class Store:
    """An open store.

    Reads run on a cursor of their own and materialise before they return, so that any thread may
    read at any time. Writes pass one lock and one transaction, and raise :attr:`data_version`, which
    keys every cache together with :attr:`opening`, the number of this opening in this process: another file
    under the same name may carry an old data version.
    """

    def __init__(
        self, file: OpenFile, access: Access = LOCAL, views: dict[Access, Store] | None = None
    ) -> None:
        self._file = file
        self.access = access
        self._window = file.window(access)
        self._views = {} if views is None else views

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Store) and self._seen == other._seen

    def __hash__(self) -> int:
        return hash(self._seen)

    @property
    def _seen(self) -> tuple[int, Window | None]:
        return self._file.opening, self._window

    def for_access(self, access: Access) -> Store:
        """Return this open store as somebody sees it and may change it.

        Every read sees the rows of the access alone, whatever its text; tables derived from them are made of
        them and kept apart. A change needs the right that is declared for its action, is recorded under the
        actor of the access, and is refused where it touches a row out of sight. Two such stores that see the
        same are equal.
        """
        # What is kept in memory of a store goes with it: the same one for every click of a person.
        if access not in self._views:
            self._views[access] = Store(self._file, access, self._views)
        return self._views[access]

    @property
    def whole(self) -> Store:
        """The same store with every row in sight, for the same person with the same rights.

        For what the program has to know of all of it: whoever asks takes care of what becomes of the answer.
        """
        return Store(self._file, replace(self.access, region_ids=None, employee_id=None))

    def administered(self, action: str) -> Store:
        """Return the same store with every row in sight, for work on all of it such as a copy.

        Raises
        ------
        NotAllowedError
            Whoever asks is no administrator; that is written down.
        """
        with self.noting_refusals(action):
            self.access.require(Right.ADMINISTER)
        return self.whole

    @contextmanager
    def _seeing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor that sees what this store shows."""
        with self._file.gate.cursor() as cursor:
            if self._window is not None:
                self._window.enter(cursor)
            yield cursor

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._file.path

    @property
    def opening(self) -> int:
        """Number of this opening of the file in this process."""
        return self._file.opening

    @property
    def is_broken(self) -> bool:
        """Whether the engine gave up, so that the file has to be opened again."""
        return self._file.is_broken

    @property
    def under_way(self) -> str | None:
        """The long work that goes on beside reads and short changes."""
        return self._file.under_way

    @property
    def commits(self) -> int:
        """How often something was written since the opening, derived tables and drafts included."""
        return self._file.commits

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True, settings: Settings | None = None) -> Self:
        """Open a store; make it when it does not exist, migrate it when it is older.

        Parameters
        ----------
        create
            False to refuse a file that does not exist.

        Raises
        ------
        StoreError
            The file does not exist and ``create`` is False.
        StoreLockedError
            Another process has it open.
        StoreFormatError
            It is damaged, no store, or made by a newer version.
        """
        path = Path(path)
        if not create and not path.exists():
            raise StoreError(
                _("There is no store at {path}.", path=path),
                _("Check the path, or make a store with “python -m core sample” or “python -m core import”."),
            )
        settings = settings or Settings.from_environment()
        file = StoreFile(path)
        try:
            connection = migration.open_current(file, lambda: connect(path, settings))
            kept = connection.execute("SELECT s.value FROM setting AS s WHERE s.name = 'currency'").fetchone()
            use_currency(kept[0] if kept else "")
            return cls(OpenFile(path, file, connection))
        except BaseException:
            file.close()
            raise

    def close(self) -> None:
        """Wait for the running write, end the running reads, close the file; a second call does nothing."""
        self._file.close()

    def release(self) -> None:
        """Close the file so that another one can take its place: no read or write is left on it.

        Raises
        ------
        StoreBusyError
            A change or a read went on for too long; the store stays open.
        """
        self._file.release()

    def paused(self) -> AbstractContextManager[None]:
        """Keep every write out, long ones included; reads go on.

        Raises
        ------
        StoreBusyError
            A change goes on for too long.
        """
        return self._file.paused()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def data_version(self) -> int:
        """Rises with every write; the key of every cache."""
        track((ANY,))
        return self._file.data_version

    @property
    def log_size(self) -> int:
        """Bytes of changes that are in the log beside the file, not in it yet."""
        return self._file.file.log_size

    @property
    def generation(self) -> int:
        """How often another file took the place of this store."""
        with self._file.gate.cursor() as cursor:
            return int(cursor.execute("SELECT m.generation FROM meta AS m").fetchall()[0][0])

    def stamp(self, generation: int) -> None:
        """Write down which exchange of files this file is made for."""
        self.maintain(lambda cursor: cursor.execute("UPDATE meta SET generation = ?", [generation]))
        self._file.checkpoint()

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor of its own to one read; used inside ``core.store`` only."""
        track((ANY,))
        with self._seeing() as cursor:
            yield cursor

    def read(self, name: str, *, scope: Scope = EVERYTHING, **parameters: object) -> pa.Table:
        """Run the query file ``name`` and return all its rows.

        Parameters
        ----------
        name
            ``topic/name`` of a file in ``core/store/queries``.
        parameters
            Values of the query's other ``$parameters``.

        Returns
        -------
        pyarrow.Table
            The result, materialised.
        """
        text, names = query(name)
        values = {"scope": scope.parameter, **parameters}
        return self.fetch(text, {key: values[key] for key in names})

    def fetch(self, text: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """Run one SELECT and return all its rows; used inside ``core.store`` only."""
        track_statement(text)
        try:
            with self._seeing() as cursor:
                # Arrow leaves DuckDB thirty times faster than a DataFrame; to_arrow_table materialises.
                return cursor.sql(text, params=dict(parameters or {})).to_arrow_table()
        except duckdb.Error as error:
            raise trouble(self._file, error) or StoreError(
                _("The store could not answer: {reason}", reason=error)
            ) from error

    def write(
        self,
        action: str,
        function: Callable[[duckdb.DuckDBPyConnection], T],
        *,
        actor: str = "local",
        details: Mapping[str, Any] | None = None,
        finish: Callable[[duckdb.DuckDBPyConnection, int], None] | None = None,
    ) -> T:
        """Run ``function(cursor)`` in one transaction; all of it happens or nothing.

        Parameters
        ----------
        action
            What the user did, for the audit log: ``import``, ``undo``, ``set_own_company`` ...
        function
            Makes the changes through the cursor it is given, and nothing beside them: where it is refused it
            may be tried again with everything in sight. Whatever it raises rolls back;
            :class:`Unchanged` rolls back and returns, and leaves ``data_version`` and the audit alone.
        details
            ``entity``, ``entity_key``, ``before`` and ``after`` of the audit row.
        finish
            Called at the end of the same transaction with the data version it makes.
        """
        with self.noting_refusals(action, details, lambda whole: whole.rehearse(function)):
            change = self._change(action, actor, details, finish)
            try:
                with self._file.turns.write:
                    return self._transact(function, change)
            except StoreBusyError:
                # A long change beside this one has the same rows; once it is done this one is made.
                with self._file.turns.long, self._file.turns.write:
                    return self._transact(function, change)

    def write_beside(
        self,
        action: str,
        function: Callable[[duckdb.DuckDBPyConnection], T],
        *,
        touching: Collection[str],
        actor: str = "local",
        details: Mapping[str, Any] | None = None,
        finish: Callable[[duckdb.DuckDBPyConnection, int], None] | None = None,
    ) -> T:
        """Run long work like :meth:`write`; others read and write meanwhile and wait for its end alone.

        Parameters
        ----------
        touching
            The tables that the work reads or writes. Where somebody changed one of them meanwhile, the work
            is done a second time, while nobody else writes.
        action, function, details, finish
            As for :meth:`write`.
        """
        with self.noting_refusals(action, details):
            change = self._change(action, actor, details, finish)
            return self._transact_beside(function, replace(change, touching=frozenset(touching)))

    def _transact_beside(self, function: Callable[[duckdb.DuckDBPyConnection], T], change: Change) -> T:
        with self._file.turns.long:
            self._file.under_way = change.action
            try:
                result = self._transact(function, change)
            except StoreBusyError:
                with self._file.turns.write:
                    result = self._transact(function, replace(change, touching=None))
            finally:
                self._file.under_way = None
            self._file.checkpoint()
            return result

    def maintain(
        self, function: Callable[[duckdb.DuckDBPyConnection], T], *, right: Right | None = None
    ) -> T:
        """Run ``function(cursor)`` in one transaction that leaves the data as they are.

        For what is derived or not yet said: neither the audit log nor :attr:`data_version` moves.

        Parameters
        ----------
        right
            What it needs; None for what the program does by itself.
        """
        with self.noting_refusals(right or "", again=lambda whole: whole.rehearse(function)):
            if right is not None:
                self.access.require(right)
            with self._file.turns.write:
                return self._transact(function, None)

    def derive(self, function: Callable[[duckdb.DuckDBPyConnection], T], *, of_facts: bool = False) -> T:
        """Make derived tables, of what is seen here, while others read and write.

        Parameters
        ----------
        of_facts
            Whether they are tables that long changes make as well; then these are waited for.
        """
        with self._file.turns.long if of_facts else self._file.turns.derive:
            with self._seeing() as cursor:
                result = transact(self._file, cursor, function, None)
            if self._window is None:
                self._file.checkpoint()
            else:
                self._file.reuse_space(self._window)
            return result

    def noting_refusals(
        self,
        action: str,
        details: Mapping[str, Any] | None = None,
        again: Callable[[Store], object] | None = None,
    ) -> AbstractContextManager[None]:
        """Write down what is refused inside for want of a right or of sight.

        Parameters
        ----------
        again
            Tries the same with the store that has everything in sight, and leaves no trace.
        """

        def note(error: AppError) -> None:
            event = refusal(action, error, details)
            self.for_access(LOCAL).maintain(lambda cursor: write_event(cursor, event, self.access.actor))

        is_part = self._window is not None
        return noting(note, partial(again, self.whole) if again is not None and is_part else None)

    def rehearse(self, function: Callable[[duckdb.DuckDBPyConnection], object]) -> None:
        """Run ``function(cursor)`` in a transaction that is taken back; raise what it raises."""

        def work(cursor: duckdb.DuckDBPyConnection) -> None:
            function(cursor)
            raise Unchanged(None)

        with self._file.turns.write:
            self._transact(work, None)

    def _change(
        self,
        action: str,
        actor: str,
        details: Mapping[str, Any] | None,
        finish: Callable[[duckdb.DuckDBPyConnection, int], None] | None,
    ) -> Change:
        """Return the change of an action; whoever may not make it is refused."""
        if not self.access.is_local:
            self.access.require_for(action)
            actor = self.access.actor
        return Change(action, actor, details or {}, finish)

    def _transact(self, function: Callable[[duckdb.DuckDBPyConnection], T], change: Change | None) -> T:
        with self._file.gate.cursor() as cursor:
            result = transact(self._file, cursor, self._guarded(function), change)
        self._file.checkpoint(LOG_LIMIT)
        return result

    def _guarded(
        self, function: Callable[[duckdb.DuckDBPyConnection], T]
    ) -> Callable[[duckdb.DuckDBPyConnection], T]:
        """Return a change that leaves alone what is out of sight here."""
        window = self._window
        return function if window is None else partial(guarded, window, function)
