"""What names are compared by: without what people vary, without legal forms, as sounds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from core.exchange.matching.script import sound_codes, to_simplified

_BREAK = "\n"
_DROPPED = dict.fromkeys(
    map(
        ord,
        " \t\r\u3000\xa0\u200b\u200c\u200d\ufeff()[]{}<>"
        "【】〔〕《》「」『』“”‘’\"'`·•・,，.。、;；:：/\\|_-—–~*#!！?？&+",
    )
)
PEOPLES = (
    "土家族|苗族|侗族|壮族|回族|藏族|羌族|彝族|傣族|白族|哈尼族|景颇族|傈僳族|布依族|朝鲜族|蒙古族?|哈萨克族?|柯尔克孜|维吾尔族?|满族"
    "|瑶族|黎族|畲族|水族|仡佬族|纳西族|拉祜族|佤族|布朗族|东乡族|土族|撒拉族|保安族|裕固族|锡伯族?|达斡尔族|鄂温克族|各族|仫佬族|毛南族|怒族|独龙族|普米族"
)
_ENDINGS = {
    "region": re.compile(
        rf"(?:(?:{PEOPLES})+(?=自治)|街道办事处|特别行政区|自治[区州县旗]|经济技术开发区|高新技术开发区|地区|街道|林区|新区|[省市区县盟旗镇乡])$"
    ),
    "": re.compile(
        r"(?:有限责任公司|股份有限公司|有限公司|责任公司|分公司|总公司|公司|个体工商户|个体户|集团|商贸|贸易|经贸|工贸|科贸|实业|经营部|门市部|批发部"
        r"|营业部|销售部|经销部|经营处|批发|配送中心|商行|商社|coltd|ltd|inc|llc|corp|limited|company)$"
    ),
}
_PEOPLE_ALONE = re.compile(rf"(?:{PEOPLES})+$")
_LAST_LETTERS = {
    "region": frozenset("处区省市州县旗盟镇乡道"),
    "": frozenset("司户团贸业部处发心行社dcpy"),
}
_LEAST = 2
_NUMERALS = str.maketrans("〇零一二三四五六七八九两", "001234567892")
_SET_APART = re.compile(r"\d+|[东西南北中新老总分]|[a-z](?=[区座栋馆店]|$)")


def name_keys(names: Sequence[str]) -> list[str]:
    """Return what each name is compared by: NFKC, small letters, no blanks, brackets and marks.

    All names pass in one piece: a million take a few seconds.
    """
    if not names:
        return []
    text = _BREAK.join(name.replace(_BREAK, " ") for name in names)
    text = unicodedata.normalize("NFKC", text).casefold().translate(_DROPPED)
    return text.split(_BREAK)


def script_keys(keys: Sequence[str]) -> list[str]:
    """Return keys in simplified characters."""
    return to_simplified(_BREAK.join(keys)).split(_BREAK) if keys else []


def sound_keys(keys: Sequence[str]) -> list[str]:
    """Return keys with one letter for each sound, so that characters that sound alike are equal."""
    return sound_codes(_BREAK.join(keys)).split(_BREAK) if keys else []


def core(key: str, table: str) -> str:
    """Return a key without legal forms and the like (有限公司, 商贸, 经营部), or a region's level (市, 县).

    At least two characters stay.
    """
    return _core(key, "region" if table == "region" else "")


def _core(key: str, kind: str) -> str:
    pattern = _ENDINGS[kind]
    # Looking at the last letter first spares most names of shops the search.
    while key[-1:] in _LAST_LETTERS[kind]:
        found = pattern.search(key)
        if not found or found.start() < _LEAST:
            break
        key = key[: found.start()]
        if kind == "region":
            people = _PEOPLE_ALONE.search(key)
            if people and people.start() >= _LEAST:
                key = key[: people.start()]
            # 江岸区 is 江岸; 市 of 沙市 belongs to the name.
            break
    return key


@lru_cache(maxsize=100_000)
def marks(key: str) -> tuple[str, ...]:
    """Return what sets apart names that are alike otherwise: numbers, 东, 西, 新, 老, 总, 分."""
    return tuple(_SET_APART.findall(key.translate(_NUMERALS)))
