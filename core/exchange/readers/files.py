"""The two doors of the package: reading a file of any kind, and the layout of a large text file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.exchange.readers.limits import LIMITS, Limits

if TYPE_CHECKING:
    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.reading import Reading, SheetReading


def read_file(
    source: Path | str | bytes,
    name: str = "",
    *,
    options: ReadOptions | None = None,
    limits: Limits = LIMITS,
) -> Reading:
    """Read a workbook, a text file or an archive of them.

    Parameters
    ----------
    source
        A path, or the bytes of a file.
    name
        What the file is called; needed with bytes.
    options
        Answers of earlier questions.
    limits
        How much the file may hold.

    Raises
    ------
    ImportRefusedError
        The file is damaged, locked with a password, too large when unpacked, or of no known kind.
    """
    raise NotImplementedError


def detect_layout(
    path: Path | str, *, options: ReadOptions | None = None, limits: Limits = LIMITS
) -> SheetReading:
    """Look at the beginning and the end of a text file; memory doesn't grow with the file.

    Parameters
    ----------
    path, options, limits
        As for :func:`read_file`.

    Returns
    -------
    SheetReading
        Its ``layout`` tells the bulk path how to read all of the file; its ``table`` is a sample.
    """
    raise NotImplementedError
