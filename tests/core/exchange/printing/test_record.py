"""Forms as a page to print: everything on it, nothing from outside, nothing executed."""

from __future__ import annotations

import re

from core.customers.forms import Field, FieldKind, Form
from core.exchange.printing.record import Block, record_page
from core.i18n import use_language

CARD = Form(
    "card", "Card", (Field("story", FieldKind.NOTE, "Story"), Field("sure", FieldKind.BOOLEAN, "Sure"))
)
LOG = Form("log", "Log", CARD.fields, many=True)


def test_a_card_and_a_table_are_on_the_page() -> None:
    """One record is a list of fields, several are rows below their headers; empty is a dash."""
    use_language("zh_CN")
    rows = [{"story": "𠮷野家👍🏽\n第二行", "sure": True}, {"story": None, "sure": False}]
    page = record_page(
        "九州通", ["D1", "", "北"], [Block(CARD, rows[:1]), Block(LOG, rows)], signatures=["签字"]
    ).decode()
    assert "<h1>九州通</h1>" in page
    assert "D1 · 北" in page
    assert "<th>Story</th><td>𠮷野家👍🏽\n第二行</td>" in page
    assert re.findall("<td>([^<]*)</td>", page)[-2:] == ["—", "否"]
    assert page.count("<thead>") == 1
    assert "签字" in page


def test_a_name_is_no_markup_and_nothing_is_fetched() -> None:
    """What people typed stands there as they typed it; the page asks for no file and runs no script."""
    page = record_page("<b>&", ["a"], [Block(CARD, [{"story": "<script>alert(1)</script>"}])]).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<h1>&lt;b&gt;&amp;</h1>" in page
    assert not re.search(r"(src|href|url\()", page)
