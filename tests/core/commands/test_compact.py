"""``python -m core compact`` and what ``check`` says of the room that a store takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.__main__ import main
from core.exchange.canonical.importing import load
from core.store.database import Store

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_size_is_told_and_free_room_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A store is written anew, says what that gave back, and is in order afterwards."""
    monkeypatch.setenv("SHENGENG_LANGUAGE", "en")
    path = tmp_path / "store.duckdb"
    with Store.open(path) as store:
        load(store, {"company": pd.DataFrame({"company_id": ["A"], "name": ["a"]})})
    assert main(["compact", "--store", str(path)]) == 0
    assert "given back" in capsys.readouterr().out
    assert main(["check", "--store", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("The store is in order.")
    assert "MB keep imports reversible" in said


def test_a_store_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made in its place."""
    monkeypatch.setenv("SHENGENG_LANGUAGE", "en")
    assert main(["compact", "--store", str(tmp_path / "none.duckdb")]) == 1
    assert "There is no store at" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
