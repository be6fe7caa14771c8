"""What a version is made from: the files of the sales lines and of the tables, with their hashes."""

from __future__ import annotations

import datetime as dt
import glob
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.errors import InputError, nearest
from core.i18n import _
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FACTS = "terminal_sales"
REQUIRED = ("region", "company", "terminal")
TABLES = frozenset({*BY_NAME, "setting"} - {FACTS})
"""Tables that a version can hold."""
_NEEDED = ("month", "terminal_id", "company_id", "amount")


@dataclass(frozen=True)
class InputFile:
    """A file that was read.

    Parameters
    ----------
    months
        First days of the months of its lines, ascending; empty for a table.
    """

    path: str
    size: int
    sha256: str
    rows: int
    months: tuple[dt.date, ...] = ()


def fact_files(pattern: str) -> tuple[InputFile, ...]:
    """Find the Parquet files of the sales lines.

    Parameters
    ----------
    pattern
        A path with ``*`` or ``**`` where wanted.

    Raises
    ------
    InputError
        There are none; one is no Parquet or lacks a column; a month is no first day; two are the same file.
    """
    paths = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - the pattern may be absolute
    if not paths:
        raise InputError(
            _("No file of sales lines fits {pattern}.", pattern=pattern),
            _("Name Parquet files, in quotes: --facts 'FOLDER/*.parquet'."),
        )
    with ThreadPoolExecutor() as pool:
        files = tuple(pool.map(_fact_file, paths))
    by_hash: dict[str, str] = {}
    for file in files:
        other = by_hash.setdefault(file.sha256, file.path)
        if other != file.path:
            raise InputError(
                _("{path} is the same as {other}: its lines would count twice.", path=file.path, other=other),
                _("Remove one of the two."),
            )
    return files


def table_files(folder: Path) -> dict[str, InputFile]:
    """Find the tables that the lines refer to, and what else pages show: ``NAME.parquet`` each.

    Raises
    ------
    InputError
        One that is needed is not there, or one is no Parquet.
    """
    found = {path.stem: path for path in sorted(folder.glob("*.parquet"))}
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        close = nearest(missing[0], found)
        raise InputError(
            _("{folder} has no {name}.parquet.", folder=folder, name=missing[0]),
            _("Is it {name}.parquet?", name=close)
            if close
            else _("Make the folder with “python -m core backup --archive”, or write a file per table."),
        )
    return {name: _file(path) for name, path in found.items() if name in TABLES}


def sha256_of(*parts: object) -> str:
    """Return the hash of some values as text."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def files_of(files: Iterable[InputFile], months: Iterable[dt.date]) -> list[str]:
    """Return the paths of the files that hold lines of some months."""
    wanted = set(months)
    return [file.path for file in files if wanted & set(file.months)]


def _file(path: Path, months: tuple[dt.date, ...] = ()) -> InputFile:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        rows = pq.read_metadata(path).num_rows
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(
            _("{path} can't be read as Parquet.", path=path), str(error).splitlines()[0]
        ) from error
    return InputFile(str(path), path.stat().st_size, digest, rows, months)


def _fact_file(name: str) -> InputFile:
    from pathlib import Path

    path = Path(name)
    file = _file(path)
    schema = pq.read_schema(path)
    missing = [column for column in _NEEDED if column not in schema.names]
    if missing:
        close = nearest(missing[0], schema.names)
        raise InputError(
            _("{path} has no column {column}.", path=path, column=missing[0]),
            _("Is it {name}?", name=close)
            if close
            else _("Columns: {names}.", names=", ".join(schema.names)),
        )
    return InputFile(file.path, file.size, file.sha256, file.rows, _months(path))


def _months(path: Path) -> tuple[dt.date, ...]:
    """Return the months of a file, by the limits of its row groups where these are one month each."""
    found: set[dt.date] = set()
    with pq.ParquetFile(path) as file:
        at = file.schema_arrow.names.index("month")
        for group in range(file.num_row_groups):
            limits = file.metadata.row_group(group).column(at).statistics
            if (
                limits is not None
                and limits.has_min_max
                and limits.min == limits.max
                and not limits.null_count
            ):
                found.add(_date(limits.min, path))
                continue
            for value in pc.unique(file.read_row_group(group, columns=["month"])["month"]).to_pylist():
                found.add(_date(value, path))
    return tuple(sorted(found))


def _date(value: object, path: Path) -> dt.date:
    day = value
    if isinstance(day, str):
        try:
            day = dt.date.fromisoformat(day)
        except ValueError:
            day = None
    if isinstance(day, dt.datetime):
        day = day.date()
    if not isinstance(day, dt.date) or day.day != 1:
        raise InputError(
            _("{path} has a line whose month is “{value}”.", path=path, value="" if value is None else value),
            _("A month is a date, its first day: 2026-01-01."),
        )
    return day
