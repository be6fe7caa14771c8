"""Comparisons and rounding that every rule shares."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.market.arrays import above, at_least, divide, listed_names, places_of, text_column, to_fen


def test_money_products_compare_as_on_paper() -> None:
    """1.7 × 100.10 is 170.17, whatever the last bit says."""
    assert at_least(np.array([170.17]), 1.7 * np.array([100.10])).all()
    assert not above(np.array([170.17]), 1.7 * np.array([100.10])).any()


def test_division_is_never_infinite() -> None:
    """Nothing is divided by zero or below; the result is missing."""
    np.testing.assert_array_equal(
        divide(np.array([1.0, 1.0, 1.0, 6.0]), np.array([0.0, -2.0, np.nan, 3.0])),
        [np.nan, np.nan, np.nan, 2],
    )


@pytest.mark.parametrize(("yuan", "fen"), [(1.005, 101), (-1.005, -101), (0.004999, 0), (503.7037, 50370)])
def test_halves_go_up(yuan: float, fen: float) -> None:
    """Half a fen is rounded away from zero, as on paper, not as the binary fraction has it."""
    assert to_fen(np.array([yuan]))[0] == fen


@given(st.integers(-(10**15), 10**15))
def test_whole_fen_stay(fen: int) -> None:
    """An amount of whole fen comes back as itself."""
    assert to_fen(np.array([fen / 100]))[0] == fen


def test_missing_code_is_missing_text() -> None:
    """A code below zero is a missing text."""
    assert text_column(np.array([1, -1]), ["a", "b"]).isna().tolist() == [False, True]


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), max_size=12))
def test_marked_names_are_joined(rows: list[list[bool]]) -> None:
    """Each row names what is marked in it, in the order of the names; none is an empty text."""
    names = ["a", "b", "c"]
    marks = np.array(rows, dtype=bool).reshape(len(rows), 3)
    expected = [",".join(name for name, mark in zip(names, row, strict=True) if mark) for row in rows]
    assert list(listed_names(marks, names)) == expected


@pytest.mark.parametrize("dtype", ["object", "str", "category"])
def test_a_value_has_the_place_of_its_name(dtype: str) -> None:
    """A missing value has the place given for it, a stranger none."""
    values = pd.Series(["b", None, "a", "x", "b"], dtype=dtype)
    assert places_of(values, ["a", "b"], missing=7).tolist() == [1, 7, 0, -1, 1]
    assert places_of(values[:0], ["a", "b"], missing=7).tolist() == []
