"""The report's files, read back: the same texts and numbers in each of them."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from core.errors import InputError
from core.exchange.report.content import Cover, Part, Report
from core.exchange.report.paper import letters
from core.exchange.report.paper.document import pdf_file
from core.exchange.report.paper.number_format import write_number
from core.exchange.report.presentation import presentation_file
from core.exchange.report.workbook import sheet_names, workbook_file
from core.exchange.slides.cells import money_cell, percent_cell, table_of, text_cell
from core.exchange.slides.content import Bars, Bridge, Columns, Lines, Series, Slide, Step
from core.exchange.slides.text import FONT
from core.i18n import use_language
from tests.core.exchange.slides.test_slide import FOUR

US = "#0072B2"
NUMBERS = (1_234_567.0, None, -250_000.0)
PICTURES = {
    "fields": FOUR,
    "bars": Bars(("甲县", "乙县"), (Series("我方", (1.5, -2.0), US, labelled=True),), "万元", "#,##0.0"),
    "columns": Columns(("一月", "二月"), (Series("目标", (3.0, 4.0), US), Series("实际", (2.5, None), US))),
    "bridge": Bridge(
        (
            Step("上年", 100.0, "100", is_level=True),
            Step("市场", 12.5, "+12.5"),
            Step("份额", -2.5, "-2.5"),
            Step("本月", 110.0, "110", is_level=True),
        ),
        "万元",
    ),
    "lines": Lines(
        tuple(dt.date(2026, month, 1) for month in (1, 2, 3)),
        (Series("我方", (0.2, None, 0.3), US, loud=True),),
    ),
}


@pytest.fixture
def report() -> Report:
    """Return a report with every kind of picture, and a name that looks like a formula."""
    use_language("zh_CN")
    rows = [
        [text_cell("=云泽县"), money_cell(value), percent_cell(None if value is None else 0.1234)]
        for value in NUMBERS
    ]
    table = table_of(("区域", "销售额（万元）", "占有率"), rows)
    parts = [
        Part(
            key,
            f"部分{number}",
            "总览",
            Slide(
                f"结论{number}：先攻云泽县。",
                "四象限 · 2026年",
                picture,
                table,
                "演示数据",
                notes=("有 1 个区域缺数据。",),
                points=("要点", "守住青岚县。"),
                remarks=("旁注在此。",),
            ),
        )
        for number, (key, picture) in enumerate(PICTURES.items())
    ]
    alone = Slide("只有一句话。", "摘要", None, None, "来源", points=("要点", "一", "二"))
    cover = Cover("经营分析报告 · 全部市场", "2026年10月", "演示数据 · 生成于今天")
    return Report(
        cover, (*parts, Part("alone", "摘要", "总览", alone)), has_cover=True, gaps=("没有拜访记录。",)
    )


def test_the_presentation_has_a_slide_for_each_part(report: Report) -> None:
    """Titles are the answers, in order, behind the cover; each picture is a chart of the program's own."""
    deck = Presentation(io.BytesIO(presentation_file(report)))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [report.cover.title, *(part.slide.answer for part in report.parts)]
    charts = [sum(shape.has_chart for shape in slide.shapes) for slide in deck.slides]
    assert charts == [0, 1, 1, 1, 1, 1, 0]
    assert "旁注在此。" in deck.slides[1].notes_slide.notes_text_frame.text


def test_the_bridge_stands_on_its_supports(report: Report) -> None:
    """Each change begins where the one before it ended; its label is the page's text."""
    deck = Presentation(io.BytesIO(presentation_file(report)))
    chart = next(shape.chart for shape in deck.slides[4].shapes if shape.has_chart)
    support, level, gain, loss = (tuple(series.values) for series in chart.plots[0].series)
    assert support == (None, 100.0, 110.0, None)
    assert (level, gain, loss) == (
        (100.0, None, None, 110.0),
        (None, 12.5, None, None),
        (None, None, 2.5, None),
    )
    label = chart.plots[0].series[3].points[2].data_label
    assert label.text_frame.text == "-2.5"


def test_bars_stand_on_zero(report: Report) -> None:
    """Columns that share most of their height aren't cut off below; bars with losses begin with the least."""
    deck = Presentation(io.BytesIO(presentation_file(report)))
    bars, columns = (
        next(shape.chart for shape in deck.slides[number].shapes if shape.has_chart) for number in (2, 3)
    )
    assert columns.value_axis.minimum_scale == 0
    assert bars.value_axis.minimum_scale is None


