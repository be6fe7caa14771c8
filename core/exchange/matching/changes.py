"""Regions that were renamed, merged or given another code since 1995, each with its year.

Source: yescallop/areacodes (CC0 1.0), read from the code tables and the notices of change of the Ministry of
Civil Affairs; to the end of 2024. Successors are those of today. Nothing is replaced by it: it proposes.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.exchange.matching.keys import core
from core.exchange.matching.short_names import formal_short_name

_FILE = Path(__file__).with_name("division_changes.csv")
_PROVINCES = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]"
_CODE = re.compile(rf"(?:156)?((?:{_PROVINCES})\d{{4}})(?:0{{3}}|0{{6}})?(?:\.0+)?")
"""Six digits of GB/T 2260, also as twelve of the statistics office, or behind the number of the country."""
_TOWN = re.compile(rf"((?:{_PROVINCES})\d{{7}})(?:0{{3}})?(?:\.0+)?")
"""Nine digits of a town, also as twelve."""


@dataclass(frozen=True)
class Change:
    """One region that is no more under its name or code.

    Parameters
    ----------
    year
        From the end of this year on it is another.
    code, name, province
        As it was.
    successors
        Codes and names of what its area belongs to today.
    """

    year: int
    code: str
    name: str
    province: str
    successors: tuple[tuple[str, str], ...]


def adcode(text: str) -> str | None:
    """Return the six digits of an administrative code, nine of a town; None where it is none.

    >>> adcode("420100000000"), adcode("156420100"), adcode("420100.0"), adcode("420102001000"), adcode("W1")
    ('420100', '420100', '420100', '420102001', None)
    """
    found = _CODE.fullmatch(text.strip()) or _TOWN.fullmatch(text.strip())
    return found[1] if found else None


@cache
def all_changes() -> tuple[Change, ...]:
    """Return all changes, the latest first."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        rows = [
            Change(
                int(row["year"]),
                row["code"],
                row["name"],
                row["province"],
                tuple((part[:6], part[6:]) for part in row["successors"].split()),
            )
            for row in csv.DictReader(stream)
        ]
    return tuple(sorted(rows, key=lambda change: -change.year))


@cache
def changes_by_first() -> dict[str, tuple[Change, ...]]:
    """Return all changes by the first character of the name, the latest first of each."""
    groups: dict[str, list[Change]] = defaultdict(list)
    for change in all_changes():
        groups[change.name[:1]].append(change)
    return {first: tuple(changes) for first, changes in groups.items()}


def changes_by_code(code: str) -> tuple[Change, ...]:
    """Return what became of a code that is no longer in use, the latest change first."""
    return _grouped("code").get(code, ())


def changes_by_name(key: str) -> tuple[Change, ...]:
    """Return what became of a name (襄樊市, 路南县 for 路南彝族自治县), the latest change first."""
    return _grouped("name").get(key, ())


def changes_by_stem(key: str) -> tuple[Change, ...]:
    """Return what became of a name without its level (襄樊), the latest change first."""
    return _grouped("stem").get(key, ())


def earlier_names(key: str) -> tuple[Change, ...]:
    """Return what the area of a name of today was called, the latest change first."""
    return _grouped("successor").get(key, ())


_KEYS: Mapping[str, Callable[[Change], tuple[str, ...]]] = {
    "code": lambda change: (change.code,),
    "name": lambda change: (change.name, formal_short_name(change.name) or ""),
    "stem": lambda change: (core(change.name, "region"),),
    "successor": lambda change: tuple(name for _code, name in change.successors),
}


@cache
def _grouped(by: str) -> dict[str, tuple[Change, ...]]:
    groups: dict[str, list[Change]] = defaultdict(list)
    for change in all_changes():
        if by == "code" or change.name not in {name for _code, name in change.successors}:
            for key in _KEYS[by](change):
                groups[key].append(change)
    return {key: tuple(found) for key, found in groups.items()}
