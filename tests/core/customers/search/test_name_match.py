"""How near names are to what was typed."""

from __future__ import annotations

import pytest

from core.customers.search.name_match import LEAST_SCORE, SearchText, begins_a_syllable, nearness
from core.pinyin.readings import readings


def near(typed, folded):
    """Return how near a name is, its readings as they are stored."""
    read = readings(folded)
    return nearness(
        SearchText(typed), folded, " ".join(r.pinyin for r in read), " ".join(r.initials for r in read)
    )


def test_both_readings_are_near() -> None:
    """漯河 is near to luohe with a slip, and to the tahe that its characters say; each begins a syllable."""
    for typed in ("luhe", "luoe", "tahe"):
        assert near(typed, "漯河商行") >= LEAST_SCORE
    assert begins_a_syllable("luohe", "河南漯河商行")
    assert begins_a_syllable("tahe", "河南漯河商行")


def test_a_run_of_letters_begins_a_syllable_or_not() -> None:
    """lin|li|shi: “lishi” begins one, “inli” doesn't."""
    assert begins_a_syllable("linli", "邻里食")
    assert begins_a_syllable("lishi", "邻里食")
    assert begins_a_syllable("shi", "邻里食")
    assert not begins_a_syllable("inli", "邻里食")


@pytest.mark.parametrize(
    "typed",
    ["邻理食杂", "邻里杂食店", "林里食杂店", "linlishiza", "linlisizadian", "lnilishizadian"],
    ids=["one character", "exchanged", "same sound", "pinyin", "a letter lost", "letters exchanged"],
)
def test_slips_stay_near(typed) -> None:
    """One slip in characters, sound or letters is near; an unrelated name is not."""
    folded = "邻里食杂店"
    assert near(typed, folded) >= LEAST_SCORE + 15
    assert near(typed, "旺角水产行") < LEAST_SCORE
