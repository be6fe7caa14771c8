"""Tables become arrays: what is refused, what is kept missing, and which rival is which."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.market import markets as module
from core.market.markets import read_markets
from core.market.model import Markets

Frames = tuple[pd.DataFrame, pd.DataFrame]
MakeFrames = Callable[..., Frames]
MakeMarkets = Callable[..., Markets]


def test_others_are_summed_and_no_rival(make_frames: MakeFrames) -> None:
    """Two aggregates add up to "others"; totals hold everything, net returns included."""
    sales, size = make_frames([(10, [20, -3], 30)])
    small = sales[sales["company_id"] == "others"].assign(company_id="small", amount=7.0)
    markets = read_markets(pd.concat([sales, small]), size, "us")
    assert markets.others[0] == 37
    assert markets.recorded[0] == 10 + 20 - 3 + 30 + 7
    assert markets.contestable[0] == 20 + 30 + 7
    assert markets.named[0] == 1


def test_rival_above_and_below(make_markets: MakeMarkets) -> None:
    """The next to pass is the smallest above us, the attack target the largest below us [W:21]."""
    markets = make_markets((50, [90, 60, 50, 40, 10], 5))
    assert [markets.companies[i] for i in markets.rival_above()[0]] == ["rival1"]
    assert [markets.companies[i] for i in markets.rival_below()[0]] == ["rival3"]
    assert [markets.companies[i] for i in markets.largest_rival()[0]] == ["rival0"]


def test_nobody_above_or_below(make_markets: MakeMarkets) -> None:
    """A leader has nobody above, the last nobody below, and a market without rivals neither."""
    markets = make_markets((50, [10], 0), (5, [10], 0), (5, [], 3))
    np.testing.assert_array_equal(markets.rival_above()[0] >= 0, [False, True, False])
    np.testing.assert_array_equal(markets.rival_below()[0] >= 0, [True, False, False])


def test_equal_rivals_are_told_apart_by_id(make_frames: MakeFrames) -> None:
    """Of two equal rivals the first by company_id is the benchmark, in whatever order the rows come."""
    sales, size = make_frames([(10, [40, 40], 0)])
    for table in (sales, sales.iloc[::-1]):
        markets = read_markets(table, size, "us")
        assert markets.companies[markets.largest_rival()[0][0]] == "rival0"


def test_missing_is_not_zero(make_frames: MakeFrames) -> None:
    """A region without an own row has unknown own sales."""
    sales, size = make_frames([(np.nan, [40], 0)])
    assert np.isnan(read_markets(sales, size, "us").own[0])


def test_a_region_nothing_is_recorded_of(make_frames: MakeFrames) -> None:
    """A region of the capacity table without sales stays, with everything else unknown, zero never."""
    sales, size = make_frames([(10, [40], 0), (10, [40], 0)])
    markets = read_markets(sales[sales["region_id"] == "r0"], size, "us")
    assert np.isnan([markets.own[1], markets.recorded[1], markets.others[1], markets.benchmark[1]]).all()


def test_regions_without_capacity_are_appended(make_frames: MakeFrames) -> None:
    """Regions that only have sales follow those of the capacity table, sorted."""
    sales, size = make_frames([(10, [40], 0)] * 4)
    markets = read_markets(sales, size.iloc[[2]], "us")
    assert markets.region_ids.tolist() == ["r2", "r0", "r1", "r3"]
    assert np.isnan(markets.capacity[1:]).all()


def test_narrow_and_wide_matrix_agree(make_frames: MakeFrames, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether companies have a column each or are packed by region, the reductions are the same."""
    random = np.random.default_rng(0)
    cases = [(float(u), list(r), float(o)) for u, o, *r in random.integers(0, 99, (30, 9)).astype(float)]
    sales, size = make_frames(cases)
    sales = sales.sample(frac=0.7, random_state=1)
    wide = read_markets(sales, size, "us")
    monkeypatch.setattr(module, "WIDE_CELLS", 0)
    narrow = read_markets(sales, size, "us")
    np.testing.assert_array_equal(wide.largest_rival()[0], narrow.largest_rival()[0])
    np.testing.assert_array_equal(wide.rival_above()[0], narrow.rival_above()[0])
    for name in ("own", "others", "recorded", "contestable", "benchmark"):
        np.testing.assert_array_equal(getattr(wide, name), getattr(narrow, name))


@pytest.mark.parametrize("cells", [0, module.WIDE_CELLS])
def test_a_company_twice_in_a_region(
    make_frames: MakeFrames, monkeypatch: pytest.MonkeyPatch, cells: int
) -> None:
    """A repeated company is refused by name, not summed in silence."""
    monkeypatch.setattr(module, "WIDE_CELLS", cells)
    sales, size = make_frames([(10, [40], 5)])
    with pytest.raises(InputError, match="rival0 occurs twice in the region r0"):
        read_markets(pd.concat([sales, sales.iloc[[1]]]), size, "us")


def test_what_is_refused(make_frames: MakeFrames) -> None:
    """A missing column, an empty id and a repeated region are named."""
    sales, size = make_frames([(10, [40], 5)])
    with pytest.raises(InputError, match="sales lacks amount"):
        read_markets(sales.drop(columns="amount"), size, "us")
    with pytest.raises(InputError, match="region r0 occurs twice"):
        read_markets(sales, pd.concat([size, size]), "us")
    with pytest.raises(InputError, match="no region"):
        read_markets(sales.assign(region_id=[None, *sales["region_id"][1:]]), size, "us")
    with pytest.raises(InputError, match="no company"):
        read_markets(sales.assign(company_id=[None, *sales["company_id"][1:]]), size, "us")


def test_dictionary_encoded_ids(make_frames: MakeFrames) -> None:
    """Categorical ids, as the store's Arrow tables give them, mean the same as text."""
    sales, size = make_frames([(10, [40], 5), (20, [10], 5)])
    encoded = sales.astype({"region_id": "category", "company_id": "category"})
    np.testing.assert_array_equal(
        read_markets(encoded, size, "us").rivals, read_markets(sales, size, "us").rivals
    )
