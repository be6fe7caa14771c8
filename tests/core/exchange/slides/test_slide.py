"""Slides to take away, opened again the way PowerPoint does."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from core.exchange.slides.axes import ranges, scale
from core.exchange.slides.content import (
    Axis,
    Bars,
    Bubble,
    Field,
    FourFields,
    Lines,
    Series,
    Slide,
    SlideTable,
)
from core.exchange.slides.slide import slide_file
from core.exchange.slides.text import FONT, cell_text, plain

CORNERS = {"one": (True, True), "two": (True, False), "three": (False, True), "four": (False, False)}
BUBBLES = (
    Bubble("云泽县", 0.41, 0.08, 5.0, "above"),
    Bubble("青岚县", 0.33, 0.12, 0.0),
    Bubble("白石县", 0.3, 0.06, 2.0),
)
FIELDS = tuple(
    Field(
        name,
        "keep",
        "#009E73",
        right,
        top,
        BUBBLES[:1] if name == "two" else BUBBLES if name == "one" else (),
    )
    for name, (right, top) in CORNERS.items()
)
FOUR = FourFields(Axis("份额", 0.26, "份额 26%"), Axis("增长", 0.045, "增长 +4.5%"), FIELDS)
BARS = Bars(
    ("甲", "乙"),
    (
        Series("ours", (1.5, None), "#0072B2"),
        Series("target", (2.0, 3.25), "#0072B2", hollow=True, labelled=True),
    ),
    title="万元",
    number_format="#,##0",
)
LINES = Lines(
    tuple(dt.date(2025, month, 1) for month in range(1, 13)),
    (
        Series("ours", (*(0.2,) * 10, 0.25, None), "#0072B2", loud=True),
        Series("rival", (0.3,) * 12, "#D55E00", loud=True),
        Series("others", (None,) * 12, "#B4B9C0"),
    ),
)
TABLE = SlideTable(("区域", "份额"), (("云泽县", "41.0%"), ("青岚县", "33.0%")))
SLIDE = Slide("先攻云泽县。", "四象限 · 2025年", FOUR, TABLE, "演示数据", ("有 1 个区域缺数据。",))


def opened(slide: Slide) -> Any:
    """Return the one slide of a file."""
    deck = Presentation(io.BytesIO(slide_file(slide)))
    assert (deck.slide_width, deck.slide_height) == (12_191_695, 6_858_000)
    assert len(deck.slides) == 1
    return deck.slides[0]


def chart(page: Any) -> Any:
    """Return the chart of a slide."""
    return next(shape.chart for shape in page.shapes if shape.has_chart)


def words(page: Any) -> list[str]:
    """Return every text on a slide."""
    frames = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
    cells = [c.text for s in page.shapes if s.has_table for row in s.table.rows for c in row.cells]
    return frames + cells


def test_a_slide_says_answer_period_source_and_notes() -> None:
    """The title is the answer; the rest stands in its place, all notes also below for the speaker."""
    page = opened(replace(SLIDE, notes=("a", "b", "c"), points=("Next", "Win.")))
    assert page.shapes.title.text_frame.text == "先攻云泽县。"
    assert {"四象限 · 2025年", "a\nb\n演示数据", "Next\nWin.", "云泽县", "41.0%"} <= set(words(page))
    assert page.notes_slide.notes_text_frame.text == "a\nb\nc\n演示数据"


def test_bubbles_keep_their_values_and_names() -> None:
    """Every bubble stands in the chart with its figures; those with a side carry their name."""
    drawn = chart(opened(SLIDE))
    assert drawn.chart_type == XL_CHART_TYPE.BUBBLE
    one, two = drawn.plots[0].series
    assert (one.name, two.name) == ("one", "two")
    assert list(one.iter_values()) == [0.08, 0.12, 0.06]
    assert one.points[0].data_label.text_frame.text == "云泽县"
    assert not one.points[1].data_label.has_text_frame


def test_the_axes_stand_where_the_lines_do() -> None:
    """Each axis crosses the other at its line, so that the lines stay when the chart is edited."""
    drawn = chart(opened(SLIDE))
    assert drawn.category_axis.crosses_at == 0.26
    assert drawn.value_axis.crosses_at == 0.045
    (left, right, _), (low, high, _) = ranges(FOUR)
    assert (drawn.category_axis.minimum_scale, drawn.category_axis.maximum_scale) == (left, right)
    assert all(left < b.x < right and low < b.y < high for b in BUBBLES)


def test_the_tinted_fields_meet_at_the_lines() -> None:
    """The four grounds tile the plot; their common corner is the crossing of the lines."""
    page = opened(SLIDE)
    grounds = {
        s.text_frame.text.split("\n")[0]: s for s in page.shapes if s.has_text_frame and "keep" in s.text
    }
    assert set(grounds) == set(CORNERS)
    (left, right, _), (low, high, _) = ranges(FOUR)
    whole = grounds["one"].width + grounds["three"].width, grounds["one"].height + grounds["two"].height
    assert grounds["three"].width / whole[0] == pytest.approx((0.26 - left) / (right - left), abs=1e-4)
    assert grounds["one"].height / whole[1] == pytest.approx((high - 0.045) / (high - low), abs=1e-4)


def test_the_longest_series_comes_first() -> None:
    """LibreOffice loses a series that comes before a longer one."""
    turned = replace(FOUR, fields=tuple(reversed(FIELDS)))
    drawn = chart(opened(replace(SLIDE, picture=turned)))
    assert [len(list(s.iter_values())) for s in drawn.plots[0].series] == [3, 1]


def test_bars_leave_out_what_is_missing() -> None:
    """A missing value has no bar, and a figure behind the chart that is empty, not zero."""
    drawn = chart(opened(replace(SLIDE, picture=BARS)))
    assert list(drawn.plots[0].categories) == ["甲", "乙"]
    assert [tuple(s.values) for s in drawn.plots[0].series] == [(1.5, None), (2.0, 3.25)]
    sheet = load_workbook(io.BytesIO(drawn.part.chart_workbook.xlsx_part.blob)).active
    assert sheet["B3"].value is None


def test_lines_name_the_last_known_value_of_us_and_the_rival() -> None:
    """The label hangs on the last month that has a value; a series without any has none."""
    drawn = chart(opened(replace(SLIDE, picture=LINES)))
    labelled = [
        [int(i.get("val")) for i in s._element.xpath("c:dLbls/c:dLbl/c:idx")] for s in drawn.plots[0].series
    ]
    assert labelled == [[10], [11], []]
    assert tuple(drawn.plots[0].series[0].values) == LINES.series[0].values


@pytest.mark.parametrize(
    "empty",
    [
        replace(FOUR, fields=tuple(replace(f, bubbles=()) for f in FIELDS)),
        replace(BARS, categories=(), series=tuple(replace(s, values=()) for s in BARS.series)),
        Lines((), ()),
    ],
    ids=["bubbles", "bars", "lines"],
)
def test_a_picture_without_a_value_leaves_the_rest_of_the_slide(empty: Any) -> None:
    """A picture of nothing is no chart; the answer and the table stay."""
    page = opened(replace(SLIDE, picture=empty))
    assert not any(shape.has_chart for shape in page.shapes)
    assert "41.0%" in words(page)


@pytest.mark.parametrize("picture", [FOUR, BARS, LINES], ids=["bubbles", "bars", "lines"])
def test_every_text_names_a_font_for_chinese_letters(picture: Any) -> None:
    """PowerPoint and WPS find the font by either of its two names, on the slide, in the chart, everywhere."""
    page = opened(replace(SLIDE, picture=picture))
    for part in (page._element, chart(page)._chartSpace):
        fonts = part.xpath("//a:rPr | //a:defRPr")
        assert fonts
        for font in fonts:
            assert [f.get("typeface") for f in font.xpath("a:latin | a:ea")] == [FONT, FONT]


def test_names_are_never_formulas_nor_links() -> None:
    """A company called like a formula stays a name, on the slide and in the sheet behind the chart."""
    names = ("=1+1", "{=SUM(A1)}", "https://example.com", "+x", "-x", "@x")
    values = tuple(float(i) for i in range(len(names)))
    picture = Bars(names, (Series("=cmd()", values, "#0072B2"),))
    page = opened(replace(SLIDE, picture=picture, table=SlideTable(("=a",), (("=1+1",),))))
    book = chart(page).part.chart_workbook.xlsx_part.blob
    cells = [cell for row in load_workbook(io.BytesIO(book)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert [c.strip() for c in chart(page).plots[0].categories] == list(names)


def test_odd_characters_disappear() -> None:
    """Controls, halves of pairs and line breaks would break the file or the line; the text remains."""
    odd = "云\x00泽\x0b\ud800县\n =\u202e 1\ue000"
    picture = Bars((odd,), (Series(odd, (1.0,), "#0072B2"),), title=odd)
    slide = Slide(odd, odd, picture, SlideTable((odd,), ((odd,),)), odd, (odd,), (odd, odd))
    page = opened(slide)
    assert page.shapes.title.text_frame.text == plain(odd) == "云泽县 = 1"
    for text in words(page):
        assert not any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Cf"} for c in text.replace("\n", ""))
    assert cell_text("名") == "名"
    assert cell_text("=名") == " =名"


def test_a_long_answer_gets_smaller_letters() -> None:
    """A title of any length keeps to its two lines."""
    sizes = [
        opened(replace(SLIDE, answer=answer)).shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt
        for answer in ("短", "很长的一句话" * 14)
    ]
    assert sizes[0] == 24
    assert sizes[1] == 20


def test_a_table_never_breaks_its_numbers() -> None:
    """Where not everything fits, the names give way."""
    table = SlideTable(
        ("Region", "Zone", "Growth"), (("Long Name Of A County " * 2, "Growth zone " * 4, "+11.9%"),), 2
    )
    drawn = next(s.table for s in opened(replace(SLIDE, table=table)).shapes if s.has_table)
    widths = [column.width.pt for column in drawn.columns]
    assert sum(widths) <= 4.58 * 72 + 1
    assert widths[2] >= 6 * 9 * 0.6


def test_the_file_holds_no_name_of_whoever_made_it() -> None:
    """Neither an author nor a company stands in the file's properties."""
    with zipfile.ZipFile(io.BytesIO(slide_file(SLIDE))) as file:
        core = file.read("docProps/core.xml").decode()
        app = file.read("docProps/app.xml").decode()
    assert re.search(r"<dc:creator(/>|></dc:creator>)", core)
    assert re.search(r"<cp:lastModifiedBy(/>|></cp:lastModifiedBy>)", core)
    assert "<Company></Company>" in app or "<Company/>" in app or "Company" not in app
    assert f"{dt.datetime.now(dt.UTC).year}-" in core
    assert "先攻云泽县。" in core


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [(0.03, 0.52, (0.0, 0.6, 0.1)), (-0.13, 0.21, (-0.2, 0.3, 0.1)), (0.5, 0.5, (0.5, 0.5, 2e-7))],
)
def test_axes_end_at_round_values(low: float, high: float, ends: tuple[float, float, float]) -> None:
    """Ends and marks are round, and hold everything between them."""
    assert scale(low, high) == pytest.approx(ends)


def test_bad_content_is_refused() -> None:
    """What can't be drawn is told at once, with what was expected."""
    bad: list[tuple[Any, str]] = [
        (lambda: replace(BUBBLES[0], x=float("nan")), "finite"),
        (lambda: replace(BUBBLES[0], side="inside"), "above, below"),
        (lambda: Series("a", (1.0,), "blue"), "colour"),
        (lambda: replace(BARS, categories=("甲",)), "1 values"),
        (lambda: replace(BARS, colours=("#000000",)), "one for each"),
        (lambda: replace(LINES, months=()), "0 values"),
        (lambda: FourFields(FOUR.x, FOUR.y, FIELDS[:3]), "four corners"),
        (lambda: SlideTable(("a",), ()), "one row"),
        (lambda: replace(SLIDE, answer=" "), "answer"),
        (lambda: replace(FOUR.x, cut=float("inf")), "line"),
    ]
    for make, message in bad:
        with pytest.raises(ValueError, match=message):
            make()
