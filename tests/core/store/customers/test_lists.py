"""Lists of customers: each page, sum and filter is what a table of everything gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.reports.customers.card import customer_card
from core.store.caching import rollup_list
from core.store.caching import terminal_figures as customer_figures
from core.store.caching.sales_window import SalesWindow
from core.store.customers import lists as customer_lists
from core.store.customers import search
from core.store.customers.customers import customer
from core.store.customers.filter import CustomerFilter
from core.store.customers.lists import SORTS, ListRequest
from core.store.database import Store
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

START, END = dt.date(2025, 11, 1), dt.date(2026, 10, 1)


@pytest.fixture(scope="module")
def store(sample_copy) -> Iterator[Store]:
    """A demonstration region with 300 terminals."""
    with Store.open(sample_copy(300)) as store:
        yield store


@pytest.fixture(scope="module")
def own(store: Store) -> str:
    """The own company."""
    return str(store.fetch("SELECT c.company_id AS id FROM company AS c WHERE c.is_self")["id"][0])


def figures(own: str, category: str | None = None) -> SalesWindow:
    return SalesWindow(own, START, END, category)


def whole(store: Store, request: ListRequest) -> pd.DataFrame:
    """All rows of a list, as the export has them."""
    return pd.concat(
        [batch.to_pandas() for batch in customer_lists.batches(store, request)], ignore_index=True
    )


def sold(store: Store, own: str, category: str | None) -> pd.DataFrame:
    """Own, previous and all sales by terminal, added up by pandas from the rows of the table."""
    rows = store.fetch(
        "SELECT s.terminal_id, s.company_id, s.month, s.product_id IS NULL AS is_total, p.category,"
        " CAST(s.amount AS DOUBLE) AS amount FROM terminal_sales AS s"
        " LEFT JOIN product AS p ON p.product_id = s.product_id"
    ).to_pandas()
    if category is None:
        keys = ["terminal_id", "company_id", "month"]
        has_total = rows.groupby(keys)["is_total"].transform("max").astype(bool)
        rows = rows[rows["is_total"] | ~has_total]
    else:
        rows = rows[rows["category"] == category]
    month = pd.to_datetime(rows["month"])
    now = month.between(str(START), str(END))
    before = month.between("2024-11-01", "2025-10-01")
    mine = rows["company_id"] == own
    by = rows["terminal_id"]
    return pd.DataFrame(
        {
            "own": rows["amount"][now & mine].groupby(by).sum(),
            "own_previous": rows["amount"][before & mine].groupby(by).sum(),
            "total": rows["amount"][now].groupby(by).sum(),
        }
    )


@pytest.mark.parametrize("with_category", [False, True])
def test_figures_are_the_sums_of_the_facts(store: Store, own: str, with_category) -> None:
    """Own sales, previous year, total, last visit and latest score are those of the rows, per terminal."""
    category = store.fetch("SELECT MIN(p.category) AS c FROM product AS p")["c"][0].as_py()
    wanted = figures(own, category if with_category else None)
    rows = whole(store, ListRequest("terminal", wanted)).set_index("customer_id").sort_index()
    assert len(rows) == 300
    expected = sold(store, own, wanted.category).reindex(rows.index)
    for name in ("own", "own_previous", "total"):
        np.testing.assert_allclose(rows[name].astype(float), expected[name], rtol=1e-9)
    visits = store.fetch("SELECT v.terminal_id, v.start_at FROM visit AS v").to_pandas()
    last = visits.groupby("terminal_id")["start_at"].max().dt.normalize().reindex(rows.index)
    assert pd.to_datetime(rows["last_visit"]).dropna().tolist() == last.dropna().tolist()
    sheets = store.fetch("SELECT i.* FROM score_item AS i").to_pandas()
    totals = sheets.groupby(["terminal_id", "assessed_on", "sheet_id"])["score"].sum().reset_index()
    latest = totals.sort_values(["assessed_on", "sheet_id"]).groupby("terminal_id").tail(1)
    latest = latest.set_index("terminal_id")["score"].reindex(rows.index)
    np.testing.assert_allclose(rows["score"].astype(float), latest.astype(float))


@pytest.mark.parametrize(
    ("kind", "column"), [(kind, column) for kind, columns in SORTS.items() for column in columns]
)
def test_pages_put_together_are_the_sorted_list(store: Store, own: str, kind, column) -> None:
    """Every page, sorted by any column either way: no row missing, none twice, what is missing last."""
    descending = column not in {"name", "region", "owner", "last_visit"}
    request = ListRequest(kind, figures(own), sort=column, descending=descending)
    everything = whole(store, request)
    pages = [customer_lists.page(store, request, offset, 130) for offset in (0, 130, 260, 390)]
    assert pages[-1].empty
    together = pd.concat([rows for rows in pages if len(rows)], ignore_index=True)
    assert together["customer_id"].tolist() == everything["customer_id"].tolist()
    known = together[column].dropna()
    assert known.index.tolist() == list(range(len(known)))
    assert known.is_monotonic_decreasing if descending else known.is_monotonic_increasing
    other = customer_lists.page(store, replace(request, descending=not descending), 0, 1)[column].iloc[0]
    assert pd.isna(other) if known.empty else other == known.iloc[-1]


@pytest.mark.parametrize(
    ("kind", "filters", "keep"),
    [
        ("terminal", CustomerFilter(grades=("A", "B")), lambda t: t["grade"].isin(["A", "B"])),
        ("terminal", CustomerFilter(statuses=("closed",)), lambda t: t["status"] == "closed"),
        ("terminal", CustomerFilter(dealers=("",)), lambda t: t["dealer_id"].isna()),
        ("terminal", CustomerFilter(employees=("", "E000001")), lambda t: t["owner_id"].isna()),
        ("terminal", CustomerFilter(text="便利"), lambda t: t["name"].str.contains("便利")),
        ("terminal", CustomerFilter(text="bld", grades=("C",)), lambda t: t["name"].str.contains("便利店")
         & (t["grade"] == "C")),
        ("terminal", CustomerFilter(text="zzzz"), lambda t: t["name"] == ""),
        ("dealer", CustomerFilter(tiers=("large",)), lambda t: t["tier"] == "large"),
        ("dealer", CustomerFilter(levels=("second",), tiers=("small",)), lambda t: (t["level"] == "second")
         & (t["tier"] == "small")),
        ("dealer", CustomerFilter(employees=("",)), lambda t: t["owner_id"].isna()),
    ],
)  # fmt: skip
def test_a_filter_leaves_the_rows_that_fit(store: Store, own: str, kind, filters, keep) -> None:
    """Rows, count and sums are those of the fitting rows of the whole list; the sums tie."""
    everything = whole(store, ListRequest(kind, figures(own)))
    expected = everything[keep(everything)]
    request = ListRequest(kind, figures(own), filters)
    found = customer_lists.page(store, request, 0, 1_000)
    assert found["customer_id"].tolist() == expected["customer_id"].tolist()
    sums = customer_lists.totals(store, request)
    assert sums["customers"] == len(expected)
    assert sums["without_owner"] == expected["owner_id"].isna().sum()
    for name in ("own", "total", *(("sell_in", "terminals") if kind == "dealer" else ())):
        assert (sums[name] or 0.0) == pytest.approx(expected[name].astype(float).sum(), abs=0.005)


def test_a_dealers_shops_are_those_that_name_it(store: Store, own: str) -> None:
    """Shops, own sales and share of a dealer are those of the terminals with its id."""
    shops = whole(store, ListRequest("terminal", figures(own)))
    dealers = whole(store, ListRequest("dealer", figures(own))).set_index("customer_id")
    by_dealer = shops.groupby("dealer_id")
    assert dealers["terminals"].sum() == shops["dealer_id"].notna().sum()
    served = dealers.loc[by_dealer["own"].sum().index]
    np.testing.assert_allclose(served["own"].fillna(0.0), by_dealer["own"].sum(), rtol=1e-9)
    shares = by_dealer["own"].sum() / by_dealer["total"].sum().where(lambda total: total > 0)
    np.testing.assert_allclose(served["share"].astype(float), shares)


def test_a_region_and_a_scope_restrict_to_what_lies_below(store: Store, own: str) -> None:
    """A user of one region sees its customers and no others, whatever else is asked for."""
    regions = store.fetch(
        "SELECT r.region_id, r.parent_id FROM region AS r WHERE r.level = 'city' ORDER BY r.region_id"
    )["region_id"].to_pylist()
    mine, theirs = regions[:2]
    below = set(
        store.fetch(
            "SELECT c.region_id FROM region_closure AS c WHERE c.ancestor_id = $region", {"region": mine}
        )["region_id"].to_pylist()
    )
    for kind in ("dealer", "terminal"):
        everything = whole(store, ListRequest(kind, figures(own)))
        expected = everything.loc[everything["region_id"].isin(below), "customer_id"].tolist()
        assert 0 < len(expected) < len(everything)
        scoped = ListRequest(kind, figures(own), scope=Scope((mine,)))
        inside = ListRequest(kind, figures(own), CustomerFilter(regions=(mine,)))
        for request in (scoped, inside):
            assert customer_lists.page(store, request, 0, 1_000)["customer_id"].tolist() == expected
            assert customer_lists.totals(store, request)["customers"] == len(expected)
        outside = ListRequest(kind, figures(own), CustomerFilter(regions=(theirs,)), scope=Scope((mine,)))
        assert customer_lists.page(store, outside, 0, 1_000).empty
        elsewhere = everything.loc[~everything["region_id"].isin(below), "customer_id"].iloc[0]
        assert customer(store, kind, expected[0], Scope((mine,)))["customer_id"] == expected[0]
        assert customer(store, kind, elsewhere, Scope((mine,))) is None
        assert customer_card(store, kind, elsewhere, figures(own), Scope((mine,))) is None
        facets = customer_lists.facets(store, kind, Scope((mine,)))
        for _name, rows in facets.groupby("facet"):
            assert rows["customers"].sum() == len(expected)


def test_a_slip_gives_the_nearest_names(store: Store, own: str) -> None:
    """Where no name holds what was typed, the list has those that nearly do."""
    name = whole(store, ListRequest("dealer", figures(own)))["name"].iloc[0]
    exact = ListRequest("dealer", figures(own), CustomerFilter(text=name))
    assert customer_lists.fitting(store, exact) == (exact, False)
    slip = ListRequest("dealer", figures(own), CustomerFilter(text=name[0] + "某" + name[2:]))
    found, nearly = customer_lists.fitting(store, slip)
    assert nearly
    assert name in customer_lists.page(store, found, 0, 100)["name"].tolist()
    nothing = ListRequest("dealer", figures(own), CustomerFilter(text="qqqqqq"))
    assert customer_lists.totals(store, customer_lists.fitting(store, nothing)[0])["customers"] == 0


def test_figures_are_made_once_and_follow_the_facts(
    store: Store, own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked twice they are made once; a write to the sales makes them anew, one to other tables does not."""
    first = customer_figures.figures(store, figures(own))
    assert customer_figures.is_ready(store, figures(own))
    assert not customer_figures.is_ready(store, SalesWindow(own, START, START))
    store.write("prefer", lambda _cursor: None, details={"entity": "setting"})
    store.write("edit_customers", lambda _cursor: None, details={"entity": "terminal"})
    assert customer_figures.figures(store, figures(own)) == first
    store.write("import", lambda _cursor: None, details={"entity": "terminal_sales"})
    assert customer_figures.figures(store, figures(own)) != first
    asked = [SalesWindow(own, dt.date(2026, month, 1), END) for month in range(1, 8)]
    made = {customer_figures.figures(store, request) for request in asked}
    # While people look at them they stay; later the newest few are enough.
    assert made <= _tables(store)
    monkeypatch.setattr(rollup_list, "IN_USE", 0.0)
    latest = customer_figures.figures(store, SalesWindow(own, START, dt.date(2026, 2, 1)))
    assert len(_tables(store)) == rollup_list.ROLLUPS_PER_KIND
    assert latest in _tables(store)
    # What was dropped is made again when it is asked for.
    assert customer_figures.figures(store, asked[0]) in _tables(store)


