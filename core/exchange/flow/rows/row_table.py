"""The rows of a sheet on their way to the store, held as cells or written to a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from core.exchange.flow.rows.canonical import text_of
from core.exchange.flow.rows.order_lines import CODE, SUM, added_up, groups_of, groups_to_add
from core.store.loading.source_table import RawTable
from core.tables import BY_NAME

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import pandas as pd

    from core.exchange.flow.sheets.sheet_flow import SheetFlow
    from core.exchange.readers.text.bulk import Coded

POSITION, NUMBER = "_position", "_row"
"""What numbers rows: their position in the sheet, or their row in the file."""


class Groups(Protocol):
    """Rows by their key."""

    def alike(self, rows: frozenset[int]) -> frozenset[int]:
        """Return rows with all others of their keys."""


class Rows(Protocol):
    """The rows of a sheet as the store wants them."""

    def __len__(self) -> int: ...

    def number(self, position: int) -> int:
        """Return the row of the file of a position."""

    def with_their_like(self, positions: Iterable[int]) -> frozenset[int]:
        """Return rows with all others they are added up with."""

    def raw(self, name: str, bad: Iterable[int], numbered: str) -> RawTable:
        """Return the good rows for the door of the store.

        Parameters
        ----------
        name
            What findings call them.
        bad
            Positions of the rows that stay out.
        numbered
            What numbers them, :data:`POSITION` or :data:`NUMBER`.
        """


@dataclass(frozen=True)
class HeldRows:
    """The rows of a sheet that is held whole."""

    sheet: SheetFlow

    def __len__(self) -> int:
        return len(self.sheet.reading.table)

    @property
    def summed(self) -> bool:
        """Whether rows of one key are added up."""
        mapping = self.sheet.mapping
        return mapping is not None and mapping.decisions.get(CODE) == SUM

    def number(self, position: int) -> int:
        """Return the row of the file of a position."""
        return self.sheet.row_numbers[position]

    def with_their_like(self, positions: Iterable[int]) -> frozenset[int]:
        """Return rows with all others they are added up with: no sum is loaded without one of its rows."""
        wanted, values = set(positions), self.sheet.values
        if not wanted or not self.summed or values is None:
            return frozenset(wanted)
        groups = groups_of(values, self.sheet.table or "", self.sheet.left_out)
        return frozenset(wanted.union(*(rows for rows in groups.values() if wanted & set(rows))))

    def raw(self, name: str, bad: Iterable[int], numbered: str) -> RawTable:
        """Return the good rows for the door of the store, see :meth:`Rows.raw`."""
        values, out = self.sheet.values, {*bad, *self.sheet.left_out}
        assert values is not None
        numbers: Sequence[int] = self.sheet.row_numbers if numbered == NUMBER else range(len(self))
        kept = [at for at in range(len(values)) if at not in out]
        rows = values.iloc[kept]
        if self.summed:
            rows, kept = added_up(values, groups_to_add(values, self.sheet.table or "", out))
        data = {str(c): _column(rows[c]) for c in rows}
        data[numbered] = pa.array([numbers[at] for at in kept], pa.int64())
        columns = {str(column): str(column) for column in values}
        table = BY_NAME[self.sheet.table or ""]
        return RawTable(table, name, columns, data=pa.table(data), visible=True, row_column=numbered)


def _column(values: pd.Series) -> pa.Array:
    """Return values as texts; shapes stay bytes."""
    cells = values.tolist()
    kinds = set(map(type, cells))
    if bytes in kinds:
        return pa.array(cells, pa.binary())
    if kinds <= {str, type(None)}:
        return pa.array(cells, pa.string())
    return pa.array([text_of(value) for value in cells], pa.string())


@dataclass(frozen=True)
class WrittenRows:
    """The rows of a large sheet.

    Parameters
    ----------
    coded
        The rows as they stand in the file; the folder they lie in goes with them.
    path
        All rows as Parquet, with both their numbers.
    table, columns
        The table of the store, and its columns.
    listed
        Positions of the rows that something was found about, where the bad ones are told by their place
        among these.
    groups
        The rows by their key, where those of one key are added up.
    """

    coded: Coded
    path: Path
    table: str
    columns: tuple[str, ...]
    listed: np.ndarray[Any, np.dtype[np.intp]] | None = field(default=None, compare=False)
    groups: Groups | None = field(default=None, compare=False)

    def __len__(self) -> int:
        return len(self.coded)

    def number(self, position: int) -> int:
        """Return the row of the file of a position."""
        return int(self.coded.numbers[position])

    def with_their_like(self, positions: Iterable[int]) -> frozenset[int]:
        """Return rows with all others they are added up with."""
        rows = frozenset(positions)
        return rows if self.groups is None or not rows else self.groups.alike(rows)

    def raw(self, name: str, bad: Iterable[int], numbered: str) -> RawTable:
        """Return the good rows for the door of the store, see :meth:`Rows.raw`."""
        columns = {column: column for column in self.columns}
        out = [at if self.listed is None else int(self.listed[at]) for at in bad]
        if not out:
            return RawTable(
                BY_NAME[self.table],
                name,
                columns,
                path=self.path,
                own=True,
                visible=True,
                row_column=numbered,
            )
        good = ds.dataset(self.path).filter(~pc.field(POSITION).isin(sorted(out)))
        return RawTable(BY_NAME[self.table], name, columns, data=good, visible=True, row_column=numbered)
