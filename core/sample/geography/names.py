"""Invented names: syllables that form no real place, company or brand, with their romanisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Name = tuple[str, str]

_PLACE_FIRST = (
    "霁 Ji,栎 Li,珩 Heng,黛 Dai,檀 Tan,岫 Xiu,澹 Dan,翊 Yi,槿 Jin,晗 Han,璟 Jing,沄 Yun,"
    "苒 Ran,篁 Huang,漪 Yi,砚 Yan,楸 Qiu,笙 Sheng,葳 Wei,绛 Jiang,皎 Jiao,旻 Min,筠 Jun,芃 Peng"
)
_PLACE_SECOND = (
    "墟 xu,坞 wu,渚 zhu,汀 ting,陌 mo,垄 long,岬 jia,泺 luo,崦 yan,箬 ruo,溟 ming,陂 bei,"
    "畹 wan,埂 geng,屿 yu,畈 fan"
)
_CITY_SECOND = "原 yuan,衡 heng,浦 pu,川 chuan,陵 ling,湾 wan,昌 chang,平 ping,津 jin,襄 xiang,宁 ning"
_FAMILY = (
    "王 Wang,李 Li,张 Zhang,刘 Liu,陈 Chen,杨 Yang,赵 Zhao,黄 Huang,周 Zhou,吴 Wu,徐 Xu,孙 Sun,"
    "胡 Hu,朱 Zhu,高 Gao,林 Lin,何 He,郭 Guo,马 Ma,罗 Luo"
)
_GIVEN = (
    "伟 wei,芳 fang,敏 min,静 jing,磊 lei,洋 yang,勇 yong,艳 yan,杰 jie,娟 juan,涛 tao,明 ming,"
    "超 chao,霞 xia,刚 gang,玲 ling,辉 hui,丹 dan,波 bo,宁 ning"
)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


SHOP_WORDS = _words(
    "惠民,家乐家,好邻居,顺发,益康,万客来,福满门,天天鲜,吉祥,金穗,红旗街,便利坊,新苑,和顺,"
    "乐万家,聚源,兴隆,百惠,邻里,佳佳,永盛,春风,四季,鑫鑫,民生,同福,老李,小城,喜洋洋,旺角"
)
DEALER_WORDS = _words("恒通,瑞丰,广源,汇达,鸿运,安顺,利群,德信,盛泰,联众,万和,宏远,裕丰,嘉禾,百川,众诚")


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(pair.split(" ")[0], pair.split(" ")[1]) for pair in text.split(",")]


def places(
    random: np.random.Generator, city: NDArray[np.int64], urban: NDArray[np.bool_]
) -> tuple[list[Name], list[Name]]:
    """Return the names of counties and of cities, each name once.

    Parameters
    ----------
    urban
        Districts end in 区, other counties in 县.
    """
    first, second, city_second = _pairs(_PLACE_FIRST), _pairs(_PLACE_SECOND), _pairs(_CITY_SECOND)
    heads = random.permutation(len(first))[: int(city.max()) + 1]
    city_names = [
        (f"{first[head][0]}{tail[0]}市", f"{first[head][1]}{tail[1]}")
        for head, tail in zip(heads, city_second, strict=False)
    ]
    county_names: list[Name] = []
    english: set[str] = set()
    for pick in random.permutation(len(first) * len(second)):
        head, tail = first[pick // len(second)], second[pick % len(second)]
        index = len(county_names)
        if index == len(city):
            break
        latin = f"{head[1]}{tail[1]}"
        if latin in english:
            continue
        english.add(latin)
        ending, kind = ("区", " District") if urban[index] else ("县", " County")
        county_names.append((f"{head[0]}{tail[0]}{ending}", latin + kind))
    return county_names, city_names


def settlement_words(random: np.random.Generator, count: int) -> list[str]:
    """Return names of towns; they repeat between counties, as in life."""
    first, second = _pairs(_PLACE_FIRST), _pairs(_PLACE_SECOND)
    heads, tails = random.integers(len(first), size=count), random.integers(len(second), size=count)
    return [first[h][0] + second[t][0] for h, t in zip(heads, tails, strict=True)]


def people(random: np.random.Generator, count: int) -> list[str]:
    """Return Chinese names of people."""
    family, given = _pairs(_FAMILY), _pairs(_GIVEN)
    heads = random.integers(len(family), size=count)
    middles = random.integers(len(given), size=count)
    lasts = random.integers(-8, len(given), size=count)
    return [
        family[h][0] + given[m][0] + (given[e][0] if e >= 0 else "")
        for h, m, e in zip(heads, middles, lasts, strict=True)
    ]
