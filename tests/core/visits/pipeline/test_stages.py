"""Stages of prospects over time."""

from __future__ import annotations

import datetime as dt

from core.visits.pipeline.stages import stages_at, wins
from tests.core.visits.pipeline.world import history


def test_decisions_come_before_progress() -> None:
    """Dropped and no-go accounts are lost, nurtured ones a stage of their own, “continue” stays open."""
    codes = ("hot", "won", "drop", "no_go", "nurture", "")
    found = history(*((f"T{n}", "2025-01-01", code) for n, code in enumerate(codes)))
    assert found["stage"].tolist()[:5] == ["hot", "won", "lost", "lost", "nurture"]
    assert found["stage"].isna().tolist() == [False] * 5 + [True]


def test_a_change_counts_from_its_moment_on() -> None:
    """Just before a change a prospect is where it was, and not there before its first record."""
    found = history(("T1", "2025-02-01", "cold"), ("T1", "2025-03-01", "hot"), ("T2", "2025-03-01", "warm"))
    assert stages_at(found, dt.datetime(2025, 3, 1)).to_dict() == {"T1": "cold"}
    assert stages_at(found, dt.datetime(2025, 3, 1, 1)).to_dict() == {"T1": "hot", "T2": "warm"}


def test_a_win_counts_once_until_it_is_taken_back() -> None:
    """Saving a won prospect again is no second win; winning it back is."""
    rows = [("T1", f"2025-0{month}-01", code) for month, code in enumerate(("won", "won", "hot", "won"), 1)]
    assert wins(history(*rows, ("T2", "2025-01-05", "won")))["changed_at"].dt.month.tolist() == [1, 4, 1]
