"""Archives of files that are called alike: no sheet is taken for another."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from core.exchange.flow import Known, load_file, prepare
from core.exchange.readers import ReadOptions, read_file
from tests.core.exchange.flow.conftest import answer_all

if TYPE_CHECKING:
    from core.store.database import Store

HEAD = ("区域", "公司", "1月", "2月")


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return a workbook whose one sheet is called Sheet1."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return data.getvalue()


def archive(path: Path) -> Path:
    """Write two workbooks of two folders, of one name and with a Sheet1 each; none says its year."""
    with zipfile.ZipFile(path, "w") as file:
        for folder, row in (("华中", ("武汉市", "甲公司", 1, 2)), ("鄂西", ("宜昌市", "乙公司", 3, 4))):
            file.writestr(f"{folder}/销售.xlsx", workbook(("销售额(元)",), HEAD, row))
    return path


def test_sheets_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Every sheet of an archive is named for its file, and an answer about one holds for that one."""
    path = archive(tmp_path / "各地.zip")
    assert [sheet.name for sheet in read_file(path).sheets] == ["华中/销售", "鄂西/销售"]
    options = ReadOptions().answered("year", "2023", sheet="华中/销售")
    options = options.answered("year", "2024", sheet="鄂西/销售")
    months = [sheet.table["月份"].tolist() for sheet in read_file(path, options=options).sheets]
    assert months == [["2023-01", "2023-02"], ["2024-01", "2024-02"]]


def test_every_workbook_of_an_archive_is_loaded_once(market: Store, tmp_path: Path) -> None:
    """The rows of both workbooks are in the store, those of neither twice."""
    known = Known(market)
    flow = answer_all(
        archive(tmp_path / "各地.zip"), known, lambda asked: "2024" if asked.code == "year" else None
    )
    load_file(prepare(flow, known), known)
    rows = market.fetch("SELECT region_id, month, amount FROM market_sales ORDER BY ALL").to_pylist()
    assert [(row["region_id"], f"{row['month']:%m}", int(row["amount"])) for row in rows] == [
        ("2", "01", 1),
        ("2", "02", 2),
        ("3", "01", 3),
        ("3", "02", 4),
    ]
