"""Budget beside actual, and the expense ratio."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cycle.expenses.budget import KINDS, budget_table, ratio_table, rest_of_whole
from core.tables import BY_NAME

CELLS = pd.DataFrame(
    [
        ("a", 1, "promotion", 100.0, 120.0),
        ("a", 1, "people", 50.0, 40.0),
        ("a", 1, "advertising", 30.0, np.nan),
        ("a", 2, "promotion", np.nan, 15.0),
        ("b", 1, "promotion", 10.0, 10.0),
    ],
    columns=["region_id", "month", "kind", "budget", "actual"],
)


def test_only_what_has_both_a_budget_and_an_expense_is_compared() -> None:
    """Of 180 planned and 175 spent, 150 and 160 stand against each other: 10 too much."""
    row = budget_table(CELLS, ["region_id"]).loc["a"]
    assert row[["budget", "actual"]].tolist() == [180, 175]
    assert row[["compared_budget", "compared_actual", "difference"]].tolist() == [150, 160, 10]
    assert row[["unbudgeted", "unbooked"]].tolist() == [15, 30]
    assert row["used"] == pytest.approx(160 / 150)
    assert row["state"] == "over"


def test_exactly_the_budget_is_within_it() -> None:
    """A region that spent what it may is within its budget."""
    assert budget_table(CELLS, ["region_id"]).loc["b", "state"] == "within"


def test_what_cannot_be_compared_is_unknown() -> None:
    """A budget without an expense is neither kept nor exceeded."""
    row = budget_table(CELLS, ["kind"]).loc["advertising"]
    assert row["state"] == "unknown"
    assert np.isnan(row["difference"])


AMOUNT = st.one_of(st.none(), st.integers(-(10**9), 10**12))
ROWS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.sampled_from(sorted(KINDS))),
    st.tuples(AMOUNT, AMOUNT),
    min_size=1,
    max_size=30,
)


@settings(max_examples=30, deadline=None)
@given(rows=ROWS)
def test_the_parts_of_budget_and_actual_sum_to_them_to_the_fen(rows: dict) -> None:
    """Actual = compared + unbudgeted, budget = compared + unbooked, and regions sum to kinds."""
    cells = pd.DataFrame(
        [(*key, *map(_fen, values)) for key, values in rows.items()],
        columns=["region_id", "month", "kind", "budget", "actual"],
    )
    for by in (["region_id"], ["kind"], ["region_id", "month"]):
        table = budget_table(cells, by)[["budget", "actual", "compared_budget", "compared_actual",
                                         "unbudgeted", "unbooked"]].fillna(0)  # fmt: skip
        assert (table["actual"] == table["compared_actual"] + table["unbudgeted"]).all()
        assert (table["budget"] == table["compared_budget"] + table["unbooked"]).all()
        assert table["actual"].sum() == sum(actual or 0 for _budget, actual in rows.values())


@settings(max_examples=30, deadline=None)
@given(rows=ROWS, above=st.integers(1, 10**9))
def test_regions_and_the_rest_sum_to_the_whole(rows: dict, above: int) -> None:
    """What no region of the level has is what is charged above it."""
    cells = pd.DataFrame(
        [(*key, *map(_fen, values)) for key, values in rows.items()],
        columns=["region_id", "month", "kind", "budget", "actual"],
    )
    whole = cells.groupby(["month", "kind"])[["budget", "actual"]].sum(min_count=1).reset_index()
    whole.loc[0, "actual"] = np.nan_to_num(whole.loc[0, "actual"]) + above
    whole = whole.assign(region_id="*")[list(cells.columns)]
    rest = rest_of_whole(pd.concat([cells, whole]), ["budget", "actual"], whole="*", rest="")
    assert rest["region_id"].tolist() == [""]
    assert rest["actual"].tolist() == [above]
    assert rest["budget"].isna().all()


def test_the_ratio_counts_complete_months_only() -> None:
    """A month without people's cost counts neither as expense nor as sales."""
    cells = pd.DataFrame(
        [("a", month, kind, np.nan, 10.0) for month in (1, 2) for kind in KINDS][:-1],
        columns=["region_id", "month", "kind", "budget", "actual"],
    )
    sales = pd.DataFrame({"region_id": ["a", "a", "a"], "month": [1, 2, 3], "sales": [300.0, 500.0, 700.0]})
    row = ratio_table(cells, sales, ["region_id"]).loc["a"]
    assert row.tolist() == [30.0, 300.0, 0.1, 1]


def test_the_kinds_are_those_of_the_import() -> None:
    """The three kinds of the ratio are the codes that files may say."""
    assert set(KINDS) == set(BY_NAME["expense"].column("kind").known)


def _fen(value: int | None) -> float:
    return np.nan if value is None else float(value)
