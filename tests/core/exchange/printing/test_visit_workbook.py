"""The standard sheets have the documents' headers, and a customer's name is never a formula."""

from __future__ import annotations

import datetime as dt
import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from core.exchange.printing.visit_workbook import (
    daily_report,
    prospect_list,
    target_list,
    to_bytes,
    visit_control,
)
from core.i18n import language
from core.visits.calendar import Period
from core.visits.rules import working_days

MONDAY = dt.date(2026, 11, 2)
EVIL = '=HYPERLINK("http://x","y")'


def sheets() -> list:
    """All four sheets of a rep with two customers and a prospect."""
    shops = pd.DataFrame(
        {
            "terminal_id": ["T1", "T2"],
            "name": [EVIL, "乙店"],
            "grade": ["A", "C"],
            "outlet_type": ["超市", None],
            "region": ["某县", None],
            "address": [None, "+1"],
            "visits": [4.0, 1.0],
            "planned": [2, 1],
            "minutes": [40.0, 18.0],
            "own": [1234.5, None],
        }
    )
    prospects = pd.DataFrame(
        {
            "terminal_id": ["P1"],
            "name": ["丙店"],
            "region": ["某县"],
            "address": ["@x"],
            "possibility": ["A"],
            "progress": ["hot"],
            "source": ["canvassing"],
            "visits": [1],
            "no_go": [False],
            "decision": [None],
            "next_on": [MONDAY],
            "next_content": ["谈陈列"],
        }
    )
    stops = pd.DataFrame(
        {
            "terminal_id": ["T1", "T1", "T2"],
            "day": [MONDAY, MONDAY + dt.timedelta(7), MONDAY + dt.timedelta(9)],
        }
    )
    rows = stops.assign(position=1, name="x", grade="A", address="y", begins="09:00", ends="09:40")
    period = Period(MONDAY, 4, working_days(MONDAY, 4))
    done = stops.iloc[:1]
    return [
        target_list(shops),
        prospect_list(prospects),
        visit_control(stops, shops, period, done),
        daily_report(rows),
    ]


@pytest.fixture(scope="module")
def book():
    """The workbook in Chinese, read by another library."""
    with language("zh_CN"):
        return load_workbook(io.BytesIO(to_bytes(sheets())))


def header(book, sheet: str) -> list[str]:
    """First row of a sheet."""
    return [cell.value for cell in book[sheet][1]]


def test_the_sheets_have_the_names_of_the_documents(book) -> None:
    """目标名单, 潜在客户名单, 拜访管理表 and the daily report."""
    assert book.sheetnames == ["目标名单", "潜在客户名单", "拜访管理表", "日报"]


def test_the_headers_are_those_of_the_documents(book) -> None:
    """Possibility, progress, four weeks, next appointment."""
    assert {"可能性（A/B/C）", "进度（Hot/Warm/Cold）", "拜访目的", "名单"} <= set(
        header(book, "潜在客户名单")
    )
    assert [f"进度 wk{n}" for n in (1, 2, 3, 4)] == header(book, "拜访管理表")[3:7]
    assert {"下次拜访日期", "下次商谈内容", "竞争者活动"} <= set(header(book, "日报"))


def test_each_visit_stands_in_its_week(book) -> None:
    """The A customer in weeks 1 and 2, planned twice, done once."""
    assert [cell.value for cell in book["拜访管理表"][2]][3:] == ["11-02", "11-09", None, None, 2, 1]


def test_a_prospect_has_its_list_and_its_next_purpose(book) -> None:
    """A hot A after one visit: this month, the second visit."""
    row = dict(zip(header(book, "潜在客户名单"), [c.value for c in book["潜在客户名单"][2]], strict=True))
    assert (row["名单"], row["下次是第几次"]) == ("本月", 2)
    assert row["拜访目的"].startswith("找出需要")


def test_no_name_becomes_a_formula(book) -> None:
    """Signs at the beginning stay text; an unknown figure stays empty."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert EVIL in {cell.value for cell in cells}
    assert book["目标名单"]["K3"].value is None


def test_every_sheet_prints_as_wide_as_the_paper_with_its_header_on_each_page(book) -> None:
    """A4 landscape, one page wide and as many high as needed, the first row repeated."""
    for sheet in book:
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (int(setup.fitToWidth or 1), int(setup.fitToHeight)) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"


def test_the_prospect_list_says_what_the_next_visit_is_for(book) -> None:
    """The day and the content that the last talk arranged stand in the printed list."""
    names = header(book, "潜在客户名单")
    row = [cell.value for cell in book["潜在客户名单"][2]]
    said = dict(zip(names, row, strict=True))
    assert said["下次拜访日期"] == str(MONDAY)
    assert said["下次商谈内容"] == "谈陈列"
