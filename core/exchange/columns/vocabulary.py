"""How much a header looks like each column of a table."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from core.exchange.columns import synonyms
from core.exchange.columns.header import Header, key
from core.exchange.columns.parsing import units
from core.i18n import LANGUAGES, _, language
from core.tables import BY_NAME, Table

_SHORTEST_PART, _LONG = 2, 4
_CERTAIN, _LABEL, _INSIDE, _ALIKE = 0.97, 1.0, 0.86, 0.9
_LEAST_ALIKE = 80.0
_LETTERS = frozenset(string.ascii_lowercase)
_AT_ONCE, _MOST_RESEMBLED = 250, 1 << 14
_resembled: dict[str, dict[str, float]] = {}
"""What :func:`compare_headers` found, by part of a header."""


@dataclass(frozen=True)
class Spelling:
    """One way to head a column: whether it holds names, codes, or either (None)."""

    text: str
    column: str
    named: bool | None = None
    score: float = _CERTAIN


@dataclass(frozen=True)
class Likeness:
    """How much a header looks like a column of a table, 0 to 1, and by which spelling."""

    column: str
    score: float = 0.0
    named: bool | None = None
    spelling: str = ""


@cache
def spellings(table: str) -> dict[str, tuple[Spelling, ...]]:
    """Return the spellings of every column of a table, the surest first."""
    found: dict[str, dict[str, Spelling]] = {}
    for spelling in _all(BY_NAME[table]):
        folded = key(spelling.text)
        ways = found.setdefault(spelling.column, {})
        if folded and (folded not in ways or ways[folded].score < spelling.score):
            ways[folded] = Spelling(folded, spelling.column, spelling.named, spelling.score)
    return {column: tuple(ways.values()) for column, ways in found.items()}


def _all(table: Table) -> list[Spelling]:
    found = []
    for column in table.columns:
        is_id = column.references or column.name == "customer_id" or table.key == (column.name,)
        named = False if is_id else None
        found.append(Spelling(column.name, column.name, named, _LABEL))
        for code in LANGUAGES:
            with language(code):
                label = _(column.label)
            found.append(Spelling(units.split_unit(label)[0], column.name, named, _LABEL))
        texts = synonyms.TABLE_COLUMNS.get(f"{table.name}.{column.name}")
        texts = texts if texts is not None else synonyms.COLUMNS.get(column.name, "")
        found += [Spelling(text, column.name) for text in texts.split("|")]
        if column.name == "customer_id":
            found += [*_of_noun("dealer", column.name), *_of_noun("terminal", column.name)]
        if column.references:
            if column.name == f"{column.references}_id":
                found += _of_noun(column.references, column.name)
            else:
                found += _endings(texts, column.name)
    return found + _own(table)


def _of_noun(table: str, column: str) -> list[Spelling]:
    nouns = synonyms.NOUNS.get(table, "")
    own = [Spelling(text, column, True) for text in synonyms.OWN_NAMES.get(table, "").split("|")]
    codes = [Spelling(text, column, False) for text in synonyms.OWN_CODES.get(table, "").split("|")]
    return [*(Spelling(noun, column) for noun in nouns.split("|")), *_endings(nouns, column), *own, *codes]


def _endings(nouns: str, column: str) -> list[Spelling]:
    named = [
        Spelling(noun + ending, column, True) for noun in nouns.split("|") for ending in synonyms.NAME_ENDINGS
    ]
    coded = [
        Spelling(noun + ending, column, False)
        for noun in nouns.split("|")
        for ending in synonyms.CODE_ENDINGS
    ]
    return named + coded


def _own(table: Table) -> list[Spelling]:
    """Return the spellings of the key and the name of what a table lists."""
    columns = {column.name for column in table.columns}
    if "name" not in columns:
        return []
    own = f"{table.name}_id" if f"{table.name}_id" in columns else table.key[0]
    found = [Spelling(text, "name", True) for text in synonyms.BARE_NAMES.split("|")]
    found += [Spelling(text, own, False) for text in synonyms.BARE_CODES.split("|")]
    for spelling in _of_noun(table.name, own):
        column = own if spelling.named is False else "name"
        found.append(Spelling(spelling.text, column, spelling.named))
    return found


def likeness(header: Header, table: str, aliases: Mapping[str, str] | None = None) -> dict[str, Likeness]:
    """Return how much a header looks like each column of a table.

    Parameters
    ----------
    header
        The header.
    table
        The table.
    aliases
        Header -> ``table.column`` or ``column``, learned from the user.
    """
    learned = {key(text): column for text, column in (aliases or {}).items()}
    for part in header.parts:
        column = learned.get(part, "").removeprefix(f"{table}.")
        if column in spellings(table):
            return {column: Likeness(column, 1.0, None, part)}
    exact: dict[str, Likeness] = {}
    for part in header.parts:
        for _order, way in _by_text(table).get(part, ()):
            if way.score > exact.get(way.column, Likeness(way.column)).score:
                exact[way.column] = Likeness(way.column, way.score, way.named, way.text)
    return exact or _near(header.parts, table)


@lru_cache(maxsize=1 << 16)
def _near(parts: tuple[str, ...], table: str) -> dict[str, Likeness]:
    """Return the columns of a table that a header resembles, by the word each resembles most."""
    ways = _by_text(table)
    best: dict[str, tuple[float, int, int, Spelling]] = {}
    for place, part in enumerate(parts):
        for text, score in _alike(part).items():
            for order, way in ways.get(text, ()):
                # Of equal likenesses that of the first part and the first word counts.
                found = (score, -place, -order, way)
                if way.column not in best or found[:3] > best[way.column][:3]:
                    best[way.column] = found
    return {
        column: Likeness(column, score, way.named, way.text) for column, (score, _p, _o, way) in best.items()
    }


@cache
def _by_text(table: str) -> dict[str, list[tuple[int, Spelling]]]:
    """Return the spellings of a table by their text, each with its place among those of its column."""
    found: dict[str, list[tuple[int, Spelling]]] = {}
    for ways in spellings(table).values():
        for order, way in enumerate(ways):
            found.setdefault(way.text, []).append((order, way))
    return found


@cache
def _texts() -> frozenset[str]:
    """Return the spellings of all tables."""
    return frozenset(text for table in BY_NAME for text in _by_text(table))


@cache
def _long_texts() -> list[str]:
    """Return the spellings of all tables that are long enough to be misspelled."""
    return sorted(text for text in _texts() if len(text) >= _LONG)


def compare_headers(headers: Iterable[Header]) -> None:
    """Compare many headers with all words at once, four times as fast as each alone is compared later."""
    parts = dict.fromkeys(part for header in headers for part in header.parts if len(part) >= _LONG)
    asked = [part for part in parts if part not in _resembled]
    if len(_resembled) > _MOST_RESEMBLED:
        _resembled.clear()
    for at in range(0, len(asked), _AT_ONCE):
        _resembled.update(_resembling(asked[at : at + _AT_ONCE]))


def _resembling(parts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return by part of a header the words that it resembles, and how much."""
    texts = _long_texts()
    ratios = process.cdist(
        parts, texts, scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE, dtype=np.float64, workers=1
    )
    return {
        part: {texts[at]: _ALIKE * float(row[at]) / 100 for at in np.flatnonzero(row)}
        for part, row in zip(parts, ratios, strict=True)
    }


