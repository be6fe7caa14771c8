"""The page to print: everything is on it, nothing in it runs or comes from elsewhere."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser

import pandas as pd

from core.exchange.printing.visit_workbook import daily_report
from core.exchange.printing.visits import Heading, printable
from core.exchange.tables import Sheet
from core.i18n import use_language

MONDAY = dt.date(2026, 11, 2)


class Tags(HTMLParser):
    """Counts what stands in a page, and what is open at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.count: dict[str, int] = {}
        self.open: list[str] = []

    def handle_starttag(self, tag, _attrs) -> None:
        """Count it."""
        self.count[tag] = self.count.get(tag, 0) + 1
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        """It must close the last one."""
        assert self.open.pop() == tag


def rows() -> pd.DataFrame:
    """Three visits on two days of two weeks."""
    return pd.DataFrame(
        {
            "day": [MONDAY, MONDAY, MONDAY + dt.timedelta(8)],
            "position": [1, 2, 1],
            "terminal_id": ["T1", "T2", "T1"],
            "name": ["<script>alert(1)</script>", "好又多 & Co", "乐家"],
            "grade": ["A", None, "B"],
            "address": ["街 1", None, None],
            "begins": ["08:40", "09:30", "10:00"],
            "ends": ["09:00", "09:50", "10:20"],
            "travel_minutes": [10.4, 5.0, 20.0],
            "km": [4.25, 2.0, 8.0],
        }
    )


def page(**changes) -> str:
    """The page of one rep."""
    sheet = Sheet("目标名单", pd.DataFrame({"Customer": ["a", "b"], "Sales": [1234.0, None]}))
    table = rows().iloc[:0] if changes.get("empty") else rows()
    heading = Heading("李明", MONDAY, MONDAY + dt.timedelta(11))
    return printable(heading, table, [sheet], daily_report(table).table).decode()


def test_every_week_sheet_and_day_has_a_section() -> None:
    """Two weeks, one sheet, two daily reports; every tag is closed."""
    tags = Tags()
    tags.feed(page())
    assert tags.open == []
    assert tags.count["section"] == 2 + 1 + 2
    assert tags.count["table"] == 2 + 1 + 2


def test_names_are_text_and_nothing_comes_from_elsewhere() -> None:
    """A shop may be called anything; the page has no script, link or picture."""
    text = page()
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "好又多 &amp; Co" in text
    assert not re.search(r"https?://|<link|<img|@import|url\(", text)


def test_the_daily_report_has_the_columns_of_the_document() -> None:
    """Room for result, rival, and the next appointment with its subject."""
    use_language("zh_CN")
    text = page()
    for head in ("日报", "目标名单", "第 1 周", "第 2 周", "下次拜访日期"):
        assert head in text
    assert "1,234" in text


def test_without_a_plan_the_sheets_are_printed_alone() -> None:
    """No week and no daily report."""
    tags = Tags()
    tags.feed(page(empty=True))
    assert tags.count["section"] == 1
