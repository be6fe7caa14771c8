"""Pages are made one after the other, and none waits for ever."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pages._ui import turn


@pytest.fixture
def one_place(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """A machine on which one page is made at a time."""
    places = threading.Semaphore(1)
    monkeypatch.setattr(turn, "_turns", places)
    return places


def test_a_part_keeps_the_turn_of_its_page(one_place: threading.Semaphore) -> None:
    """A part of a page that is made with it waits for nobody; then the place is free, come what may."""

    def page() -> None:
        with turn.turn(), turn.turn():
            assert not one_place.acquire(blocking=False)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        page()
    assert one_place.acquire(blocking=False)


def test_others_wait_and_then_go_on(one_place: threading.Semaphore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another page waits while one is made, and no longer than it may."""
    inside, done = threading.Event(), threading.Event()

    def page() -> bool:
        with turn.turn():
            inside.set()
            return done.wait(60)

    with ThreadPoolExecutor(1) as people:
        first = people.submit(page)
        assert inside.wait(60)
        monkeypatch.setattr(turn, "LONGEST_WAIT", 0.01)
        # Its own place was never taken, so it gives none back.
        with turn.turn():
            pass
        assert not one_place.acquire(blocking=False)
        done.set()
        assert first.result(60)
    assert one_place.acquire(blocking=False)
    assert not one_place.acquire(blocking=False)
