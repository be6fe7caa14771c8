"""Where reps live: a CSV file of territories and places, as ``design-territories --new-homes`` writes it."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING

import numpy as np

from core.errors import ImportRefusedError, nearest
from core.exchange.canonical.delimited import encoding_refusal
from core.exchange.zones import head, refusal
from core.i18n import _
from core.sandbox import read_apart

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

COLUMNS = ("territory", "lat", "lon")


def read_homes(path: Path, territories: int) -> NDArray[np.float64]:
    """Read the place of each territory's rep from columns territory, lat and lon, in WGS-84 degrees.

    Parameters
    ----------
    path
        UTF-8; other columns don't count.
    territories
        How many there are, numbered from 0.

    Returns
    -------
    numpy.ndarray
        Latitude and longitude, shape (territories, 2); NaN for territories that aren't in the file.

    Raises
    ------
    ImportRefusedError
        The file is no such table, or lines have no such territory, name one twice or have no place.
    """
    return read_apart(path.name, homes_in, path.absolute(), territories)


def homes_in(path: Path, territories: int) -> NDArray[np.float64]:
    """Read places in this process; see :func:`read_homes`."""
    names, delimiter = head(path)
    for column in COLUMNS:
        if column not in names:
            close = nearest(column, names)
            raise ImportRefusedError(
                _("The file {file} has no column “{column}”.", file=path.name, column=column)
                + (f" ({close}?)" if close else ""),
                _("It needs the columns {columns}, as --new-homes writes them.", columns=", ".join(COLUMNS)),
            )
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError(*encoding_refusal(path)) from error
    homes = np.full((territories, 2), np.nan)
    faults: list[str] = []
    at = [names.index(column) for column in COLUMNS]
    for line, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        if line == 1 or not any(cell.strip() for cell in row):
            continue
        cells = [row[n].strip() if n < len(row) else "" for n in at]
        if (fault := _enter(homes, cells)) is not None:
            faults.append(_("Line {line}: {fault}", line=line, fault=fault))
    if faults:
        raise refusal(path, faults, _("Correct these lines, or leave them out; nothing was written."))
    return homes


def _enter(homes: NDArray[np.float64], cells: list[str]) -> str | None:
    """Enter the place of one line, or return what is wrong with it."""
    territory, *degrees = cells
    if not (territory.isascii() and territory.isdigit() and int(territory) < len(homes)):
        return _(
            "expected a territory from 0 to {last}, found “{value}”.", last=len(homes) - 1, value=territory
        )
    if np.isfinite(homes[int(territory)]).any():
        return _("territory {territory} has a home already.", territory=territory)
    for value, limit, label in zip(degrees, (90, 180), (_("latitude"), _("longitude")), strict=True):
        number = _degrees(value)
        if not abs(number) <= limit:
            return _("expected a {label} from −{limit} to {limit}, found “{value}”.",
                     label=label, limit=limit, value=value)  # fmt: skip
    homes[int(territory)] = [_degrees(value) for value in degrees]
    return None


def _degrees(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan
