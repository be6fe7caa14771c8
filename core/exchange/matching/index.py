"""An index of known names that answers which of them sound like another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.exchange.matching.changes import adcode
from core.exchange.matching.keys import core, name_keys, script_keys, sound_keys
from core.exchange.matching.latin import Spelled, spelled
from core.exchange.matching.short_names import formal_short_name
from core.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EDGE = "\n"
_MOST_POSTINGS = 4_000
"""A pair of sounds that more names have (超市) tells too little to be worth looking through."""
_ENOUGH = 3_000
"""Once the rarest pairs have led to so many names, the commoner pairs add little."""
_AT_LEAST = 4
"""So many pairs are looked up all the same: the rarest may be the one that is mistyped."""
_PAIRS = 8
"""So many of the rarest pairs of a name are looked up."""


@dataclass(frozen=True)
class Groups:
    """Rows by their key."""

    numbers: dict[str, int]
    order: NDArray[np.intp]
    edges: NDArray[np.intp]

    @classmethod
    def of(cls, keys: Sequence[str]) -> Groups:
        """Group rows with equal keys; empty keys are in no group."""
        codes, unique = pd.factorize(np.array(keys, dtype=object))
        numbers = dict(zip(unique, range(len(unique)), strict=True))
        numbers.pop("", None)
        order = np.argsort(codes, kind="stable")
        return cls(numbers, order, np.searchsorted(codes[order], np.arange(len(unique) + 1)))

    def rows(self, key: str) -> NDArray[np.intp]:
        """Return the rows of a key, none for an unknown one."""
        number = self.numbers.get(key)
        return self.order[:0] if number is None else self.order[self.edges[number] : self.edges[number + 1]]


@dataclass(frozen=True)
class NameIndex:
    """Known names, ready to be compared with.

    Parameters
    ----------
    ids, names
        One per known name; an ID may have several names.
    forms, keys, scripts, cores, sounds
        What they are compared by, see :mod:`core.exchange.matching.keys`; the form is the script key.
    postings, starts
        The names that have each pair of sounds, and where the pair's part begins.
    given
        So many names are as they were given; those behind are short forms of regions (恩施州).
    levels
        Levels of regions, None for what has none.
    adcodes
        Administrative code -> IDs, of regions.
    """

    table: str
    ids: NDArray[np.object_]
    names: NDArray[np.object_]
    forms: list[str]
    keys: Groups
    scripts: Groups
    cores: list[str]
    sounds: list[str]
    postings: NDArray[np.int32]
    starts: NDArray[np.int64]
    pairs: NDArray[np.int64]
    given: int
    levels: NDArray[np.object_] | None = None
    adcodes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, candidates: pd.DataFrame, table: str) -> NameIndex:
        """Index known names.

        Parameters
        ----------
        candidates
            id, name; rows without a name are passed over.
        table
            What they name.

        Raises
        ------
        InputError
            A column is missing.
        """
        for column in ("id", "name"):
            if column not in candidates.columns:
                raise InputError(_("Expected a column “{column}” of known names.", column=column))
        about = [column for column in ("level", "adcode") if column in candidates.columns]
        rows = candidates.loc[candidates["name"].notna(), ["id", "name", *about]].drop_duplicates()
        keys = name_keys(list(rows["name"].astype(str)))
        scripts = script_keys(keys)
        given = len(rows)
        if table == "region":
            short = {at: form for at, key in enumerate(scripts) if (form := formal_short_name(key))}
            rows = pd.concat([rows, rows.iloc[list(short)]])
            keys, scripts = [*keys, *short.values()], [*scripts, *short.values()]
        names = rows["name"].astype(str).to_numpy(dtype=object)
        ids = rows["id"].astype(str).to_numpy(dtype=object)
        cores = [core(key, table) for key in scripts]
        sounds = sound_keys(cores)
        by_key = Groups.of(keys)
        pairs, rows_of = pairs_of(sounds)
        order = np.argsort(pairs, kind="stable")
        unique, first = np.unique(pairs[order], return_index=True)
        starts = np.append(first, len(order)).astype(np.int64)
        return cls(
            table,
            ids,
            names,
            scripts,
            by_key,
            by_key if scripts == keys else Groups.of(scripts),
            cores,
            sounds,
            rows_of[order].astype(np.int32),
            starts,
            unique,
            given,
            rows["level"].to_numpy(dtype=object) if "level" in about else None,
            _codes(rows) if "adcode" in about else {},
        )

    @cached_property
    def spelled(self) -> Spelled:
        """What the names are read like."""
        return spelled(zip(self.forms, self.cores, strict=True))

    @cached_property
    def by_first(self) -> dict[str, list[int]]:
        """First character -> rows of the names as they were given."""
        found: dict[str, list[int]] = {}
        for row, form in enumerate(self.forms[: self.given]):
            found.setdefault(form[:1], []).append(row)
        return found

    def scratch(self) -> NDArray[np.float64]:
        """Return zeros for :meth:`near`, one per known name; it leaves them zero."""
        return np.zeros(len(self.names))

    def near(self, sound: str, most: int, scratch: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the names that share most pairs of sounds with one, rare pairs counting more.

        Parameters
        ----------
        scratch
            Room to add up in, kept from name to name.
        """
        own = np.unique(pairs_of([sound])[0])
        at = np.searchsorted(self.pairs, own)
        at, own = at[at < len(self.pairs)], own[at < len(self.pairs)]
        at = at[self.pairs[at] == own]
        if not len(at):
            return np.empty(0, dtype=np.intp)
        counts = self.starts[at + 1] - self.starts[at]
        order = np.argsort(counts)[:_PAIRS]
        enough = np.cumsum(counts[order]) - counts[order] <= _ENOUGH
        chosen = order[enough | (np.arange(len(order)) < _AT_LEAST)]
        parts = [
            self.postings[self.starts[at[which]] : self.starts[at[which] + 1]][:_MOST_POSTINGS]
            for which in chosen
        ]
        for which, part in zip(chosen, parts, strict=True):
            scratch[part] += 1 / np.log2(2 + counts[which])
        # A name stands here once for each of its pairs, so more than enough are taken.
        found = np.concatenate(parts)
        score = scratch[found]
        scratch[found] = 0
        if len(found) > most * len(parts):
            found = found[np.argpartition(-score, most * len(parts))[: most * len(parts)]]
        found = np.unique(found)
        return found.astype(np.intp)


def _codes(rows: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for text, own in zip(rows["adcode"], rows["id"], strict=True):
        code = adcode(text) if isinstance(text, str) else None
        if code:
            found.setdefault(code, {})[str(own)] = None
    return {code: tuple(ids) for code, ids in found.items()}


def pairs_of(sounds: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of neighbouring letters of texts, edges included, and the text of each pair."""
    joined = _EDGE + _EDGE.join(sounds) + _EDGE
    letters = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    edge = letters == ord(_EDGE)
    # An edge belongs to the text behind it, so that the text of a pair is that of its first letter.
    owner = np.cumsum(edge)[:-1] - 1
    inside = ~(edge[:-1] & edge[1:])
    return ((letters[:-1] << 21) | letters[1:])[inside], owner[inside]
