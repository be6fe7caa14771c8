"""A binary workbook of Excel (XLSB) written record by record, as [MS-XLSB] describes it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="{target}"/></Relationships>'
)


def record(code: int, data: bytes = b"") -> bytes:
    """Return a record: its code in one byte or two, its length in sevens of bits."""
    head = bytes([code]) if code < 128 else bytes([(code & 0x7F) | 0x80, code >> 7])
    return head + bytes([len(data)]) + data


def text(value: str) -> bytes:
    """Return a text with its length."""
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def xlsb(
    rows: Sequence[Sequence[object]],
    name: str = "销售",
    *,
    formats: Mapping[tuple[int, int], str] | None = None,
) -> bytes:
    """Return a workbook of one sheet; ``formats`` gives the codes of cells, from 0."""
    codes = list(dict.fromkeys((formats or {}).values()))
    book = record(131) + record(143)
    book += record(156, struct.pack("<II", 0, 1) + text("rId1") + text(name)) + record(144) + record(132)
    width = max(map(len, rows))
    sheet = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + record(145)
    for number, row in enumerate(rows):
        sheet += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(row):
            code = (formats or {}).get((number, column))
            place = struct.pack("<II", column, codes.index(code) + 1 if code else 0)
            is_text = isinstance(value, str)
            sheet += (
                record(6, place + text(value)) if is_text else record(5, place + struct.pack("<d", value))
            )
    sheet += record(146) + record(130)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.bin"))
        package.writestr(
            "xl/_rels/workbook.bin.rels", _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.bin")
        )
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
        package.writestr("xl/styles.bin", _styles(codes))
    return packed.getvalue()


def _styles(codes: Sequence[str]) -> bytes:
    """Return the part of styles: the plain one, and one per number format."""
    part = record(278) + record(615, struct.pack("<I", len(codes)))
    for number, code in enumerate(codes):
        part += record(44, struct.pack("<H", 164 + number) + text(code))
    part += record(616) + record(617, struct.pack("<I", len(codes) + 1))
    for number in (0, *range(164, 164 + len(codes))):
        part += record(47, struct.pack("<HHHHHHBBBB", 0, number, 0, 0, 0, 0, 0, 0, 0, 0))
    return part + record(618) + record(279)
