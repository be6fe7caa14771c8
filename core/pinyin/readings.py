"""How Chinese names are read: pinyin and its initials, for hundreds of thousands of names at a time.

Search and import read names alike: a place or a surname as it is officially called, everything else by the
words it stands in. Where the official reading is unusual (漯河), the usual one is kept beside it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from core.pinyin.places import PLACES
from core.pinyin.surnames import SURNAMES, surname_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Syllables = tuple[str, ...]

_NOISE = re.compile(r"[\W_]+")
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm", "\u0300\u0304")
_IN_NAMES = dict(
    zip("长都什佛勒曾厦柏", ("cháng", "dū", "shí", "fó", "lè", "zēng", "xià", "bǎi"), strict=True)
)
"""Characters that names use in another sense than the dictionary's first."""
_PLACES = re.compile("|".join(sorted(PLACES, key=len, reverse=True)))


@dataclass(frozen=True)
class Reading:
    """One way to read a name: its syllables joined, and their first letters."""

    pinyin: str
    initials: str

    @classmethod
    def of(cls, parts: Syllables) -> Reading:
        """Join syllables."""
        return cls("".join(parts), "".join(part[0] for part in parts))


def fold(text: str) -> str:
    """Return a name without what people vary when they type it: case, width, blanks, punctuation.

    >>> fold("ＡＢ (上海) 商行")
    'ab上海商行'
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def readings(folded: str) -> tuple[Reading, ...]:
    """Return the ways to read a folded name, the official one first.

    >>> [reading.pinyin for reading in readings("漯河九州通")]
    ['luohejiuzhoutong', 'tahejiuzhoutong']
    """
    return tuple(Reading.of(parts) for parts in spellings(folded))


@cache
def _reading(sign: str) -> str:
    """Return the first reading of one character in the dictionary, the character itself where it has none."""
    from pypinyin.pinyin_dict import pinyin_dict

    said = pinyin_dict.get(ord(sign), sign)
    return said.partition(",")[0].translate(_TONES)


@cache
def _words() -> dict[str, Syllables]:
    """Return the words of the dictionary that have a reading per character."""
    from pypinyin.phrases_dict import phrases_dict

    return {
        word: tuple(part[0].translate(_TONES) for part in spoken)
        for word, spoken in phrases_dict.items()
        if len(word) == len(spoken)
    }


@cache
def sound_of(sign: str) -> str:
    """Return how a character is usually read in names, itself where it has no reading."""
    return _IN_NAMES.get(sign, "").translate(_TONES) or _reading(sign)


@cache
def _told_by_neighbours() -> frozenset[str]:
    """Return the beginnings, two characters each, of words in which a character isn't read as usual.

    重 is zhong, but 重庆 is Chongqing. Reading every name word by word would take fifty times as long.
    """
    return frozenset(
        word[:2]
        for word, spoken in _words().items()
        if any(part != sound_of(sign) for sign, part in zip(word, spoken, strict=True))
    )


def spellings(folded: str) -> list[Syllables]:
    """Return the ways to read a folded name, the official one first; each has an entry per character.

    Letters and digits stand for themselves. A second way is there where a place or a surname is officially
    read otherwise than its characters.
    """
    if folded.isascii():
        return [tuple(folded)]
    usual = _by_words(folded)
    official, other = list(usual), list(usual)
    for at, name, said in _named(folded):
        official[at : at + len(name)] = said[0]
        other[at : at + len(name)] = said[1] if len(said) > 1 else map(_reading, name)
    return list(dict.fromkeys((tuple(official), tuple(other))))


def _named(folded: str) -> Iterator[tuple[int, str, tuple[Syllables, ...]]]:
    """Yield where places and a surname stand in a name, and how they are read."""
    surname = surname_of(folded, folded[:2] in _words() or _PLACES.match(folded) is not None)
    if surname is not None:
        yield 0, surname, SURNAMES[surname]
    for found in _PLACES.finditer(folded, len(surname or "")):
        yield found.start(), found[0], PLACES[found[0]]


def _by_words(folded: str) -> Syllables:
    unusual = _told_by_neighbours()
    if not any(folded[at : at + 2] in unusual for at in range(len(folded) - 1)):
        return tuple(map(sound_of, folded))
    return tuple(word.translate(_TONES) for word in _dictionary()(folded, errors=list))


@cache
def _dictionary() -> Callable[..., list[str]]:
    """Return the library's reader of words, taught the characters of names."""
    from pypinyin import lazy_pinyin, load_single_dict

    load_single_dict({ord(sign): said for sign, said in _IN_NAMES.items()})
    reader: Callable[..., list[str]] = lazy_pinyin
    return reader
