"""Whom the store lets in, looked up anew after a few seconds: who is struck off the list is out soon."""

from __future__ import annotations

import datetime as dt
import threading
import time
from typing import TYPE_CHECKING

from core.access import Access, User, access_of, see_as
from core.store.access.sign_in import bind, find
from core.store.access.users import ENTITY, load
from core.store.audit.events import Event, EventKind, Outcome, record_event

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.database import Store
    from pages._ui.sign_in.identity import SignIn

FRESH_SECONDS = 10.0
"""How long an answer holds; together with the look that an idle page takes, half a minute at most."""
REMEMBERED = 10_000
_lock = threading.Lock()
_found: dict[tuple[object, ...], tuple[float, User | None]] = {}
_written: dict[str, Outcome] = {}


def access_of_sign_in(store: Store, sign_in: SignIn) -> Access | None:
    """Return what somebody may do; None for whom the store doesn't list."""
    subject = f"{sign_in.issuer} {sign_in.subject}"

    def look_up() -> User | None:
        record = find(store, subject, sign_in.email)
        user = None if record is None else bind(store, record, subject).user
        is_admitted = user is not None and user.is_admitted(dt.date.today())
        _write_down(store, sign_in, Outcome.DONE if is_admitted else Outcome.REFUSED)
        return user

    user = _fresh((store.opening, subject, sign_in.email), look_up)
    return None if user is None else access_of(user)


def access_seen_as(store: Store, own: Access, email: str) -> Access:
    """Return with what access an administrator looks at what another user sees.

    Raises
    ------
    InputError
        There is no such user.
    """
    user = _fresh((store.opening, email), lambda: load(store, email).user)
    return see_as(own.actor, user or User("", email, email, ()))


def _write_down(store: Store, sign_in: SignIn, outcome: Outcome) -> None:
    """Write into the audit how an act of signing in ended; once, and again where that changes."""
    with _lock:
        if _written.get(sign_in.handle) == outcome:
            return
        if len(_written) >= REMEMBERED:
            _written.clear()
        _written[sign_in.handle] = outcome
    who = sign_in.email or sign_in.subject
    record_event(store, Event(EventKind.SIGN_IN, "sign_in", outcome, ENTITY, who), actor=who)


def _fresh(key: tuple[object, ...], look_up: Callable[[], User | None]) -> User | None:
    now = time.monotonic()
    with _lock:
        until, user = _found.get(key, (0.0, None))
        if now < until:
            return user
    user = look_up()
    with _lock:
        if len(_found) >= REMEMBERED:
            _found.clear()
        _found[key] = (now + FRESH_SECONDS, user)
    return user
