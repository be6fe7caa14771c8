"""The number formats of binary workbooks (XLSB), record by record as [MS-XLSB] describes them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.exchange.readers.workbook.number_formats import PERCENT, SheetFormats, ShownCell, parse_format
from core.exchange.readers.workbook.sheet_xml import relations_of

if TYPE_CHECKING:
    from core.exchange.readers.workbook.number_formats import NumberFormat
    from core.exchange.readers.workbook.packages import Unpacker

_SHEET, _FORMAT, _STYLE = 156, 44, 47
_STYLES_BEGIN, _STYLES_END = 617, 618
_ROW, _CELLS_END = 0, 146
_NUMBERS = frozenset((2, 5, 9))
"""A number in short, a number, and the number a formula gives."""


def read_xlsb_formats(unpacker: Unpacker) -> SheetFormats | None:
    """Return the cells of every sheet that are shown otherwise than stored, by position of the sheet.

    Returns
    -------
    dict or None
        None where the records can't be followed: how its numbers are shown is unknown then.
    """
    try:
        formats = _formats(unpacker.binary("xl/styles.bin"))
        if not formats:
            return {}
        relations = relations_of(unpacker, "xl/_rels/workbook.bin.rels")
        parts = [
            relations.get(_text(data, 8)[0], "")
            for code, data in _records(unpacker.binary("xl/workbook.bin"))
            if code == _SHEET
        ]
        return {at: list(_cells(unpacker.binary(part), formats)) for at, part in enumerate(parts)}
    except (struct.error, IndexError, UnicodeDecodeError):
        return None


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield code and content of the records of a part."""
    at = 0
    while at < len(data):
        code = data[at]
        at += 1
        if code & 0x80:
            code = (code & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        for _byte in range(4):
            more = data[at]
            at += 1
            length |= (more & 0x7F) << shift
            shift += 7
            if not more & 0x80:
                break
        if at + length > len(data):
            raise IndexError
        yield code, data[at : at + length]
        at += length


def _text(data: bytes, at: int) -> tuple[str, int]:
    """Return a text with its length before it, and where it ends."""
    (count,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * count
    if end > len(data):
        raise IndexError
    return data[at + 4 : end].decode("utf-16-le"), end


def _formats(data: bytes) -> dict[int, NumberFormat]:
    """Return the formats that matter, by the number of the style."""
    codes = dict(PERCENT)
    styles: list[int] | None = None
    found: dict[int, NumberFormat] = {}
    for code, content in _records(data):
        if code == _FORMAT:
            codes[struct.unpack_from("<H", content)[0]] = _text(content, 2)[0]
        elif code == _STYLES_BEGIN:
            styles = []
        elif code == _STYLES_END:
            break
        elif code == _STYLE and styles is not None:
            # The style it is made from stands before the number of the format.
            styles.append(struct.unpack_from("<H", content, 2)[0])
            known = parse_format(codes.get(styles[-1], ""))
            if known is not None:
                found[len(styles) - 1] = known
    return found


def _cells(data: bytes, formats: dict[int, NumberFormat]) -> Iterator[ShownCell]:
    row = 0
    for code, content in _records(data):
        if code == _ROW:
            (row,) = struct.unpack_from("<I", content)
        elif code == _CELLS_END:
            return
        elif code in _NUMBERS:
            column, style = struct.unpack_from("<II", content)
            known = formats.get(style & 0xFFFFFF)
            if known is not None:
                yield row, column, known
