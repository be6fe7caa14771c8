"""The different cells of a large sheet: of one column, or of columns that only together say something."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.exchange.columns.applying import header_in
from core.exchange.columns.placing import FROM_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Hashable

    from core.exchange.columns.mapping import MappedColumn, Mapping
    from core.exchange.readers.text.bulk import Coded

Numbers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Distinct:
    """The different cells of one column, or of several side by side, and where each stands.

    Parameters
    ----------
    cells
        Header -> its different cells, one per place.
    which
        Place of the cells of every row.
    counts
        How many rows there are of each place.
    """

    cells: Pairs[str, list[str | None]]
    which: Numbers
    counts: Numbers

    def __len__(self) -> int:
        return len(self.counts)


def distinct(coded: Coded, mapping: Mapping) -> dict[str, Distinct]:
    """Return the different cells of everything a mapping reads, by header.

    Parameters
    ----------
    coded
        The rows.
    mapping
        What the columns hold.
    """
    empty = pd.DataFrame(columns=list(coded.names))
    found: dict[str, Distinct] = {}
    for group in _groups(mapping, empty):
        columns = [coded.names.index(header) for header in group]
        which = np.asarray(coded.codes[columns[0]])
        for column in columns[1:]:
            pairs = which.astype(np.int64) * len(coded.cells[column]) + coded.codes[column]
            which = pd.factorize(pairs)[0]
        # Cells of rows that are no data stand nowhere any more.
        used, first, counts = _places(which)
        cells = {}
        for header, column in zip(group, columns, strict=True):
            texts, codes = coded.cells[column], coded.codes[column][first]
            cells[header] = [texts[code] for code in codes]
        entry = Distinct(cells, _renumbered(which, used), counts)
        found |= dict.fromkeys(group, entry)
    return found


def _places(which: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the codes that occur, a row of each, and how often."""
    if not len(which):
        return which, which, which
    counts = np.bincount(which)
    rows = np.zeros(len(counts), dtype=np.intp)
    rows[which] = np.arange(len(which))
    used = np.flatnonzero(counts)
    return used, rows[used], counts[used]


def _renumbered(which: Numbers, used: Numbers) -> Numbers:
    """Return the place of every row among the codes that occur."""
    if not len(used) or len(used) == used[-1] + 1:
        return which
    places = np.zeros(int(used[-1]) + 1, dtype=np.int32)
    places[used] = np.arange(len(used), dtype=np.int32)
    return np.asarray(places[which])


def _groups(mapping: Mapping, table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the headers that are read, those of one path of regions together."""
    groups: list[dict[str, None]] = []
    for source in mapping.columns:
        if not _is_read(source):
            continue
        own = dict.fromkeys(header_in(name, table, mapping) for name in (*source.within, source.header))
        for other in [group for group in groups if group.keys() & own.keys()]:
            groups.remove(other)
            own = other | own
        groups.append(own)
    return [tuple(group) for group in groups]


def _is_read(source: MappedColumn) -> bool:
    return source.target is not None or source.decisions.get(FROM_ADDRESS) == "yes"


def sources(mapping: Mapping, headers: Sequence[str]) -> dict[str, str]:
    """Return the header each column of the store is read from.

    Parameters
    ----------
    mapping
        What the columns hold.
    headers
        Of the sheet.
    """
    table = pd.DataFrame(columns=list(headers))
    found = {}
    for source in mapping.columns:
        if source.decisions.get(FROM_ADDRESS) == "yes" and mapping.source("region_id") is None:
            found["region_id"] = header_in(source.header, table, mapping)
        if source.target is not None:
            found[source.target] = header_in(source.header, table, mapping)
    return found


def frame(cells: Pairs[str, Distinct]) -> pd.DataFrame:
    """Return the different cells side by side; a short column repeats its last cell.

    So each column holds the cells of the sheet and no other, and is read as it would be there.
    """
    longest = max((len(entry) for entry in cells.values()), default=0)
    data: dict[Hashable, pd.Series] = {}
    for header, entry in cells.items():
        column = entry.cells[header]
        column = column + column[-1:] * (longest - len(column))
        data[header] = pd.Series(column, dtype=object)
    return pd.DataFrame(data)