@lru_cache(maxsize=1 << 14)
def _alike(part: str) -> dict[str, float]:
    """Return every word for a column that a part of a header holds or resembles, and how much."""
    found: dict[str, float] = {}
    if len(part) >= _LONG:
        known = _resembled.get(part)
        found = dict(_resembling([part])[part] if known is None else known)
    for text in _inside(part) & _texts():
        # 本月销售额 holds 销售额; how sure that is depends on how much is left over.
        found[text] = _INSIDE * (0.55 + 0.45 * len(text) / len(part))
    return found


def _inside(part: str) -> set[str]:
    """Return what a part of a header may hold: any letters of a Chinese one, whole words of another."""
    if not part.isascii():
        return {part[at:end] for at in range(len(part)) for end in range(at + _SHORTEST_PART, len(part) + 1)}
    places = range(len(part) + 1)
    starts = [at for at in places if at == 0 or part[at - 1] not in _LETTERS]
    ends = [at for at in places if at == len(part) or part[at] not in _LETTERS]
    return {part[at:end] for at in starts for end in ends if end - at >= _LONG}


def title_bonus(table: str, lines: Sequence[str]) -> float:
    """Return how clearly title lines and names of sheets speak of a table, 0 to 1."""
    words = [key(word) for word in synonyms.TITLES.get(table, "").split("|")]
    with language("zh_CN"):
        words.append(key(_(BY_NAME[table].label)))
    words.append(key(table))
    longest = max((len(word) for line in lines for word in words if word and word in key(line)), default=0)
    return min(1.0, longest / 4)
