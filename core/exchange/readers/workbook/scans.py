"""What calamine doesn't tell of a workbook: hidden rows, number formats, locks, how far cells reach."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from core.exchange.readers.questions import Note
from core.exchange.readers.workbook.number_formats import read_formats
from core.exchange.readers.workbook.ods_formats import read_ods_styles
from core.exchange.readers.workbook.ods_xml import OdsScan, scan_content
from core.exchange.readers.workbook.packages import Unpacker, locked, open_package
from core.exchange.readers.workbook.sheet_xml import SheetScan, scan_sheet, sheet_parts
from core.exchange.readers.workbook.xls_formats import read_xls_formats
from core.exchange.readers.workbook.xlsb_formats import read_xlsb_formats

if TYPE_CHECKING:
    from core.exchange.readers.limits import Limits
    from core.exchange.readers.workbook.number_formats import SheetFormats, ShownCell

_BIFF_START = bytes.fromhex("0908100000060500")
_BIFF_PASSWORD, _BIFF_SHEET, _BIFF_END = 0x2F, 0x85, 0x0A
_TO_CALCULATE = re.compile(r"<(?:\w+:)?calcPr\s[^>]*fullCalcOnLoad\s*=\s*[\"'](?:1|true)[\"']")
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Scans:
    """What calamine doesn't tell of a workbook.

    Parameters
    ----------
    xlsx, ods
        What the XML tells, by position of the sheet.
    formats
        Cells that are shown otherwise than stored, by position or by name of the sheet; None where the
        formats couldn't be read.
    notes
        About the workbook.
    """

    xlsx: Mapping[int, SheetScan] = field(default_factory=dict)
    ods: Mapping[int, OdsScan] = field(default_factory=dict)
    formats: SheetFormats | None = None
    notes: tuple[Note, ...] = ()

    def formats_of(self, position: int, name: str) -> Iterable[ShownCell]:
        """Return the cells of a sheet that are shown otherwise than stored."""
        formats = self.formats or {}
        return formats.get(position, formats.get(name, ()))


def scan_workbook(source: Path | bytes, kind: str, file: str, limits: Limits) -> Scans:
    """Look through a workbook before calamine reads it.

    Parameters
    ----------
    source
        Path or bytes.
    kind
        ``xlsx``, ``xlsb``, ``ods`` or ``xls``, by content.
    file, limits
        Its name, and how much it may hold.

    Raises
    ------
    ImportRefusedError
        It is damaged, locked, or too large when it is unpacked.
    """
    if kind == "xls":
        data = source.read_bytes() if isinstance(source, Path) else source
        if _LOCKED_STREAM in data or _has_password(data):
            raise locked(file)
        return Scans(formats=read_xls_formats(data))
    with open_package(source if isinstance(source, Path) else io.BytesIO(source), file, limits) as package:
        unpacker = Unpacker(package, file, limits)
        if kind == "xlsb":
            # Unpacked once, so that one that is too large is refused before it fills the memory.
            for member in package.infolist():
                for _piece in unpacker.chunks(member):
                    pass
            return Scans(formats=read_xlsb_formats(unpacker))
        if kind == "ods":
            return _scan_ods(unpacker, file, limits)
        return _scan_xlsx(package, unpacker, file, limits)


def _scan_ods(unpacker: Unpacker, file: str, limits: Limits) -> Scans:
    if "encryption-data" in unpacker.text("META-INF/manifest.xml"):
        raise locked(file)
    styles = read_ods_styles(unpacker)
    sheets = scan_content(unpacker.part("content.xml"), file, limits, styles.formats)
    formats: SheetFormats = {at: scan.formats for at, scan in enumerate(sheets)}
    return Scans(ods=dict(enumerate(sheets)), formats=formats if styles.known else None)


def _scan_xlsx(package: zipfile.ZipFile, unpacker: Unpacker, file: str, limits: Limits) -> Scans:
    names = package.namelist()
    parts = {part: position for position, part in enumerate(sheet_parts(unpacker))}
    found = {}
    formats = read_formats(unpacker)
    for member in package.infolist():
        if member.filename in parts:
            found[parts[member.filename]] = scan_sheet(unpacker, member, file, limits, formats)
        elif member.filename.endswith((".xml", ".rels")):
            for _piece in unpacker.xml(member):
                pass
    if _TO_CALCULATE.search(unpacker.text("xl/workbook.xml")):
        for scan in found.values():
            # Programs write 0 for every formula and leave the calculating to Excel.
            scan.zeros = scan.zeros if len(scan.zeros) == scan.formulas else []
            scan.uncalculated += len(scan.zeros)
    else:
        for scan in found.values():
            scan.zeros = []
    notes = []
    if any(name.startswith("xl/externalLinks/") for name in names):
        notes.append(Note("external_links"))
    if any(name.endswith("vbaProject.bin") for name in names):
        notes.append(Note("macros"))
    return Scans(found, formats={at: scan.formats for at, scan in found.items()}, notes=tuple(notes))


def _has_password(data: bytes) -> bool:
    """Tell whether a workbook of Excel 97 is locked: the record stands among the first of its stream."""
    at = data.find(_BIFF_START)
    while 0 <= at < len(data) - 4:
        code, length = struct.unpack_from("<HH", data, at)
        if code in (_BIFF_PASSWORD, _BIFF_SHEET, _BIFF_END):
            return bool(code == _BIFF_PASSWORD)
        at += 4 + length
    return False
