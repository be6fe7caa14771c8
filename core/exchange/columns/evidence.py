"""What the cells of a column say about what it could be."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.exchange.columns.parsing import units
from core.exchange.columns.parsing.cells import Cells, shown
from core.exchange.columns.parsing.codes import looks_like_codes
from core.exchange.columns.parsing.numbers import Number, read_either, read_number
from core.exchange.columns.parsing.values import ReadingOf, is_code, parse_column
from core.exchange.matching.changes import adcode
from core.exchange.readers.sheet.cells import ShownNumber
from core.tables import Kind
from core.tables.common import LAT, LON

if TYPE_CHECKING:
    from core.exchange.columns.parsing.units import Unit
    from core.tables import Column

_ANSWERED = {
    "date_order": "ymd",
    "scale": "percent",
    "october": "january",
    "month_name": "year",
    "year": "2024",
}
_ANSWERED |= {
    "decimal_mark": "comma",
    "exchange_rate": "7",
    "shown_number": "1",
    "shown_number_beside": "1",
    "shown_number_words": "1",
    "day_to_month": "month",
    "leading_zeros": "keep",
    "blank_means_no": "unknown",
}
_TYPED = frozenset(
    (Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.DATE, Kind.MONTH, Kind.TIMESTAMP, Kind.BOOLEAN)
)


_MOST = 500
"""Of more cells so many are looked at, evenly spread."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Sample:
    """A few cells of a column, and how well they suit the columns of the store."""

    def __init__(self, cells: Sequence[Any]) -> None:
        step = max(1, len(cells) // _MOST)
        held = Cells.of(list(cells[::step]), "")
        self.cells = [cell for cell in held.raw if not held.blank(cell)]
        self.texts = tuple(shown(cell) for cell in self.cells)
        self.coded = looks_like_codes(self.cells)
        self.divisions = bool(self.texts) and all(map(adcode, self.texts))
        """Whether all cells are administrative codes."""
        self.chinese = sum(bool(_CHINESE.search(text)) for text in self.texts) > 0.5 * len(self.texts)
        self._suits: dict[tuple[object, ...], float] = {}

    def suits(self, column: Column) -> float:
        """Return the share of the cells that can be read as the column wants them; 1 when all are empty."""
        if not self.cells:
            return 1.0
        key = (column.name, column.kind)
        if key not in self._suits:
            self._suits[key] = self._measured(column)
        return self._suits[key]

    def _measured(self, column: Column) -> float:
        if column.kind in _TYPED:
            unit = self.unit
            code = unit.code if unit is not None and units.suits(unit, column) else None
            parsed = parse_column(self.cells, column, ReadingOf(unit=code, decisions=_ANSWERED))
            good = parsed.values.notna().to_numpy()
            if column.name in {LAT.name, LON.name}:
                good = good & [v is not None and abs(v) <= 180 and v != int(v) for v in parsed.values]
            # Days where months are wanted, or a rate above one, are still of the right sort.
            return float(good.mean())
        if column.known:
            return 1.0 - 0.5 * self._unknown(column)
        if is_code(column):
            return 1.0
        # A name or a note is rarely a bare number.
        return 0.3 if all(isinstance(read_number(cell), Number) for cell in self.cells) else 1.0

    def _unknown(self, column: Column) -> float:
        findings = parse_column(self.cells, column).findings
        return sum(f.code == "unknown_choice" for f in findings) / len(self.cells)

    @property
    def unit(self) -> Unit | None:
        """The unit that stands in the cells themselves, where all cells that have one have the same."""
        read = [read_either(cell) for cell in self.cells]
        found = {
            number.unit.code for number in read if isinstance(number, Number) and number.unit is not None
        }
        shown_units = [units.unit_named(cell.unit) for cell in self.cells if isinstance(cell, ShownNumber)]
        if shown_units and len(shown_units) == len(self.cells) and all(shown_units):
            # 45 shown as 45万元 is in 万元, not in yuan times ten thousand.
            found = {unit.code for unit in shown_units if unit is not None}
        return units.UNITS[found.pop()] if len(found) == 1 else None

    @property
    def says_units(self) -> bool:
        """Whether every cell with a number says its unit or its scale itself."""
        read = [number for cell in self.cells if isinstance(number := read_either(cell), Number)]
        return bool(read) and all(number.times is not None for number in read)

    @property
    def mixes_units(self) -> bool:
        """Whether some cells say their scale (1.25万元) and others are bare numbers."""
        read = [number for cell in self.cells if isinstance(number := read_either(cell), Number)]
        scaled = any(number.times is not None and number.times > 1 for number in read)
        return scaled and any(number.times is None and number.value for number in read)

    def known_as(self, known: Mapping[str, Collection[str]], table: str) -> float:
        """Return the share of the cells that are IDs of a table."""
        ids = known.get(table)
        if not ids or not self.cells:
            return 0.0
        return sum(text.strip() in ids for text in self.texts) / len(self.texts)
