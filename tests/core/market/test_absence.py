"""When no row of ours means that we sell nothing."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.market.absence import OwnBooks
from core.periods import Period

JANUARY, FEBRUARY = dt.date(2026, 1, 1), dt.date(2026, 2, 1)
MONTH = Period(JANUARY, JANUARY)
KINDS = ("all", "water", "tea", "shops")
CATEGORIES = frozenset({"water", "tea"})
Row = tuple[str | None, str, dt.date, float | None, float | None]


def absent(rows: list[Row], kind: str = "all", period: Period = MONTH) -> bool:
    """Return whether region X has no sales of a kind, by the rule."""
    table = pd.DataFrame(rows, columns=["region_id", "market_key", "month", "amount", "undivided"])
    table = table.astype({"amount": "float64", "undivided": "float64"})
    return bool(OwnBooks(table, kind, CATEGORIES).absent(pd.Index(["X"]), period)[0])


def elsewhere(kind: str = "all", month: dt.date = JANUARY, amount: float = 5.0) -> Row:
    """Return what we sell in any region."""
    return (None, kind, month, amount, None)


def test_no_row_here_and_sales_elsewhere_is_zero() -> None:
    """We sell 5 somewhere in January and have no row in X: nothing is sold in X."""
    assert absent([elsewhere()])


def test_before_our_first_sale_anywhere_it_is_unknown() -> None:
    """We sell from February on: in January no row in X says nothing; over both months X is zero."""
    rows = [elsewhere(month=FEBRUARY)]
    assert not absent(rows)
    assert absent(rows, period=Period(JANUARY, FEBRUARY))


def test_books_without_any_sale_say_nothing() -> None:
    """Rows of nothing but zeros and returns elsewhere don't show that the books are kept."""
    assert not absent([elsewhere(amount=0.0)])
    assert not absent([elsewhere(amount=-5.0)])


def test_a_figure_above_that_its_parts_do_not_explain_may_lie_here() -> None:
    """Of a city's figure one yuan lies in no county's row: X may have it. Half a yuan is rounding."""
    assert not absent([elsewhere(), ("X", "all", JANUARY, None, 1.0)])
    assert absent([elsewhere(), ("X", "all", JANUARY, None, 0.5)])


def test_sales_of_a_kind_count_in_all_kinds() -> None:
    """X has a row of water and none of all kinds together: all kinds are unknown there, not zero."""
    assert not absent([elsewhere(), ("X", "water", JANUARY, 3.0, None)])


def test_sales_of_unknown_kind_may_be_of_any() -> None:
    """X sells 3 of all kinds, of which water explains all or not: tea is zero or unknown."""
    rows: list[Row] = [elsewhere("tea"), ("X", "all", JANUARY, 3.0, None)]
    assert not absent(rows, "tea")
    assert absent([*rows, ("X", "water", JANUARY, 3.0, None)], "tea")
    assert not absent([*rows, ("X", "water", JANUARY, 1.5, None)], "tea")


def test_a_market_of_some_channels_is_zero_only_where_we_sell_nothing() -> None:
    """What we sell in X of all channels may go through shops: zero only without any sales in X."""
    assert absent([elsewhere("shops")], "shops")
    assert not absent([elsewhere("shops"), ("X", "all", JANUARY, 3.0, None)], "shops")


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([None, "X", "Y"]),
            st.sampled_from(KINDS),
            st.sampled_from([JANUARY, FEBRUARY]),
            st.integers(-3, 6).map(float) | st.none(),
            st.integers(0, 3).map(float) | st.none(),
        ),
        max_size=8,
    ),
    kind=st.sampled_from(KINDS),
    more=st.sampled_from(KINDS),
)
def test_more_figures_never_make_an_absence(rows: list[Row], kind: str, more: str) -> None:
    """A further unexplained figure above X never turns unknown into zero, and a row of the kind ends it."""
    assert absent(rows, kind) >= absent([*rows, ("X", more, JANUARY, None, 2.0)], kind)
    assert not absent([*rows, ("X", kind, JANUARY, 7.0, None)], kind)
