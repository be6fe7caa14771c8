"""Key accounts and their plan on paper, on a world small enough to work out by hand."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from core.customers.accounts.churn import CHECKLIST
from core.customers.accounts.key_accounts import FACTORS
from core.customers.forms import form
from core.customers.forms.validate import FormError
from core.exchange.printing.action_plan import PlanHead, plan_page
from core.exchange.printing.form import printable, workbook
from core.i18n import language
from core.reports.terminals.key_accounts import AccountRequest, accounts
from core.store.caching.sales_window import SalesWindow
from core.store.database import Store
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = dt.date(2026, 10, 31)
FIGURES = SalesWindow("US", dt.date(2026, 9, 1), dt.date(2026, 10, 1))
WORLD = """
INSERT INTO region (region_id, level, name) VALUES ('n', 'county', '北'), ('s', 'county', '南');
INSERT INTO company (company_id, name, is_self) VALUES ('US', '我们', TRUE);
INSERT INTO dealer (dealer_id, name, region_id, tier) VALUES
    ('d1', '一号', 'n', 'large'), ('d2', '二号', 's', 'small'), ('d3', '三号', 's', 'small');
INSERT INTO terminal (terminal_id, name, region_id) VALUES ('t1', '店', 'n'), ('t2', '店二', 'n');
INSERT INTO dealer_sales (month, dealer_id, sell_in_amount) VALUES
    ('2026-10-01', 'd1', 100), ('2026-09-01', 'd1', 50), ('2026-08-01', 'd2', 70), ('2026-07-01', 'd1', 999);
INSERT INTO employee (employee_id, name) VALUES ('e', '王');
INSERT INTO visit (visit_id, employee_id, terminal_id, start_at, order_amount) VALUES
    ('v1', 'e', 't1', '2026-10-02 09:00', NULL), ('v2', 'e', 't1', '2026-09-15 09:00', 30);
"""


def save(store: Store, name: str, kind: str, customer: str, payload: dict) -> None:
    """Fill in a form."""
    store_forms.save(store, FormKey(form(name), kind, customer), payload, expected_version=0)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with one large dealer, a small one with forms, one without, and a key shop."""
    path: Path = tmp_path_factory.mktemp("accounts") / "a.duckdb"
    with Store.open(path) as opened:
        opened.write("fill", lambda cursor: (cursor.execute(WORLD), refresh_closure(cursor)))
        save(opened, "key_account", "dealer", "d2", {"stage": "growth", "size": 8, "timing": 4, "type": None})
        for function in ("purchasing", "finance", "finance"):
            save(opened, "contacts", "dealer", "d2", {"name": "某", "function": function})
        save(opened, "churn_check", "dealer", "d2", dict.fromkeys(CHECKLIST, True))
        save(opened, "call_back", "dealer", "d2", {"called_on": "2026-10-20", "content": "谈"})
        save(opened, "key_account_book", "dealer", "d2", {"classify": "甲", "offer": "乙"})
        for state, end in (("open", "2026-10-30"), ("running", "2026-10-31"), ("done", "2026-01-01")):
            payload = {"action": "x", "responsible": "王", "state": state, "end": end}
            save(opened, "key_account_action", "dealer", "d2", payload)
        save(
            opened, "churn_check", "terminal", "t1", {**dict.fromkeys(CHECKLIST, True), "best_profit": False}
        )
        yield opened


def test_key_accounts_are_large_ones_and_those_with_a_form(store: Store) -> None:
    """Large dealers count without a form; others with one; everybody's figures come from records."""
    table = accounts(store, AccountRequest("dealer", FIGURES, TODAY))
    assert list(table.index) == ["d1", "d2"]
    assert table.loc["d1", "sales"] == 150
    second = table.loc["d2"]
    # Two functions are a partner; 8 and 4 of ten with equal weights are 60; 2 of 8 steps; 1 late of 2 open.
    assert (second["type"], second["inferred"], second["functions"]) == ("partner", "partner", 2)
    assert (second["opportunity"], second["opportunity_known"]) == (pytest.approx(60), pytest.approx(0.4))
    assert (second["workbook"], second["actions"], second["late"]) == (0.25, 2, 1)
    # No order since 31 August, 61 days; called 11 days ago: one warning.
    assert (second["order_days"], second["visit_days"], second["risk"]) == (61, 11, "middle")
    assert pd.isna(table.loc["d1", "type"])


def test_shops_are_judged_by_their_visits(store: Store) -> None:
    """The last visit with an order is the order; 46 days and one unmet item are two warnings."""
    table = accounts(store, AccountRequest("terminal", FIGURES, TODAY))
    row = table.loc["t1"]
    assert (row["order_days"], row["visit_days"], row["risk"]) == (46, 29, "middle")


def test_nobody_sees_accounts_of_other_regions(store: Store) -> None:
    """A user of the north sees the dealer of the north."""
    assert list(accounts(store, AccountRequest("dealer", FIGURES, TODAY, Scope(("n",)))).index) == ["d1"]


def test_weights_must_sum_to_a_hundred(store: Store) -> None:
    """Weights of 99 are refused; those kept decide the score."""
    with pytest.raises(FormError, match="99"):
        save(store, "opportunity_weights", "market", "", {**dict.fromkeys(FACTORS, 20), "size": 19})
    key = FormKey(form("opportunity_weights"), "market", "")
    weights = {**dict.fromkeys(FACTORS, 0), "size": 100}
    saved = store_forms.save(store, key, weights, expected_version=0)
    table = accounts(store, AccountRequest("dealer", FIGURES, TODAY))
    assert table.loc["d2", "opportunity"] == pytest.approx(80)
    store_forms.remove(store, key, expected_version=saved.version)


def test_the_plan_has_the_documents_headings_and_keeps_texts() -> None:
    """Columns and lines as on p149; what looks like a formula or like HTML stays a text."""
    action = {"action": "=1+1 <b>", "steps": "1\n2", "responsible": "王", "remarks": None}
    action |= {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 2, 1)}
    with language("zh_CN"):
        page = plan_page(PlanHead("客户 👍🏽 𠮷", "李", dt.date(2026, 11, 22)), [action])
        html = printable(page).decode()
        sheet = openpyxl.load_workbook(io.BytesIO(workbook(page, "计划书"))).active
    headings = ["行动-原因", "步骤", "负责人", "起止时间", "其它意见"]
    assert list(page.table.columns) == headings
    assert list(page.above) == ["顾客名称", "客户经理姓名", "日期"]
    assert all(f"<th>{name}</th>" in html for name in headings)
    assert "=1+1 &lt;b&gt;" in html
    assert "𠮷" in html
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "重点客户行动计划书"
    assert rows[2] == headings
    assert rows[3] == ["=1+1 <b>", "1\n2", "王", "2026-01-01 – 2026-02-01", None]
    assert sheet.cell(4, 1).data_type == "s"


def test_an_empty_plan_leaves_room_to_write() -> None:
    """Without actions there are empty rows."""
    page = plan_page(PlanHead("", "", dt.date(2026, 11, 22)), [])
    assert len(page.table) == 6
    assert page.table.isna().all(axis=None)
