"""Matching names of a file to known ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from core.exchange.matching.index import NameIndex
from core.exchange.matching.keys import core, marks, name_keys, script_keys
from core.exchange.matching.latin import alike
from core.exchange.matching.region_names import region_candidates
from core.exchange.matching.results import Candidate, NameMatch, Verdict
from core.exchange.matching.script import sound_codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIKELY = 0.72
"""From this score on a known name is proposed [I]."""
TIE = 0.03
"""Candidates nearer than this are a tie [I]."""
_SHOWN = 5
_SHORTLIST = 60
_CLOSER = 12
_SUFFIX, _SOUND, _CONTAINED, _EDIT = 0.95, 0.92, 0.9, 0.92
_SET_APART = 0.7
"""What is left of a likeness when numbers or 东, 西, 新, 老 differ: 一店 is not 二店 [I]."""
_OTHER_LEVEL = 0.8
"""What is left of a likeness to a region of another level than the header of the column says [I]."""
_MOST_FOR_PINYIN = 20_000
"""Names in Latin letters are looked for among so many known ones at most; others are no pinyin names."""


@dataclass(frozen=True)
class _Search:
    """Known names, the level that a header says, and room to add up in."""

    index: NameIndex
    level: str | None
    scratch: NDArray[np.float64]


def match_names(
    names: Iterable[str | None],
    candidates: pd.DataFrame | NameIndex,
    table: str,
    *,
    confirmed: Mapping[str, str] | None = None,
    level: str | None = None,
) -> list[NameMatch]:
    """Find the known name each name of a file means.

    A name is accepted only when its normalised form (widths, case, blanks, brackets, traditional
    characters) is that of exactly one known ID, or of a region's official short name (恩施州), or when the
    user confirmed it before. Everything else is a proposal, a tie, or unknown.

    Parameters
    ----------
    names
        As they stand; missing ones are passed over.
    candidates
        id, name of what is known, of regions also level and adcode; or an index of them.
    confirmed
        Name -> ID from the mapping; an ID that is no longer known is not used.
    level
        The level of the regions named, as the header of their column says (城市: ``city``). It settles
        which of several is meant; a name that only a region of another level has is that region.

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
    has_level = level is not None and index.levels is not None and level in set(index.levels)
    search = _Search(index, level if has_level else None, index.scratch())
    # A set of a million strings is built once, and only where the user has confirmed something.
    known_ids = set(index.ids) if confirmed else set()
    matches = []
    for position, name in enumerate(different):
        own = (confirmed or {}).get(name)
        if own in known_ids:
            known_name = str(index.names[np.flatnonzero(index.ids == own)[0]])
            match = NameMatch(name, Verdict.ACCEPTED, (Candidate(str(own), known_name, 1.0, "confirmed"),))
        else:
            match = _match(search, name, keys[position], scripts[position])
        matches.append(replace(match, rows=counts[name]))
    return matches


def _match(search: _Search, name: str, key: str, script: str) -> NameMatch:
    exact = _exact(search.index, key, script)
    if exact:
        at_level = _of_level(search, exact)
        # A name that says its own level (恩施市) means no region of another one.
        says_level = core(script, search.index.table) != script
        if at_level or search.level is None or says_level:
            chosen = at_level or exact
            return NameMatch(name, Verdict.ACCEPTED if len(chosen) == 1 else Verdict.TIED, chosen)
        likely = _of_level(search, [c for c in _likely(search, script) if c.score >= LIKELY])
        if likely:
            return NameMatch(name, Verdict.TIED, (*likely, *exact)[:_SHOWN])
        return NameMatch(name, Verdict.ACCEPTED if len(exact) == 1 else Verdict.TIED, exact)
    if not script:
        return NameMatch(name, Verdict.UNKNOWN)
    likely = _likely(search, script)
    if search.level is not None:
        own = {candidate.id for candidate in _of_level(search, likely)}
        likely = _by_id(
            c if c.id in own else replace(c, score=round(c.score * _OTHER_LEVEL, 3)) for c in likely
        )
    if not likely or likely[0].score < LIKELY:
        return NameMatch(name, Verdict.UNKNOWN, likely[:_SHOWN])
    tied = len(likely) > 1 and likely[0].score - likely[1].score < TIE
    return NameMatch(name, Verdict.TIED if tied else Verdict.PROPOSED, likely[:_SHOWN])


def _exact(index: NameIndex, key: str, script: str) -> tuple[Candidate, ...]:
    """Return the candidates whose normalised name is the same."""
    for groups, form, reason in ((index.keys, key, "exact"), (index.scripts, script, "script")):
        rows = groups.rows(form).tolist()
        if rows:
            return _by_id(
                Candidate(
                    str(index.ids[row]), str(index.names[row]), 1.0, reason if row < index.given else "short"
                )
                for row in rows
            )
    return ()


def _of_level(search: _Search, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates of the level that the header says, none where it says none."""
    levels = search.index.levels
    if search.level is None or levels is None:
        return ()
    ids = set(search.index.ids[levels == search.level])
    return tuple(candidate for candidate in candidates if candidate.id in ids)


def _likely(search: _Search, script: str) -> tuple[Candidate, ...]:
    """Return what a name resembles, best first."""
    index = search.index
    own_core = core(script, index.table)
    sound = sound_codes(own_core)
    rows = _shortlist(index, own_core, sound, search.scratch)
    scored = [_score(index, row, own_core, sound) for row in rows]
    letters = script.replace("ü", "v")
    if letters.isascii() and letters.isalpha() and len(index.names) <= _MOST_FOR_PINYIN:
        scored += [
            Candidate(str(index.ids[row]), str(index.names[row]), score, "pinyin")
            for row, score in alike(letters, index.spelled).items()
        ]
    if index.table == "region":
        scored += region_candidates(index, script)
    return _by_id(candidate for candidate in scored if candidate.score > 0.5)


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


def resolve(names: Sequence[str | None] | pd.Series, matches: Iterable[NameMatch]) -> pd.Series:
    """Return the ID of every row, None where its name isn't accepted."""
    ids = {match.name: match.id for match in matches}
    series = names if isinstance(names, pd.Series) else pd.Series(list(names), dtype=object)
    return pd.Series([ids.get(name) for name in series], index=series.index, dtype=object)
