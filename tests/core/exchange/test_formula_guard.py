"""No file the product writes holds a cell that a text of a user begins as a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from core.exchange import tables
from core.exchange.canonical import findings
from core.exchange.formula_guard import STARTS, harmless, harmless_table
from core.exchange.page_workbook import About, page_workbook
from core.exchange.printing.customer_list import ListColumn, write_csv, write_xlsx
from core.store.loading.problems import Problem
from pages._ui.components import downloads

EVIL = [
    '=HYPERLINK("http://x")',
    "+SUM(A1)",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "＝1+1",
    " =1",
    "\ufeff=1",
]


@pytest.mark.parametrize("text", EVIL)
def test_a_formula_is_written_as_text(text: str) -> None:
    """What would begin a formula stands behind an apostrophe."""
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["-12.5", "+3.2%", "-1,234", "-", "武汉市", "a=1", -5.0, None, True])
def test_what_is_no_formula_stays(cell: object) -> None:
    """Numbers, words and single dashes are as they were."""
    assert harmless(cell) == cell


def test_headers_are_made_harmless_too() -> None:
    """A column may be called by a user as well, and categories are texts."""
    table = pd.DataFrame({"=A": ["=1"], "n": [-1.5]}).astype({"=A": "category"})
    assert harmless_table(table).to_dict("list") == {"n": [-1.5], "'=A": ["'=1"]}


def text_cells(content: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]


def has_formula(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        return any(b"<f>" in book.read(name) or b"<hyperlink" in book.read(name) for name in sheets)


def test_no_writer_emits_a_formula(tmp_path: Path) -> None:
    """Tables, findings, customer lists and the downloads of every page, as CSV and as workbook."""
    table = pd.DataFrame({"name": EVIL, "=head": EVIL})
    tables.write(tmp_path / "t.csv", [tables.Sheet("s", table)])
    tables.write(tmp_path / "t.xlsx", [tables.Sheet("s", table)])
    problems = [Problem("missing", text, "company", "name", text) for text in EVIL]
    findings.write(problems, tmp_path / "f.csv")
    findings.write(problems, tmp_path / "f.xlsx")
    columns = [ListColumn("name", "=Name")]
    batch = pa.RecordBatch.from_pydict({"name": EVIL})
    write_csv(tmp_path / "c.csv", columns, [batch])
    write_xlsx(tmp_path / "c.xlsx", columns, [batch], title="s")
    texts = [path.read_bytes() for path in tmp_path.glob("*.csv")]
    books = [path.read_bytes() for path in tmp_path.glob("*.xlsx")]
    texts.append(downloads.csv_download(table, "x").data())
    books.append(page_workbook({"=x": table}, About(EVIL[0], tuple(EVIL))))
    assert len(texts) == len(books) == 4
    for content in texts:
        cells = text_cells(content)
        assert any(cell.startswith("'=") for cell in cells)
        assert not any(cell.lstrip(" \ufeff").startswith(STARTS) for cell in cells)
    assert not any(has_formula(content) for content in books)
