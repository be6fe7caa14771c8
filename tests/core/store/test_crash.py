"""A process killed at any moment of any change leaves the store whole, with all that was acknowledged.

The long form is ``benchmarks/crash.py``.
"""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from benchmarks import crash, crash_work
from core.store.database import Store

if TYPE_CHECKING:
    from pathlib import Path

KILLS = {"undo": 2, "compaction": 2}
"""Kills by phase, elsewhere one: every process takes a second or two."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stores and files that every killed process gets a copy of."""
    folder = tmp_path_factory.mktemp("crash") / "base"
    crash_work.prepare(folder)
    return folder


@pytest.mark.parametrize("phase", crash_work.PHASES)
def test_kills_lose_nothing(base: Path, tmp_path: Path, phase: str) -> None:
    """After each kill the store is in order, holds a change whole or not at all, and all that was saved."""
    tally = crash.kill_phase(phase, base, tmp_path, KILLS.get(phase, 1), random.Random(phase))
    assert tally.lost == []
    assert tally.kills == KILLS.get(phase, 1)


def losses(base: Path, folder: Path, phase: str, statement: str, *saved: tuple[object, ...]) -> list[str]:
    """Return what is said to be wrong of a store that a statement changed."""
    crash.copy_base(base, phase, folder)
    with Store.open(folder / "store.duckdb") as store:
        store.maintain(lambda cursor: cursor.execute(statement))
    return list(crash.losses(phase, folder, crash.Run(saved=list(saved))))


@pytest.mark.parametrize(
    ("phase", "statement", "saved", "said"),
    [
        ("edit", "SELECT 1", ("terminal", "T1", "kind 1"), "lost"),
        ("quarantine", "SELECT 1", ("discarded", 1, 11), "lost"),
        ("restore", "SELECT 1", ("setting", "beside 1", "yes"), "lost"),
        ("import", "DELETE FROM terminal_sales WHERE terminal_id = 'T1'", (), "sales are half"),
        ("edit", "DELETE FROM region_closure WHERE region_id = 'A'", (), "defect"),
    ],
)
def test_a_loss_is_noticed(
    base: Path, tmp_path: Path, phase: str, statement: str, saved: tuple[object, ...], said: str
) -> None:
    """Something acknowledged that isn't there, half a change, and a store out of order are each named."""
    found = losses(base, tmp_path / "lost", phase, statement, *([saved] if saved else []))
    assert any(text.startswith(said) for text in found)
    shutil.rmtree(tmp_path / "lost")
