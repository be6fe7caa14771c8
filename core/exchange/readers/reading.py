"""What reading a file gives: clean rectangular tables of cells, and everything that was left out of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import shapely

    from core.exchange.readers.questions import Note, Question

SEPARATOR = " / "
"""Stands between the levels of a flattened header, from the top: “2024年 / 1月 / 销售额”."""


@dataclass(frozen=True)
class Comparison:
    """A total beside the sum of the rows it stands for.

    Parameters
    ----------
    column
        Name of the column.
    total
        What the file says.
    details
        The sum of the rows; missing cells add nothing.
    """

    column: str
    total: float
    details: float

    @property
    def difference(self) -> float:
        """How much the total is above the details."""
        return self.total - self.details

    @property
    def agrees(self) -> bool:
        """Whether both are equal but for a hundredth, and the noise of binary numbers."""
        return abs(self.difference) <= 0.01 + 1e-9 * abs(self.details)


@dataclass(frozen=True)
class SetAside:
    """A total that was taken out of the table.

    Parameters
    ----------
    row
        Its row in the file; 0 for a column.
    label
        What it is called there.
    scope
        What it sums: ``all`` rows, the ``block`` of rows before it, the rows ``after`` it, the
        ``group`` of rows that its label names, or the ``row`` for a column.
    comparisons
        One per column that can be added up. Of a total column: one for all its rows together.
    """

    row: int
    label: str
    scope: str
    comparisons: tuple[Comparison, ...] = ()

    @property
    def agrees(self) -> bool | None:
        """Whether all its sums agree with the details; None when there was nothing to compare."""
        return all(each.agrees for each in self.comparisons) if self.comparisons else None

    @property
    def proven(self) -> bool:
        """Whether its sums agree with the details and not all of them are zero, which proves nothing."""
        return bool(self.agrees) and any(each.total for each in self.comparisons)


@dataclass(frozen=True)
class Layout:
    """How a text file is written: all that is needed to read it from the beginning.

    Parameters
    ----------
    path
        The file; None when it is not on disk.
    encoding
        As Python names it.
    mark
        Bytes of the byte order mark.
    delimiter
        One character.
    quoted
        Whether double quotes enclose values.
    """

    path: Path | None
    encoding: str
    mark: int
    delimiter: str
    quoted: bool


@dataclass(frozen=True)
class SheetReading:
    """One table of a file.

    Parameters
    ----------
    file
        The file it is in, for an archive the path inside it.
    name
        Name of the sheet; of a text file its stem. A second table of a sheet has “ (2)” behind it.
    kind
        ``table``, ``empty``, ``cover`` (text, no table) or ``hidden`` (a table that was left out).
    table
        Cells as Python values in columns of type object: str, float, bool, date, datetime, time,
        timedelta, None where empty. Texts have no blanks around them. Names are unique.
    row_numbers
        Row of the file each row came from, from 1.
    header_rows
        Numbers of the rows of the header in the file; empty when there is none.
    title_lines
        Texts above the header.
    inherited
        Texts above the first table of the sheet that hold for this one too.
    around
        Names of the archive and the folders that the file lies in.
    unit_hint
        Unit named above the table (“万元”), empty when there is none.
    set_aside
        Totals taken out.
    footnotes
        Texts below the table.
    hidden_rows, hidden_columns
        Rows of the file and names of columns that the workbook hides.
    blank_rows
        Empty rows inside and below the table that were left out.
    likeness
        How much it looks like a table, 0 to 1.
    complete
        False when ``table`` holds only the beginning and the end of a large text file, or the rows of it
        that something was found about; the totals of a sample are not known.
    rows
        How many rows the whole table of a large text file has, once all of it was read.
    layout
        Of a text file.
    first_row
        The row of the file below the header, from 1.
    positions
        Where each column of ``table`` stands in the file, from 0; empty where columns became rows.
    over
        Rows of a text file that hold more cells than the header: what is behind a separator too many.
    formats_read
        False where the number formats of a workbook couldn't be read: how its figures are shown is unknown.
    outlines
        Of a file of boundaries: the polygons of every row in the coordinates of the file, None for none.
    system
        The coordinate system that such a file declares itself; empty where it declares none.
    questions, notes
        What is asked, and what was noticed.
    """

    file: str
    name: str
    kind: str
    table: pd.DataFrame
    row_numbers: np.ndarray[Any, np.dtype[np.int64]]
    header_rows: tuple[int, ...] = ()
    title_lines: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    unit_hint: str = ""
    set_aside: tuple[SetAside, ...] = ()
    footnotes: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    blank_rows: int = 0
    likeness: float = 0.0
    complete: bool = True
    rows: int | None = None
    layout: Layout | None = None
    first_row: int = 1
    positions: tuple[int, ...] = ()
    over: frozenset[int] = frozenset()
    formats_read: bool = True
    outlines: tuple[shapely.Geometry | None, ...] | None = None
    system: str = ""
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether there are rows to import."""
        return self.kind == "table"

    @property
    def has_semicolons(self) -> bool:
        """Whether it comes from a text file whose columns are parted by semicolons."""
        return self.layout is not None and self.layout.delimiter == ";"

    @property
    def count(self) -> int | None:
        """How many rows there are; None while only a sample of them was read."""
        return len(self.table) if self.complete else self.rows


@dataclass(frozen=True)
class Reading:
    """What is in a file.

    Parameters
    ----------
    name
        Name of the file.
    sheets
        Its tables in the order of the file; of an archive those of all files in it.
    notes
        What was noticed about the file as a whole.
    """

    name: str
    sheets: tuple[SheetReading, ...]
    notes: tuple[Note, ...] = ()

    @property
    def tables(self) -> tuple[SheetReading, ...]:
        """The sheets that hold a table, the likeliest first."""
        found = [sheet for sheet in self.sheets if sheet.is_table]
        return tuple(sorted(found, key=lambda sheet: -sheet.likeness))

    @property
    def questions(self) -> tuple[Question, ...]:
        """All open questions."""
        return tuple(question for sheet in self.sheets for question in sheet.questions)