def test_every_text_of_every_chart_names_a_chinese_font(report: Report) -> None:
    """PowerPoint and WPS show the letters of the font named, in tables and charts too."""
    deck = Presentation(io.BytesIO(presentation_file(report)))
    for slide in deck.slides:
        parts = [slide._element, *(s.chart._chartSpace for s in slide.shapes if s.has_chart)]
        for part in parts:
            for font in part.xpath("//a:rPr | //a:defRPr"):
                assert [f.get("typeface") for f in font.xpath("a:latin | a:ea")] == [FONT, FONT]


def test_the_workbook_has_every_number_and_no_formula(report: Report) -> None:
    """Cells behind numbers are numbers in the unit of their heading; a name like a formula is a text."""
    book = load_workbook(io.BytesIO(workbook_file(report)))
    assert book.sheetnames == ["目录", *(part.title for part in report.parts)]
    contents = [[cell.value for cell in row] for row in book["目录"].iter_rows()]
    assert [part.slide.answer for part in report.parts] == [
        row[1] for row in contents[5 : 5 + len(report.parts)]
    ]
    assert contents[-1][1] == "没有拜访记录。"
    for part in report.parts[:-1]:
        cells = [cell for row in book[part.title].iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        values = [cell.value for cell in cells]
        assert "=云泽县" in values
        assert [v for v in values if v in {123.4567, -25.0}] == [123.4567, -25.0]
        assert values.count(0.1234) == 2
    bridge = [cell.value for row in book["部分3"].iter_rows() for cell in row]
    assert {100, 12.5, -2.5, 110} <= set(bridge)


def test_the_pdf_can_be_searched_in_chinese(report: Report) -> None:
    """Each answer, table and point is found on its page; parts are bookmarks; remarks come at the end."""
    reader = PdfReader(io.BytesIO(pdf_file(report)))
    pages = [squeezed(page.extract_text()) for page in reader.pages]
    assert len(pages) == report.slides + 1
    for part, page in zip(report.parts, pages[1:], strict=False):
        assert squeezed(part.slide.answer) in page
        assert squeezed(part.slide.subject) in page
        for texts in (
            *part.slide.points,
            *(t for row in (part.slide.table.rows if part.slide.table else ()) for t in row),
        ):
            assert squeezed(texts) in page, (part.key, texts)
    assert pages[-1].startswith("说明")
    assert "旁注在此。" in pages[-1]
    # A letter that its font doesn't have comes out as a zero.
    assert not any("\0" in page for page in pages)
    assert [entry["/Title"] for entry in reader.outline] == [part.title for part in report.parts]
    assert reader.metadata["/Title"].startswith("经营分析报告")


def test_the_letters_lie_in_the_pdf_where_there_is_a_font(report: Report) -> None:
    """Every font of the file is embedded, unless this computer has no Chinese one."""
    reader = PdfReader(io.BytesIO(pdf_file(report)))
    if not letters.letters_for(set("中"), set("中")).is_embedded:
        pytest.skip("no Chinese font on this computer")
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in described


def test_each_report_finds_its_own_letters(report: Report) -> None:
    """A second report in one process has the letters that the first one hadn't, in both weights."""
    first = letters.letters_for(set("abc"), set("abc"))
    second = letters.letters_for(set("云泽"), set("云泽"))
    if not first.is_embedded:
        pytest.skip("no Chinese font on this computer")
    for name in (second.regular, second.bold):
        known = letters.pdfmetrics.getFont(name).face.charToGlyph
        assert {ord("云"), ord("泽")} <= set(known)


def test_without_a_chinese_font_the_text_is_still_chinese(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader's program supplies the letters; searching finds them all the same."""
    monkeypatch.setattr(letters, "find_font", lambda: None)
    text = squeezed(PdfReader(io.BytesIO(pdf_file(report))).pages[1].extract_text())
    assert squeezed(report.parts[0].slide.answer) in text


def test_lines_of_paper_stay_inside_their_boxes(report: Report) -> None:
    """A Chinese line breaks anywhere but before closing marks, a Latin one between words."""
    from core.exchange.report.paper.pen import Pen

    fonts = letters.letters_for(set("占有率，云泽县 %abcdefghijklmnopqrstuvwxyz0123456789"), set("中"))
    pen = Pen(None, 540, fonts)
    text = "占有率，云泽县 abc def ghi 占有率，" * 6
    lines = pen.lines(text, 12, 90)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(fonts.width(line, 12) <= 90 + 12 for line in lines)
    assert not any(line.startswith("，") for line in lines)
    words = {word for line in lines for word in line.split() if word.isascii()}
    assert words == {"abc", "def", "ghi"}


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.2347, "0.0%", "23.5%"),
        (1.2345, "0.0%", "123.4%"),
        (-1234.56, "#,##0", "-1,235"),
        (0.0, "+#,##0.0;-#,##0.0;0", "0"),
        (12.25, "+#,##0.0;-#,##0.0;0", "+12.2"),
        (1.7, '0.00" ×"', "1.70 ×"),
        (-0.04, "0.0", "0.0"),
        (9.5, "General", "9.5"),
    ],
)
def test_paper_writes_numbers_as_a_spreadsheet_does(value: float, number_format: str, text: str) -> None:
    """Signs, separators and percent follow the format's part for the number's sign."""
    assert write_number(value, number_format) == text


