"""Traditional characters as simplified ones, and characters as pinyin; letter by letter.

Both sides of a comparison pass the same table, so it needs no context: 乾 of 乾隆 becomes 干 on both.
"""

from __future__ import annotations

from functools import cache

_FIRST, _LAST = 0x3400, 0x9FFF
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")


@cache
def _simplified() -> dict[int, str]:
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    pairs = ((code, convert(chr(code))) for code in range(_FIRST, _LAST + 1))
    return {code: text for code, text in pairs if text != chr(code) and len(text) == 1}


@cache
def _readings() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return {
        code: readings.partition(",")[0].translate(_TONES) + " "
        for code, readings in pinyin_dict.items()
        if _FIRST <= code <= _LAST
    }


def simplified(text: str) -> str:
    """Return a text in simplified characters."""
    return text if text.isascii() else text.translate(_simplified())


def syllables(text: str) -> str:
    """Return the most usual reading of every character, without tones, with a blank behind each.

    >>> syllables("武汉")
    'wu han '
    """
    return text if text.isascii() else text.translate(_readings())
