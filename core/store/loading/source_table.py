"""A table of a file as the store is asked to read it: where it is, and which column is which."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.store.sql_text import literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

    from core.tables import Table


# DuckDB takes these in a path for patterns; in brackets they stand for themselves.
_GLOB = re.compile(r"([*?\[])")


class Mode(StrEnum):
    """What happens to rows whose key is in the store already, and to rows that are not in the file."""

    UPSERT = "upsert"
    REPLACE = "replace"
    APPEND = "append"


@dataclass(frozen=True)
class RawTable:
    """One table as it came: a CSV or Parquet file, or data in memory.

    Parameters
    ----------
    file
        What findings call it: the file's name, with the sheet's name behind it.
    columns
        Column of the store -> column of the file. Columns of the file that are not named are ignored.
    path
        The file, for CSV (``delimiter`` and ``header`` are set) and Parquet; None for ``data``.
    data
        A pyarrow table; used for sheets of a workbook and for tables made by the program.
    header
        All column names of a CSV file in order, made unique.
    delimiter
        The separator of a CSV file; None for Parquet.
    clean
        Whether no value is empty but for blanks or has one at its edge: then nothing is trimmed.
    visible
        Whether no text holds a character that nobody sees.
    own
        Whether this program wrote the file; others are read in another process.
    row_column
        The column of ``data`` that holds row numbers; without it the first data row is row 2.
    """

    table: Table
    file: str
    columns: Mapping[str, str]
    path: Path | None = None
    data: Any = None
    header: tuple[str, ...] = field(default=())
    delimiter: str | None = None
    clean: bool = False
    visible: bool = False
    own: bool = False
    row_column: str | None = None

    def relation(self, cursor: duckdb.DuckDBPyConnection, number: int) -> str:
        """Return the FROM clause that reads it, every value as it stands in the file.

        Parameters
        ----------
        number
            Tells several files of one import apart. Lines of a CSV file that can't be read are listed
            in the temporary table ``rejects_<number>``.
        """
        if self.path is None:
            cursor.register(f"raw_{number}", self.data)
            return f"raw_{number}"
        path = literal(_GLOB.sub(r"[\1]", str(self.path)))
        if self.delimiter is None:
            return f"read_parquet({path}, binary_as_string = true)"
        columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in self.header)
        return (
            f"read_csv({path}, columns = {{{columns}}}, auto_detect = false, header = true,"
            f" delim = {literal(self.delimiter)}, quote = '\"', escape = '\"',"
            f" rejects_table = 'rejects_{number}', rejects_scan = 'scans_{number}')"
        )
