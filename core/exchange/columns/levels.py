"""Columns that tell a region by its path: province, city and county side by side, by name and by code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from core.exchange.canonical.headers import fold
from core.exchange.columns import synonyms

LEVELS = ("country", "area", "province", "city", "county", "town")
"""Levels of the store, widest first."""
_RANKS = {fold(text): rank for rank, texts in enumerate(synonyms.LEVEL_HEADERS) for text in texts.split("|")}
_LOOSE = frozenset(fold(text) for text in synonyms.LOOSE_LEVELS.split("|"))
"""Words that some use for a county and others for a part of the country."""
_CODE_ENDINGS = tuple(end for end in synonyms.CODE_ENDINGS if len(end) > 1)
"""区号 is a telephone's."""
_OWNER = re.compile(rf"^(?:{synonyms.OWNERS})+地?(?=.)")


class Named(Protocol):
    """A header, taken apart."""

    @property
    def parts(self) -> tuple[str, ...]:
        """What can name the column, folded."""


@dataclass(frozen=True)
class Path:
    """Columns that lead to a region.

    Parameters
    ----------
    names
        Positions of the columns of names, widest first; two or more, or none.
    levels
        Position -> level of the store, of every column of names.
    codes
        Position of a column of names -> position of the column of its codes.
    """

    names: tuple[int, ...] = ()
    levels: Mapping[int, str] = field(default_factory=dict)
    codes: Mapping[int, int] = field(default_factory=dict)

    @property
    def above(self) -> tuple[int, ...]:
        """Positions of all columns, of names and of codes, of the regions above the narrowest one."""
        wider = self.names[:-1]
        return tuple(sorted((*wider, *(self.codes[name] for name in wider if name in self.codes))))


def path_of(headers: Sequence[Named]) -> Path:
    """Return the columns that lead to a region; none where fewer than two levels are named, or one twice.

    区域 is wider than a province in one company and means a county in another: to the right of all other
    levels it is the narrowest.

    Parameters
    ----------
    headers
        Of the sheet.
    """
    names: dict[int, int] = {}
    coded: dict[int, int] = {}
    for position, header in enumerate(headers):
        rank, is_code = _step(header)
        if rank is not None:
            (coded if is_code else names)[position] = rank
    last = max(names, default=-1)
    others = [rank for position, rank in names.items() if position != last]
    if others and _is_loose(headers[last]) and names[last] < max(others) < len(LEVELS) - 1:
        names[last] = max(others) + 1
    if len(names) < 2 or len(set(names.values())) < len(names):
        return Path()
    ordered = tuple(sorted(names, key=lambda position: names[position]))
    codes = {name: code for name in ordered for code, rank in coded.items() if rank == names[name]}
    return Path(ordered, {position: LEVELS[rank] for position, rank in names.items()}, codes)


def level_rank(header: Named) -> int | None:
    """Return which step of a path a header names, 0 the widest; None when it is none."""
    rank, is_code = _step(header)
    return None if is_code else rank


def level_named(header: Named) -> str | None:
    """Return the level that a header names (城市, 区县); None for none, and for words of several levels."""
    rank, is_code = _step(header)
    parts = header.parts
    if rank is None:
        parts = tuple(_OWNER.sub("", part) for part in parts)
        rank, is_code = _step_of(parts)
    return None if rank is None or is_code or not _LOOSE.isdisjoint(parts) else LEVELS[rank]


def _step(header: Named) -> tuple[int | None, bool]:
    return _step_of(header.parts)


@lru_cache(maxsize=1 << 14)
def _step_of(parts: tuple[str, ...]) -> tuple[int | None, bool]:
    """Return the step that the parts of a header name, and whether it holds codes."""
    for part in parts:
        if part in _RANKS:
            return _RANKS[part], False
        for endings, is_code in ((synonyms.NAME_ENDINGS, False), (_CODE_ENDINGS, True)):
            # A loose word with an ending (区域名称) is the name of the region itself.
            stems = (part.removesuffix(end) for end in map(fold, endings) if part.endswith(end))
            rank = next((_RANKS[stem] for stem in stems if stem in _RANKS and stem not in _LOOSE), None)
            if rank is not None:
                return rank, is_code
    return None, False


def _is_loose(header: Named) -> bool:
    return any(part in _LOOSE for part in header.parts)
