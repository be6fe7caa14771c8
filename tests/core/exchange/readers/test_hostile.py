"""Files that would fill the memory, climb out of a folder, or can't be read: a message, and nothing else."""

from __future__ import annotations

import io
import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import xlsxwriter

from core.errors import ImportRefusedError
from core.exchange.readers import Limits, read_file, unpacked
from core.i18n import language
from tests.core.exchange.corpus.ods_file import package
from tests.core.exchange.corpus.xls_file import container, xls

SMALL = Limits(unpacked=8 << 20, ratio=100, free=1 << 20, members=50, cells=2_000_000)
SHEET = "xl/worksheets/sheet1.xml"


def plain_book() -> bytes:
    """Return a workbook of two rows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet("Sheet1")
        for number, row in enumerate([("区域", "客户", "销售额"), ("华东", "甲", 1), ("华北", "乙", 2)]):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def altered(change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """Return the workbook with its parts changed, and more of them."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain_book())) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return buffer.getvalue()


def in_sheet(pattern: bytes, replacement: bytes) -> bytes:
    """Return the workbook with a part of the XML of its sheet replaced."""
    return altered(
        lambda name, data: re.sub(pattern, lambda _m: replacement, data) if name == SHEET else data
    )


def archive(*members: tuple[str, bytes]) -> bytes:
    """Return a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members:
            new.writestr(name, data)
    return buffer.getvalue()


def locked_zip() -> bytes:
    """Return a zip file whose directory says that its file is encrypted."""
    data = bytearray(archive(("a.csv", b"a,b\n1,2\n")))
    directory = data.index(b"PK\x01\x02")
    for at in (6, directory + 8):
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    return bytes(data)


def linked() -> bytes:
    """Return a zip file with a symbolic link in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        member = zipfile.ZipInfo("a.csv")
        member.external_attr = 0o120777 << 16
        new.writestr(member, "/etc/passwd")
    return buffer.getvalue()


def rows_repeated(path: Path) -> None:
    """Write a sheet with a row of a thousand cells that stands a million times."""
    row = '<table:table-row table:number-rows-repeated="1000000">'
    cell = (
        '<table:table-cell table:number-columns-repeated="1000" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell>"
    )
    package(path, f'<table:table table:name="a">{row}{cell}</table:table-row></table:table>')


