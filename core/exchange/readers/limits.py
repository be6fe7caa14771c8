"""How much a file may hold, so that no file can fill the memory or take the afternoon."""

from __future__ import annotations

from dataclasses import dataclass, fields

from core.errors import InputError
from core.i18n import _


@dataclass(frozen=True)
class Limits:
    """Limits of reading; sizes in bytes.

    Parameters
    ----------
    unpacked
        Most that an archive or workbook may unpack to.
    ratio
        Most that a part of it may grow when it is unpacked; parts below ``free`` may grow at will.
    free
        See ``ratio``.
    members
        Most files in an archive.
    cells
        Most cells of a sheet, empty ones inside its rectangle included.
    columns
        Most columns of a table.
    cell
        Most characters of one cell.
    in_memory
        Text files above this are read by sample, and loaded by the bulk path.
    """

    unpacked: int = 2 << 30
    ratio: int = 250
    free: int = 16 << 20
    members: int = 2_000
    cells: int = 30_000_000
    columns: int = 2_000
    cell: int = 1 << 17
    in_memory: int = 32 << 20

    def __post_init__(self) -> None:
        for each in fields(self):
            if getattr(self, each.name) < 1:
                raise InputError(_("Expected {name} >= 1.", name=each.name))


LIMITS = Limits()
