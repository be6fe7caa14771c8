"""Names that occur more than once in a file, exactly or nearly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.exchange.matching.index import NameIndex
from core.exchange.matching.keys import core, marks, name_keys, script_keys, sound_keys
from core.exchange.matching.names import likeness

NEAR = 0.8
"""From this likeness on two names of a file are shown as possible duplicates [I]."""
_MOST_COMPARED = 20_000
"""Larger files are searched for equal cores and equal sounds, not for single letters that differ."""
_SHORTLIST = 8


@dataclass(frozen=True)
class Duplicate:
    """Two different rows of a file whose names may mean the same.

    Parameters
    ----------
    first, second
        Positions of the rows, the first of each name.
    score
        0 to 1; 1 is the same name.
    reason
        ``exact``, ``script``, ``suffix``, ``pinyin``, ``contained`` or ``edit``.
    """

    first: int
    second: int
    name: str
    other: str
    score: float
    reason: str


def find_duplicates(names: Sequence[str | None], table: str) -> list[Duplicate]:
    """Find the names of a file that may mean the same; none of them is merged.

    Returns
    -------
    list of Duplicate
        Sure ones first. Every further row of a name is a pair with its first row.
    """
    rows = [row for row, name in enumerate(names) if isinstance(name, str) and name.strip()]
    texts = [str(names[row]) for row in rows]
    keys = name_keys(texts)
    scripts = script_keys(keys)
    first: dict[str, int] = {}
    found = []
    for at, script in enumerate(scripts):
        if script in first:
            earlier = first[script]
            reason = "exact" if keys[at] == keys[earlier] else "script"
            found.append(Duplicate(rows[earlier], rows[at], texts[earlier], texts[at], 1.0, reason))
        elif script:
            first[script] = at
    places = np.array(list(first.values()), dtype=np.intp)
    pairs = _alike([scripts[at] for at in places], table)
    for left, right, score, reason in pairs:
        one, two = int(places[left]), int(places[right])
        found.append(Duplicate(rows[one], rows[two], texts[one], texts[two], round(score, 3), reason))
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def _alike(scripts: Sequence[str], table: str) -> list[tuple[int, int, float, str]]:
    cores = [core(script, table) for script in scripts]
    sounds = sound_keys(cores)
    pairs: set[tuple[int, int]] = set()
    groups = pd.Series(range(len(sounds)), dtype="int64").groupby(np.array(sounds, dtype=object), sort=False)
    for _sound, group in groups:
        members = group.to_list()
        pairs |= {(members[0], other) for other in members[1:]}
    if len(scripts) <= _MOST_COMPARED:
        pairs |= _neighbours(scripts, sounds, table)
    found = []
    for left, right in sorted(pairs):
        score, reason = likeness(cores[left], cores[right], sounds[left], sounds[right])
        if score >= NEAR and marks(cores[left]) == marks(cores[right]):
            found.append((left, right, score, reason))
    return found


def _neighbours(scripts: Sequence[str], sounds: Sequence[str], table: str) -> set[tuple[int, int]]:
    index = NameIndex.of(pd.DataFrame({"id": range(len(scripts)), "name": scripts}), table)
    scratch = index.scratch()
    pairs = set()
    for at, sound in enumerate(sounds):
        for other in index.near(sound, _SHORTLIST, scratch).tolist():
            if other != at:
                pairs.add((min(at, other), max(at, other)))
    return pairs
