"""Rows that one process writes into a file and another one maps: nothing is copied, every thread reads."""

from __future__ import annotations

import errno
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import ImportRefusedError
from core.i18n import _
from core.settings import Settings
from core.workspace import own_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE = "rows.arrows"
"""An Arrow stream: each of its batches may have dictionaries of its own, which an Arrow file can't hold."""
ROW = "_row"
"""The column of row numbers; the header is row 1."""
FLAGS = "_flags"
"""The column of what was noticed about a row, see ``staging.Flag``."""
GROUP_ROWS = 122_880
"""The engine stores so many rows together; batches of multiples of it are not written a second time."""
LEAST_FREE = 0.1
"""The share of the free disk that is left to others."""
_DIGITS_OF_EIGHT_BYTES = 18
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def handover_folder() -> Iterator[Path]:
    """Give a folder for the rows of other processes, for as long as a transaction reads them."""
    temp = own_folder(Settings.from_environment().temp)
    # What can't be deleted while it is mapped goes with the folder of this process.
    with TemporaryDirectory(dir=temp, prefix="rows-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def write_rows(folder: Path, batches: Iterable[pa.RecordBatch]) -> None:
    """Write rows in their order; there is at least one batch, if of no rows.

    Raises
    ------
    ImportRefusedError
        The disk has no room for them.
    """
    least = int(shutil.disk_usage(folder).free * LEAST_FREE)
    stream = None
    try:
        with pa.OSFile(str(folder / FILE), "wb") as file:
            for batch in map(_compact, batches):
                if shutil.disk_usage(folder).free - batch.nbytes < least:
                    raise _full()
                stream = stream or pa.ipc.new_stream(file, batch.schema)
                stream.write_batch(batch)
            if stream is not None:
                stream.close()
    except OSError as error:
        if error.errno in _FULL:
            raise _full() from error
        raise


def _compact(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the same rows in fewer bytes: amounts in eight, flags by runs, since hardly a row has any."""
    arrays = map(_compact_column, batch.schema.names, batch.columns)
    return pa.record_batch(list(arrays), batch.schema.names)


def _compact_column(name: str, values: pa.Array) -> pa.Array:
    if name == FLAGS:
        return pc.run_end_encode(values)
    kind = values.type
    if pa.types.is_decimal128(kind) and kind.precision <= _DIGITS_OF_EIGHT_BYTES:
        return values.cast(pa.decimal64(kind.precision, kind.scale))
    return values


def map_rows(folder: Path) -> pa.Table:
    """Return the rows that lie in a folder, numbered; they are read from there where they are used."""
    path = folder / FILE
    with pa.memory_map(str(path)) as file, pa.ipc.open_stream(file) as stream:
        rows = stream.read_all()
    # Lengths, offsets and types are looked at before anything follows them.
    rows.validate()
    with suppress(OSError):
        # What is mapped stays until it is let go.
        path.unlink()
    return rows.append_column(ROW, arrow_array(np.arange(2, rows.num_rows + 2)))


def arrow_array(numbers: npt.NDArray[np.number]) -> pa.Array:
    """Return numbers as Arrow, not copied.

    ``pyarrow.array`` and ``Array.to_numpy`` import pandas, half of what a reading process takes to begin.
    """
    return pa.Array.from_buffers(
        pa.from_numpy_dtype(numbers.dtype), len(numbers), [None, pa.py_buffer(numbers)]
    )


def numpy_array(numbers: pa.Array) -> npt.NDArray[Any]:
    """Return numbers, of which none is missing, as NumPy, not copied."""
    return np.from_dlpack(numbers)


def different_texts(rows: pa.Table) -> dict[str, pa.Table]:
    """Return the texts, as column ``v``, of each column that has them apart; some rows have each of them."""
    return {
        field.name: pa.table(
            {
                "v": pa.chunked_array(
                    [chunk.dictionary for chunk in rows.column(field.name).chunks], field.type.value_type
                )
            }
        )
        for field in rows.schema
        if pa.types.is_dictionary(field.type)
    }


def _full() -> ImportRefusedError:
    return ImportRefusedError(
        _("The disk for temporary files has no room for the rows of this file."),
        _("Free some space, or name another folder in SHENGENG_TEMP."),
    )
