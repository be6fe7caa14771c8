"""How Chinese names are read: pinyin and its initials, for hundreds of thousands of names at a time."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_NOISE = re.compile(r"[\W_]+")
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm", "\u0300\u0304")


def fold(text: str) -> str:
    """Return a name without what people vary when they type it: case, width, blanks, punctuation.

    >>> fold("ＡＢ (上海) 商行")
    'ab上海商行'
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def _reading(sign: str) -> str:
    """Return the usual reading of one character, the character itself where it has none."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin(sign)[0].replace("ü", "v")


@cache
def _told_by_neighbours() -> frozenset[str]:
    """Return the beginnings, two characters each, of words in which a character isn't read as usual.

    重 is zhong, but 重庆 is Chongqing. Reading every name word by word would take fifty times as long.
    """
    from pypinyin.phrases_dict import phrases_dict

    return frozenset(
        word[:2]
        for word, spoken in phrases_dict.items()
        if len(word) == len(spoken)
        and any(part[0].translate(_TONES) != _reading(sign) for sign, part in zip(word, spoken, strict=True))
    )


def syllables(folded: str) -> list[str]:
    """Return the reading of a folded name, one entry per character; letters and digits read as they are.

    Parameters
    ----------
    folded
        As :func:`fold` returns it.
    """
    if folded.isascii():
        return list(folded)
    unusual = _told_by_neighbours()
    if any(folded[at : at + 2] in unusual for at in range(len(folded) - 1)):
        from pypinyin import lazy_pinyin

        words = lazy_pinyin(folded, errors=list)  # type: ignore[arg-type]
        return [word.replace("ü", "v") for word in words]
    return [_reading(sign) for sign in folded]


def readings(folded: str) -> tuple[str, str]:
    """Return the pinyin of a folded name and its initials.

    >>> readings("重庆九州通")
    ('chongqingjiuzhoutong', 'cqjzt')
    """
    parts = syllables(folded)
    return "".join(parts), "".join(part[0] for part in parts)
