"""Characters that nobody sees, or that turn the text around them: names that look alike differ by them."""

from __future__ import annotations

import re

import numpy as np

# Controls but tab and line ends, soft hyphen, joiners and marks of direction, separators of lines, byte order
# mark, notes between the lines, half characters, tags.
_RANGES = (
    *((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C)),
    *((0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB)),
    *((0xD800, 0xDFFF), (0xE0000, 0xE007F)),
)
_LINES = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_HIDDEN = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _RANGES) + "]")
RE2_HIDDEN = (
    "[" + "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in _RANGES if first != 0xD800) + "]"
)
"""The same for DuckDB, whose texts hold no half characters."""


def has_hidden(text: str) -> bool:
    """Tell whether a text holds such a character."""
    return not text.isprintable() and _HIDDEN.search(text) is not None


def without_hidden(text: str) -> str:
    """Return a text without such characters, and without the blanks they leave at its edges."""
    return _HIDDEN.sub("", _LINES.sub(" ", text)).strip()


def escaped(text: str) -> str:
    r"""Return a text in which such characters are told by their number, as \u202e."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def may_hide(data: bytes) -> bool:
    """Tell whether bytes of UTF-8 may hold such a character; fast, for files of any size."""
    signs = np.frombuffer(data, np.uint8)
    # Nearly always there are line feeds alone; telling the others apart takes twice as long.
    others = b"\x7f" in data or np.count_nonzero(signs < 0x20) != np.count_nonzero(signs == 0x0A)
    if others and len(data.translate(None, _CONTROLS)) != len(data):
        return True
    return not data.isascii() and any(start in data for start in _STARTS)


_CONTROLS = bytes(sign for sign in range(128) if _HIDDEN.match(chr(sign)))
_BEYOND = [sign for first, last in _RANGES[:-2] for sign in range(max(first, 0x80), last + 1)]
_STARTS = (*(chr(sign).encode() for sign in _BEYOND), chr(_RANGES[-1][0]).encode()[:2])
