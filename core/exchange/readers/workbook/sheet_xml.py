"""What calamine doesn't tell of a sheet: hidden rows and columns, how far its cells reach, lost results.

The XML is looked at as bytes, tag by tag. No parser expands anything, and what stands in a comment only
makes the sheet look larger than it is.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange.readers.workbook.sheet_cells import Pairs, reach_of
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.exchange.readers.limits import Limits
    from core.exchange.readers.workbook.number_formats import NumberFormat, ShownCell
    from core.exchange.readers.workbook.packages import Unpacker

# Cells that close themselves are empty, and there may be millions of them.
_TAG = re.compile(rb"<(?:\w+:)?(?:(row)(?=[\s/>])([^>]*)|c(?:\s([^>]*[^>/])|))>")
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s([^>]*[^>/])|)>")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col(?=[\s/>])([^>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:\-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_REFERENCE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]+)(\d+)[\"']")
_EMPTY_FORMULA = re.compile(rb"(?:</f>|<f[^>]*/>)(?:<v\s*/>|<v></v>)?</c>")
_ZERO_FORMULA = re.compile(rb"<c\s([^>]*)><f[^>]*>[^<]*</f><v>0</v></c>")
_FORMULA = re.compile(rb"<f[\s>]")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_TEXT_ATTRIBUTE = re.compile(r"([\w:\-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_COLUMNS, _HIDDEN = 16_384, (b"1", b"true")


@dataclass
class SheetScan:
    """What the XML of a sheet tells.

    Parameters
    ----------
    hidden_rows
        Rows, from 1.
    hidden_columns
        Positions, from 0.
    uncalculated
        Formulas without a stored value.
    formulas, zeros
        All formulas, and the cells (from 0) of those whose stored value is 0.
    formats
        Of cells that are shown otherwise than stored.
    height, width
        How far cells reach; those without a value may count unless that is too far.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: int = 0
    formulas: int = 0
    zeros: list[tuple[int, int]] = field(default_factory=list)
    formats: list[ShownCell] = field(default_factory=list)
    height: int = 0
    width: int = 0


def sheet_parts(unpacker: Unpacker) -> list[str]:
    """Return the parts of the sheets of an XLSX workbook in the order of its sheets."""
    relations = relations_of(unpacker, "xl/_rels/workbook.xml.rels")
    parts = []
    for found in _SHEET.findall(unpacker.text("xl/workbook.xml")):
        values = _texts(found)
        key = next((value for name, value in values.items() if name.endswith(":id")), "")
        parts.append(relations.get(key, ""))
    return parts