LOCKED = container("EncryptedPackage", b"secret")
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>'
REFUSED: dict[str, tuple[bytes, str]] = {
    "bomb.zip": (archive(("a.csv", b"0" * (5 << 20))), "unpacks to more"),
    "many_bombs.zip": (
        archive(*((f"{n}.csv", bytes(range(33, 123)) * 15_000) for n in range(9))),
        "unpacks to more",
    ),
    "bomb.xlsx": (
        in_sheet(rb"<sheetData>", b"<!-- " + b" " * (4 << 20) + b"--><sheetData>"),
        "unpacks to more",
    ),
    "bomb_beside.xlsx": (altered(lambda _n, d: d, {"xl/other.xml": b"<a/>" * (1 << 20)}), "unpacks to more"),
    "long_cell.xlsx": (
        altered(
            lambda n, d: (
                d.replace("华东".encode(), Random(1).randbytes(1_300_000).hex().encode())
                if n.endswith("Strings.xml")
                else d
            )
        ),
        "million characters",
    ),
    "far_cell.xlsx": (in_sheet(rb'<c r="C3"', b'<c r="XFD1048576"'), "spans 1048576 rows"),
    "far_row.xlsx": (in_sheet(rb'<c r="C3"', b'<c r="C1048576"'), "spans 1048576 rows"),
    "far_prefixed.xlsx": (
        in_sheet(rb"<sheetData>", b'<sheetData><x:row r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'),
        "spans 1048576 rows",
    ),
    "far_in_order.xlsx": (
        in_sheet(
            rb"<sheetData>",
            b'<sheetData><row r="1048575"><c><v>1</v></c></row><row>' + b"<c><v>1</v></c>" * 9 + b"</row>",
        ),
        "spans 1048576 rows",
    ),
    "entities.xlsx": (in_sheet(rb"<worksheet[^>]*>", ENTITIES), "declares entities"),
    "locked.xlsx": (LOCKED, "password"),
    "locked.zip": (locked_zip(), "password"),
    "truncated.xlsx": (plain_book()[:3000], "damaged"),
    "truncated_middle.xlsx": (plain_book()[:900] + plain_book()[1000:], "damaged"),
    "climbing.zip": (archive(("../../evil.csv", b"a,b\n1,2\n")), "leads out"),
    "absolute.zip": (archive(("/tmp/evil.csv", b"a,b\n1,2\n")), "leads out"),
    "backslash.zip": (archive(("..\\evil.csv", b"a,b\n1,2\n")), "leads out"),
    "link.zip": (linked(), "leads out"),
    "nested.zip": (archive(("inner.zip", archive(("a.csv", b"a,b\n")))), "another archive"),
    "members.zip": (archive(*((f"{n}.csv", b"a") for n in range(60))), "60 files"),
    "nul.csv": ("区域,销售额\n华东,1\n华北\x00,2\n".encode(), "NUL byte in line 3"),
    "late_nul.csv": (
        "区域,销售额\n".encode() + "华东,1\n".encode() * 9000 + b"x\x00,2\n",
        "NUL byte in line 9002",
    ),
    "long_cell.csv": (b'a,b\n1,2\n1,"' + b"x" * 200_000, "more than 131072 characters"),
    "open_quote.csv": (b'a,b\n1,2\n"x,3\n4,5,6\n7,8,9,10\n', "quote"),
    "mixed.csv": ("区域,销售额\n华东,1\n华南,3\n".encode() + "华北,2\n".encode("gbk"), "Line 4"),
    "binary.csv": (bytes(range(128, 256)) * 50, "not recognised"),
    "empty.csv": (b"", "empty"),
    "document.pdf": (b"%PDF-1.7 ...", "PDF"),
    "page.xls": (b"<html><body>404 Not Found</body></html>", "web page"),
    "broken.xls": (container("Workbook", b"nonsense"), "damaged"),
    "word.docx": (archive(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")), "no workbook"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_clear_message(name: str, tmp_path: Path) -> None:
    """A hostile or broken file is refused with its name, within 60 MB, and leaves no file behind."""
    data, words = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(data)
    tracemalloc.start()
    try:
        with language("en"), pytest.raises(ImportRefusedError) as refused:
            read_file(path, limits=SMALL)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert words in refused.value.message
    assert name in refused.value.message
    assert refused.value.hint
    assert peak < 60 << 20
    assert list(tmp_path.iterdir()) == [path]


def test_locked_old_workbook(tmp_path: Path) -> None:
    """A workbook of Excel 97 with a password is told as such."""
    xls([("a", "b"), ("c", 1.0)], locked=True)(tmp_path / "old.xls")
    with language("en"), pytest.raises(ImportRefusedError, match="password"):
        read_file(tmp_path / "old.xls")


def test_repeated_rows_of_open_document(tmp_path: Path) -> None:
    """A row that says it stands there a million times is refused before anything is made of it."""
    rows_repeated(tmp_path / "a.ods")
    with language("en"), pytest.raises(ImportRefusedError, match="spans"):
        read_file(tmp_path / "a.ods")


def test_a_million_empty_rows(tmp_path: Path) -> None:
    """Empty formatted rows down to the end of the sheet cost neither memory nor rows."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="C%d" s="1"/></row>' % (n, n, n) for n in range(4, 1_048_577, 5)
    )
    (tmp_path / "a.xlsx").write_bytes(in_sheet(rb"</sheetData>", rows + b"</sheetData>"))
    tracemalloc.start()
    try:
        reading = read_file(tmp_path / "a.xlsx")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(reading.tables[0].table) == 2
    assert peak < 60 << 20


def test_external_links_and_macros_are_left_alone(tmp_path: Path) -> None:
    """Links to other files and macros are told; the stored values are read."""
    more = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>", "xl/vbaProject.bin": b"x"}
    (tmp_path / "a.xlsm").write_bytes(altered(lambda _name, data: data, more))
    reading = read_file(tmp_path / "a.xlsm")
    assert [note.code for note in reading.notes] == ["external_links", "macros"]
    assert len(reading.tables[0].table) == 2


def test_one_bad_file_in_an_archive(tmp_path: Path) -> None:
    """A file of an archive that can't be read is told by name; the others are read."""
    data = archive(("good.csv", "区域,销售额\n华东,1\n华北,2\n".encode()), ("bad.pdf", b"%PDF"))
    reading = read_file(data, "a.zip")
    assert [sheet.file for sheet in reading.tables] == ["good.csv"]
    assert [(note.code, note.context["name"]) for note in reading.notes] == [("skipped", "bad.pdf")]


def test_unpacked_files_are_removed(tmp_path: Path) -> None:
    """The unpacked files exist as long as they are used, under names of the program."""
    with unpacked(archive(("dir/区域.csv", b"a,b\n1,2\n")), "a.zip", tmp_path) as members:
        assert [(name, path.read_bytes()) for name, path in members] == [("dir/区域.csv", b"a,b\n1,2\n")]
        assert members[0][1].name == "00000.csv"
    assert not list(tmp_path.iterdir())
