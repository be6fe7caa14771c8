"""Writes a small workbook of Excel 97 by hand: BIFF8 records in an OLE container."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xls(
    rows: Sequence[Sequence[object]],
    *,
    locked: bool = False,
    formats: Mapping[tuple[int, int], str] | None = None,
) -> Callable[[Path], object]:
    """Return what writes a sheet of texts and numbers; ``formats`` gives the codes of cells, from 0."""
    return lambda path: path.write_bytes(container("Workbook", _workbook(rows, formats or {}, locked=locked)))


def container(name: str, stream: bytes) -> bytes:
    """Return an OLE file with one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    numbers = (0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header = struct.pack("<8s16sHHHHHHIIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", *numbers)
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    chain = [_FAT, _END, *range(3, count + 2), _END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    root = _entry("Root Entry", 5, _END, 0, child=1)
    directory = (root + _entry(name, 2, 2, len(stream))).ljust(_SECTOR, b"\0")
    return header + fat + directory + stream


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def _record(code: int, data: bytes) -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def _style(code: int) -> bytes:
    """Return a style of cells with a number format."""
    return _record(0x00E0, struct.pack("<HHHBBBBIIH", 0, code, 0, 0x20, 0, 0, 0xF8, 0, 0, 0x20C0))


def _workbook(
    rows: Sequence[Sequence[object]], formats: Mapping[tuple[int, int], str], *, locked: bool
) -> bytes:
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if locked:
        start += _record(0x002F, struct.pack("<HHH", 0, 1, 2))
    codes = list(dict.fromkeys(formats.values()))
    for number, code in enumerate(codes):
        named = struct.pack("<HHB", 164 + number, len(code), 1) + code.encode("utf-16-le")
        start += _record(0x041E, named)
    start += _style(0) + b"".join(_style(164 + number) for number in range(len(codes)))
    end = _record(0x000A, b"")
    name = b"\x06\x00Sheet1"
    place = len(start) + 4 + 6 + len(name) + len(end)
    globals_ = start + _record(0x0085, struct.pack("<IBB", place, 0, 0) + name) + end
    cells = b""
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            code = formats.get((number, column))
            where = struct.pack("<HHH", number, column, codes.index(code) + 1 if code else 0)
            if isinstance(value, float):
                cells += _record(0x0203, where + struct.pack("<d", value))
            elif value is not None:
                text = str(value)
                cells += _record(0x0204, where + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    return globals_ + sheet + cells + end
