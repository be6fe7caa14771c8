"""How names are read: official readings of places and surnames, and the words around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.pinyin.places import PLACES
from core.pinyin.readings import Reading, fold, readings, spellings

OFFICIAL = [
    line.partition(" ")[::2]
    for line in Path(__file__).with_name("official_readings.txt").read_text("utf-8").splitlines()
]


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
    assert readings(name)[0] == Reading(pinyin, initials)
    assert all(len(parts) == len(name) for parts in spellings(name))


def test_places_are_read_officially() -> None:
    """More than a thousand places, those with unusual readings among them, are read as they are called."""
    wrong = [
        (name, said, found.pinyin)
        for name, said in OFFICIAL
        if (found := readings(name)[0]) != Reading.of(tuple(said.split()))
    ]
    assert wrong == []
    assert len(OFFICIAL) > 1_000


@pytest.mark.parametrize("name", ["{}商行", "新{}超市", "河南省{}"])
def test_places_are_read_officially_inside_a_name(name) -> None:
    """Whatever stands around it, every place of the table is read officially first, and otherwise second."""
    for place, said in PLACES.items():
        official, *others = spellings(name.format(place))
        at = name.index("{")
        assert official[at : at + len(place)] == said[0]
        assert all(other[at : at + len(place)] != said[0] for other in others)
        assert len(others) <= 1


@pytest.mark.parametrize(
    ("name", "official", "other"),
    [
        ("漯河商店", "luoheshangdian", "taheshangdian"),
        ("单县烟酒", "shanxianyanjiu", "danxianyanjiu"),
        ("牟定商店", "moudingshangdian", "mudingshangdian"),
        ("单记包子", "shanjibaozi", "danjibaozi"),
        ("仇大姐", "qiudajie", "choudajie"),
        ("解晓明", "xiexiaoming", "jiexiaoming"),
        ("区记茶铺", "oujichapu", "qujichapu"),
        ("尉迟酒坊", "yuchijiufang", "weichijiufang"),
        ("万俟家", "moqijia", "wanqijia"),
    ],
)
def test_both_readings_are_known(name, official, other) -> None:
    """The official reading of a place or a surname stands first, the one of its characters second."""
    assert [reading.pinyin for reading in readings(name)] == [official, other]


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("解放路超市", "jiefangluchaoshi"),  # a word, no surname
        ("查理面包", "chalimianbao"),
        ("单位食堂", "danweishitang"),
        ("任意门", "renyimen"),
        ("长城商行", "changchengshanghang"),
        ("长青超市", "changqingchaoshi"),  # names use 长 for long
        ("校长茶铺", "xiaozhangchapu"),
    ],
)
def test_words_are_no_surnames(name, pinyin) -> None:
    """A character that could be a surname keeps the reading of its word."""
    assert readings(name)[0].pinyin == pinyin
