"""Coverage, structural share, in-account share; head and tail."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.analysis.abc import twelve_cells
from core.customers.analysis.structure import TOTAL, account_structure, head_customers, long_tail

TEN = pd.Series([40, 18, 12, 9, 7, 5, 4, 3, 1.5, 0.5], dtype=float)


def test_three_accounts_by_hand() -> None:
    """Of demands 60 (first), 30 (a rival first) and 10 (no customer): coverage 2/3, structural share 0.6."""
    cells = twelve_cells(["A", "A", "C"], ["a", "c", "d"], [60.0, 30, 10], [40.0, 5, 0])
    table = account_structure(cells)
    whole = table.loc[TOTAL]
    assert whole["accounts"] == 3
    assert whole["coverage"] == pytest.approx(2 / 3)
    assert whole["structural_share"] == pytest.approx(0.6)
    assert whole["account_share"] == pytest.approx(0.45)
    assert table.loc["A", "structural_share"] == pytest.approx(60 / 90)
    assert np.isnan(table.loc["B", "coverage"])


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.sampled_from("abcd"), st.integers(0, 99), st.integers(0, 99)),
        min_size=1,
        max_size=30,
    )
)
def test_grades_add_up(rows: list[tuple[str, str, int, int]]) -> None:
    """Accounts, demand and own sales of the grades make the total, and the positions make the accounts."""
    grade, position, demand, own = zip(*rows, strict=True)
    table = account_structure(twelve_cells(grade, position, np.array(demand, float), np.array(own, float)))
    for column in ("accounts", "handled", "a", "b", "c", "d", "demand", "own"):
        assert table.loc[["A", "B", "C"], column].sum() == table.loc[TOTAL, column]
    assert table.loc[TOTAL, "accounts"] == len(rows)
    assert (table[list("abcd")].sum(axis=1) == table["accounts"]).all()


def test_the_tail_of_the_ten() -> None:
    """Up to 79 % makes a head of four; a customer that ends exactly on the part belongs to the head."""
    assert long_tail(TEN).head == 4
    assert long_tail(TEN).share == pytest.approx(0.21)
    assert long_tail(TEN, 0.70).head == 3
    assert head_customers(TEN, 0.70).tolist() == [True] * 3 + [False] * 7


def test_unknown_sales_are_in_neither() -> None:
    """A customer whose sales aren't known is neither head nor tail; without sales there is no share."""
    found = long_tail(pd.Series([10.0, np.nan, 5.0]))
    assert (found.head, found.tail) == (1, 1)
    assert np.isnan(long_tail(pd.Series([0.0, 0.0])).share)