def test_sheets_of_a_workbook_have_names_it_takes() -> None:
    """Too long, forbidden or repeated ones are changed; none is empty."""
    names = sheet_names(["a/b:c", "x" * 40, "X" * 40, "", "a b c"])
    assert names == ["a b c", "x" * 31, "X" * 29 + " 2", "-", "a b c 2"]


def test_a_report_without_parts_is_refused() -> None:
    """So is one that holds a part twice."""
    slide = Slide("a", "b", None, None, "c", points=("d",))
    part = Part("one", "One", "Page", slide)
    for parts in ((), (part, part)):
        with pytest.raises(ValueError, match="part"):
            Report(Cover("t", "s", "x"), parts, has_cover=False)


def squeezed(text: str) -> str:
    """Return a text without the blanks at which lines break."""
    return re.sub(r"\s+", "", text)


def opened_template(change: Any) -> bytes:
    """Return the library's own template, changed, as a company's."""
    deck = Presentation()
    change(deck)
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def test_a_template_gives_size_layouts_and_colours(report: Report) -> None:
    """Its slides go, its size stays; our bars take its first accent; titles stand where it says."""

    def change(deck: Any) -> None:
        deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "old"
        parts = (rel.target_part for rel in deck.slide_masters[0].part.rels.values())
        theme = next(part for part in parts if "theme" in part.partname)
        accent = rb'<a:accent1><a:srgbClr val="\w+"/>'
        blob = re.sub(accent, b'<a:accent1><a:srgbClr val="C00000"/>', theme.blob)
        theme._blob = blob

    template = opened_template(change)
    deck = Presentation(io.BytesIO(presentation_file(report, template)))
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 6_858_000)
    assert len(deck.slides) == report.slides
    assert deck.slides[0].shapes.title.text_frame.text == report.cover.title
    assert report.cover.subject in deck.slides[0].placeholders[1].text_frame.text
    page = deck.slides[2]
    layout_title = next(p for p in page.slide_layout.placeholders if p.placeholder_format.idx == 0)
    assert page.shapes.title.top == layout_title.top
    chart = next(shape.chart for shape in page.shapes if shape.has_chart)
    bridge = next(shape.chart for shape in deck.slides[4].shapes if shape.has_chart)
    for series in (chart.plots[0].series[0], bridge.plots[0].series[1]):
        assert str(series.format.fill.fore_color.rgb) == "C00000"
    for shape in page.shapes:
        assert shape.left + shape.width <= deck.slide_width
        assert shape.top + shape.height <= deck.slide_height


def test_a_bad_template_says_what_is_wrong() -> None:
    """No presentation, no title, or too small a sheet: the error says what to do."""
    from core.exchange.slides.template import open_template

    def without_titles(deck: Any) -> None:
        for layout in deck.slide_layouts:
            for shape in list(layout.placeholders):
                shape._element.getparent().remove(shape._element)

    def small(deck: Any) -> None:
        deck.slide_width = 914_400

    part = Part("a", "A", "P", Slide("a", "b", None, None, "c", points=("d",)))
    book = workbook_file(Report(Cover("t", "s", "x"), (part,), has_cover=False))
    for data, message in (
        (b"not a file", "no PowerPoint"),
        (book, "no PowerPoint"),
        (opened_template(without_titles), "place for a title"),
        (opened_template(small), "too small"),
    ):
        with pytest.raises(InputError, match=message) as caught:
            open_template(data)
        assert caught.value.hint
