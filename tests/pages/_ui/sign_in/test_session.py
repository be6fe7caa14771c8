"""Who runs something, and what that person may do now."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.access import LOCAL, Right, User
from core.errors import NotAllowedError
from core.store.access import users
from core.store.database import Store
from pages._ui import runtime
from pages._ui.jobs import AT_ONCE, Job
from pages._ui.sign_in import session
from pages._ui.sign_in.identity import SignIn
from pages._ui.sign_in.session import NotAdmittedError, NotSignedInError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LI = User("", "li@corp.example", "Li", ("admin",))
WANG = User("", "wang@corp.example", "Wang", ("viewer",))
PATIENCE_SECONDS = 240


def signed_in(email: str = LI.email, **changes: object) -> SignIn:
    """Return a sign-in of now."""
    return replace(SignIn("https://id", email.partition("@")[0], email, time.time()), **changes)


@pytest.fixture
def listed(empty: Path, team_mode: None) -> Iterator[Store]:
    """The app's store, in which two users are listed."""
    store = runtime.whole_store()
    for user in (LI, WANG):
        users.add(store, user)
    return store


def test_alone_everything_may_be_done(empty: Path) -> None:
    """Without sign-in whoever is here is the local user."""
    assert session.access(runtime.whole_store()) == LOCAL
    assert runtime.is_admitted()
    assert session.bearer() == ""


def test_a_team_lets_nobody_in_unnamed(listed: Store) -> None:
    """A thread that nobody's session started gets no store."""
    with pytest.raises(NotSignedInError):
        runtime.store()
    assert not runtime.is_admitted()


def test_who_is_listed_has_the_rights_of_the_role(listed: Store) -> None:
    """The store handle carries name and rights of the user."""
    with session.acting_as(signed_in(WANG.email)):
        access = runtime.store().access
        assert (access.actor, access.can(Right.VIEW), access.can(Right.ADMINISTER)) == (
            WANG.email,
            True,
            False,
        )


def test_who_is_not_listed_is_refused(listed: Store) -> None:
    """An account of the company without a user here, and one whose address isn't verified, get nothing."""
    for stranger in (signed_in("zhao@corp.example"), signed_in(email="")):
        with session.acting_as(stranger), pytest.raises(NotAdmittedError):
            runtime.store()


def test_who_is_deactivated_is_out(listed: Store) -> None:
    """The next look finds the user inactive."""
    with session.acting_as(signed_in(WANG.email)):
        assert runtime.is_admitted()
        users.deactivate(listed, users.load(listed, WANG.email))
        assert not runtime.is_admitted()


def test_signing_out_and_time_end_it(listed: Store) -> None:
    """One act of signing in ends in every tab; another of the same person goes on; both end in time."""
    first, second = signed_in(), signed_in(at=time.time() - 60)
    session.end(first)
    assert not session.is_open(first)
    assert session.is_open(second)
    assert not session.is_open(replace(second, at=time.time() - 13 * 3600))


def test_an_administrator_looks_as_somebody_else(listed: Store) -> None:
    """Seen as a user: that user's view, nothing to change, one's own name; others can't do it."""
    with session.acting_as(signed_in(seen_as=WANG.email)):
        access = runtime.store().access
        assert (access.actor, access.rights) == (LI.email, {Right.VIEW})
    with session.acting_as(signed_in(WANG.email, seen_as=LI.email)):
        assert not runtime.store().access.can(Right.ADMINISTER)


def test_a_job_works_in_the_name_of_who_started_it(listed: Store) -> None:
    """The thread of the work has the store of the user, and loses it with the user."""
    with session.acting_as(signed_in(WANG.email)):
        job = Job(lambda _watch: runtime.store().access.actor).start()
        assert job.done.wait(PATIENCE_SECONDS)
        assert job.result == WANG.email
        users.deactivate(listed, users.load(listed, WANG.email))
        refused = Job(lambda _watch: runtime.store()).start()
        assert refused.done.wait(PATIENCE_SECONDS)
    assert isinstance(refused.error, NotAdmittedError)


def test_nobody_takes_the_whole_machine(listed: Store) -> None:
    """A user's third job waits for one of the first two and can be stopped; another user's doesn't wait."""
    hold, ran = threading.Event(), threading.Semaphore(0)

    def work(_watch: object) -> None:
        ran.release()
        assert hold.wait(PATIENCE_SECONDS)

    who = signed_in()
    with session.acting_as(who):
        running = [Job(work).start() for _number in range(AT_ONCE)]
        for _number in running:
            assert ran.acquire(timeout=PATIENCE_SECONDS)
        waiting = Job(work).start()
    with session.acting_as(signed_in(WANG.email)):
        other = Job(work).start()
    assert ran.acquire(timeout=PATIENCE_SECONDS)  # the other user's
    waiting.cancel()
    assert waiting.done.wait(PATIENCE_SECONDS)
    assert waiting.cancelled
    hold.set()
    assert all(job.done.wait(PATIENCE_SECONDS) and job.error is None for job in [*running, other])


def test_files_are_exchanged_by_administrators(listed: Store) -> None:
    """What passes the door of the store by is refused as well."""
    with session.acting_as(signed_in(WANG.email)), pytest.raises(NotAllowedError):
        runtime.exchange_file(lambda fresh: Store.open(fresh).close())
    assert runtime.whole_store() is listed
