"""A cursor for changes by whoever sees a part: rows out of sight are not read and stay as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar, cast

import duckdb

from core.errors import NotAllowedError
from core.i18n import _
from core.store.read_tracking import stored_tables
from core.store.windows.rules import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.windows.window import Window

_WRITTEN = re.compile(
    r"(\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE)\s+)(\w+)\b(?!\.)",
    re.IGNORECASE,
)
_DISPLACED = re.compile(r"(?<![\w.])history\.", re.IGNORECASE)


T = TypeVar("T")


def guarded(
    window: Window, function: Callable[[duckdb.DuckDBPyConnection], T], cursor: duckdb.DuckDBPyConnection
) -> T:
    """Return ``function(cursor)``, refused where it changed what is out of sight of a window.

    Whatever the function asks is answered by what is in sight, so that its messages tell of nothing else;
    what it writes goes to the tables of the file.

    Raises
    ------
    NotAllowedError
        It added, changed or removed such a row, or moved one into or out of sight.
    """
    guard = Guard(cursor, window)
    window.enter(cursor)
    try:
        result = function(cast("duckdb.DuckDBPyConnection", guard))
    except duckdb.ConstraintException as error:
        # The engine's own message would tell which row out of sight is in the way.
        raise NotAllowedError(
            _("Something of that name is there already, or isn't yours to change; nothing was changed."),
            _("Choose another name or day."),
        ) from error
    window.leave(cursor)
    guard.refuse_hidden()
    return result


class Guard:
    """Passes every call on to a cursor, and notes what is out of sight in a table before it is written to.

    Parameters
    ----------
    cursor
        In the window, inside a transaction.
    window
        What is in sight.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, window: Window) -> None:
        self._cursor, self._window = cursor, window
        self._hidden: dict[str, tuple[int, int]] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a cursor has
        return getattr(self._cursor, name)

    def execute(self, query: str, *arguments: Any, **options: Any) -> duckdb.DuckDBPyConnection:  # noqa: ANN401
        """Run a statement."""
        return self._cursor.execute(self._aimed(query), *arguments, **options)

    def executemany(self, query: str, *arguments: Any, **options: Any) -> duckdb.DuckDBPyConnection:  # noqa: ANN401
        """Run a statement once per row."""
        return self._cursor.executemany(self._aimed(query), *arguments, **options)

    def refuse_hidden(self) -> None:
        """Refuse a transaction that changed what is out of sight.

        Raises
        ------
        NotAllowedError
            It added, changed or removed such a row, or moved one into or out of sight.
        """
        changed = [table for table, before in self._hidden.items() if self._sum_hidden(table) != before]
        if changed:
            raise NotAllowedError(
                _("This would change something that is not yours to see; nothing was changed."),
                _("Ask whoever is responsible for the region or the customer."),
            )

    def _aimed(self, statement: str) -> str:
        """Return a statement that writes to tables of the file and reads what is in sight."""
        text = _DISPLACED.sub(f"{self._window.displaced}.", statement)
        return _WRITTEN.sub(self._aim, text)

    def _aim(self, written: re.Match[str]) -> str:
        verb, name = written[1], written[2].lower()
        if name not in stored_tables():
            return written[0]
        if name not in self._hidden and self._window.change_condition(name) != EVERYTHING:
            self._hidden[name] = self._sum_hidden(name)
        return f"{verb}{self._window.stored(name)}"

    def _sum_hidden(self, table: str) -> tuple[int, int]:
        condition = self._window.change_condition(table)
        rows, total = self._cursor.execute(
            "SELECT COUNT(*), COALESCE(SUM(CAST(HASH(t) AS HUGEINT)), 0)"
            f" FROM {self._window.stored(table)} AS t WHERE ({condition}) IS NOT TRUE"
        ).fetchall()[0]
        return int(rows), int(total)
