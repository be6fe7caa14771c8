"""Distribution and its part in a change of share."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.terminals.decomposition import decompose
from core.customers.terminals.distribution import distribution_table, without_returns
from core.errors import InputError

money = st.integers(0, 10**9).map(lambda cents: cents / 100)


def shops(*rows, **columns):
    """Return shops of own and category sales."""
    return pd.DataFrame(rows, columns=["own", "category"]).assign(**columns)


@st.composite
def markets(draw):
    """Draw shops in which we sell at most what everybody sells; some are unknown."""
    rows = draw(st.lists(st.tuples(money, money, st.booleans()), min_size=1, max_size=20))
    table = shops(*[(min(a, b), max(a, b)) for a, b, _unknown in rows])
    table.loc[[unknown for *_amounts, unknown in rows], ["own", "category"]] = np.nan
    return table


@pytest.mark.parametrize(("own", "nd", "wd"), [((1, 1, 1, 0), 0.75, 0.50), ((0, 0, 1, 1), 0.50, 0.70)])
def test_worked_example(own, nd, wd):
    """The published brands of B.9: 75 % of the shops and 50 % of the sales; 50 % and 70 %."""
    # Four shops with 5, 20, 25 and 50 % of the category, and for brand Z the pair that makes 70 %.
    weights = (5, 20, 25, 50) if wd == 0.50 else (5, 25, 20, 50)
    found = distribution_table(shops(*zip(own, weights, strict=True))).iloc[0]
    assert found["nd"] == pytest.approx(nd)
    assert found["wd"] == pytest.approx(wd)


@given(markets())
@settings(max_examples=50, deadline=None)
def test_share_is_distribution_times_strength(table):
    """Market share is weighted distribution times share in handlers wherever both exist."""
    found = distribution_table(table).iloc[0]
    assert found["known"] + found["unknown"] == found["outlets"] == len(table)
    assert found["handlers"] + found["blank"] == found["known"]
    if found["handlers"]:
        assert found["wd"] * found["sih"] == pytest.approx(found["share"])


@given(markets(), st.integers(2, 4))
@settings(max_examples=30, deadline=None)
def test_groups_add_up(table, groups):
    """Counts and amounts of the groups sum to the whole, a group without name included."""
    marked = table.assign(region=[None if k % groups == 0 else str(k % groups) for k in range(len(table))])
    parts, whole = distribution_table(marked, ["region"]), distribution_table(marked).iloc[0]
    for name in ("outlets", "known", "handlers", "blank", "own", "category", "handler_category"):
        assert parts[name].sum() == pytest.approx(whole[name])


def test_unknown_shops_are_in_no_ratio():
    """A shop without any recorded sales is counted as unknown, not as blank."""
    found = distribution_table(shops((10, 50), (np.nan, 50), (np.nan, np.nan))).iloc[0]
    assert (found["known"], found["unknown"], found["blank"]) == (2, 1, 1)
    assert found["nd"] == 0.5
    empty = distribution_table(shops((np.nan, np.nan))).iloc[0]
    assert empty[["nd", "wd", "sih", "share"]].isna().all()


def test_a_shop_that_took_back_more_than_it_sold_is_unknown():
    """Net returns, ours or a rival's, say nothing about a shelf; the year that isn't concerned stays."""
    years = {"own_previous": [5.0, 5.0, 5.0, 5.0], "category_previous": [10.0, 4.0, 10.0, 10.0]}
    found = without_returns(shops((-1, -1), (30, 20), (20, 20), (-1, 20)).assign(**years))
    assert found["category"].fillna(-9).tolist() == [-9, -9, 20, -9]
    assert found["own_previous"].fillna(-9).tolist() == [5, -9, 5, 5]
    assert distribution_table(found).iloc[0][["known", "unknown"]].tolist() == [1, 3]


def test_impossible_sales_name_the_shop():
    """We can't sell more than everybody together."""
    with pytest.raises(InputError, match="T7"):
        distribution_table(shops((60, 50)).set_axis(["T7"]))


@given(markets(), markets())
@settings(max_examples=60, deadline=None)
def test_effects_sum_to_the_change(before, after):
    """Distribution and in-store effect are the change, to the last digit that floats have."""
    first, second = distribution_table(before), distribution_table(after)
    found = decompose(first, second).iloc[0]
    if np.isnan(found["change"]):
        assert first["share"].isna().any() or second["share"].isna().any()
        return
    assert found["distribution_effect"] + found["in_store_effect"] == pytest.approx(
        found["change"], abs=1e-12
    )
    assert found["share_after"] == pytest.approx(second["share"].iloc[0])


def test_worked_decomposition():
    """WD 50 to 60 % and SIH 40 to 35 %: +3.75 points of distribution, -2.75 in the shops, +1.0 in all."""
    found = decompose(
        pd.DataFrame({"wd": [0.50], "sih": [0.40]}), pd.DataFrame({"wd": [0.60], "sih": [0.35]})
    ).iloc[0]
    assert found["distribution_effect"] == pytest.approx(0.0375)
    assert found["in_store_effect"] == pytest.approx(-0.0275)
    assert found["change"] == pytest.approx(0.01)


def test_entering_a_market_is_distribution():
    """Where no shop carried us before, the whole share is won by distribution."""
    found = decompose(
        pd.DataFrame({"wd": [0.0], "sih": [np.nan]}), pd.DataFrame({"wd": [0.3], "sih": [0.2]})
    ).iloc[0]
    assert found["distribution_effect"] == pytest.approx(0.06)
    assert found["in_store_effect"] == 0.0