def _tables(store: Store) -> set[str]:
    """Return the tables of figures that are there."""
    rows = store.fetch(
        "SELECT t.table_name AS name FROM duckdb_tables() AS t WHERE t.table_name LIKE 'customer_figures_%'"
    )
    return set(rows["name"].to_pylist())


def test_without_sales_visits_still_count(store: Store) -> None:
    """Nothing is sold by nobody; the last visit is there, so that an empty market can be worked off."""
    search.ensure(store)
    request = ListRequest("terminal", SalesWindow("", dt.date(1900, 1, 1), dt.date(2200, 12, 1)))
    sums = customer_lists.totals(store, request)
    assert sums["own"] is None
    assert sums["visited"] > 0


@pytest.mark.parametrize("wrong", [{"kind": "shop"}, {"sort": "nmae"}, {"kind": "dealer", "sort": "grade"}])
def test_a_list_of_nothing_is_refused(wrong, own: str) -> None:
    """An unknown kind or column is named, with the nearest one."""
    with pytest.raises(InputError):
        ListRequest(**{"kind": "terminal", "figures": figures(own), **wrong})


def test_a_card_says_what_the_list_says_and_the_trend_ties(store: Store, own: str) -> None:
    """The card's row is the list's; the months of the trend add up to the sales of the period."""
    for kind in ("terminal", "dealer"):
        row = customer_lists.page(store, ListRequest(kind, figures(own), sort="own"), 0, 1).iloc[0]
        card = customer_card(store, kind, row["customer_id"], figures(own))
        assert card.row["own"] == row["own"]
        period = card.trend[card.trend["month"].between(str(START), str(END))]
        assert period["amount"].sum() == pytest.approx(row["total"], abs=0.005)
        assert period.loc[period["is_self"], "amount"].sum() == pytest.approx(row["own"], abs=0.005)
        np.testing.assert_allclose(card.trend.groupby("month")["share"].sum(), 1.0)
        assert card.visits["start_at"].is_monotonic_decreasing
    assert customer_card(store, "terminal", "nobody", figures(own)) is None
