"""Coordinates as people write them: both in one column, or with degrees, minutes and seconds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from core.exchange.readers.questions import Note
from core.geo.degrees import has_signs, parse_degrees, parse_pair

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.exchange.readers.reading import SheetReading
    from core.exchange.readers.text.bulk import Coded

_BOTH = re.compile(
    r"坐标(?!系)|经纬度?|纬经度|定位|lng[_,/ ]?lat|lat[_,/ ]?(?:lng|lon)|gps|location|coord", re.IGNORECASE
)
_ONE = re.compile(r"经度|纬度|[东西]经|[南北]纬|[xy]坐标|\blat|\blon|\blng|latitude|longitude", re.IGNORECASE)
_PLACE = re.compile(r"位置|地址|地点|position|place|point|address", re.IGNORECASE)
_SHARE = 0.8
"""So many of a column's cells have to be of a kind [I]."""
LONGITUDE, LATITUDE = "经度", "纬度"


def with_coordinates(sheet: SheetReading) -> SheetReading:
    """Return a sheet with a longitude and a latitude where one column held both, in decimal degrees.

    What can't be read so stays as it is, in the column of the longitude, and is wrong there.
    """
    if not sheet.is_table or sheet.outlines is not None:
        return sheet
    for header in [str(name) for name in sheet.table.columns]:
        cells = sheet.table[header].tolist()
        # Under 位置 or 地址 stand words, unless every cell is a pair of numbers.
        share = _SHARE if _BOTH.search(header) else 1 if _PLACE.search(header) else None
        if share is not None and _mostly(cells, lambda text: parse_pair(text) is not None, share):
            sheet = _split(sheet, header, cells)
        elif _ONE.search(header) and _mostly(cells, has_signs):
            turned = [parse_degrees(cell) if isinstance(cell, str) else cell for cell in cells]
            values = [cell if value is None else value for cell, value in zip(cells, turned, strict=True)]
            table = sheet.table.assign(**{header: pd.Series(values, index=sheet.table.index, dtype=object)})
            note = Note("degrees_turned", {"column": header})
            sheet = replace(sheet, table=table, notes=(*sheet.notes, note))
    return sheet


def turn_coded(coded: Coded, sheet: SheetReading) -> None:
    """Do with all rows of a large file what :func:`with_coordinates` did with its sample.

    Parameters
    ----------
    coded
        The rows; a column of both coordinates stands in it twice.
    sheet
        The sample, with notes about what was done.
    """
    for note in sheet.notes:
        header = str(note.context.get("column", ""))
        if note.code == "coordinates_split":
            east, north = (coded.names.index(f"{header} / {name}") for name in (LONGITUDE, LATITUDE))
            pairs = [parse_pair(cell) if cell else None for cell in coded.cells[east]]
            coded.cells[north] = [None if pair is None else _text(pair[1]) for pair in pairs]
            whole = zip(coded.cells[east], pairs, strict=True)
            coded.cells[east] = [cell if pair is None else _text(pair[0]) for cell, pair in whole]
        elif note.code == "degrees_turned" and header in coded.names:
            at = coded.names.index(header)
            turned = [parse_degrees(cell) if cell else None for cell in coded.cells[at]]
            both = zip(coded.cells[at], turned, strict=True)
            coded.cells[at] = [cell if value is None else _text(value) for cell, value in both]


def _text(value: float) -> str:
    return format(value, ".15g")


def _mostly(cells: list[object], test: Callable[[str], bool], share: float = _SHARE) -> bool:
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    other = [cell for cell in cells if cell is not None and not isinstance(cell, str)]
    return bool(texts) and sum(map(test, texts)) >= share * (len(texts) + len(other))


def _split(sheet: SheetReading, header: str, cells: list[object]) -> SheetReading:
    pairs = [parse_pair(cell) if isinstance(cell, str) else None for cell in cells]
    east = [cell if pair is None else pair[0] for cell, pair in zip(cells, pairs, strict=True)]
    north = [None if pair is None else pair[1] for pair in pairs]
    at = list(map(str, sheet.table.columns)).index(header)
    table = sheet.table.drop(columns=header)
    for offset, (name, values) in enumerate(((LONGITUDE, east), (LATITUDE, north))):
        table.insert(at + offset, f"{header} / {name}", pd.Series(values, index=table.index, dtype=object))
    positions = sheet.positions and (*sheet.positions[: at + 1], *sheet.positions[at:])
    note = Note("coordinates_split", {"column": header})
    return replace(sheet, table=table, positions=positions, notes=(*sheet.notes, note))
