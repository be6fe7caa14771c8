"""Filling in budgets: the grid, what differs, and two people at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError, StoreError
from core.reports.cycle.budgets import GridRequest, budget_grid, grid_edits
from core.store.cycle.budgets import BudgetEdit, save_budgets
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

JANUARY, FEBRUARY = dt.date(2026, 1, 1), dt.date(2026, 2, 1)
REQUEST = GridRequest(2026, "county", "promotion")
WORLD = """
INSERT INTO region (region_id, parent_id, level, name) VALUES
    ('p', NULL, 'province', '省'), ('a', 'p', 'county', '甲县'), ('b', 'p', 'county', '乙县');
INSERT INTO expense_budget (month, region_id, kind, amount) VALUES
    ('2026-01-01', 'a', 'promotion', 10.50), ('2026-01-01', 'p', 'promotion', 99),
    ('2026-01-01', 'a', 'people', 7), ('2025-01-01', 'a', 'promotion', 3);
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store with some budgets."""
    with Store.open(tmp_path / "budgets.duckdb") as opened:

        def fill(cursor) -> None:
            cursor.execute(WORLD)
            refresh_closure(cursor)

        opened.write("test", fill)
        yield opened


def test_the_grid_has_the_level_the_kind_and_the_year_alone(store: Store) -> None:
    """County a has 10.50 in January and nothing else; county b a row of its own without a budget."""
    grid = budget_grid(store, REQUEST)
    assert grid.index.tolist() == ["a", "b"]
    assert grid.loc["a", JANUARY] == 10.5
    assert grid[list(REQUEST.months)].notna().sum().sum() == 1


def test_what_is_filled_in_is_saved_and_read_back(store: Store) -> None:
    """Two new budgets and a removed one are three changes, and an audit row says who made them."""
    before = budget_grid(store, REQUEST)
    after = before.copy()
    after.loc["a", JANUARY], after.loc["b", JANUARY] = np.nan, 5.25
    after.loc["b", FEBRUARY] = 0.0
    assert save_budgets(store, grid_edits(REQUEST, before, after), actor="小李") == 3
    assert budget_grid(store, REQUEST).equals(after)
    assert budget_grid(store, GridRequest(2026, "county", "people")).loc["a", JANUARY] == 7
    log = store.fetch("SELECT a.actor, a.entity FROM audit_log AS a ORDER BY a.audit_id DESC LIMIT 1")
    assert log.to_pylist() == [{"actor": "小李", "entity": "expense_budget"}]


def test_a_cell_somebody_else_changed_is_not_overwritten(store: Store) -> None:
    """The second one is told, and nothing of hers is saved."""
    before = budget_grid(store, REQUEST)
    first, second = before.copy(), before.copy()
    first.loc["a", JANUARY] = 20.0
    second.loc["a", JANUARY], second.loc["b", JANUARY] = 30.0, 1.0
    save_budgets(store, grid_edits(REQUEST, before, first))
    with pytest.raises(StoreError, match="a"):
        save_budgets(store, grid_edits(REQUEST, before, second))
    assert budget_grid(store, REQUEST).equals(first)


def test_nothing_changed_is_no_write(store: Store) -> None:
    """Saving an untouched grid leaves the data version alone."""
    version = store.data_version
    grid = budget_grid(store, REQUEST)
    assert save_budgets(store, grid_edits(REQUEST, grid, grid.copy())) == 0
    assert store.data_version == version


def test_a_budget_below_zero_is_refused() -> None:
    """Nobody may spend less than nothing."""
    with pytest.raises(InputError, match="-1"):
        BudgetEdit(JANUARY, "a", "promotion", None, Decimal(-1))


def test_a_region_outside_the_scope_is_refused(store: Store) -> None:
    """Who has county b may not plan for county a."""
    edit = BudgetEdit(FEBRUARY, "a", "promotion", None, Decimal(1))
    with pytest.raises(InputError, match="a"):
        save_budgets(store, [edit], scope=Scope(("b",)))
