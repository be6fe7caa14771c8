"""The market table as a whole."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.market.markets import read_markets
from core.market.number_one import targets
from core.market.options import MarketOptions
from core.market.quadrant import growth_presets
from core.market.table import market_axes, market_table
from core.metrics import FAMILIES
from tests.core.market.conftest import frames

MakeFrames = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]
US = MarketOptions("us")

CONTRACT = [
    "region_id",
    "capacity",
    "capacity_previous",
    "growth",
    "own",
    "own_previous",
    "own_growth",
    "share",
    "share_previous",
    "rank",
    "rival_id",
    "rival_sales",
    "ratio",
    "state",
    "structure",
    "share_symbol",
    "zone",
    "attack_order",
    "difficulty",
    "direction",
    "borderline",
    "robustness",
    "target_fixed",
    "target_least",
    "target_proportional",
    "target_base",
    "gap",
    "feasible",
    "cushion",
    "unidentified",
    "s_above_capacity",
]


def test_columns(make_frames: MakeFrames) -> None:
    """The promised columns are there, one row per region, and each is declared as a KPI."""
    table = market_table(*make_frames([(500, [300, 150], 50), (250, [400, 200], 150)]), US)
    assert set(CONTRACT) <= set(table.columns)
    assert set(table.columns) <= set(FAMILIES["market"])
    assert table["region_id"].tolist() == ["r0", "r1"]


def test_worked_row(make_frames: MakeFrames) -> None:
    """Case 2 of the handbook, second with 250 against 400: every figure of its row [B.3]."""
    row = market_table(*make_frames([(250, [400, 200], 150)], growth=0.25), US).iloc[0]
    expected = {
        "growth": 0.25,
        "share": 0.25,
        "rank": 2,
        "rival_id": "rival0",
        "rival_sales": 400,
        "ratio": 0.625,
        "state": "chasing_in_range",
        "share_symbol": "upper_rank",
        "target_fixed": 680.0,
        "target_least": 409.26,
        "target_proportional": 475.52,
        "target_base": 475.52,
        "gap": 225.52,
        "gap_fixed": 430.0,
        "market_needed": 1430.0,
        "feasible": False,
        "feasibility": "needs_growth_or_leader",
        "zone": "unstable",
        "attack_order": 3,
        "difficulty": "hard",
        "direction": "deep_cultivation",
    }
    assert {name: row[name] for name in expected} == pytest.approx(expected)


def test_base_is_fixed_where_the_total_is_unknown(make_frames: MakeFrames) -> None:
    """The base target is proportional where the capacity is known, fixed otherwise [F]."""
    table = market_table(*make_frames([(250, [400, 200], 150)] * 2, capacity=[1000, np.nan]), US)
    assert table["target_base"].tolist() == [475.52, 680.0]
    assert table["target_basis"].tolist() == ["proportional", "fixed"]
    assert pd.isna(table["share"].iloc[1])
    assert table["missing"].tolist() == ["", "capacity,capacity_previous"]


def test_sales_above_capacity_are_flagged_not_cut(make_frames: MakeFrames) -> None:
    """1,000 recorded in a capacity of 900 is an error of the data; the share stays own / capacity [F]."""
    table = market_table(*make_frames([(500, [300, 150], 50)] * 2, capacity=[900, 1200]), US)
    assert table["s_above_capacity"].tolist() == [True, False]
    assert table["unidentified"].tolist() == [0, 200]
    assert table["share"].tolist() == pytest.approx([500 / 900, 500 / 1200])


def test_no_competitor(make_frames: MakeFrames) -> None:
    """Without rivals there is a zone but no target; confirmed, we are the sole supplier [S3 p100]."""
    sales, size = make_frames([(50, [], 0), (60, [], 0)], capacity=[100, 100])
    table = market_table(sales, size, MarketOptions("us", sole_supplier=frozenset({"r1"})))
    assert table["state"].tolist() == ["no_rival_data", "sole_supplier"]
    assert table["zone"].notna().all()
    assert table[["target_fixed", "target_base", "gap", "ratio"]].isna().all(axis=None)
    assert table["feasible"].isna().all()
    assert table["next_symbol"].tolist() == ["upper_limit"] * 2
    assert table["target_symbol"].tolist() == [73.88, 73.88]


def test_warnings_where_document_and_practice_disagree(make_frames: MakeFrames) -> None:
    """A decline zone out of range keeps 维持重点 and is warned about [F]."""
    sales, size = make_frames([(10, [700], 290), (600, [300], 100)], growth=[-0.1, 0.1])
    row = market_table(sales, size, US).iloc[0]
    assert (row["zone"], row["direction"]) == ("decline", "keep_focus")
    assert row["warnings"] == "keep_focus_out_of_range"


def test_a_leader_below_the_lower_limit_is_not_stable(make_frames: MakeFrames) -> None:
    """First with 20 % is first, but not stable [W:14]."""
    table = market_table(*make_frames([(20, [10, 10], 60)]), US)
    assert "leader_not_stable" in table["warnings"].iloc[0].split(",")


def test_unknown_amounts_stay_unknown(make_frames: MakeFrames) -> None:
    """Unknown own sales have no share, rank, gap or zone; k r1 is still told."""
    row = market_table(*make_frames([(np.nan, [300], 700)], capacity=[1000]), US).iloc[0]
    assert row["state"] == "own_unknown"
    assert row["target_fixed"] == 510
    assert row[["share", "rank", "gap", "zone", "ratio", "feasible"]].isna().all()
    assert row["missing"] == "own,own_previous"


def test_an_empty_market_has_no_rows() -> None:
    """No regions give an empty table with all columns."""
    table = market_table(*frames([]), US)
    assert len(table) == 0
    assert set(CONTRACT) <= set(table.columns)


def test_axes_of_a_table_give_back_the_cuts(make_frames: MakeFrames) -> None:
    """The chart's cut lines come from the table itself."""
    table = market_table(*make_frames([(20, [10], 10), (20, [30], 10)], growth=[0.1, 0.3]), US)
    assert growth_presets(market_axes(table))["weighted_average"] == pytest.approx(
        table["capacity"].sum() / table["capacity_previous"].sum() - 1
    )


