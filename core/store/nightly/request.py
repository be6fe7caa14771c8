"""A word left beside the store for the app that has it open: make a copy now.

One process owns the file of a store: a command can't copy it while the app runs. It leaves a request in
the folder of the store; the app takes it, makes the copy and answers. Who may write into that folder
may read the store anyway, so the folder's rights decide who may ask.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import StoreError
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

ACCEPT_SECONDS = 30.0
"""After so long nobody is there who takes a request."""
FINISH_SECONDS = 3_600.0
_LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class CopyRequest:
    """A copy asked for: where it goes, how many stay, and who asked."""

    into: str
    keep: int
    account: str


def ask(
    store: Path, request: CopyRequest, accept: float = ACCEPT_SECONDS, finish: float = FINISH_SECONDS
) -> Path | None:
    """Ask the app that has a store open for a copy and wait for it.

    Returns
    -------
    pathlib.Path or None
        The copy; None where nobody took the request: whoever has the store open is no app.

    Raises
    ------
    StoreError
        The app could not make the copy, or took too long.
    """
    name = uuid.uuid4().hex
    asked, taken, answer = (_place(store, name, kind) for kind in ("asked", "taken", "answer"))
    _write(asked, asdict(request))
    try:
        if not _await(lambda: not asked.exists(), accept):
            return None
        if not _await(answer.exists, finish):
            raise StoreError(_("The app didn't finish the copy in {n} seconds.", n=int(finish)))
        found = json.loads(answer.read_text("utf-8"))
    finally:
        for path in (asked, taken, answer):
            path.unlink(missing_ok=True)
    if "message" in found:
        raise StoreError(found["message"], found["hint"])
    return Path(found["copy"])


def serve(store: Path, make: Callable[[CopyRequest], Path]) -> None:
    """Make the copies that were asked for beside a store; what goes wrong is the answer."""
    for asked in sorted(store.parent.glob(f".{store.name}.*.asked")):
        taken, answer = asked.with_suffix(".taken"), asked.with_suffix(".answer")
        try:
            asked.rename(taken)
            request = CopyRequest(**json.loads(taken.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            # Taken back meanwhile, or by no hand of ours.
            continue
        try:
            found = {"copy": str(make(request))}
        except StoreError as error:
            found = {"message": error.message, "hint": error.hint}
        with suppress(OSError):
            _write(answer, found)


def _place(store: Path, name: str, kind: str) -> Path:
    return store.parent / f".{store.name}.{name}.{kind}"


def _write(path: Path, content: object) -> None:
    unfinished = path.with_suffix(".unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file)
    unfinished.replace(path)


def _await(condition: Callable[[], bool], limit: float) -> bool:
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(_LOOK_SECONDS)
    return True
