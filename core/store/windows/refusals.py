"""Refusals as the audit has them: what somebody lacks the right for, or what is out of sight."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.errors import AppError, NotAllowedError, StoreBusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def noting(note: Callable[[AppError], object], again: Callable[[], object] | None) -> Iterator[None]:
    """Note what is refused inside for want of a right or of sight; ordinary mistakes are none of it.

    What is out of sight is answered like what isn't there, so the answer alone doesn't tell a mistake from a
    look across the border. Whoever sees everything would be told the same of a mistake, and something else of
    what is there.

    Parameters
    ----------
    note
        Writes a refusal down.
    again
        Tries the same with everything in sight, and leaves no trace; None where only a right can be missing.
    """
    try:
        yield
    except StoreBusyError:
        raise
    except AppError as error:
        if isinstance(error, NotAllowedError) or (again is not None and not _says_the_same(again, error)):
            note(error)
        raise


def _says_the_same(again: Callable[[], object], error: AppError) -> bool:
    try:
        again()
    except AppError as other:
        return str(other) == str(error)
    return False