FEN = st.integers(0, 10**10)
CASE = st.tuples(FEN, st.lists(FEN, max_size=5), FEN)


@settings(deadline=None, max_examples=60)
@given(st.lists(CASE, min_size=1, max_size=6), st.sampled_from([1.7, np.sqrt(3), 3.0]))
def test_money_ties_to_the_fen(cases: list[tuple[int, list[int], int]], k: float) -> None:
    """Rounded to the fen, a gap is exactly target less own sales and the band keeps its order."""
    yuan = [(u / 100, [r / 100 for r in rivals], o / 100) for u, rivals, o in cases]
    table = market_table(*frames(yuan), MarketOptions("us", k=k))
    money = ["own", "target_least", "target_proportional", "target_fixed", "target_base", "gap", "gap_least"]
    exact = table[money].map(lambda yuan: None if np.isnan(yuan) else Decimal(repr(yuan)))
    for row in exact[table["target_fixed"].notna()].itertuples():
        assert row.gap == row.target_base - row.own
        assert row.gap_least == row.target_least - row.own
        assert row.own <= row.target_least <= row.target_proportional <= row.target_fixed


@settings(deadline=None, max_examples=30)
@given(st.lists(CASE, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_permutation_invariant(cases: list[tuple[int, list[int], int]], random: object) -> None:
    """The order of the sales rows and of the regions changes nothing."""
    sales, size = frames([(float(u), [float(r) for r in rivals], float(o)) for u, rivals, o in cases])
    seed = random.randint(0, 10**6)
    shuffled = market_table(
        sales.sample(frac=1, random_state=seed), size.sample(frac=1, random_state=seed), US
    )
    straight = market_table(sales, size, US)
    pd.testing.assert_frame_equal(
        shuffled.set_index("region_id").loc[straight["region_id"]], straight.set_index("region_id")
    )


def test_many_regions_equal_one_at_a_time() -> None:
    """A region's figures don't depend on the other regions, except through data-driven cuts."""
    random = np.random.default_rng(8)
    cases = [(float(u), list(r), float(o)) for u, o, *r in random.integers(0, 500, (25, 8)).astype(float)]
    options = MarketOptions("us", growth_cut="zero")
    sales, size = frames(cases, growth=list(random.normal(0, 0.1, 25)))
    drop = ["zone_rank", "attack_rank", "robustness"]
    whole = market_table(sales, size, options).drop(columns=drop)
    single = [
        market_table(sales[sales["region_id"] == r], size[size["region_id"] == r], options)
        for r in size["region_id"]
    ]
    pd.testing.assert_frame_equal(pd.concat(single, ignore_index=True).drop(columns=drop), whole)


def test_rounding_is_the_only_difference_to_the_formulas(make_frames: MakeFrames) -> None:
    """The table's targets are the formulas' results to within half a fen."""
    sales, size = make_frames([(150, [350, 300], 200), (1, [3, 2, 1], 1)])
    table, found = market_table(sales, size, US), targets(read_markets(sales, size, "us"), 1.7)
    for name in ("least", "proportional", "fixed"):
        np.testing.assert_allclose(table[f"target_{name}"], getattr(found, name), atol=0.00501)


def test_net_returns_are_part_of_the_needed_gain(make_frames: MakeFrames) -> None:
    """Own sales of -50 are 50 more to gain: the needed gain is the least gap of 238.89 ÷ the capacity."""
    table = market_table(*make_frames([(-50, [300], 700)], capacity=[1_000]), US)
    assert table["target_least"].tolist() == [188.89]
    assert table["gap_least"].tolist() == [238.89]
    assert table["needed_gain"][0] == pytest.approx((1.7 * 300 / 2.7 + 50) / 1_000)
