"""Prospects: the grid, the lists, the four visits, blocks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.visits.prospects import (
    DEFAULT_HORIZONS,
    PROGRESS,
    blocks,
    canvassing_blocks,
    grid,
    horizons,
    next_step,
)


def people(**columns: object) -> pd.DataFrame:
    """Three prospects."""
    return pd.DataFrame(
        {
            "possibility": ["A", "C", None],
            "progress": ["hot", "cold", "warm"],
            "value": [100.0, np.nan, 5.0],
            "source": ["referral", "canvassing", "canvassing"],
            "visits": [0, 3, 4],
            "no_go": [False, False, False],
            "decision": [None, None, None],
        }
        | columns
    )


def test_the_grid_has_nine_cells_and_invents_nothing() -> None:
    """Counts are zero where nobody is; a value nobody knows is missing."""
    found = grid(people()).set_index(["possibility", "progress"])
    assert len(found) == 9
    assert (found.at[("A", "hot"), "count"], found.at[("A", "hot"), "value"]) == (1, 100)
    assert found.at[("C", "cold"), "count"] == 1
    assert np.isnan(found.at[("C", "cold"), "value"])
    assert found["count"].sum() == 2


def test_every_cell_has_a_list_and_the_ungraded_none() -> None:
    """A hot A is for this month, a cold C within six."""
    assert len(DEFAULT_HORIZONS) == 3 * len(PROGRESS)
    found = horizons(people())
    assert found.iloc[:2].tolist() == ["this_month", "six_months"]
    assert pd.isna(found.iloc[2])


def test_an_unknown_progress_is_named() -> None:
    """The value and what is allowed."""
    with pytest.raises(InputError, match="tepid"):
        horizons(people(progress=["tepid", "cold", "warm"]))


def test_four_visits_then_a_decision() -> None:
    """Visits 1 to 4, then decide; a no-go or a decision ends the sequence at once."""
    found = next_step(people())
    assert found["state"].tolist() == ["visit", "visit", "decide"]
    assert found["next_visit"].tolist()[:2] == [1, 4]
    ended = next_step(people(no_go=[True, False, False], decision=[None, "drop", "won"]))
    assert ended["state"].tolist() == ["no_go", "decided", "decided"]
    assert ended["next_visit"].isna().all()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 60), st.integers(1, 12), st.integers(0, 99))
def test_blocks_are_full_but_the_last(count: int, most: int, seed: int) -> None:
    """Every shop has a block, no block is too large, and there are no more than needed."""
    random = np.random.default_rng(seed)
    found = blocks(30 + random.random(count), 114 + random.random(count), most)
    sizes = np.bincount(found) if count else np.array([], int)
    assert (sizes <= most).all()
    assert (sizes > 0).all()
    assert len(sizes) == -(-count // most)


def test_a_block_of_none_is_refused() -> None:
    """At least one shop."""
    with pytest.raises(InputError):
        blocks(np.array([1.0]), np.array([1.0]), 0)


def test_only_the_unknown_are_canvassed() -> None:
    """Who has a progress, was visited or has no place stands in no block; the others in full ones from 1."""
    table = pd.DataFrame(
        {
            "progress": [None] * 20 + ["hot"],
            "decision": [None] * 21,
            "no_go": [False] * 21,
            "visits": [0] * 19 + [1, 0],
            "lat": [30.0 + number / 100 for number in range(18)] + [np.nan, 30.0, 30.0],
            "lon": 114.0,
        }
    )
    found = canvassing_blocks(table)
    assert found[:18].value_counts().to_dict() == {1: 15, 2: 3}
    assert found[18:].isna().all()
