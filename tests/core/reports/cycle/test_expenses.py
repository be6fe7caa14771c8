"""The report on expenses, on a world small enough to work out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from core.errors import InputError
from core.reports.cycle.expenses import ABOVE, ExpenseRequest, budget_actual, expense_report
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

START, END = dt.date(2026, 1, 1), dt.date(2026, 2, 1)
REQUEST = ExpenseRequest(START, END, "county")
WORLD = """
INSERT INTO region (region_id, parent_id, level, name, name_en) VALUES
    ('p', NULL, 'province', '省', 'Province'), ('q', NULL, 'province', '邻省', 'Other'),
    ('a', 'p', 'county', '甲县', 'A'), ('b', 'p', 'county', '乙县', 'B'), ('c', 'q', 'county', '丙县', 'C');
INSERT INTO dealer (dealer_id, name, region_id) VALUES
    ('d1', '一号', 'a'), ('d2', '二号', 'b'), ('d3', '三', NULL);
INSERT INTO dealer_sales (month, dealer_id, product_id, sell_in_amount) VALUES
    ('2026-01-01', 'd1', NULL, 1000), ('2026-01-01', 'd1', 'x', 700), ('2026-02-01', 'd1', 'x', 500),
    ('2026-01-01', 'd2', NULL, 400), ('2026-01-01', 'd3', NULL, 50);
INSERT INTO expense (month, region_id, kind, amount) VALUES
    ('2026-01-01', 'a', 'advertising', 10.01), ('2026-01-01', 'a', 'promotion', 20),
    ('2026-01-01', 'a', 'people', 70), ('2026-02-01', 'a', 'promotion', 30),
    ('2026-01-01', 'b', 'promotion', 5.50), ('2026-01-01', 'p', 'people', 44),
    ('2025-12-01', 'a', 'people', 9);
INSERT INTO expense_budget (month, region_id, kind, amount) VALUES
    ('2026-01-01', 'a', 'promotion', 15), ('2026-01-01', 'a', 'people', 80),
    ('2026-02-01', 'a', 'people', 80), ('2026-01-01', 'c', 'people', 7);
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store of three counties in two provinces."""
    with Store.open(tmp_path / "expenses.duckdb") as opened:

        def fill(cursor) -> None:
            cursor.execute(WORLD)
            refresh_closure(cursor)

        opened.write("test", fill)
        yield opened


def test_budget_stands_beside_actual_worked_by_hand(store: Store) -> None:
    """Of county a 95 planned stand beside 90 spent; 40.01 had no budget, 80 are not booked."""
    row = expense_report(store, REQUEST).regions.set_index("region_id").loc["a"]
    assert row[["budget", "actual", "difference"]].tolist() == [175, 130.01, -5]
    assert row[["unbudgeted", "unbooked"]].tolist() == [40.01, 80]
    assert row["state"] == "within"


def test_the_ratio_is_that_of_the_month_with_all_three_kinds(store: Store) -> None:
    """January's 100.01 against the 1,000 delivered; February lacks two kinds and counts on neither side."""
    report = expense_report(store, REQUEST)
    row = report.regions.set_index("region_id").loc["a"]
    assert row[["expense", "sales", "ratio", "ratio_months"]].tolist() == [100.01, 1000, 0.10001, 1]
    assert "ratio_months" in [note.code for note in report.notes]


def test_rows_sum_to_the_whole(store: Store) -> None:
    """Counties and what is charged to the province sum to everything."""
    report = expense_report(store, REQUEST)
    regions, total = report.regions.set_index("region_id"), report.total.iloc[0]
    assert regions.loc[ABOVE, "actual"] == 44
    for name in ("budget", "actual", "promotion", "people", "advertising"):
        assert regions[name].sum() == pytest.approx(total[name], abs=0.001)
    assert report.months["actual"].sum() == pytest.approx(total["actual"])
    assert report.kinds["budget"].sum() == total["budget"]


def test_it_is_said_where_differences_do_not_sum(store: Store) -> None:
    """The province's 44 and county c's budget of 7 meet only together."""
    report = expense_report(store, REQUEST)
    assert report.total["difference"].tolist() == [20 + 5.5 - 15 + 70 + 44 - 87]
    assert "differences_apart" in [note.code for note in report.notes]


def test_within_a_region_only_what_lies_in_it_counts(store: Store) -> None:
    """The neighbouring province spends nothing known, has a budget of 7, and isn't compared."""
    report = expense_report(store, ExpenseRequest(START, END, "county", within="q"))
    assert report.regions["region_id"].tolist() == ["c"]
    assert report.total["budget"].tolist() == [7]
    assert report.total["state"].tolist() == ["unknown"]


def test_the_scope_hides_what_lies_outside(store: Store) -> None:
    """Who may see county b sees its 5.50 and nothing of the province."""
    report = expense_report(store, ExpenseRequest(START, END, "county", scope=Scope(("b",))))
    assert report.total["actual"].tolist() == [5.5]
    assert report.regions["region_id"].tolist() == ["b"]


def test_one_region_by_month_and_kind(store: Store) -> None:
    """A region counts with all that lies in it, a county as well as its province."""
    county = budget_actual(store, "a", START, END)
    assert county["kind"].tolist() == ["advertising", "people", "promotion", "people", "promotion"]
    assert budget_actual(store, "p", START, END)["actual"].sum() == pytest.approx(179.51)
    assert budget_actual(store, None, START, END)["budget"].sum() == 182


def test_without_anything_recorded_nothing_is_said(store: Store) -> None:
    """A year without expenses has no total, and says so by missing values."""
    report = expense_report(store, ExpenseRequest(dt.date(2020, 1, 1), dt.date(2020, 3, 1), "county"))
    assert report.is_empty
    assert pd.isna(report.total["actual"].iloc[0])


def test_a_region_that_is_not_there_is_refused(store: Store) -> None:
    """The message names the nearest region."""
    with pytest.raises(InputError, match="zz"):
        expense_report(store, ExpenseRequest(START, END, "county", within="zz"))
