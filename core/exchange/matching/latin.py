"""Names in Latin letters: the pinyin or the initials of a known name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from core.pinyin.readings import readings

_LEVELS = re.compile(
    r"(?:city|district|county|province|prefecture|league|banner|shi|xian|qu|sheng|zhou|meng|qi)$"
)
_OFFICIAL, _OTHER, _INITIALS = 0.9, 0.86, 0.76
"""How alike a name is to its official reading, to another one, and to its initials [I]."""
_LEAST = 2

Spelled = dict[str, dict[int, float]]
"""Letters -> the names that are read so, by their row, and how alike they are."""


def spelled(names: Iterable[Iterable[str]]) -> Spelled:
    """Return what known names are read like.

    Parameters
    ----------
    names
        Of each row the forms of its name: with its level, and without.
    """
    found: Spelled = defaultdict(dict)
    for row, forms in enumerate(names):
        for form in dict.fromkeys(forms):
            if form.isascii():
                continue
            for number, reading in enumerate(readings(form)):
                for letters, score in (
                    (reading.pinyin, _OTHER if number else _OFFICIAL),
                    (reading.initials, _INITIALS),
                ):
                    if len(letters) >= _LEAST:
                        found[letters][row] = max(score, found[letters].get(row, 0.0))
    return dict(found)


def alike(letters: str, known: Spelled) -> dict[int, float]:
    """Return the rows that letters may mean, with how alike they are; Luohe City and luoheshi are luohe.

    Parameters
    ----------
    letters
        Small letters, without blanks.
    known
        What known names are read like.
    """
    found = dict(known.get(letters, {}))
    for row, score in known.get(_LEVELS.sub("", letters), {}).items():
        found[row] = max(score, found.get(row, 0.0))
    return found
