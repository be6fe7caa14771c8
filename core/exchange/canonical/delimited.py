"""Headers of CSV files; their rows are read by the store."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange.readers.limits import LIMITS
from core.i18n import _
from core.store.loading.apart.text_signs import DELIMITERS

if TYPE_CHECKING:
    from pathlib import Path

_HEADER_BYTES = 1 << 16


def header(path: Path) -> tuple[list[str], str]:
    """Return the column names of a CSV file and its separator.

    Raises
    ------
    ImportRefusedError
        The file is no UTF-8 text.
    """
    with path.open("rb") as file:
        start = file.read(_HEADER_BYTES)
    if start.startswith(b"PK\x03\x04") or b"\x00" in start:
        raise ImportRefusedError(
            _("The file {file} is no text.", file=path.name),
            _("Its ending says CSV. Save it as “CSV UTF-8”, or give it the ending it should have."),
        )
    first_line = start.split(b"\n", 1)[0]
    try:
        text = first_line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError(*encoding_refusal(path)) from error
    if text.count('"') % 2:
        # A line break inside the quotes of a column name.
        text = start.decode("utf-8-sig", errors="replace")
    if not text.strip():
        raise ImportRefusedError(
            _("The first line of {file} is empty.", file=path.name), _("It has to hold the column names.")
        )
    first = text.splitlines()[0]
    delimiter = max(DELIMITERS, key=first.count)
    names = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    return refuse_wide([name.strip() for name in names], path), delimiter


def encoding_refusal(path: Path) -> tuple[str, str]:
    """Return message and hint for a file that is no UTF-8."""
    message = _("The file {file} is not encoded as UTF-8.", file=path.name)
    try:
        with path.open(encoding="gb18030") as file:
            file.read(_HEADER_BYTES)
    except UnicodeDecodeError:
        return message, _("Save it as “CSV UTF-8” and import it again.")
    return message, _("It looks like GBK. In Excel choose “Save as… CSV UTF-8”, then import it again.")


def refuse_wide(names: list[str], path: Path) -> list[str]:
    """Return column names; too many of them are refused."""
    if len(names) > LIMITS.columns:
        raise ImportRefusedError(
            _("The file {file} has {count} columns.", file=path.name, count=len(names)),
            _("At most {most} are read. Delete those that are not needed.", most=LIMITS.columns),
        )
    return names
