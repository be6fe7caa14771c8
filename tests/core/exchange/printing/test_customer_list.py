"""Lists of customers as files: every row, in order, as Excel reads it."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pytest

from core.errors import InputError
from core.exchange.printing import customer_list
from core.exchange.printing.customer_list import ListColumn, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = (
    ListColumn("name", "名称"),
    ListColumn("own", "我方销售额（元）", "money"),
    ListColumn("share", "店内份额", "percent"),
    ListColumn("status", "状态", words={"listed": "已铺"}),
    ListColumn("last_visit", "上次拜访"),
)
ROWS = [
    {"name": "=SUM(A1)", "own": 1234.5, "share": 0.25, "status": "listed", "last_visit": dt.date(2026, 3, 1)},
    {"name": "𠮷野家👍🏽", "own": None, "share": None, "status": "own word", "last_visit": None},
    {"name": '逗号,引号"', "own": 0.0, "share": 1.0, "status": None, "last_visit": dt.date(2026, 3, 2)},
]


def batches(size: int = 2):
    """The rows in batches, as the store gives them."""
    schema = pa.schema(
        [
            ("name", pa.string()),
            ("own", pa.float64()),
            ("share", pa.float64()),
            ("status", pa.string()),
            ("last_visit", pa.date32()),
        ]
    )
    yield from pa.Table.from_pylist(ROWS, schema).to_batches(max_chunksize=size)


def test_the_csv_opens_in_excel(tmp_path: Path) -> None:
    """With the mark that Excel needs, Chinese headers, words for codes, empty cells where nothing is."""
    path = tmp_path / "list.csv"
    assert write_csv(path, COLUMNS, batches()) == 3
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["名称", "我方销售额（元）", "店内份额", "状态", "上次拜访"],
        ["'=SUM(A1)", "1234.5", "0.25", "已铺", "2026-03-01"],
        ["𠮷野家👍🏽", "", "", "own word", ""],
        ['逗号,引号"', "0.0", "1.0", "", "2026-03-02"],
    ]


def test_the_workbook_has_numbers_days_and_no_formula(tmp_path: Path) -> None:
    """Amounts and days are values Excel computes with; a name that looks like a formula is a text."""
    path = tmp_path / "list.xlsx"
    assert write_xlsx(path, COLUMNS, batches(), title="终端名单" * 20) == 3
    page = openpyxl.load_workbook(path).active
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert cells[0] == [column.header for column in COLUMNS]
    assert cells[1][:4] == ["=SUM(A1)", 1234.5, 0.25, "已铺"]
    assert page["A2"].data_type == "s"
    assert page["E2"].value.date() == dt.date(2026, 3, 1)
    assert cells[2] == ["𠮷野家👍🏽", None, None, "own word", None]
    assert page["C2"].number_format == "0.0%"


def test_a_sheet_that_would_overflow_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than Excel holds are not cut off: CSV is offered."""
    monkeypatch.setattr(customer_list, "LARGEST_SHEET", 2)
    with pytest.raises(InputError, match="no more than 2 rows") as refused:
        write_xlsx(tmp_path / "list.xlsx", COLUMNS, batches(), title="a")
    assert "CSV" in refused.value.hint
