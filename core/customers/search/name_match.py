"""Finding a customer by what somebody types: how well a name fits, and names that nearly fit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from core.pinyin.readings import fold, readings, spellings

LEAST_SCORE = 60.0
"""Names that fit worse than this, 0 to 100, are not offered as near."""
GRAM = {True: 3, False: 2}
"""Letters, or Chinese characters, that a near name must share some runs of."""


@dataclass(frozen=True)
class SearchText:
    """What somebody typed."""

    text: str

    @cached_property
    def folded(self) -> str:
        """Without case, width, blanks and punctuation; ü as v, as one types it."""
        return fold(self.text).replace("ü", "v")

    @property
    def is_latin(self) -> bool:
        """Whether it may be pinyin, initials or a code."""
        return self.folded.isascii()

    @cached_property
    def pinyin(self) -> str:
        """How it is read."""
        return readings(self.folded)[0].pinyin

    @property
    def grams(self) -> list[str]:
        """Runs of its characters, each once; the whole where it is shorter than a run."""
        size = GRAM[self.is_latin]
        text = self.folded
        runs = [text[at : at + size] for at in range(len(text) - size + 1)] or [text]
        return list(dict.fromkeys(runs))

    @property
    def pinyin_grams(self) -> list[str]:
        """Runs of its reading, so that a wrong character that sounds the same is found."""
        text = self.pinyin
        size = GRAM[True]
        runs = [text[at : at + size] for at in range(len(text) - size + 1)] or [text]
        return list(dict.fromkeys(runs))


def begins_a_syllable(wanted: str, folded: str) -> bool:
    """Tell whether a run of letters begins where a syllable of the name begins.

    Parameters
    ----------
    wanted
        Letters, without blanks.
    folded
        A name as :func:`core.pinyin.readings.fold` returns it.
    """
    return any(
        "".join(parts[at:]).startswith(wanted) for parts in spellings(folded) for at in range(len(parts))
    )


def nearness(wanted: SearchText, folded: str, pinyin: str, initials: str) -> float:
    """Return how near a name is to what was typed, 0 to 100.

    Characters, their reading and, for short Latin words, the initials are compared; the best counts. A part
    of the name may fit alone, a little less well than the whole.

    Parameters
    ----------
    pinyin, initials
        Of each reading of the name, blanks between them.
    """
    scores = [
        fuzz.ratio(wanted.folded, folded),
        0.95 * fuzz.partial_ratio(wanted.folded, folded) if len(wanted.folded) <= len(folded) else 0.0,
    ]
    for reading in pinyin.split():
        scores.append(0.97 * fuzz.ratio(wanted.pinyin, reading))
        if len(wanted.pinyin) <= len(reading):
            scores.append(0.92 * fuzz.partial_ratio(wanted.pinyin, reading))
    if wanted.is_latin and len(wanted.folded) <= 8:
        scores += [0.9 * fuzz.ratio(wanted.folded, letters) for letters in initials.split()]
    return max(scores)
