"""``python -m core audit``: who did what, on the screen and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from core.__main__ import main
from core.store.audit.entries import AuditFilter, entries
from core.store.database import Store
from core.store.preferences import prefer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store in which two settings were changed."""
    with Store.open(tmp_path / "s.duckdb") as store:
        prefer(store, "a", "1")
        prefer(store, "b", "=1+1")
    return tmp_path / "s.duckdb"


def audit(path: Path, *more: str) -> int:
    """Run the command in English."""
    return main(["audit", "--store", str(path), "--language", "en", *more])


def test_the_latest_comes_first(path: Path, capsys) -> None:
    """Without a file the entries are printed."""
    assert audit(path, "--action", "prefer") == 0
    lines = capsys.readouterr().out.splitlines()
    assert ["· b ·" in lines[0], "· a ·" in lines[1], len(lines)] == [True, True, 2]


def test_a_file_holds_all_and_is_an_entry_itself(path: Path, tmp_path: Path) -> None:
    """The workbook has a row per entry, and that it was taken is one more, from the command line."""
    assert audit(path, "--out", str(tmp_path / "a.xlsx"), "--kind", "change") == 0
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["Time", "Who"]
    assert [row[-1] for row in rows[1:]] == ["'=1+1", "1"] or [row[-1] for row in rows[1:]] == ["=1+1", "1"]
    with Store.open(path) as store:
        last = entries(store, AuditFilter()).iloc[0]
    assert (last["kind"], last["entity_key"], last["address"]) == ("export", "a.xlsx", "command line")


def test_an_unknown_action_names_the_nearest(path: Path, capsys) -> None:
    """A misspelt action is refused, with the one that was meant."""
    assert audit(path, "--action", "prefr") == 1
    assert "prefer" in capsys.readouterr().err


def test_a_day_that_is_none_is_refused(path: Path, capsys) -> None:
    """The message says how a day is written."""
    assert audit(path, "--from", "2026-13-01") == 1
    assert "YYYY-MM-DD" in capsys.readouterr().err
