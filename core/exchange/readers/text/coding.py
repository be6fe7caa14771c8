"""All rows of a large text file as codes, read piece by piece."""

from __future__ import annotations

import io
import shutil
import tempfile
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from core.errors import ImportRefusedError
from core.exchange.readers.collector import no_collector
from core.exchange.readers.sheet.cells import BLANKS
from core.exchange.readers.text.bulk import Coded
from core.exchange.readers.text.pieces import is_unquoted, pieces, rows_of, table_of
from core.i18n import _, format_number
from core.sandbox import Task, report
from core.visible_text import has_hidden, without_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from core.exchange.readers.reading import SheetReading
    from core.exchange.readers.text.bulk import Codes

MOST_CELLS = 12_000_000
"""So many different cells are held at most; about 150 bytes each."""
MOST_LETTERS = 1 << 29
"""So many letters the different cells have together at most; one or two bytes each."""
_ROWS, _HELD = 20_000, 2_000_000
_CELLS = pa.schema([("cell", pa.string())])


def encode(sheet: SheetReading, folder: Path, step: Callable[[float], None] = lambda _done: None) -> Coded:
    """Read all rows of a large text file in another process.

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
        task = replace(Task.over(layout.path, sheet.file), progress=step)
        return _coded(sheet, own, task.read(write_codes, sheet, own, Most(MOST_CELLS, MOST_LETTERS)))
    except BaseException:
        shutil.rmtree(own, ignore_errors=True)
        raise


@dataclass(frozen=True)
class Most:
    """How many different cells are held, and letters of these."""

    cells: int
    letters: int


@dataclass(frozen=True)
class Encoded:
    """What stands beside the codes.

    Parameters
    ----------
    count
        How many rows there are.
    above
        The rows above the table.
    over
        Rows that are too long.
    hidden
        Different cells that held characters that nobody sees.
    """

    count: int
    above: list[list[str]]
    over: frozenset[int]
    hidden: int


def write_codes(sheet: SheetReading, folder: Path, most: Most) -> Encoded:
    """Write the codes of all rows, and the different cells of every column, into a folder."""
    layout = sheet.layout
    assert layout is not None
    encoder = _Encoder(sheet, folder, most)
    try:
        with no_collector():
            texts = pieces(layout, sheet.file, report)
            if is_unquoted(layout):
                encoder.add_texts(texts)
            else:
                encoder.add_rows(rows_of(texts, layout, sheet.file))
    finally:
        encoder.close()
    return encoder.done()


def _coded(sheet: SheetReading, folder: Path, encoded: Encoded) -> Coded:
    """Return the rows whose codes lie in a folder."""
    arrays: list[Codes] = [
        np.memmap(folder / f"{at}.codes", dtype=np.int32, mode="r+")
        if encoded.count
        else np.zeros(0, dtype=np.int32)
        for at in range(len(sheet.positions))
    ]
    with no_collector():
        cells = [_read_cells(folder / f"{at}.cells") for at in range(len(sheet.positions))]
    first = sheet.first_row
    numbers = np.arange(first, first + encoded.count, dtype=np.int64)
    coded = Coded([str(name) for name in sheet.table.columns], cells, arrays, numbers, folder)
    coded.above, coded.over, coded.hidden = encoded.above, encoded.over, encoded.hidden
    return coded


def _write_cells(path: Path, cells: Sequence[str | None]) -> None:
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, _CELLS) as writer:
        for at in range(0, len(cells), _HELD):
            writer.write_batch(pa.record_batch([pa.array(cells[at : at + _HELD], pa.string())], _CELLS))


def _read_cells(path: Path) -> list[str | None]:
    with pa.memory_map(str(path)) as file, pa.ipc.open_file(file) as reader:
        cells: list[str | None] = []
        for at in range(reader.num_record_batches):
            cells += reader.get_batch(at).column(0).to_pylist()
    path.unlink()
    return cells


class _Codes(dict[str, int]):
    """Cell as it stands in the file -> its code; a new one gets the next."""

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.cells: list[str | None] = [None]
        self.letters = 0
        self.hidden = 0

    def __missing__(self, text: str) -> int:
        cell = text.strip(BLANKS)
        if has_hidden(cell):
            cell = without_hidden(cell)
            self.hidden += 1
        if cell == text:
            code = len(self.cells)
            self.cells.append(text)
            self.letters += len(text)
        else:
            code = self[cell]
        self[text] = code
        return code


class _Encoder:
    """Takes rows and writes their codes, a file per column.

    Parameters
    ----------
    sheet
        What the sample told.
    folder
        Where the files are made.
    most
        With more the file is refused.
    """

    def __init__(self, sheet: SheetReading, folder: Path, most: Most) -> None:
        assert sheet.layout is not None
        self._most = most
        self._sheet, self._layout, self._folder = sheet, sheet.layout, folder
        self._known = [_Codes() for _name in sheet.positions]
        self._files = [(folder / f"{at}.codes").open("wb") for at in range(len(self._known))]
        self._width = max(sheet.positions) + 1
        self._above: list[list[str]] = []
        self._over: set[int] = set()
        self._count = 0

    def add_texts(self, texts: Iterable[str]) -> None:
        """Add pieces of a file without quotes: a line is a row."""
        lacking = self._sheet.first_row - 1
        for piece in texts:
            lines = io.StringIO(piece, newline="")
            while lacking and (line := lines.readline()):
                self._above += rows_of([line], self._layout, self._sheet.file)
                lacking -= 1
            text = lines.read()
            table = table_of(text, self._layout.delimiter) if text else None
            if table is not None:
                self._add_table(table)
            elif text:
                start = self._sheet.first_row + self._count
                self._add(list(rows_of([text], self._layout, self._sheet.file, start)))

    def add_rows(self, rows: Iterable[list[str]]) -> None:
        """Add the rows of a file, one by one."""
        chunk: list[list[str]] = []
        held = 0
        for row in rows:
            if len(self._above) < self._sheet.first_row - 1:
                self._above.append(row)
                continue
            chunk.append(row)
            held += len(row)
            if len(chunk) == _ROWS or held > _HELD:
                self._add(chunk)
                chunk, held = [], 0
        if chunk:
            self._add(chunk)

    def _add(self, rows: Sequence[Sequence[str]]) -> None:
        # One row of a million cells mustn't give as many to all others.
        long = [at for at, row in enumerate(rows) if len(row) > self._width]
        self._is_over(at for at in long if any(cell.strip(BLANKS) for cell in rows[at][self._width :]))
        short = [row[: self._width] for row in rows] if long else rows
        columns = list(zip_longest(*short, fillvalue=""))
        for at, column in enumerate(columns):
            if at not in self._sheet.positions and any(cell.strip(BLANKS) for cell in set(column)):
                self._is_over([row for row, cell in enumerate(column) if cell.strip(BLANKS)])
        for codes, file, at in zip(self._known, self._files, self._sheet.positions, strict=True):
            cells = columns[at] if at < len(columns) else [""] * len(rows)
            np.fromiter(map(codes.__getitem__, cells), np.int32, len(rows)).tofile(file)
        self._counted(len(rows))

    def _add_table(self, table: pa.Table) -> None:
        columns = [column.combine_chunks() for column in table.columns]
        for at, column in enumerate(columns):
            if at not in self._sheet.positions:
                held = [code for code, cell in enumerate(column.dictionary.to_pylist()) if cell.strip(BLANKS)]
                self._is_over(np.flatnonzero(np.isin(column.indices.to_numpy(), held)).tolist())
        for codes, file, at in zip(self._known, self._files, self._sheet.positions, strict=True):
            if at >= len(columns):
                np.zeros(table.num_rows, dtype=np.int32).tofile(file)
                continue
            own = np.array([codes[cell] for cell in columns[at].dictionary.to_pylist()], dtype=np.int32)
            own[columns[at].indices.to_numpy()].tofile(file)
        self._counted(table.num_rows)

    def _is_over(self, rows: Iterable[int]) -> None:
        self._over |= {self._sheet.first_row + self._count + row for row in rows}

    def _counted(self, rows: int) -> None:
        self._count += rows
        if sum(map(len, self._known)) > self._most.cells:
            raise self._too_much(
                _(
                    "The file {file} has more than {most} different cells.",
                    file=self._sheet.file,
                    most=format_number(self._most.cells),
                )
            )
        if sum(codes.letters for codes in self._known) > self._most.letters:
            raise self._too_much(
                _(
                    "The different cells of {file} have more than {most} characters together.",
                    file=self._sheet.file,
                    most=format_number(self._most.letters),
                )
            )

    def _too_much(self, message: str) -> ImportRefusedError:
        return ImportRefusedError(
            message, _("Split it, by month for example, and import the parts one after the other.")
        )

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()

    def done(self) -> Encoded:
        """Write the different cells; return what stands beside them."""
        for at, codes in enumerate(self._known):
            _write_cells(self._folder / f"{at}.cells", codes.cells)
        hidden = sum(codes.hidden for codes in self._known)
        return Encoded(self._count, self._above, frozenset(self._over), hidden)
