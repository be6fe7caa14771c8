"""``python -m core concentrate``: the file, what it says, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core import numbers
from core.__main__ import main
from core.i18n import language

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def region_path(sample_copy) -> str:
    """Return a small demonstration region."""
    return str(sample_copy(300))


def concentrate(store: str, out: Path, *more: str, months: tuple[str, str] = ("2025-11", "2026-10")) -> int:
    """Run the command for the counties of a store."""
    period = ["--from", months[0], "--to", months[1], "--level", "county", "--language", "en"]
    return main(["concentrate", "--store", store, *period, "--out", str(out), *more])


def test_file_has_every_region_and_the_summary_its_value(
    region_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One row a county, whose values add up to the value in the first sentence."""
    out = tmp_path / "plan.csv"
    assert concentrate(region_path, out, "--reps", "70") == 0
    table = pd.read_csv(out)
    assert table["region_id"].is_unique
    assert set(table["decision"]) <= {"attack", "defend", "hold", "thin_out"}
    with language("en"):
        won = f"{numbers.money(table['value'].sum())} of margin"
    said = capsys.readouterr().out
    assert f"70 reps win {won}" in said
    assert "One more rep is worth" in said


def test_as_many_reps_as_made_visits_are_taken_where_none_are_named(region_path: str, tmp_path: Path) -> None:
    """Without --reps, today's reps are planned and today's load isn't exceeded."""
    out = tmp_path / "plan.csv"
    assert concentrate(region_path, out) == 0
    table = pd.read_csv(out)
    at_work = table["reps"].sum()
    attacked = table[table["decision"] == "attack"]
    assert attacked["extra_reps"].max() < at_work


def test_months_without_visits_are_refused(
    region_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Visits begin in August 2026: a plan from the year before is refused with what to bring."""
    assert concentrate(region_path, tmp_path / "plan.csv", months=("2024-11", "2025-10")) == 1
    assert "Import visits" in capsys.readouterr().err
    assert not (tmp_path / "plan.csv").exists()


def test_too_few_reps_are_refused(
    region_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A single rep can't hold the province; the number needed is said."""
    assert concentrate(region_path, tmp_path / "plan.csv", "--reps", "1") == 1
    assert "at least" in capsys.readouterr().err
