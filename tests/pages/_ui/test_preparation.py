"""Waiting for machine code that another process makes."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from core.errors import CancelledError
from core.store.progress import Watch
from pages._ui import preparation


@pytest.fixture
def busy(monkeypatch):
    """Return a process that stands for one that compiles."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    monkeypatch.setattr(preparation, "_process", process)
    monkeypatch.setattr(preparation, "_LISTEN_SECONDS", 0.001)
    yield process
    process.kill()
    process.communicate()


def calculation(answers):
    """Return a calculation that gives these answers to whether it is compiled, and notes what was loaded."""
    loaded = []
    return SimpleNamespace(is_compiled=lambda: next(answers), warm_up=loaded.append), loaded


@pytest.mark.usefixtures("busy")
def test_work_waits_until_the_other_process_has_compiled():
    """Nothing is loaded before the machine code is there, and the bar says what is waited for."""
    said = []
    routing, loaded = calculation(iter([False, False, True]))
    preparation.make_ready(routing, Watch(lambda _share, text: said.append((text, len(loaded)))))
    assert [count for _text, count in said] == [0, 0]
    assert len(loaded) == 1


def test_work_compiles_itself_when_the_other_process_has_ended(busy):
    """A process that was killed leaves nobody waiting."""
    preparation.stop()
    assert busy.returncode is not None
    routing, loaded = calculation(iter([]))
    preparation.make_ready(routing, Watch())
    assert len(loaded) == 1


@pytest.mark.usefixtures("busy")
def test_waiting_can_be_stopped():
    """Who stops the work needn't wait for the compiler."""
    routing, loaded = calculation(iter([False] * 9))
    watch = Watch()
    watch.cancel()
    with pytest.raises(CancelledError):
        preparation.make_ready(routing, watch)
    assert loaded == []
