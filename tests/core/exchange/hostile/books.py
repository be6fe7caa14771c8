"""Workbooks that are hostile or odd: declared sizes, far cells, bombs, locked, cut off, of another kind."""

# ruff: noqa: PLW0108 - a file is a line here, and each is made when it is asked for

from __future__ import annotations

import io
import re
import struct
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import xlsxwriter

from tests.core.exchange.corpus.ods_file import ods, package
from tests.core.exchange.corpus.xls_file import container, xls

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[str, bytes], bytes]

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [("产品编号", "产品名称", "箱规"), *((f"Q{n}", f"客户{n}", n + 1) for n in range(20))]
_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def book(fill: Callable[[xlsxwriter.Workbook], None] | None = None) -> bytes:
    """Return a workbook; without ``fill`` a small table."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": False}) as workbook:
        if fill is not None:
            fill(workbook)
        else:
            sheet = workbook.add_worksheet("Sheet1")
            for number, row in enumerate(ROWS):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def altered(
    change: Change, more: dict[str, bytes] | None = None, *, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return the small workbook with its parts changed, and more of them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(buffer, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return buffer.getvalue()


def in_sheet(pattern: bytes, replacement: bytes) -> bytes:
    """Return the small workbook with a part of the XML of its sheet replaced."""
    return altered(
        lambda name, data: re.sub(pattern, lambda _m: replacement, data, count=1) if name == SHEET else data
    )


def part(name: str, data: bytes) -> bytes:
    """Return the small workbook with a part replaced."""
    return altered(lambda own, old: data if own == name else old)


def written(write: Callable[[Path], object]) -> bytes:
    """Return the bytes of what a function writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        write(path)
        return path.read_bytes()


def cut(make: Callable[[], bytes], share: float) -> bytes:
    """Return the beginning of a file."""
    data = make()
    return data[: int(len(data) * share)]


def hole(make: Callable[[], bytes], share: float) -> bytes:
    """Return a file in which a hundred bytes are missing."""
    data = make()
    at = int(len(data) * share)
    return data[:at] + data[at + 100 :]


def small_ods() -> bytes:
    """Return a small sheet of OpenDocument."""
    return written(ods(ROWS))


def small_xls() -> bytes:
    """Return a small sheet of Excel 97."""
    return written(xls([[str(c) if isinstance(c, str) else float(c) for c in row] for row in ROWS]))


def ods_of(body: str) -> bytes:
    """Return a sheet of OpenDocument with rows of one's own."""
    return written(lambda path: package(path, f'<table:table table:name="a">{body}</table:table>'))


