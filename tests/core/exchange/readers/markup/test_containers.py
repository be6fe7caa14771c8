"""Tables in JSON, web pages, XML 2003 and binary workbooks; clear words for what can't be read."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest

from core.errors import ImportRefusedError
from core.exchange.readers import read_file
from core.exchange.readers.sheet.cells import ShownNumber
from tests.core.exchange.readers.markup.xlsb_file import xlsb

ROWS = [["城市", "金额"], ["武汉市", 120.5], ["宜昌市", 30]]
HTML = """<html><head><meta charset="{charset}"><style>td {{color: red}}</style></head><body>
<table border=1><tr><th rowspan=2>城市<th colspan=2>销售额（万元）</tr><tr><th>1月<th>2月</tr>
<tr><td>武汉市<td>1.5<td>2.5<tr><td>宜昌市</td><td>3</td><td>&nbsp;4<br></td></tr></table></body></html>"""
XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="销售"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">2024年销售</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">城市</Data></Cell>
<Cell><Data ss:Type="String">日期</Data></Cell>
<Cell><Data ss:Type="String">金额</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">武汉市</Data></Cell>
<Cell><Data ss:Type="DateTime">2024-03-01T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Number">120.5</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">宜昌市</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">30</Data></Cell></Row></Table></Worksheet></Workbook>"""


def cells(content, name):
    """Return header and rows of the first table of a file."""
    data = content if isinstance(content, bytes) else content.encode()
    table = read_file(data, name).tables[0].table
    return [list(table.columns), *table.to_numpy(dtype=object).tolist()]


def test_a_binary_workbook() -> None:
    """The cells of an XLSB are those of the sheet."""
    assert cells(xlsb(ROWS), "a.xlsb") == ROWS


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]], ensure_ascii=False),
        "\n".join(json.dumps(dict(zip(ROWS[0], row, strict=True)), ensure_ascii=False) for row in ROWS[1:]),
        json.dumps({"code": 0, "data": [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]}),
        json.dumps(ROWS),
    ],
    ids=["records", "lines", "answer of a service", "rows"],
)
def test_json(text) -> None:
    """A list of records, a record per line, a list inside an answer and a list of rows are one table."""
    assert cells(text, "a.json") == ROWS
    assert cells("\ufeff" + text, "a.txt") == ROWS


def test_json_keeps_codes_and_levels() -> None:
    """A field a record lacks is empty, a record inside becomes columns, and a long number stays a code."""
    text = '[{"id": 123456789012345678901, "shop": {"city": "武汉"}, "x": 1}, {"id": 2, "y": true}]'
    assert cells(text, "a.json") == [
        ["id", "shop.city", "x", "y"],
        ["123456789012345678901", "武汉", 1, None],
        [2, None, None, True],
    ]


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_a_web_page_called_xls(charset) -> None:
    """Merged heads, missing end tags and either charset are read; two header rows with months become rows."""
    content = HTML.format(charset=charset).encode(charset)
    assert cells(content, "导出.xls") == [
        ["城市", "月份", "销售额（万元）"],
        ["武汉市", "1月", "1.5"],
        ["武汉市", "2月", "2.5"],
        ["宜昌市", "1月", "3"],
        ["宜昌市", "2月", "4"],
    ]


def test_a_number_that_its_format_divides_in_a_web_page() -> None:
    """Of 450321 shown as 45.0 the whole figure counts, as in a workbook; a text with a unit stays a text."""
    rows = "".join(
        f'<tr><td>{name}<td x:num="{stored}">{text}'
        for name, stored, text in (
            ("武汉市", "450321", "45.0"),
            ("宜昌市", "520000", "52万元"),
            ("襄阳市", "12.25", "12"),
        )
    )
    page = f"<html><table><tr><td>城市<td>销售额(万元){rows}</table></html>"
    figures = read_file(page.encode(), "a.xls").tables[0].table["销售额(万元)"].tolist()
    assert figures == [ShownNumber(45.0321, scale=1e-4), "52万元", 12.25]


def test_tables_that_lay_out_others_are_none() -> None:
    """Of tables inside a table only the inner ones hold data."""
    inner = "<table><tr><td>城市<td>金额</tr><tr><td>武汉市<td>1</tr><tr><td>宜昌市<td>2</tr></table>"
    page = f"<html><table><tr><td>{inner}</td><td>{inner}</td></tr></table></html>"
    reading = read_file(page.encode(), "a.html")
    assert [sheet.name for sheet in reading.tables] == ["a", "a (2)"]


def test_xml_of_excel_2003() -> None:
    """Types, skipped rows and cells, and a merged title are read."""
    assert cells(XML, "a.xls") == [
        ["城市", "日期", "金额"],
        ["武汉市", dt.date(2024, 3, 1), 120.5],
        ["宜昌市", None, 30],
    ]


def numbers_file() -> bytes:
    """Return what a workbook of Apple Numbers looks like from outside."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("Index/Document.iwa", b"\x00")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (numbers_file(), "a.numbers", "Numbers"),
        (b'{"a": 1}', "a.json", "a.json"),
        (b'[{"a": 1}, {"a": ]', "a.json", "a.json"),
        (b"<html><body>404</body></html>", "a.xls", "a.xls"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a.xls", "a.xls"),
        (b'<?xml version="1.0"?><rows><row/></rows>', "a.xml", "a.xml"),
        (
            XML.replace('<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE x>').encode(),
            "a.xls",
            "a.xls",
        ),
        (XML[:-40].encode(), "a.xls", "a.xls"),
    ],
)
def test_what_cannot_be_read_is_said(content, name, words) -> None:
    """A file of another kind, a broken one and one that brings definitions of its own is refused by name."""
    with pytest.raises(ImportRefusedError, match=words):
        read_file(content, name)
