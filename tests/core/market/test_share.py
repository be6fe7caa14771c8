"""Shares and ranks of all companies."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from core.market.model import Markets
from core.market.share import company_table, own_rank

MakeFrames = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]
MakeMarkets = Callable[..., Markets]


def test_own_rank(make_markets: MakeMarkets) -> None:
    """The rank is 1 + the rivals that sell more; a tie for first is rank 1; unknown has none."""
    markets = make_markets((150, [350, 300], 0), (300, [300], 0), (np.nan, [1], 0), (0, [5, 5], 900))
    np.testing.assert_array_equal(own_rank(markets), [3, 1, np.nan, 3])


def test_own_rank_with_net_returns(make_markets: MakeMarkets) -> None:
    """Own sales below zero rank behind the rivals that are there, not behind those of other regions."""
    markets = make_markets((-5, [70], 20), (100, [90, 80, 70], 0))
    np.testing.assert_array_equal(own_rank(markets), [2, 1])


def test_company_table(make_frames: MakeFrames) -> None:
    """Every company has a share, named ones a rank; equals share the better rank."""
    sales, size = make_frames([(150, [300, 300], 250)], growth=0.25)
    table = company_table(sales, size).set_index("company_id")
    assert table["share"].to_dict() == pytest.approx(
        {"us": 0.15, "rival0": 0.3, "rival1": 0.3, "others": 0.25}
    )
    assert table["rank"].drop("others").to_dict() == {"us": 3, "rival0": 1, "rival1": 1}
    assert pd.isna(table.loc["others", "rank"])
    assert table.loc["us", "share_change"] == pytest.approx(0.15 - 150 / 800)


def test_shares_add_up_to_one(make_frames: MakeFrames) -> None:
    """Where the capacity is the sum of all sales, the shares of a region sum to 1."""
    random = np.random.default_rng(2)
    cases = [(float(u), list(r), float(o)) for u, o, *r in random.integers(1, 99, (20, 7)).astype(float)]
    table = company_table(*make_frames(cases))
    np.testing.assert_allclose(table.groupby("region_id")["share"].sum(), 1)


def test_company_table_without_capacity(make_frames: MakeFrames) -> None:
    """A region that nobody measured has no shares, and no capacity table at all has none either."""
    sales, size = make_frames([(1, [2], 3)] * 2)
    assert company_table(sales, size.iloc[:1])["share"].isna().tolist() == [False] * 3 + [True] * 3
    assert company_table(sales, size.iloc[:0])["share"].isna().all()
