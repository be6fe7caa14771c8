"""What happens when the server starts, and when it ends."""

from __future__ import annotations

import gc
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from core.errors import AppError
from core.settings import Settings
from core.store.backup import clear_unfinished
from core.store.cycle.day.photos import clear_orphans
from core.store.frames import prefer_small_frames
from core.store.loading.retention import clear_expired
from core.store.privacy.coordinates import clear_coordinates
from pages._ui import nightly, preparation, runtime
from pages._ui.server import request_log
from pages._ui.server.media import guard_downloads
from pages._ui.server.own_buttons import guard_tables
from pages._ui.sign_in import session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Open the store when the server starts; when it ends, wait for the running change and close it.

    A store or a setting that is wrong is no reason not to start: the page says what it is.
    """
    # What is loaded by now stays: nobody need wait while the collector walks through it again and again.
    gc.collect()
    gc.freeze()
    guard_downloads()
    guard_tables()
    prefer_small_frames()
    try:
        wanted = Settings.from_environment().log
        if wanted or (wanted is None and not session.is_alone()):
            request_log.turn_on()
        if Settings.from_environment().rollups is not None:
            runtime.whole_store()
        elif runtime.exists():
            clear_expired(runtime.whole_store())
            clear_coordinates(runtime.whole_store())
            clear_unfinished(runtime.path(), runtime.backups())
            clear_orphans(runtime.whole_store())
    except AppError as error:
        log.warning("%s", error)
    preparation.start()
    nightly.start(runtime.opened, runtime.backups)
    try:
        yield
    finally:
        nightly.stop()
        preparation.stop()
        runtime.close()
