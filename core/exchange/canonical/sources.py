"""Opening the files people bring: what each is, and where its header and columns are."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import ImportRefusedError, InputError, nearest
from core.exchange.canonical import boundaries, delimited, workbook
from core.exchange.canonical.headers import match, table_named
from core.i18n import _
from core.sandbox import prepare, read_apart
from core.store.loading.apart.parquet_header import parquet_header
from core.store.loading.apart.staging_apart import write_typed
from core.store.loading.problems import Problem
from core.store.loading.source_table import RawTable
from core.tables import TABLES, Table
from core.tables.boundary import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FORMATS = (".csv", ".tsv", ".txt", ".parquet", ".xlsx", ".xls", ".geojson", ".json")


@dataclass(frozen=True)
class Opened:
    """Files opened for an import.

    Parameters
    ----------
    raws
        One per table of a file that can be read.
    problems
        What is wrong with the files and their headers.
    paths
        What findings call a file -> where it is, for those on disk.
    """

    raws: tuple[RawTable, ...] = ()
    problems: tuple[Problem, ...] = ()
    paths: Mapping[str, Path] = field(default_factory=dict)


def open_files(paths: Sequence[Path | str], *, table: str | None = None) -> Opened:
    """Open files, and find the tables and columns in them.

    Parameters
    ----------
    paths
        CSV, Parquet, XLSX or GeoJSON files.
    table
        The table all of them are for; None to go by the names of files and sheets.

    Raises
    ------
    InputError
        ``table`` is unknown.
    """
    chosen = None if table is None else _chosen(table)
    _prepare(paths)
    raws: list[RawTable] = []
    problems: list[Problem] = []
    by_name: dict[str, Path] = {}
    for path in map(Path, paths):
        try:
            found, wrong = _open(path, chosen)
        except ImportRefusedError as error:
            found, wrong = [], [_refused(path, error)]
        raws.extend(found)
        problems.extend(wrong)
        by_name.update({raw.file: path for raw in found})
    return Opened(tuple(raws), tuple(problems), by_name)


def _prepare(paths: Sequence[Path | str]) -> None:
    """Have the process that reads the files begin while the first of them is looked at here."""
    suffixes = {Path(path).suffix.lower() for path in paths}
    readers: dict[str, Callable[..., Any]] = {".parquet": parquet_header, ".xlsx": workbook.sheets}
    prepare(*(readers[suffix] for suffix in sorted(suffixes & set(readers))), write_typed)


def open_tables(tables: Mapping[str, Any], *, file: str = "") -> Opened:
    """Take tables in memory, pyarrow or pandas, by the name of their table in the store."""
    import pyarrow as pa

    raws: list[RawTable] = []
    problems: list[Problem] = []
    for name, data in tables.items():
        arrow = data if isinstance(data, pa.Table) else pa.Table.from_pandas(data, preserve_index=False)
        table = BOUNDARY if name == BOUNDARY.name else _chosen(name)
        columns, unique, wrong = match(arrow.column_names, table, file or name)
        problems.extend(wrong)
        if _usable(table, columns):
            raws.append(RawTable(table, file or name, columns, data=arrow.rename_columns(list(unique))))
    return Opened(tuple(raws), tuple(problems))


def _chosen(name: str) -> Table:
    table = table_named(name)
    if table is None:
        names = [known.name for known in TABLES]
        raise InputError(
            _("There is no table “{name}”.", name=name),
            _(
                "Tables: {tables}; nearest: {nearest}.",
                tables=", ".join(names),
                nearest=nearest(name, names) or "–",
            ),
        )
    return table


def _usable(table: Table, columns: Mapping[str, str]) -> bool:
    return all(name in columns for name in table.key if table.column(name).required)


def _refused(path: Path, error: ImportRefusedError) -> Problem:
    context = {"message": error.message, "hint": error.hint}
    return Problem("unreadable_file", path.name, "", context=context)


def _open(path: Path, chosen: Table | None) -> tuple[list[RawTable], list[Problem]]:
    if not path.is_file():
        raise ImportRefusedError(_("There is no file {path}.", path=path), _("Check the path."))
    if path.stat().st_size == 0:
        raise ImportRefusedError(
            _("The file {file} is empty.", file=path.name), _("A header is the least a file needs.")
        )
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise ImportRefusedError(
            _("The file {file} has an unknown ending.", file=path.name),
            _("Known are {formats}.", formats=", ".join(FORMATS)),
        )
    if suffix in {".geojson", ".json"}:
        return boundaries.read(path)
    if suffix in {".xlsx", ".xls"}:
        return _open_workbook(path, chosen)
    table = chosen or table_named(path.stem)
    if table is None:
        return [], [_no_table(path.name, path.stem)]
    return _open_flat(path, table, suffix)


def _open_flat(path: Path, table: Table, suffix: str) -> tuple[list[RawTable], list[Problem]]:
    if suffix == ".parquet":
        names = delimited.refuse_wide(read_apart(path.name, parquet_header, path.absolute()), path)
        delimiter = None
    else:
        names, delimiter = delimited.header(path)
    columns, unique, problems = match(names, table, path.name)
    if not _usable(table, columns):
        return [], problems
    if delimiter is None:
        return [RawTable(table, path.name, columns, path=path)], problems
    return [RawTable(table, path.name, columns, path=path, header=unique, delimiter=delimiter)], problems


def _open_workbook(path: Path, chosen: Table | None) -> tuple[list[RawTable], list[Problem]]:
    raws: list[RawTable] = []
    problems: list[Problem] = []
    for sheet in read_apart(path.name, workbook.sheets, path.absolute()):
        label = f"{path.name} [{sheet.title}]"
        table = chosen or table_named(sheet.title) or (table_named(path.stem) if sheet.only else None)
        if not sheet.names:
            continue
        if table is None:
            problems.append(_no_table(label, sheet.title))
            continue
        columns, unique, wrong = match(sheet.names, table, label)
        problems.extend(wrong)
        if not _usable(table, columns):
            continue
        data, skipped = workbook.to_arrow(sheet, unique, table, columns)
        if skipped:
            problems.append(Problem("example_row", label, table.name, rows=(skipped,)))
        raws.append(RawTable(table, label, columns, data=data, row_column=workbook.ROW))
    if not raws and not problems:
        raise ImportRefusedError(
            _("The file {file} is empty.", file=path.name), _("A header is the least a file needs.")
        )
    return raws, problems


def _no_table(file: str, name: str) -> Problem:
    names = [text for table in TABLES for text in (table.name, _(table.label))]
    return Problem(
        "no_table",
        file,
        "",
        value=name,
        context={"nearest": nearest(name, names), "tables": tuple(table.name for table in TABLES)},
    )
