"""Copies of the night: made by the app at a set time, or when a command asks for one, while people work."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import AppError
from core.settings import Settings
from core.store.nightly.copies import last_nightly_copy, make_nightly_copy
from core.store.nightly.request import CopyRequest, serve
from core.store.writing.origin import COMMAND_LINE, Origin, from_origin

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.database import Store

LOOK_SECONDS = 2.0
RETRY = dt.timedelta(hours=1)
"""How long a copy that failed waits for the next try."""
NIGHT = Origin("server", "nightly")
log = logging.getLogger(__name__)
_stop = threading.Event()


def start(store: Callable[[], Store | None], backups: Callable[[], Path]) -> None:
    """Start looking at the clock and for requests.

    Parameters
    ----------
    store
        Returns the store that is open; None while none is.
    backups
        Returns the folder of copies where none is set.
    """
    _stop.clear()
    threading.Thread(target=_watch, args=(store, backups), name="nightly", daemon=True).start()


def stop() -> None:
    """Stop looking; a copy that is being made ends with the store."""
    _stop.set()


def due(now: dt.datetime, at: dt.time | None, last: dt.datetime | None) -> bool:
    """Tell whether the copy of the last night is missing.

    Parameters
    ----------
    at
        The time of day when a copy is made; None for never.
    last
        When the last one was made or tried; None where there is none.
    """
    if at is None:
        return False
    moment = dt.datetime.combine(now.date(), at)
    if moment > now:
        moment -= dt.timedelta(days=1)
    return last is None or last < moment


def _watch(store: Callable[[], Store | None], backups: Callable[[], Path]) -> None:
    tried: dt.datetime | None = None
    while not _stop.wait(LOOK_SECONDS):
        try:
            settings = Settings.from_environment()
            opened = store()
            if opened is None:
                continue
            serve(opened.path, partial(_asked, opened))
            now, into = dt.datetime.now(), settings.backup_into or backups()
            if due(now, settings.backup_at, last_nightly_copy(into, settings.store.stem)) and (
                tried is None or now - tried > RETRY
            ):
                tried = now
                with from_origin(NIGHT):
                    make_nightly_copy(opened, into, settings.backup_keep)
        except AppError as error:
            log.warning("%s", error)
        except Exception:
            # The next look may go well, and nobody else would make the copy.
            log.exception("A nightly copy failed")


def _asked(store: Store, request: CopyRequest) -> Path:
    with from_origin(Origin(COMMAND_LINE, request.account or None)):
        return make_nightly_copy(store, Path(request.into), request.keep)
