"""Where a request comes from: the address and the session that the audit keeps with what was done."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMAND_LINE = "command line"


@dataclass(frozen=True)
class Origin:
    """Where something was done.

    Parameters
    ----------
    address
        Of the machine that asked, or :data:`COMMAND_LINE`; None where it is unknown.
    session
        A mark that tells sessions apart and opens none; on the command line the account of the system.
    """

    address: str | None = None
    session: str | None = None


UNKNOWN = Origin()
_origin: ContextVar[Origin | None] = ContextVar("origin", default=None)
_sources: list[Callable[[], Origin]] = []


def current_origin() -> Origin:
    """Return where the present thread or task works for: what was set, else what a source says."""
    found = _origin.get()
    if found is not None:
        return found
    return next((told for source in _sources if (told := source()) != UNKNOWN), UNKNOWN)


def set_origin(origin: Origin) -> None:
    """Set the origin of the present thread or task."""
    _origin.set(origin)


@contextmanager
def from_origin(origin: Origin) -> Iterator[None]:
    """Work for an origin inside a ``with`` block."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def add_source(source: Callable[[], Origin]) -> None:
    """Ask a function where nobody set the origin, as in the threads of a web framework; once each."""
    if source not in _sources:
        _sources.append(source)


def command_line() -> Origin:
    """Return the origin of a command: the account of the system that runs it."""
    try:
        return Origin(COMMAND_LINE, getpass.getuser())
    except (OSError, KeyError):
        # In a container an account may have no name.
        return Origin(COMMAND_LINE)
