"""Matching names of a file to known ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from core.exchange.matching.index import NameIndex
from core.exchange.matching.keys import core, marks, name_keys, script_keys
from core.exchange.matching.results import Candidate, NameMatch, Verdict
from core.exchange.matching.script import pinyin, sound_codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIKELY = 0.72
"""From this score on a known name is proposed [I]."""
TIE = 0.03
"""Candidates nearer than this are a tie [I]."""
_SHOWN = 5
_SHORTLIST = 60
_CLOSER = 12
_SUFFIX, _SOUND, _LATIN, _CONTAINED, _EDIT = 0.95, 0.92, 0.9, 0.9, 0.92
_SET_APART = 0.7
"""What is left of a likeness when numbers or 东, 西, 新, 老 differ: 一店 is not 二店 [I]."""
_MOST_FOR_PINYIN = 20_000
"""Names in Latin letters are looked for among so many known ones at most; others are no pinyin names."""


def match_names(
    names: Iterable[str | None],
    candidates: pd.DataFrame | NameIndex,
    table: str,
    *,
    confirmed: Mapping[str, str] | None = None,
) -> list[NameMatch]:
    """Find the known name each name of a file means.

    A name is accepted only when its normalised form (widths, case, blanks, brackets, traditional
    characters) is that of exactly one known ID, or when the user confirmed it before. Everything else
    is a proposal, a tie, or unknown.

    Parameters
    ----------
    names
        As they stand; missing ones are passed over.
    candidates
        id, name of what is known; or an index of them.
    confirmed
        Name -> ID from the mapping; an ID that is no longer known is not used.

    Returns
    -------
    list of NameMatch
        One per different name, in the order they come.
    """
    index = candidates if isinstance(candidates, NameIndex) else NameIndex.of(candidates, table)
    counts = Counter(name for name in names if isinstance(name, str) and name.strip())
    different = list(counts)
    keys = name_keys(different)
    scripts = script_keys(keys)
    scratch = index.scratch()
    # A set of a million strings is built once, and only where the user has confirmed something.
    known_ids = set(index.ids) if confirmed else set()
    found = []
    for position, name in enumerate(different):
        told = (confirmed or {}).get(name)
        if told in known_ids:
            shown = str(index.names[np.flatnonzero(index.ids == told)[0]])
            match = NameMatch(name, Verdict.ACCEPTED, (Candidate(str(told), shown, 1.0, "confirmed"),))
        else:
            match = _match(index, name, (keys[position], scripts[position]), scratch)
        found.append(NameMatch(match.name, match.verdict, match.candidates, counts[name]))
    return found


def _match(index: NameIndex, name: str, keys: tuple[str, str], scratch: NDArray[np.float64]) -> NameMatch:
    key, script = keys
    for exact, wanted, reason in ((index.keys, key, "exact"), (index.scripts, script, "script")):
        rows = exact.rows(wanted)
        if len(rows):
            found = _by_id([Candidate(str(index.ids[r]), str(index.names[r]), 1.0, reason) for r in rows])
            verdict = Verdict.ACCEPTED if len(found) == 1 else Verdict.TIED
            return NameMatch(name, verdict, found)
    if not script:
        return NameMatch(name, Verdict.UNKNOWN)
    own_core = core(script, index.table)
    sound = sound_codes(own_core)
    scored = [_score(index, row, own_core, sound) for row in _shortlist(index, own_core, sound, scratch)]
    if own_core.isascii() and own_core.isalpha():
        scored += _by_pinyin(index, own_core)
    found = _by_id(candidate for candidate in scored if candidate.score > 0.5)
    if not found or found[0].score < LIKELY:
        return NameMatch(name, Verdict.UNKNOWN, found[:_SHOWN])
    tied = len(found) > 1 and found[0].score - found[1].score < TIE
    return NameMatch(name, Verdict.TIED if tied else Verdict.PROPOSED, found[:_SHOWN])


def _by_id(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.id not in best or best[candidate.id].score < candidate.score:
            best[candidate.id] = candidate
    return tuple(sorted(best.values(), key=lambda c: (-c.score, c.name, c.id)))


def _shortlist(index: NameIndex, own_core: str, sound: str, scratch: NDArray[np.float64]) -> list[int]:
    """Return the rows worth a closer look: those that sound most alike, and those inside one another."""
    rows = index.near(sound, _SHORTLIST, scratch).tolist()
    if len(rows) <= _CLOSER:
        return list(rows)
    alike = process.cdist([sound], [index.sounds[row] for row in rows], scorer=fuzz.ratio)[0]
    best = {rows[at] for at in np.argsort(-alike, kind="stable")[:_CLOSER]}
    return [
        row for row in rows if row in best or own_core in index.cores[row] or index.cores[row] in own_core
    ]


def _score(index: NameIndex, row: int, own_core: str, sound: str) -> Candidate:
    other, other_sound = index.cores[row], index.sounds[row]
    score, reason = likeness(own_core, other, sound, other_sound)
    if marks(own_core) != marks(other):
        score *= _SET_APART
    return Candidate(str(index.ids[row]), str(index.names[row]), round(score, 3), reason)


def likeness(own: str, other: str, own_sound: str, other_sound: str) -> tuple[float, str]:
    """Return how alike two names are without their endings, 0 to 1, and why.

    Parameters
    ----------
    own, other
        Names without endings, see :func:`core.exchange.matching.keys.core`.
    """
    if own == other:
        return _SUFFIX, "suffix"
    if own_sound == other_sound:
        return _SOUND, "pinyin"
    edit = _EDIT * max(fuzz.ratio(own, other), 0.97 * fuzz.ratio(own_sound, other_sound)) / 100
    short, long = sorted((own, other), key=len)
    short_sound, long_sound = sorted((own_sound, other_sound), key=len)
    if len(short) >= 2 and short_sound in long_sound:
        inside = _CONTAINED * (0.72 + 0.28 * len(short) / len(long)) * (1 if short in long else 0.97)
        if inside >= edit:
            return inside, "contained"
    return edit, "edit"


def _by_pinyin(index: NameIndex, letters: str) -> list[Candidate]:
    if len(index.names) > _MOST_FOR_PINYIN:
        return []
    found = []
    for row, text in enumerate(index.cores):
        if not text.isascii() and pinyin(text) == letters:
            found.append(Candidate(str(index.ids[row]), str(index.names[row]), _LATIN, "pinyin"))
    return found


def resolve(names: Sequence[str | None] | pd.Series, matches: Iterable[NameMatch]) -> pd.Series:
    """Return the ID of every row, None where its name isn't accepted."""
    ids = {match.name: match.id for match in matches}
    series = names if isinstance(names, pd.Series) else pd.Series(list(names), dtype=object)
    return pd.Series([ids.get(name) for name in series], index=series.index, dtype=object)
