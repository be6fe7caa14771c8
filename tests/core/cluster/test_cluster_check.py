"""The command ``cluster-check`` says of each query whether the engine may be trusted with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.__main__ import main
from core.cluster.check.run import Outcome
from core.cluster.engine import DuckDBEngine
from core.commands import cluster_check
from core.store.database import Store


@pytest.fixture
def store(tmp_path: Path) -> str:
    """An empty store."""
    path = tmp_path / "market.duckdb"
    Store.open(path).close()
    return str(path)


def check(monkeypatch: pytest.MonkeyPatch, store: str, *outcomes: Outcome) -> int:
    """Run the command where the comparison finds the given outcomes."""

    def compare(*_given: object) -> Iterator[Outcome]:
        return iter(outcomes)

    monkeypatch.setattr(cluster_check, "open_engine", lambda _name: DuckDBEngine())
    monkeypatch.setattr(cluster_check, "compare", compare)
    return main(["cluster-check", "--store", store, "--engine", "sail", "--language", "en"])


def test_equal_rows_end_well_and_queries_without_rows_are_named(
    monkeypatch: pytest.MonkeyPatch, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A query that found nothing in either variant is called not proven."""
    outcomes = (
        Outcome("a/b", "all", "same", 0, (0.1, 0.2)),
        Outcome("a/b", "narrow", "same", 3, (0.1, 0.2)),
        Outcome("c/d", "all", "same", 0, (0.1, 0.2)),
    )
    assert check(monkeypatch, store, *outcomes) == 0
    printed = capsys.readouterr().out
    assert "same  a/b (one user's regions)  3 rows  0.100 s | 0.200 s" in printed
    assert "not proven: c/d." in printed


@pytest.mark.parametrize("state", ["different", "fails"])
def test_a_difference_or_a_failure_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, store: str, capsys: pytest.CaptureFixture[str], state: str
) -> None:
    """The line says where they differ."""
    assert check(monkeypatch, store, Outcome("a/b", "all", state, 3, (0.1, 0.0), "x[1]: 1 | 2")) == 1
    assert "x[1]: 1 | 2" in capsys.readouterr().out


@pytest.mark.parametrize(("engine", "hint"), [("duckdb", "own engine"), ("spark", "is no engine")])
def test_an_engine_that_proves_nothing_is_refused(
    store: str, capsys: pytest.CaptureFixture[str], engine: str, hint: str
) -> None:
    """The store's own engine would only agree with itself."""
    assert main(["cluster-check", "--store", store, "--engine", engine, "--language", "en"]) == 1
    assert hint in capsys.readouterr().err