def _cell(columns: int = 1, text: str = "x") -> str:
    repeated = f' table:number-columns-repeated="{columns}"' if columns > 1 else ""
    return (
        f'<table:table-cell{repeated} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def _row(cells: str, rows: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def _many_strings(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("Sheet1")
    sheet.write_row(0, 0, ["区域", "客户", "销售额"])
    for number in range(100_000):
        sheet.write_row(number + 1, 0, [f"区{number}", f"客户{number}", number])


def _many_sheets(workbook: xlsxwriter.Workbook) -> None:
    for number in range(300):
        workbook.add_worksheet(f"S{number}").write_row(0, 0, ["a", "b"])


def _odd_cells(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("Sheet1")
    sheet.write_row(0, 0, ["区域", "客户", "销售额"])
    values = ["#DIV/0!", "=1+1", "'001", "@x", "\u202e反", "a\u200bb", "x" * 32_767]
    for number, value in enumerate(values):
        sheet.write_string(number + 1, 0, value)
        sheet.write_formula(number + 1, 2, "=1/0", None, "#DIV/0!")


def books() -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by its name."""
    files: dict[str, Callable[[], bytes]] = {
        "dimension_huge.xlsx": lambda: in_sheet(
            rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"'
        ),
        "dimension_nonsense.xlsx": lambda: in_sheet(rb'<dimension ref="[^"]*"', b'<dimension ref="ZZZZ9:A0"'),
        "far_cell.xlsx": lambda: in_sheet(rb'<c r="C3"', b'<c r="XFD1048576"'),
        "far_column.xlsx": lambda: in_sheet(rb'<c r="C3"', b'<c r="XFD3"'),
        "far_row.xlsx": lambda: in_sheet(rb'<c r="C3"', b'<c r="C1048576"'),
        "row_beyond.xlsx": lambda: in_sheet(rb'<row r="3"', b'<row r="99999999"'),
        "column_beyond.xlsx": lambda: in_sheet(rb'<c r="C3"', b'<c r="AAAAAA3"'),
        "row_negative.xlsx": lambda: in_sheet(rb'<row r="3"', b'<row r="-3"'),
        "rows_twice.xlsx": lambda: in_sheet(rb'<row r="3"', b'<row r="2"'),
        "style_beyond.xlsx": lambda: in_sheet(rb'<c r="C3"', b'<c s="99999" r="C3"'),
        "string_beyond.xlsx": lambda: in_sheet(rb'<c r="A3" t="s"><v>\d+', b'<c r="A3" t="s"><v>99999999'),
        "merged_all.xlsx": lambda: in_sheet(
            rb"</sheetData>",
            b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        "merged_crossed.xlsx": lambda: in_sheet(
            rb"</sheetData>",
            b'</sheetData><mergeCells><mergeCell ref="A1:C9"/><mergeCell ref="B2:D20"/></mergeCells>',
        ),
        "merged_many.xlsx": lambda: in_sheet(
            rb"</sheetData>",
            b"</sheetData><mergeCells>"
            + b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, 100_000, 2))
            + b"</mergeCells>",
        ),
        "merged_backwards.xlsx": lambda: in_sheet(
            rb"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="C9:A1"/></mergeCells>'
        ),
        "hidden_all.xlsx": lambda: in_sheet(
            rb"<sheetData>", b'<cols><col min="1" max="16384" hidden="1"/></cols><sheetData>'
        ),
        "bomb.xlsx": lambda: in_sheet(rb"<sheetData>", b"<!-- " + b" " * (64 << 20) + b"--><sheetData>"),
        "bomb_of_strings.xlsx": lambda: part(
            "xl/sharedStrings.xml", b"<sst>" + b"<si><t>x</t></si>" * 4_000_000 + b"</sst>"
        ),
        "bomb_beside.xlsx": lambda: altered(lambda _n, d: d, {"xl/other.xml": b"<a/>" * (12 << 20)}),
        "bomb_in_styles.xlsx": lambda: part(
            "xl/styles.xml", b"<styleSheet>" + b" " * (64 << 20) + b"</styleSheet>"
        ),
        "stored_not_packed.xlsx": lambda: altered(lambda _n, d: d, method=zipfile.ZIP_STORED),
        "packed_as_bzip2.xlsx": lambda: altered(lambda _n, d: d, method=zipfile.ZIP_BZIP2),
        "packed_as_lzma.xlsx": lambda: altered(lambda _n, d: d, method=zipfile.ZIP_LZMA),
        "entities.xlsx": lambda: in_sheet(rb"<worksheet[^>]*>", _ENTITIES + b"<worksheet>"),
        "entities_in_strings.xlsx": lambda: part(
            "xl/sharedStrings.xml", _ENTITIES + b"<sst><si><t>&b;</t></si></sst>"
        ),
        "deep_xml.xlsx": lambda: in_sheet(
            rb"<sheetData>", b"<a>" * 100_000 + b"</a>" * 100_000 + b"<sheetData>"
        ),
        "long_attribute.xlsx": lambda: in_sheet(
            rb"<sheetData>", b'<a b="' + b"x" * 5_000_000 + b'"/><sheetData>'
        ),
        "no_sheet_data.xlsx": lambda: in_sheet(rb"<sheetData>.*</sheetData>", b""),
        "sheet_is_text.xlsx": lambda: part(SHEET, b"Dear Sir"),
        "sheet_is_empty.xlsx": lambda: part(SHEET, b""),
        "sheet_is_nul.xlsx": lambda: part(SHEET, bytes(100_000)),
        "workbook_is_empty.xlsx": lambda: part("xl/workbook.xml", b""),
        "relations_are_empty.xlsx": lambda: part("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        "relations_lead_out.xlsx": lambda: altered(
            lambda n, d: (
                d.replace(b"worksheets/sheet1.xml", b"../../../etc/passwd")
                if n.endswith("workbook.xml.rels")
                else d
            )
        ),
        "strings_are_missing.xlsx": lambda: part("xl/sharedStrings.xml", b"<sst/>"),
        "strings_are_cut.xlsx": lambda: altered(
            lambda n, d: d[: len(d) // 2] if n.endswith("sharedStrings.xml") else d
        ),
        "external_links.xlsx": lambda: altered(
            lambda _n, d: d, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
        ),
        "macros.xlsm": lambda: altered(lambda _n, d: d, {"xl/vbaProject.bin": Random(1).randbytes(10_000)}),
        "many_strings.xlsx": lambda: book(_many_strings),
        "many_sheets.xlsx": lambda: book(_many_sheets),
        "odd_cells.xlsx": lambda: book(_odd_cells),
        "no_cells.xlsx": lambda: book(lambda workbook: workbook.add_worksheet("Sheet1") and None),
        "locked.xlsx": lambda: container("EncryptedPackage", b"secret"),
        "ole_of_nonsense.xls": lambda: container("Workbook", Random(4).randbytes(4_096)),
        "ole_of_word.xls": lambda: container("WordDocument", b"Dear Sir"),
        "ole_header_only.xls": lambda: bytes.fromhex("d0cf11e0a1b11ae1"),
        "ole_sector_beyond.xls": lambda: small_xls()[:48] + struct.pack("<I", 0x00FFFFF0) + small_xls()[52:],
        "locked_97.xls": lambda: written(xls([("a", "b"), ("c", 1.0)], locked=True)),
        "small.xls": small_xls,
        "csv_called.xlsx": lambda: "区域,销售额\n华东,1\n".encode(),
        "csv_called.xls": lambda: "区域\t销售额\n华东\t1\n".encode("utf-16"),
        "html_called.xls": lambda: (
            "<table><tr><td>区域</td><td>销售额</td></tr><tr><td>华东</td><td>1</td></tr></table>".encode()
        ),
        "xlsx_called.csv": book,
        "xlsx_called.json": book,
        "xlsx_called/region.csv": book,
        "ods_called.xlsx": small_ods,
        "xlsx_called.ods": book,
        "xls_called.xlsx": small_xls,
        "repeated_cells.ods": lambda: ods_of(_row(_cell(16_384), 1_048_576)),
        "repeated_rows.ods": lambda: ods_of(_row(_cell(1_000), 1_000_000)),
        "repeated_columns.ods": lambda: ods_of(_row(_cell(2_000_000_000))),
        "repeated_beyond.ods": lambda: ods_of(_row(_cell(10**18), 10**18)),
        "repeated_negative.ods": lambda: ods_of(_row(_cell(2), -5)),
        "repeated_empty.ods": lambda: ods_of(
            _row(_cell() * 3) + _row('<table:table-cell table:number-columns-repeated="16384"/>', 1_048_570)
        ),
        "spanned_all.ods": lambda: ods_of(
            _row(
                '<table:table-cell table:number-columns-spanned="16384" table:number-rows-spanned="1048576"'
                ' office:value-type="string"><text:p>x</text:p></table:table-cell>'
            )
        ),
        "long_cell.ods": lambda: ods_of(_row(_cell(text="长" * 1_000_000))),
        "deep_text.ods": lambda: ods_of(_row(_cell(text="<text:span>" * 5_000 + "</text:span>" * 5_000))),
    }
    for share in (0.05, 0.3, 0.6, 0.9, 0.99):
        for kind, make in (("xlsx", book), ("ods", small_ods)):
            files[f"cut_{share}.{kind}"] = partial(cut, make, share)
            files[f"hole_{share}.{kind}"] = partial(hole, make, share)
        files[f"cut_{share}.xls"] = partial(cut, small_xls, share)
    return files
