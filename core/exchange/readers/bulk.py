"""A table of any size as codes: every different cell is held once, a row is one number per column."""

from __future__ import annotations

import codecs
import csv
import io
import shutil
import tempfile
import weakref
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import ImportRefusedError
from core.exchange.readers.cells import BLANKS, label_of, number_of
from core.exchange.readers.collector import no_collector
from core.exchange.readers.delimiting import refused
from core.exchange.readers.encodings import nul_byte, wrong_line
from core.i18n import _, format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from core.exchange.readers.grid import Cells, Numbers
    from core.exchange.readers.reading import Layout, SheetReading
    from core.exchange.readers.totals import Mask, Places, Values

_BLOCK, _ROWS = 1 << 20, 20_000
_LONGEST = 1 << 24
"""Characters of a line; more are no line of a table."""
MOST_CELLS = 12_000_000
"""So many different cells are held at most; about 150 bytes each."""
Codes = np.ndarray[Any, np.dtype[np.int32]]


class Coded:
    """The rows below a header as codes, kept in a temporary folder that goes with it.

    Parameters
    ----------
    names
        Name of every column.
    cells
        The different cells of every column by their code; code 0 is the empty cell.
    codes
        Code of every row, by column.
    numbers
        Rows of the file.
    above
        The rows above, as they stand in the file.
    over
        Rows of the file that hold more cells than the header has names.
    folder
        Where the codes are; removed with the object.
    """

    def __init__(
        self,
        names: Sequence[str],
        cells: list[list[str | None]],
        codes: list[Codes],
        numbers: Numbers,
        folder: Path,
    ) -> None:
        self.names = tuple(names)
        self.cells = cells
        self.codes = codes
        self.numbers = numbers
        self.folder = folder
        self.above: list[list[str]] = []
        self.over: frozenset[int] = frozenset()
        self._columns: dict[int, Values] = {}
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def __len__(self) -> int:
        return len(self.numbers)

    def texts(self, column: int) -> Sequence[str]:
        """Return the different texts of a column."""
        return self.cells[column][1:]  # type: ignore[return-value]

    def column(self, column: int) -> Values:
        """Return a column as numbers, not a number where it holds none."""
        if column not in self._columns:
            found = [number_of(cell) for cell in self.cells[column]]
            numbers = np.array([np.nan if number is None else number for number in found])
            self._columns[column] = numbers[self.codes[column]]
        return self._columns[column]

    def take(self, rows: Places) -> Cells:
        """Return the cells of some rows."""
        found = np.full((len(rows), len(self.names)), None, dtype=object)
        for column, codes in enumerate(self.codes):
            found[:, column] = [self.cells[column][code] for code in codes[rows]]
        return found

    def given(self, column: int) -> Mask:
        """Return which rows have a value in a column."""
        return np.asarray(self.codes[column] != 0)

    def holding(self, column: int, texts: Collection[str]) -> list[tuple[int, str]]:
        """Return the rows that hold one of some texts, in order, and the text."""
        rows = np.flatnonzero(self.marked(column, lambda cell: cell in texts))
        return [(int(row), str(self.cells[column][self.codes[column][row]])) for row in rows]

    def reading(self, column: int, label: str) -> Mask:
        """Return which rows read as a label in a column."""
        return self.marked(column, lambda cell: cell[:1] == label[:1] and label_of(cell) == label)

    def marked(self, column: int, test: Callable[[str], bool]) -> Mask:
        """Return which rows hold a text in a column that passes a test; each text is tested once."""
        passed = [code for code, cell in enumerate(self.cells[column]) if cell is not None and test(cell)]
        if not passed:
            return np.zeros(len(self), dtype=bool)
        flags = np.zeros(len(self.cells[column]), dtype=bool)
        flags[passed] = True
        return np.asarray(flags[self.codes[column]])

    def keep(self, rows: Mask) -> None:
        """Leave out all other rows."""
        self._columns.clear()
        if rows.all():
            return
        for at, codes in enumerate(self.codes):
            kept = codes[rows]
            codes[: len(kept)] = kept
            self.codes[at] = codes[: len(kept)]
        self.numbers = self.numbers[rows]


class _Codes(dict[str, int]):
    """Cell as it stands in the file -> its code; a new one gets the next."""

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.cells: list[str | None] = [None]

    def __missing__(self, text: str) -> int:
        cell = text.strip(BLANKS)
        if cell == text:
            code = len(self.cells)
            self.cells.append(text)
        else:
            code = self[cell]
        self[text] = code
        return code


