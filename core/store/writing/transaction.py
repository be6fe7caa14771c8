"""One transaction on an open file: all of it happens or nothing, and what went wrong is said in words."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar, cast

import duckdb

from core.errors import StoreBusyError, StoreError
from core.i18n import _
from core.store.connection import disk_trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.open_file import OpenFile
    from core.store.writing.change import Change

T = TypeVar("T")


class Unchanged(Exception):
    """Raised by a write function that found nothing to change; ``result`` is what the write returns."""

    def __init__(self, result: object) -> None:
        super().__init__()
        self.result = result


def transact(
    file: OpenFile,
    cursor: duckdb.DuckDBPyConnection,
    function: Callable[[duckdb.DuckDBPyConnection], T],
    change: Change | None,
) -> T:
    """Run ``function(cursor)`` in one transaction; record a change and raise the data version.

    Raises
    ------
    StoreBusyError
        Somebody changed the same rows, or what the change touches, since it began.
    """
    cursor.execute("BEGIN TRANSACTION")
    try:
        # What this transaction sees is settled by its first look at the file, not by its beginning.
        begun = file.version(cursor)
        result = function(cursor)
        if change is None:
            cursor.execute("COMMIT")
            file.commit()
        else:
            with file.turns.write:
                with file.gate.cursor() as latest:
                    change.refuse_overtaken(latest, begun)
                version = change.record(cursor)
                cursor.execute("COMMIT")
                file.commit(version)
    except Unchanged as nothing:
        _roll_back(cursor)
        return cast("T", nothing.result)
    except duckdb.TransactionException as error:
        _roll_back(cursor)
        # A commit that finds the disk full is refused like a conflict of two writers.
        raise trouble(file, error) or StoreBusyError(
            _("Somebody is just changing the same rows."), _("Try again in a minute.")
        ) from error
    except duckdb.InterruptException:
        _roll_back(cursor)
        raise
    except duckdb.Error as error:
        _roll_back(cursor)
        raise trouble(file, error) or StoreError(_("Nothing was changed: {reason}", reason=error)) from error
    except BaseException:
        _roll_back(cursor)
        raise
    return result


def trouble(file: OpenFile, error: duckdb.Error) -> StoreError | None:
    """Return what is wrong with the disk; note when the engine gave up, so that it is opened again."""
    if isinstance(error, duckdb.FatalException):
        file.is_broken = True
    return disk_trouble(file.path, error)


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    # A failed COMMIT has already ended the transaction.
    with suppress(duckdb.Error):
        cursor.execute("ROLLBACK")
