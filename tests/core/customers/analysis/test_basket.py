"""Pairs of products in baskets."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.analysis.basket import COLUMNS, pair_table
from core.errors import InputError


def baskets(*contents: str) -> pd.DataFrame:
    """Return a basket per text, an item per letter."""
    rows = [(number, item) for number, items in enumerate(contents) for item in items]
    return pd.DataFrame(rows, columns=["basket", "item"])


def test_worked_by_hand() -> None:
    """With a and b in 2 of 4 baskets, a in 3, b in 2, lift is 2·4 / (3·2) = 1.33; b has one candidate."""
    table = pair_table(baskets("ab", "ab", "a", "c"), least=2)
    first = table[(table["item"] == "a") & (table["other"] == "b")].iloc[0]
    assert (first["both"], first["support"], first["candidates"]) == (2, 0.5, 1)
    assert first["confidence"] == pytest.approx(2 / 3)
    assert first["lift"] == pytest.approx(4 / 3)
    assert len(table) == 2


def test_everything_everywhere_has_no_lift() -> None:
    """Where every basket holds everything no pair says anything: lift 1, nobody to offer it to."""
    table = pair_table(baskets("abc", "abc"), least=1)
    assert (table["lift"] == 1).all()
    assert (table["candidates"] == 0).all()


def test_repeated_rows_and_nothing() -> None:
    """The same item twice in a basket counts once; no baskets give no pairs."""
    assert pair_table(baskets("aab", "ab"), least=1)["both"].tolist() == [2, 2]
    assert list(pair_table(baskets()).columns) == list(COLUMNS)
    with pytest.raises(InputError):
        pair_table(baskets("ab"), least=0)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text("abcd", min_size=1, max_size=4), min_size=1, max_size=10))
def test_against_counting(contents) -> None:
    """Every pair's numbers are those of counting baskets one by one; lift is symmetric."""
    table = pair_table(baskets(*contents), least=1).set_index(["item", "other"])
    sets = [set(text) for text in contents]
    for a, b in itertools.permutations(sorted(set().union(*sets)), 2):
        both = sum({a, b} <= s for s in sets)
        assert ((a, b) in table.index) == (both > 0)
        if both:
            found = table.loc[(a, b)]
            has_a, has_b = (sum(x in s for s in sets) for x in (a, b))
            assert (found["both"], found["candidates"]) == (both, has_a - both)
            assert found["lift"] == pytest.approx(both * len(sets) / has_a / has_b)
            assert found["lift"] == pytest.approx(table.loc[(b, a), "lift"])
