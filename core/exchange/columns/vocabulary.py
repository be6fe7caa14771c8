"""How much a header looks like each column of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from core.exchange.columns import synonyms
from core.exchange.columns.header import Header, key
from core.exchange.columns.parsing import units
from core.i18n import LANGUAGES, _, language
from core.tables import BY_NAME, Table

_SHORTEST_PART = 2
_CERTAIN, _LABEL, _INSIDE, _ALIKE = 0.97, 1.0, 0.86, 0.9
_LEAST_ALIKE = 80.0


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
        for way in _by_text(table).get(part, ()):
            if way.score > exact.get(way.column, Likeness(way.column)).score:
                exact[way.column] = Likeness(way.column, way.score, way.named, way.text)
    return exact or _near(header.parts, table)


@lru_cache(maxsize=4096)
def _near(parts: tuple[str, ...], table: str) -> dict[str, Likeness]:
    """Compare a header with every word for every column; the same headers come again and again."""
    found = {}
    for column, ways in spellings(table).items():
        best = Likeness(column)
        for part in parts:
            for way in ways:
                score = _alike(part, way)
                if score > best.score:
                    best = Likeness(column, score, way.named, way.text)
        if best.score:
            found[column] = best
    return found


@cache
def _by_text(table: str) -> dict[str, list[Spelling]]:
    found: dict[str, list[Spelling]] = {}
    for ways in spellings(table).values():
        for way in ways:
            found.setdefault(way.text, []).append(way)
    return found


def _alike(part: str, way: Spelling) -> float:
    text = way.text
    if len(text) >= _SHORTEST_PART and text in part and not part.isascii():
        # 本月销售额 holds 销售额; how sure that is depends on how much is left over.
        return _INSIDE * (0.55 + 0.45 * len(text) / len(part))
    if (
        part.isascii()
        and len(text) >= 4
        and text in part
        and re.search(rf"(?<![a-z]){re.escape(text)}(?![a-z])", part)
    ):
        return _INSIDE * (0.55 + 0.45 * len(text) / len(part))
    if min(len(part), len(text)) >= 4:
        ratio = fuzz.ratio(part, text, score_cutoff=_LEAST_ALIKE)
        return _ALIKE * ratio / 100
    return 0.0


def title_bonus(table: str, lines: Sequence[str]) -> float:
    """Return how clearly title lines and names of sheets speak of a table, 0 to 1."""
    words = [key(word) for word in synonyms.TITLES.get(table, "").split("|")]
    with language("zh_CN"):
        words.append(key(_(BY_NAME[table].label)))
    words.append(key(table))
    longest = max((len(word) for line in lines for word in words if word and word in key(line)), default=0)
    return min(1.0, longest / 4)