def relations_of(unpacker: Unpacker, name: str) -> dict[str, str]:
    """Return the parts that a workbook names, by the mark it names them by."""
    relations = {}
    for found in _RELATION.findall(unpacker.text(name)):
        values = _texts(found)
        target = values.get("Target", "")
        relations[values.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return relations


def _texts(attributes: str) -> dict[str, str]:
    return {name: html.unescape(one or two) for name, one, two in _TEXT_ATTRIBUTE.findall(attributes)}


def scan_sheet(
    unpacker: Unpacker,
    member: zipfile.ZipInfo,
    file: str,
    limits: Limits,
    formats: Mapping[int, NumberFormat],
) -> SheetScan:
    """Look through the XML of a sheet of XLSX.

    Parameters
    ----------
    unpacker, member, file, limits
        The part of the package, and how much it may hold.
    formats
        Formats of the workbook that show numbers otherwise than stored, by the number of the style.

    Raises
    ------
    ImportRefusedError
        Its cells span more than the limit: the program that reads them would take memory for all.
    """
    scan = SheetScan()
    plain = True
    styled = _styled(formats)
    for data in unpacker.xml(member):
        pairs = Pairs(data)
        _look(pairs, scan)
        if styled is not None:
            scan.formats += _shown(data, styled, formats)
        if plain and (reach := reach_of(pairs)) is not None:
            scan.height, scan.width = max(scan.height, reach[0]), max(scan.width, reach[1])
        else:
            plain = False
    if not plain or scan.height * scan.width > limits.cells:
        # Looked at again one by one, without the cells that are empty.
        scan.height = scan.width = 0
        if not _measure(unpacker.xml(member), scan):
            _measure_by_order(unpacker.xml(member), scan)
    check_area(scan.height, scan.width, file, limits)
    return scan


def _styled(formats: Mapping[int, NumberFormat]) -> re.Pattern[bytes] | None:
    """Return what finds the cells of some styles; None where there are no such styles."""
    if not formats:
        return None
    numbers = "|".join(map(str, formats)).encode()
    return re.compile(rb"<(?:\w+:)?c\s([^>]*?\bs=[\"'](" + numbers + rb")[\"'][^>]*)>")


def _shown(
    data: bytes, styled: re.Pattern[bytes], formats: Mapping[int, NumberFormat]
) -> Iterator[ShownCell]:
    for attributes, style in styled.findall(data):
        reference = _REFERENCE.search(attributes)
        if reference:
            yield int(reference[2]) - 1, _number(reference[1]) - 1, formats[int(style)]


def check_area(height: int, width: int, file: str, limits: Limits) -> None:
    """Refuse a sheet whose cells span more than the limit."""
    if height * width > limits.cells:
        raise ImportRefusedError(
            _(
                "A sheet of {file} spans {rows} rows and {columns} columns.",
                file=file,
                rows=height,
                columns=width,
            ),
            _(
                "At most {most} cells are read. Delete the cells far away from the table, or use CSV.",
                most=limits.cells,
            ),
        )


def _look(pairs: Pairs, scan: SheetScan) -> None:
    """Find hidden rows and columns, and formulas without a result."""
    data = pairs.data
    if pairs.any(b"hi") and b"hidden" in data:
        for attributes in _COLUMN.findall(data):
            values = _values(attributes)
            if values.get(b"hidden") in _HIDDEN:
                first, last = int(values.get(b"min", b"1")), int(values.get(b"max", b"1"))
                scan.hidden_columns.update(range(first - 1, min(last, _COLUMNS)))
        for attributes in _ROW.findall(data):
            if b"hidden" in attributes:
                values = _values(attributes)
                if values.get(b"hidden") in _HIDDEN and b"r" in values:
                    scan.hidden_rows.add(int(values[b"r"]))
    if pairs.any(b"<f"):
        scan.uncalculated += len(_EMPTY_FORMULA.findall(data))
        scan.formulas += len(_FORMULA.findall(data))
        found = [_REFERENCE.search(attributes) for attributes in _ZERO_FORMULA.findall(data)]
        scan.zeros += [(int(each[2]) - 1, _number(each[1]) - 1) for each in found if each]


def _values(attributes: bytes) -> dict[bytes, bytes]:
    return {name: one or two for name, one, two in _ATTRIBUTE.findall(attributes)}


def _measure(pieces: Iterator[bytes], scan: SheetScan) -> bool:
    """Find how far cells with a value reach; False when some don't say where they are."""
    for data in pieces:
        references = [_REFERENCE.search(attributes) for attributes in _CELL.findall(data)]
        if not all(references):
            return False
        found = [(each[1], int(each[2])) for each in references if each]
        scan.height = max([scan.height, *(number for _letters, number in found)])
        scan.width = max([scan.width, *map(_number, {letters for letters, _row in found})])
    return True


def _measure_by_order(pieces: Iterator[bytes], scan: SheetScan) -> None:
    """Find how far cells with a value reach; one without a reference follows the one before it."""
    row = column = 0
    for data in pieces:
        for is_row, of_row, of_cell in _TAG.findall(data):
            if is_row:
                number = _values(of_row).get(b"r", b"") if b"r=" in of_row else b""
                row, column = int(number) if number.isdigit() else row + 1, 0
                continue
            reference = _REFERENCE.search(of_cell)
            row, column = (int(reference[2]), _number(reference[1])) if reference else (row, column + 1)
            scan.height, scan.width = max(scan.height, row), max(scan.width, column)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number
