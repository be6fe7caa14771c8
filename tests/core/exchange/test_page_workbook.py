"""A page's tables as a workbook."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pandas as pd

from core.exchange.page_workbook import About, page_workbook

ABOUT = About("Overview", ("Period: 2026", "Source: market.duckdb"))


def table() -> pd.DataFrame:
    """Two regions with an amount, a share and a day; a name that looks like a formula."""
    rows = pd.DataFrame(
        {
            "Region": ["=1+1", "县二"],
            "Sales (k yuan)": [1234.5, 0.5],
            "Share (%)": [20.4, None],
            "Counted on": [dt.date(2026, 10, 31), None],
        }
    )
    rows.attrs = {
        "formats": {"Sales (k yuan)": "#,##0.0", "Share (%)": "0.0"},
        "summed": ["Sales (k yuan)"],
        "notes": {"Sales (k yuan)": "the sum\nData from visits"},
    }
    return rows


def test_a_workbook_says_what_it_is_and_sums_what_adds_up() -> None:
    """Title, period and source stand above; amounts have a live total, shares none; notes are comments."""
    file = page_workbook({"Regions": table(), "regions": table()}, ABOUT)
    book = openpyxl.load_workbook(io.BytesIO(file))
    assert book.sheetnames == ["Regions", "regions 2"]
    sheet = book.worksheets[0]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["Overview · Regions", *ABOUT.lines]
    assert [cell.value for cell in sheet[5]] == list(table().columns)
    assert (sheet["A6"].value, sheet["A6"].data_type) == ("=1+1", "s")
    assert (sheet["B6"].value, sheet["B6"].number_format) == (1234.5, "#,##0.0")
    assert sheet["C7"].value is None
    assert sheet["D6"].number_format == "yyyy-mm-dd"
    assert sheet["B8"].value == "=SUBTOTAL(109,B6:B7)"
    assert sheet["C8"].value is None
    assert sheet["B5"].comment.text == "the sum\nData from visits"
    assert (sheet["A5"].comment, sheet["C5"].comment) == (None, None)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B6", "A5:D7")
    shown = openpyxl.load_workbook(io.BytesIO(file), data_only=True).worksheets[0]
    assert shown["B8"].value == 1235.0


def test_an_empty_table_has_its_headings() -> None:
    """Without rows there is no filter and no total."""
    sheet = openpyxl.load_workbook(io.BytesIO(page_workbook({"T": table().head(0)}, ABOUT))).active
    assert [cell.value for cell in sheet[5]] == list(table().columns)
    assert sheet.max_row == 5
