"""Traditional characters as simplified ones, and characters as sounds; letter by letter.

Both sides of a comparison pass the same table, so it needs no context: 乾 of 乾隆 becomes 干 on both.
"""

from __future__ import annotations

from functools import cache

from core.pinyin.readings import sound_of

_FIRST, _LAST = 0x3400, 0x9FFF
_PRIVATE = 0xE000
"""From here on a code stands for a sound; no character of a text is there."""


@cache
def _simplified() -> dict[int, str]:
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    pairs = ((code, convert(chr(code))) for code in range(_FIRST, _LAST + 1))
    return {code: text for code, text in pairs if text != chr(code) and len(text) == 1}


@cache
def _sounds() -> dict[int, str]:
    sounds = {code: sound_of(chr(code)) for code in range(_FIRST, _LAST + 1)}
    order = {reading: number for number, reading in enumerate(sorted(set(sounds.values())))}
    return {code: chr(_PRIVATE + order[reading]) for code, reading in sounds.items()}


def to_simplified(text: str) -> str:
    """Return a text in simplified characters."""
    return text if text.isascii() else text.translate(_simplified())


def sound_codes(text: str) -> str:
    """Return a text with one private letter for every sound, tones left out."""
    return text if text.isascii() else text.translate(_sounds())