def encode(sheet: SheetReading, folder: Path, step: Callable[[float], None] = lambda _done: None) -> Coded:
    """Read all rows of a large text file.

    Parameters
    ----------
    sheet
        What its sample told: header, columns, encoding, separator.
    folder
        Where a folder for the codes is made.
    step
        Called with the share that is done; whatever it raises stops the work.

    Raises
    ------
    ImportRefusedError
        A line isn't in the encoding of the sample, has a NUL byte or an open quote, or there are more than
        :data:`MOST_CELLS` different cells.
    """
    layout = sheet.layout
    if layout is None or layout.path is None:
        raise ValueError("Expected a text file on disk.")
    folder.mkdir(parents=True, exist_ok=True)
    own = Path(tempfile.mkdtemp(dir=folder, prefix="import-"))
    try:
        with no_collector():
            return _encoded(sheet, layout, own, step)
    except BaseException:
        shutil.rmtree(own, ignore_errors=True)
        raise


def _encoded(sheet: SheetReading, layout: Layout, folder: Path, step: Callable[[float], None]) -> Coded:
    rows = _records(layout, sheet.file, step)
    above = list(islice(rows, sheet.first_row - 1))
    known = [_Codes() for _name in sheet.positions]
    files = [(folder / f"{at}.codes").open("wb") for at in range(len(known))]
    over: set[int] = set()
    count = 0
    try:
        while chunk := list(islice(rows, _ROWS)):
            columns = list(zip_longest(*chunk, fillvalue=""))
            for at, column in enumerate(columns):
                if at not in sheet.positions and any(cell.strip(BLANKS) for cell in set(column)):
                    first = sheet.first_row + count
                    over |= {first + row for row, cell in enumerate(column) if cell.strip(BLANKS)}
            for codes, file, at in zip(known, files, sheet.positions, strict=True):
                cells = columns[at] if at < len(columns) else [""] * len(chunk)
                np.fromiter(map(codes.__getitem__, cells), np.int32, len(chunk)).tofile(file)
            count += len(chunk)
            if sum(map(len, known)) > MOST_CELLS:
                raise _too_many(sheet.file)
    finally:
        for file in files:
            file.close()
    numbers = np.arange(sheet.first_row, sheet.first_row + count, dtype=np.int64)
    arrays: list[Codes] = [
        np.memmap(file.name, dtype=np.int32, mode="r+") if count else np.zeros(0, dtype=np.int32)
        for file in files
    ]
    names = [str(name) for name in sheet.table.columns]
    coded = Coded(names, [codes.cells for codes in known], arrays, numbers, folder)
    coded.above, coded.over = above, frozenset(over)
    return coded


def _too_many(file: str) -> ImportRefusedError:
    return ImportRefusedError(
        _("The file {file} has more than {most} different cells.", file=file, most=format_number(MOST_CELLS)),
        _("Split it, by month for example, and import the parts one after the other."),
    )


def _records(layout: Layout, file: str, step: Callable[[float], None]) -> Iterator[list[str]]:
    """Return the rows of a text file, one after the other."""
    reader = csv.reader(
        _lines(layout, file, step),
        delimiter=layout.delimiter,
        quoting=csv.QUOTE_MINIMAL if layout.quoted else csv.QUOTE_NONE,
        strict=layout.quoted,
    )
    row = 0
    try:
        for row, cells in enumerate(reader, 1):  # noqa: B007 - which row is told when the next is wrong
            yield cells
    except csv.Error as error:
        raise refused(error, row + 1, file) from error


def _lines(layout: Layout, file: str, step: Callable[[float], None]) -> Iterator[str]:
    """Return the lines of a text file; memory doesn't grow with it."""
    assert layout.path is not None
    decoder = codecs.getincrementaldecoder(layout.encoding)("strict")
    size = layout.path.stat().st_size
    lines, carried = 0, ""
    with layout.path.open("rb") as source:
        source.seek(layout.mark)
        while True:
            block = source.read(_BLOCK)
            try:
                text = decoder.decode(block, final=False)
            except UnicodeDecodeError as error:
                line = lines + block[: error.start].count(b"\n") + 1
                raise wrong_line(line, file, layout.encoding) from error
            if "\x00" in text:
                line = lines + text[: text.index("\x00")].count("\n") + 1
                raise nul_byte(line, file)
            lines += text.count("\n")
            text = carried + text
            # What stands behind the last line end goes on in the next block.
            end = (text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1) if block else len(text)
            carried = text[end:]
            if len(carried) > _LONGEST:
                raise _endless(lines + 1, file)
            yield from io.StringIO(text[:end], newline="")
            if not block:
                return
            step(source.tell() / size)


def _endless(line: int, file: str) -> ImportRefusedError:
    return ImportRefusedError(
        _("Line {line} of {file} has more than {most} characters.", line=line, file=file, most=_LONGEST),
        _("It is no table. Export it again with one row per line."),
    )
