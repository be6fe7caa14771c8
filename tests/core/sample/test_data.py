"""The rows fit the declarations, and have the gaps and errors of real data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc
import pytest

from core.geo.cells import quadkey
from core.geo.coordinates import gcj02_to_wgs84
from core.tables import BY_NAME, TABLES, Table

if TYPE_CHECKING:
    from core.store.database import Store

FILLED = [t for t in TABLES if t.name not in {"target_cell", "target_plan"}]


def rows(store: Store, table: str) -> dict[str, np.ndarray]:
    """Return the columns of a table."""
    return {
        name: column.to_numpy(zero_copy_only=False)
        for name, column in zip(*_columns(store, table), strict=True)
    }


def _columns(store: Store, table: str) -> tuple[list[str], list]:
    data = store.fetch(f"SELECT * FROM {table}")
    return data.column_names, data.columns


@pytest.mark.parametrize("table", FILLED, ids=lambda t: t.name)
def test_rows_keep_the_declaration(sample: Store, table: Table) -> None:
    """No required value is empty, every code is known, every reference exists, no key comes twice."""
    data = sample.fetch(f"SELECT * FROM {table.name}")
    assert data.num_rows > 0
    for column in table.columns:
        values = data.column(column.name)
        if column.required:
            assert values.null_count == 0, column.name
        if column.known:
            assert set(pc.unique(values).to_pylist()) - {None} <= set(column.known), column.name
        if column.references:
            key = BY_NAME[column.references].key[0]
            known = sample.fetch(f"SELECT t.{key} FROM {column.references} AS t").column(0)
            assert set(pc.unique(values).to_pylist()) - {None} <= set(known.to_pylist()), column.name
    keys = ", ".join(f"t.{name}" for name in table.key)
    twice = sample.fetch(f"SELECT {keys} FROM {table.name} AS t GROUP BY {keys} HAVING COUNT(*) > 1")
    assert twice.num_rows == 0


@pytest.mark.parametrize("table", [t for t in FILLED if t.sorted_by], ids=lambda t: t.name)
def test_facts_are_stored_in_order(sample: Store, table: Table) -> None:
    """Large tables are stored sorted, as their declaration says."""
    data = sample.fetch(f"SELECT * FROM {table.name}").select(list(table.sorted_by))
    order = pc.sort_indices(data, [(name, "ascending") for name in table.sorted_by]).to_numpy()
    ranked = data.take(order)
    assert ranked.equals(data)


def test_terminals_are_stored_by_cell_and_know_it(sample: Store) -> None:
    """The cell is that of the WGS-84 coordinates, which are those of the surveyed ones."""
    shops = rows(sample, "terminal")
    lat, lon = shops["lat_wgs84"], shops["lon_wgs84"]
    located = ~np.isnan(lat)
    np.testing.assert_array_equal(quadkey(lat, lon)[located], shops["cell"][located].astype(np.int64))
    assert (np.diff(shops["cell"][located]) >= 0).all()
    assert not located[located.argmin() :].any()
    gcj = located & (shops["crs"] == "GCJ-02")
    assert gcj.sum() > 300
    back = gcj02_to_wgs84(shops["lat"][gcj], shops["lon"][gcj])
    np.testing.assert_allclose(back, (lat[gcj], lon[gcj]), atol=1e-7)


def test_address_book_has_gaps_and_errors(sample: Store) -> None:
    """About 1 % without coordinates, 0.5 % without a region, a few twice on one spot, closed and blank."""
    shops = rows(sample, "terminal")
    count = len(shops["terminal_id"])
    assert count == 6_000
    assert 0.004 < np.isnan(shops["lat"]).mean() < 0.02
    assert 0.001 < np.mean([r is None for r in shops["region_id"]]) < 0.01
    cells = shops["cell"][~np.isnan(shops["lat"])]
    assert len(cells) - len(np.unique(cells)) > 5
    for status, least in (("blank", 600), ("closed", 60), ("listed", 2_000)):
        assert (shops["status"] == status).sum() > least
    shares = [(shops["grade"] == grade).mean() for grade in "ABCD"]
    np.testing.assert_allclose(shares, [0.1, 0.2, 0.5, 0.2], atol=0.02)


def test_product_rows_make_the_total(sample: Store) -> None:
    """Where a shop's products are known they sum to the company's total in that shop and month."""
    wrong = sample.fetch(
        "SELECT s.month, s.terminal_id FROM terminal_sales AS s WHERE s.company_id = 'OWN'"
        " GROUP BY s.month, s.terminal_id"
        " HAVING SUM(s.amount) FILTER (WHERE s.product_id IS NULL)"
        " <> SUM(s.amount) FILTER (WHERE s.product_id IS NOT NULL)"
    )
    assert wrong.num_rows == 0


def test_shops_sell_less_than_the_record_of_their_county(sample: Store) -> None:
    """A region's record includes shops that are not in the store."""
    both = sample.fetch(
        "SELECT m.amount AS recorded, r.amount AS shops FROM market_sales AS m"
        " JOIN region_month_sales AS r ON r.region_id = m.region_id AND r.month = m.month"
        " AND r.company_id = m.company_id AND r.is_total WHERE m.market_id = 'all' AND m.amount > 0"
    )
    recorded, shops = (both.column(n).cast("float64").to_numpy() for n in ("recorded", "shops"))
    assert len(recorded) > 3_000
    assert (shops < recorded).mean() > 0.99


def test_some_active_shops_were_never_visited(sample: Store) -> None:
    """There are unvisited customers to find, and most shops were visited."""
    active = sample.fetch("SELECT t.terminal_id FROM terminal AS t WHERE t.status NOT IN ('blank', 'closed')")
    visited = set(sample.fetch("SELECT DISTINCT v.terminal_id FROM visit AS v").column(0).to_pylist())
    missed = [shop for shop in active.column(0).to_pylist() if shop not in visited]
    assert 0.05 < len(missed) / active.num_rows < 0.3


def test_reps_have_eighty_to_a_hundred_and_twenty_shops(sample: Store) -> None:
    """Territories have the size a rep can work."""
    sizes = sample.fetch(
        "SELECT COUNT(*) AS shops FROM terminal AS t WHERE t.employee_id IS NOT NULL GROUP BY t.employee_id"
    )
    assert 80 <= np.median(sizes.column(0).to_numpy()) <= 120


def test_spring_festival_moves_sales_between_january_and_february(sample: Store) -> None:
    """With New Year on 29 January 2025 and 17 February 2026, February gains on January in 2026."""
    months = sample.fetch(
        "SELECT m.month AS month, SUM(m.amount) AS amount FROM market_sales AS m"
        " WHERE m.market_id = 'protein' GROUP BY m.month"
    ).to_pylist()
    amount = {row["month"].strftime("%Y-%m"): float(row["amount"]) for row in months}
    assert amount["2025-01"] > 1.5 * amount["2025-02"]
    assert amount["2026-02"] > amount["2026-01"]


def test_no_score_is_a_minus_zero(sample: Store) -> None:
    """Rounding leaves a minus before some zeros, and a printed sheet would show it."""
    scores = rows(sample, "score_item")["score"]
    zeros = scores[scores == 0]
    assert len(zeros)
    assert not np.signbit(zeros).any()
