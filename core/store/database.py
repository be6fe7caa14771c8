"""The store: one DuckDB file, opened once, many readers, one writer at a time."""

from __future__ import annotations

import itertools
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import duckdb

from core.errors import StoreBusyError, StoreClosedError, StoreError
from core.i18n import _
from core.settings import Settings
from core.store import migration
from core.store.change import Change
from core.store.connection import connect, disk_trouble
from core.store.gate import Gate
from core.store.queries import query
from core.store.read_tracking import ANY, track, track_statement
from core.store.scope import EVERYTHING, Scope
from core.store.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    import pyarrow as pa

T = TypeVar("T")
_openings = itertools.count(1)
READ_GRACE = 5.0
"""Seconds that a running change or read has to end by itself before files are exchanged."""
CLOSE_LIMIT = 30.0
"""Seconds after which reads that were interrupted are given up."""


class Unchanged(Exception):
    """Raised by a write function that found nothing to change; ``result`` is what the write returns."""

    def __init__(self, result: object) -> None:
        super().__init__()
        self.result = result


class Store:
    """An open store.

    Reads run on a cursor of their own and materialise before they return, so that any thread may
    read at any time. Writes pass one lock and one transaction, and raise :attr:`data_version`, which
    keys every cache together with :attr:`opening`, the number of this opening in this process: another file
    under the same name may carry an old data version. :attr:`commits` counts what was written since then,
    derived tables and drafts included.
    """

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = connection
        self.opening = next(_openings)
        self.is_broken = False
        self.under_way: str | None = None
        self._commit_numbers = itertools.count(1)
        self.commits = 0
        self._gate = Gate(connection)
        self._turns = Turns()
        with self._gate.cursor() as cursor:
            self._data_version = self._version(cursor)

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
        return cls(path, migration.open_current(path, lambda: connect(path, settings)))

    def close(self) -> None:
        """Wait for the running write, end the running reads, close the file; a second call does nothing."""
        with self._turns.write, suppress(StoreBusyError, duckdb.Error):
            self._gate.close(0.0, CLOSE_LIMIT)
            self._connection.close()

    def release(self) -> None:
        """Close the file so that another one can take its place: no read or write is left on it.

        Raises
        ------
        StoreBusyError
            A change or a read went on for too long; the store stays open.
        """
        with self._turns.take("write", limit=READ_GRACE):
            self._gate.close(READ_GRACE, CLOSE_LIMIT)
            self._connection.close()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Keep every write out, long ones included; reads go on.

        Raises
        ------
        StoreBusyError
            A change goes on for too long.
        """
        with self._turns.take(limit=READ_GRACE):
            yield

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def data_version(self) -> int:
        """Rises with every write; the key of every cache."""
        track((ANY,))
        return self._data_version

    @property
    def generation(self) -> int:
        """How often another file took the place of this store."""
        with self._gate.cursor() as cursor:
            return int(cursor.execute("SELECT m.generation FROM meta AS m").fetchall()[0][0])

    def stamp(self, generation: int) -> None:
        """Write down which exchange of files this file is made for."""
        self.maintain(lambda cursor: cursor.execute("UPDATE meta SET generation = ?", [generation]))
        self._connection.execute("CHECKPOINT")

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor of its own to one read; used inside ``core.store`` only."""
        track((ANY,))
        with self._gate.cursor() as cursor:
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
            with self._gate.cursor() as cursor:
                # Arrow leaves DuckDB thirty times faster than a DataFrame; to_arrow_table materialises.
                return cursor.sql(text, params=dict(parameters or {})).to_arrow_table()
        except duckdb.Error as error:
            raise self._trouble(error) or StoreError(
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
            Makes the changes through the cursor it is given. Whatever it raises rolls back;
            :class:`Unchanged` rolls back and returns, and leaves ``data_version`` and the audit alone.
        details
            ``entity``, ``entity_key``, ``before`` and ``after`` of the audit row.
        finish
            Called at the end of the same transaction with the data version it makes.
        """
        change = Change(action, actor, details or {}, finish)
        try:
            with self._turns.write:
                return self._transact(function, change)
        except StoreBusyError:
            # A long change beside this one has the same rows; once it is done this one is made.
            with self._turns.long, self._turns.write:
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
        change = Change(action, actor, details or {}, finish, frozenset(touching))
        with self._turns.long:
            self.under_way = action
            try:
                result = self._transact(function, change)
            except StoreBusyError:
                with self._turns.write:
                    result = self._transact(function, replace(change, touching=None))
            finally:
                self.under_way = None
            self._reuse_space()
            return result

    def maintain(self, function: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        """Run ``function(cursor)`` in one transaction that leaves the data as they are.

        For what is derived or not yet said: neither the audit log nor :attr:`data_version` moves.
        """
        with self._turns.write:
            return self._transact(function, None)

    def derive(self, function: Callable[[duckdb.DuckDBPyConnection], T], *, of_facts: bool = False) -> T:
        """Make derived tables while others read and write.

        Parameters
        ----------
        of_facts
            Whether they are tables that long changes make as well; then these are waited for.
        """
        with self._turns.long if of_facts else self._turns.derive:
            result = self._transact(function, None)
            self._reuse_space()
            return result

    def _transact(self, function: Callable[[duckdb.DuckDBPyConnection], T], change: Change | None) -> T:
        """Run ``function(cursor)`` in one transaction; record a change and raise the data version.

        Raises
        ------
        StoreBusyError
            Somebody changed the same rows, or what the change touches, since it began.
        """
        with self._gate.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION")
            try:
                # What this transaction sees is settled by its first look at the file, not by its beginning.
                begun = self._version(cursor)
                result = function(cursor)
                if change is not None:
                    with self._turns.write:
                        with self._gate.cursor() as latest:
                            change.refuse_overtaken(latest, begun)
                        version = change.record(cursor)
                        cursor.execute("COMMIT")
                        self.commits = next(self._commit_numbers)
                        self._data_version = version
                else:
                    cursor.execute("COMMIT")
                    self.commits = next(self._commit_numbers)
            except Unchanged as nothing:
                self._roll_back(cursor)
                return cast("T", nothing.result)
            except duckdb.TransactionException as error:
                self._roll_back(cursor)
                # A commit that finds the disk full is refused like a conflict of two writers.
                raise self._trouble(error) or StoreBusyError(
                    _("Somebody is just changing the same rows."), _("Try again in a minute.")
                ) from error
            except duckdb.InterruptException:
                self._roll_back(cursor)
                raise
            except duckdb.Error as error:
                self._roll_back(cursor)
                raise self._trouble(error) or StoreError(
                    _("Nothing was changed: {reason}", reason=error)
                ) from error
            except BaseException:
                self._roll_back(cursor)
                raise
            return result

    def _reuse_space(self) -> None:
        """Let the next change write where the last one left room.

        Room is free from the next checkpoint on, and the engine makes none before the log is full. Large
        changes hardly write to the log: without this each of them would make the file longer.
        """
        with suppress(duckdb.Error, StoreClosedError), self._gate.cursor() as cursor:
            cursor.execute("CHECKPOINT")

    def _trouble(self, error: duckdb.Error) -> StoreError | None:
        """Return what is wrong with the disk; note when the engine gave up, so that it is opened again."""
        if isinstance(error, duckdb.FatalException):
            self.is_broken = True
        return disk_trouble(self.path, error)

    @staticmethod
    def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
        # A failed COMMIT has already ended the transaction.
        with suppress(duckdb.Error):
            cursor.execute("ROLLBACK")

    @staticmethod
    def _version(cursor: duckdb.DuckDBPyConnection) -> int:
        """Return the data version that a cursor sees: every change leaves one row in the audit log."""
        return int(
            cursor.execute("SELECT COALESCE(MAX(a.audit_id), 0) + 1 FROM audit_log AS a").fetchall()[0][0]
        )
