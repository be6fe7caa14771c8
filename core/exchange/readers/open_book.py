"""Opening a workbook for calamine once what it declares and holds was looked at."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange.readers.kinds import kind_of_file
from core.exchange.readers.limits import LIMITS
from core.exchange.readers.workbook.scans import scan_workbook
from core.exchange.readers.workbook.workbook import open_calamine
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from python_calamine import CalamineWorkbook

_BOOKS = ("xlsx", "xls", "xlsb", "ods")


@contextmanager
def open_book(path: Path) -> Iterator[CalamineWorkbook]:
    """Open a workbook.

    Raises
    ------
    ImportRefusedError
        It is no workbook, damaged, locked, or too large when it is unpacked.
    """
    kind = kind_of_file(path, path.name, LIMITS)
    if kind not in _BOOKS:
        raise ImportRefusedError(
            _("The file {file} is no Excel workbook.", file=path.name),
            _("Save it as .xlsx, without a password."),
        )
    scan_workbook(path, kind, path.name, LIMITS)
    with open_calamine(path, path.name) as book:
        yield book
