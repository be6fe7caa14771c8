"""A text file of any size as plain UTF-8 with a one-line header, for the bulk path of the store."""

from __future__ import annotations

import codecs
import csv
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from core.errors import ImportRefusedError
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.exchange.readers.reading import Layout

_CHUNK = 1 << 22


@contextmanager
def plain_text(
    layout: Layout, folder: Path, *, step: Callable[[float], None] = lambda _done: None
) -> Iterator[Path]:
    """Give the data of a text file as UTF-8 with a header of one line.

    A file that is so already is given as it is; of others a copy is made, and removed at the end.

    Parameters
    ----------
    layout
        What :func:`core.exchange.readers.detect_layout` found.
    folder
        Where the copy is made.
    step
        Called with the share that is done; whatever it raises stops the work.

    Raises
    ------
    ImportRefusedError
        A line isn't in the encoding of the layout.
    """
    path = layout.path
    if path is None:
        raise ValueError("Expected a layout of a file on disk.")
    if is_plain(layout):
        yield path
        return
    with TemporaryDirectory(dir=folder, prefix="import-") as name:
        target = Path(name) / "plain.csv"
        with path.open("rb") as source, target.open("wb") as output:
            _copy(layout, source, output, step)
        yield target


def is_plain(layout: Layout) -> bool:
    """Tell whether the file can be read as it is: UTF-8, header in row 1, data to the end."""
    path = layout.path
    return (
        path is not None
        and layout.encoding in ("utf-8", "utf-8-sig")
        and layout.quoted
        and layout.first_row == 2
        and layout.end >= path.stat().st_size
    )


def _copy(layout: Layout, source: BinaryIO, output: BinaryIO, step: Callable[[float], None]) -> None:
    writer = csv.writer(_Utf8(output), delimiter=layout.delimiter, lineterminator="\n")
    writer.writerow(layout.columns)
    name = "utf-8" if layout.encoding == "utf-8-sig" else layout.encoding
    decoder = codecs.getincrementaldecoder(name)("strict")
    source.seek(layout.start)
    left = total = layout.end - layout.start
    lines = 0
    while left:
        chunk = source.read(min(_CHUNK, left))
        if not chunk:
            break
        left -= len(chunk)
        if name != "utf-8":
            try:
                text = decoder.decode(chunk, final=not left)
            except UnicodeDecodeError as error:
                row = layout.first_row + lines + chunk[: error.start].count(b"\n")
                raise ImportRefusedError(
                    _(
                        "Line {line} of {file} is not encoded as {encoding}.",
                        line=row,
                        file=layout.path.name if layout.path else "",
                        encoding=name,
                    ),
                    _("Choose another encoding, or save the file as “CSV UTF-8”."),
                ) from error
            chunk = text.encode()
        lines += chunk.count(b"\n")
        output.write(chunk)
        step(1 - left / total)


class _Utf8:
    """Writes text to a binary stream."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output

    def write(self, text: str) -> None:
        self._output.write(text.encode())
