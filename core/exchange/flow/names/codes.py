"""Codes of regions in lists with a column per level: of their own columns, and of the codes below them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.exchange.columns.header import Header
from core.exchange.columns.levels import path_of
from core.exchange.columns.parsing.values import parse_column
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

_OFFICIAL = re.compile(r"[1-9]\d{5}(?:\d{3}|\d{6})?")
"""Administrative codes (GB/T 2260): two digits each for province, city and county, three for the town."""
_LENGTH = 6
_DIGITS = {"province": 2, "city": 4, "county": 6}
Key = tuple[str, ...]
Path = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Listed:
    """The regions of a sheet with a column per level.

    Parameters
    ----------
    headers, levels
        Of the columns, widest first.
    paths
        Of every row its regions with the place of their column.
    keys
        Of every row their names as they compare.
    """

    headers: Sequence[str]
    levels: Sequence[str]
    paths: Sequence[Path]
    keys: Sequence[Key]


@dataclass(frozen=True)
class Codes:
    """Codes of the regions of a sheet.

    Parameters
    ----------
    own
        That of its row, or of the column of codes of its level.
    shared
        Where all codes are administrative ones, the digits that those below a region have in common.
    odd
        Rows that give a region above theirs another code than an earlier row.
    """

    own: Mapping[Key, str] = field(default_factory=dict)
    shared: Mapping[Key, str] = field(default_factory=dict)
    odd: Sequence[int] = ()


def region_codes(table: pd.DataFrame, listed: Listed, own: str | None) -> Codes:
    """Return the codes of the regions of a sheet.

    Parameters
    ----------
    table
        Rows of the sheet.
    listed
        Its regions.
    own
        The header of the codes of the rows.
    """
    columns = list(map(str, table.columns))
    beside = path_of([Header.of(name) for name in columns]).codes
    of_level = {
        place: _codes(table, columns[beside[columns.index(name)]])
        for place, name in enumerate(listed.headers)
        if columns.index(name) in beside
    }
    alone = own is not None and columns.index(own) not in beside.values()
    of_row = _codes(table, own) if own is not None and alone else [None] * len(table)
    found: dict[Key, str] = {}
    odd: list[int] = []
    for at, (steps, key) in enumerate(zip(listed.paths, listed.keys, strict=True)):
        for depth, (place, _name) in enumerate(steps, 1):
            last = depth == len(steps)
            code = (of_level[place][at] if place in of_level else None) or (of_row[at] if last else None)
            if code is not None and found.setdefault(key[:depth], code) != code and not last:
                odd.append(at)
    return Codes(found, _shared(listed, found), sorted(set(odd)))


def are_official(codes: Iterable[str]) -> bool:
    """Tell whether all of some codes are administrative ones."""
    return all(_OFFICIAL.fullmatch(code) for code in codes)


def _codes(table: pd.DataFrame, header: str) -> list[str | None]:
    column = BY_NAME["region"].column("region_id")
    return [code if isinstance(code, str) else None for code in parse_column(table[header], column).values]


def _shared(listed: Listed, found: Mapping[Key, str]) -> dict[Key, str]:
    """Return the administrative codes of regions that have none, by the codes of those below them."""
    if not are_official(found.values()):
        return {}
    below: dict[tuple[str, Key], set[str]] = {}
    for steps, key in zip(listed.paths, listed.keys, strict=True):
        for depth, (place, _name) in enumerate(steps[:-1], 1):
            level = listed.levels[place]
            if key in found and key[:depth] not in found and level in _DIGITS:
                below.setdefault((level, key[:depth]), set()).add(found[key][: _DIGITS[level]])
    owners = Counter((level, digits) for (level, _key), all_ in below.items() for digits in all_)
    return {
        key: next(iter(digits)).ljust(_LENGTH, "0")
        for (level, key), digits in below.items()
        if len(digits) == 1 and owners[(level, next(iter(digits)))] == 1
    }
