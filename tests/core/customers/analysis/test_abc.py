"""ABC analysis and the twelve cells."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.analysis.abc import AbcRule, abc_table, account_positions, twelve_cells
from core.errors import InputError

DEMAND = pd.Series([40, 18, 12, 9, 7, 5, 4, 3, 1.5, 0.5], index=list("qwertyuiop"))


def test_worked_example() -> None:
    """The handbook's ten demands give 3 A, 4 B and 3 C with inclusive cuts [B.5]."""
    table = abc_table(DEMAND)
    np.testing.assert_allclose(table["cumulated"], [0.40, 0.58, 0.70, 0.79, 0.86, 0.91, 0.95, 0.98, 0.995, 1])
    assert "".join(table["grade"]) == "AAABBBBCCC"


def test_exclusive_boundary() -> None:
    """With "below 70 %" the item that ends exactly on 70 % is B, and that on 95 % is C [W:26]."""
    assert "".join(abc_table(DEMAND, AbcRule(inclusive=False))["grade"]) == "AABBBBCCCC"


def test_the_boundary_is_decimal() -> None:
    """Seven times 0.1 is 70 % of ten times 0.1, though binary fractions add up to more."""
    assert "".join(abc_table(pd.Series([0.1] * 10))["grade"]) == "AAAAAAABBC"


def test_first_item_is_always_a() -> None:
    """One customer with 90 % of the demand is A although he passes the cut alone."""
    assert "".join(abc_table(pd.Series([90.0, 6, 4]))["grade"]) == "ACC"


def test_unknown_and_nothing() -> None:
    """An unknown demand has no grade and counts nowhere; one of zero or below is C."""
    table = abc_table(pd.Series([60.0, np.nan, 40, 0, -5]))
    assert table["grade"].fillna("-").tolist() == ["A", "-", "C", "C", "C"]
    assert table["cumulated"].iloc[2] == pytest.approx(1)


def test_nobody_demands_anything() -> None:
    """Where all demand is zero there is nothing important; an empty list stays empty."""
    assert abc_table(pd.Series([0.0, 0.0]))["grade"].tolist() == ["C", "C"]
    assert len(abc_table(pd.Series([], dtype=float))) == 0


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 50), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(values: list[int], random: object) -> None:
    """Equal demands are told apart by their key, so shuffled rows get the same grades."""
    amounts = pd.Series(values, index=[f"c{i:02}" for i in range(len(values))], dtype=float)
    shuffled = amounts.sample(frac=1, random_state=random.randint(0, 9999))
    pd.testing.assert_frame_equal(abc_table(shuffled).loc[amounts.index], abc_table(amounts))


def test_positions() -> None:
    """A we dominate, b nobody, c a rival does, d no customer; unknown has none [W:26]."""
    own = [170, 100, 100, 0, 10, np.nan, 5]
    rival = [100, 100, 170, 50, 0, 5, np.nan]
    assert account_positions(own, rival).tolist() == ["a", "b", "c", "d", "a", None, None]


def test_any_lead_counts_at_dominance_one() -> None:
    """At a multiple of 1 whoever is ahead dominates, and only a tie is nobody's."""
    assert account_positions([11, 10, 9], [10, 10, 10], dominance=1).tolist() == ["a", "b", "c"]


def test_twelve_cells() -> None:
    """All twelve cells are there, with structural share by grade and in-account share."""
    cells = twelve_cells(
        ["A", "A", "B", "C", None], ["a", "c", "d", "d", "a"], [60.0, 20, 15, 5, 99], [45.0, 5, 0, 0, 99]
    ).set_index(["grade", "position"])
    assert len(cells) == 12
    assert cells["accounts"].sum() == 4
    assert cells.loc[("A", "a"), "demand_part"] == pytest.approx(0.75)
    assert cells.loc[("A", "a"), "account_share"] == pytest.approx(0.75)
    assert cells.loc[("B", "a"), "accounts"] == 0
    assert np.isnan(cells.loc[("B", "a"), "account_share"])


def test_what_is_refused() -> None:
    """Cuts out of order and a dominance below 1 are refused."""
    with pytest.raises(InputError, match="cuts"):
        AbcRule((0.9, 0.7))
    with pytest.raises(InputError, match="dominance"):
        account_positions([1], [1], dominance=0.5)
