"""Plans that go down to single products: shared by what was sold, saved, exported, brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from core.exchange.plans.files import plan_table, write_plan
from core.exchange.plans.model import DETAIL
from core.exchange.plans.page import Page
from core.exchange.plans.ranges import FIRST_MONTH
from core.exchange.plans.reimport import Expected, read_back
from core.reports.plans.basis import plan_basis
from core.reports.plans.checks import review
from core.reports.plans.plan import draft_plan, plan_from_store
from core.reports.plans.products import split
from core.reports.plans.request import PlanRequest
from core.reports.plans.workbook_data import plan_book
from core.store.plans import versions as plans
from core.store.plans.model import KEYS, fingerprint

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def request_products(request_2026) -> PlanRequest:
    """The plan of 2026 down to products."""
    return replace(request_2026, depth="product")


@pytest.fixture(scope="module")
def plan(store, request_products):
    """It, saved."""
    return plan_from_store(store, request_products, "Products")


def test_products_are_shared_by_the_narrowest_sales_known() -> None:
    """A rep's own mix counts; without sales that of the region; without those that of the category."""
    owners = pd.DataFrame(
        [("tea", "A", "E1", 1.0), ("tea", "A", "E2", 0.5), ("tea", "B", "E3", 0.2), ("milk", "A", "E1", 1.0)],
        columns=["category", "region_id", "owner_id", "part"],
    )
    sold = pd.DataFrame(
        [
            ("tea", "P1", "A", "E1", 30.0),
            ("tea", "P2", "A", "E1", 10.0),
            ("tea", "P1", "A", "E4", 10.0),
            ("tea", "P2", "A", "E4", -5.0),  # more returned than sold counts as nothing sold
            ("tea", "P2", "C", "E5", 50.0),
        ],
        columns=["category", "product_id", "region_id", "owner_id", "amount"],
    )
    parts = split(owners, sold).set_index(["category", "region_id", "owner_id", "item"])["part"].sort_index()
    assert parts["tea", "A", "E1"].to_dict() == pytest.approx({"P1": 0.75, "P2": 0.25})
    assert parts["tea", "A", "E2"].to_dict() == pytest.approx({"P1": 0.5 * 0.8, "P2": 0.5 * 0.2})
    assert parts["tea", "B", "E3"].to_dict() == pytest.approx({"P1": 0.2 * 0.4, "P2": 0.2 * 0.6})
    assert parts["milk", "A", "E1"].to_dict() == {"milk": 1.0}


def test_products_add_up_to_their_category(store, request_2026, request_products) -> None:
    """Going down to products changes no target of a category, region, rep or month by as much as a unit."""
    basis = plan_basis(store, request_products)
    draft = draft_plan(store, request_products, basis=basis)
    whole = draft_plan(store, request_2026).cells["count"]
    category = basis.leaves.drop_duplicates("item").set_index("item")["category"]
    cells = draft.cells["count"].reset_index()
    summed = cells.assign(item=cells["item"].map(category)).groupby(KEYS)["count"].sum()
    assert summed.sum() == whole.sum() == 1_200_000
    assert summed.groupby(level="item").sum().equals(whole.groupby(level="item").sum())
    assert basis.leaves["item"].nunique() > basis.leaves["category"].nunique()
    assert basis.leaves["last_year"].sum() == pytest.approx(basis.regions["base"].sum())


def test_a_saved_plan_keeps_products_and_their_categories(store, plan) -> None:
    """The store holds product and category of each cell, and reads the same cells back."""
    rows = store.read("targets/cells", plan=plan.plan_id).to_pandas()
    names = set(plan_basis(store, PlanRequest.from_parameters(plan.parameters)).leaves["item"])
    assert set(rows["item"]) == names
    table = plan_table(plan_book(store, plan))
    known = table.drop_duplicates("product_id").set_index("product_id")["category"]
    assert known["P001"] == "饮用水"
    assert table["amount"].sum() == 120_000_000


def test_versions_of_a_plan_by_product_are_kept(store, plan) -> None:
    """A changed cell of one product is saved, and the version before can still be seen."""
    cells = plans.load_cells(store, plan)
    changed = cells.copy()
    changed.iloc[5, 0] += 7
    saved = plans.save(store, plan, changed)
    assert plans.load_cells(store, saved).equals(changed)
    assert plans.load_cells(store, saved, version=plan.version).equals(cells)


def test_checks_know_the_products(store, plan) -> None:
    """The planned mix is that of products, called by their names, and the plan as computed keeps it."""
    latest = plans.load(store, plan.plan_id)
    basis = plan_basis(store, PlanRequest.from_parameters(latest.parameters))
    found = review(latest, plans.load_cells(store, latest, version=1), basis)
    assert {check.rule: check.passed for check in found.checks}["goal"]


def test_a_workbook_by_product_comes_back_with_the_cell_changed(store, plan, tmp_path: Path) -> None:
    """The detail sheet names products; a changed figure comes back for exactly that product."""
    latest = plans.load(store, plan.plan_id)
    file = tmp_path / "plan.xlsx"
    write_plan(file, plan_book(store, latest))
    book = openpyxl.load_workbook(file)
    sheet = book[DETAIL]
    line = next(row for row in range(Page.first + 1, sheet.max_row) if sheet.cell(row, 1).value == "P004")
    assert sheet.cell(line, 5).value == "沄叶绿茶500ml"
    sheet.cell(line, FIRST_MONTH + 1).value += 0.1
    book.save(file)
    cells = plans.load_cells(store, latest)
    print_of = fingerprint(latest, cells)
    back = read_back(file, Expected(latest.plan_id, latest.version, print_of, 2026, latest.unit, cells))
    assert back.changes.index.get_level_values("item").tolist() == ["P004"]
    assert back.changes["change"].tolist() == [1]


def test_plans_saved_before_products_keep_their_depth(request_2026) -> None:
    """Parameters with the former yes or no are read as category or none."""
    old = {name: value for name, value in request_2026.parameters.items() if name != "depth"}
    assert PlanRequest.from_parameters(old | {"by_category": True}).depth == "category"
    assert PlanRequest.from_parameters(old | {"by_category": False}).depth == "none"
