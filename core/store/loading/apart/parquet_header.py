"""The column names of a Parquet file, read in the process that will read its rows."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
from pyarrow.lib import ArrowException

from core.errors import ImportRefusedError
from core.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

_TAIL = struct.Struct("<I4s")
"""The end of a Parquet file: the length of the description before it, and its mark."""
_MOST_FOOTER = 16 << 20


def parquet_header(path: Path) -> list[str]:
    """Return the column names of a Parquet file.

    Raises
    ------
    ImportRefusedError
        The file is no Parquet file, or its description is longer than a table of this program needs.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL.size))
        tail = file.read()
    size, mark = _TAIL.unpack(tail.ljust(_TAIL.size))
    if mark == b"PAR1" and size > _MOST_FOOTER:
        raise ImportRefusedError(
            _("The description of the columns in {file} has {size} bytes.", file=path.name, size=size),
            _(
                "At most {most} bytes are read. Write the table with fewer columns and row groups.",
                most=_MOST_FOOTER,
            ),
        )
    try:
        return [str(name) for name in pq.read_schema(path).names]
    except (ArrowException, OSError) as error:
        raise ImportRefusedError(
            _("The file {file} is no Parquet file.", file=path.name), str(error).splitlines()[0]
        ) from error
