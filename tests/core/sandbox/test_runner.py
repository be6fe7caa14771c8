"""A reader that goes wrong costs its file and nothing else."""

from __future__ import annotations

import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.errors import ImportRefusedError
from core.exchange.features import read_features
from core.i18n import language
from core.sandbox import pool, read_apart, runner


def whose(_path: object) -> int:
    """Return the process that reads."""
    return os.getpid()


def take(gigabytes: int) -> int:
    """Ask for memory."""
    return len(bytearray(gigabytes << 30))


def fault() -> None:
    """End the process as a library does whose allocation failed."""
    os.kill(os.getpid(), signal.SIGABRT)


def spin() -> None:
    """Compute for ever."""
    while True:
        pass


def refuse() -> None:
    """Refuse a file in words."""
    raise ImportRefusedError("It is a letter.", "Choose a table.")


def test_a_file_is_read_in_another_process_that_is_kept() -> None:
    """The reader runs elsewhere; the second file finds the same process ready."""
    first = read_apart("a.csv", whose, "a.csv")
    assert first != os.getpid()
    assert read_apart("b.csv", whose, "b.csv") == first


def test_a_refusal_comes_back_in_its_words() -> None:
    """Message and hint of the reader are those of the caller."""
    with pytest.raises(ImportRefusedError, match="It is a letter") as refused:
        read_apart("a.csv", refuse)
    assert refused.value.hint == "Choose a table."


def test_memory_beyond_the_limit_is_refused_in_words() -> None:
    """A demand of 3 GB is refused, and the next file is read."""
    with language("en"), pytest.raises(ImportRefusedError, match="more memory"):
        read_apart("a.xlsx", take, 3)
    assert read_apart("b.csv", whose, "") != os.getpid()


def test_a_reader_that_ends_its_process_ends_nothing_else() -> None:
    """A fault in a library becomes a sentence with the file's name, and the next file is read."""
    with language("en"), pytest.raises(ImportRefusedError, match=r"a\.xlsx was stopped"):
        read_apart("a.xlsx", fault)
    assert read_apart("b.csv", whose, "") != os.getpid()


def test_a_reader_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time limit the session has its sentence."""
    monkeypatch.setattr(pool, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(runner, "PROCESSOR_SECONDS", 0)
    with pytest.raises(ImportRefusedError):
        read_apart("a.xlsx", spin)


def test_many_files_at_once_are_read_by_few_processes() -> None:
    """Eight sessions are served by at most two readers."""
    with ThreadPoolExecutor(8) as sessions:
        readers = set(sessions.map(lambda number: read_apart(f"{number}.csv", whose, number), range(8)))
    assert 1 <= len(readers) <= pool.MAX_WORKERS


def test_nested_json_is_refused_in_words(tmp_path: Path) -> None:
    """A file of a million brackets is refused, one within another or side by side."""
    path = tmp_path / "deep.geojson"
    path.write_text("[" * 1_000_000, "utf-8")
    with pytest.raises(ImportRefusedError):
        read_apart(path.name, read_features, path)
    path.write_text(json.dumps({"features": []}), "utf-8")
    assert read_apart(path.name, read_features, path) == []
