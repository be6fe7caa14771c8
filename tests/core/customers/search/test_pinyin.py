"""How names are read, and how near they are to what was typed."""

from __future__ import annotations

import pytest

from core.customers.search.name_match import LEAST_SCORE, SearchText, begins_a_syllable, nearness
from core.customers.search.pinyin import fold, readings, syllables


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("ＡＢ Mart（上海）", "abmart上海"),  # width, case, blanks, brackets
        ("7-11 便利店👍", "711便利店"),  # punctuation and emoji
        ("𠮷野家·总店", "𠮷野家总店"),  # a character outside the basic plane stays
        ("  ", ""),
    ],
)
def test_a_name_is_folded(name, folded) -> None:
    """What people vary when they type a name is taken out of it."""
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("九州通", "jiuzhoutong", "jzt"),
        ("重庆商行", "chongqingshanghang", "cqsh"),  # 重 and 行 are read by the word they stand in
        ("厦门银行", "xiamenyinhang", "xmyh"),
        ("重型长乐", "zhongxingchangle", "zxcl"),
        ("吕记", "lvji", "lj"),  # ü is typed v
        ("abc12", "abc12", "abc12"),
        ("𠮷a", "𠮷a", "𠮷a"),  # no reading known: it stands for itself
    ],
)
def test_a_name_is_read(name, pinyin, initials) -> None:
    """Pinyin without tones, and the first letters of its syllables."""
    assert readings(name) == (pinyin, initials)
    assert len(syllables(name)) == len(name)


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
    assert nearness(SearchText(typed), folded, *readings(folded)) >= LEAST_SCORE + 15
    other = "旺角水产行"
    assert nearness(SearchText(typed), other, *readings(other)) < LEAST_SCORE
