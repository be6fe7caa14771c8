"""Surnames that are read otherwise than the character alone."""

from __future__ import annotations

import re

# Behind / another reading in use.
_TABLE = (
    "单 shan|仇 qiu|解 xie|区 ou|曾 zeng|任 ren|查 zha|朴 piao|盖 ge|翟 zhai/di|覃 qin/tan|乐 yue/le|"
    "牟 mou/mu|隗 kui/wei|宓 mi/fu|费 fei/bi|缪 miao/mou|折 she|黑 he|员 yun|贠 yun|种 chong|繁 po|"
    "逄 pang|郗 xi/chi|祭 zhai|召 shao|应 ying|宁 ning|长 chang|么 yao|秘 bi|薄 bo|尹 yin|燕 yan|过 guo|"
    "洗 xian|冼 xian|角 jue|卜 bu|车 che|柏 bai|佘 she|訾 zi|晁 chao|幺 yao|佴 nai|华 hua|葛 ge|撒 sa|"
    "相 xiang|阚 kan|郝 hao|尉迟 yu chi/wei chi|万俟 mo qi|澹台 tan tai|单于 chan yu|长孙 zhang sun|"
    "令狐 ling hu|鲜于 xian yu|呼延 hu yan|宇文 yu wen|濮阳 pu yang"
)
SURNAMES = {
    name: tuple(tuple(reading.split()) for reading in said.split("/"))
    for name, _blank, said in (entry.partition(" ") for entry in _TABLE.split("|"))
}
_FOLLOWED = re.compile("[记氏家姓老大小阿姐妹哥弟嫂叔伯婶姨妈爸爷奶总师医先女]")
_PERSON = re.compile(r"...(?<![县区市州镇乡村路街店行铺馆园庄城山河海])$")
"""A full name of three characters, none that ends as places and shops do."""


def surname_of(text: str, is_word: bool) -> str | None:
    """Return the surname a shop or a person is called by, None where the text begins with none.

    Parameters
    ----------
    text
        Without blanks and punctuation.
    is_word
        Whether its first two characters are a word of the dictionary (解放, 任务, 查理).
    """
    if text[:2] in SURNAMES:
        return text[:2]
    if text[:1] not in SURNAMES or is_word:
        return None
    return text[0] if _PERSON.match(text) or _FOLLOWED.match(text, 1) else None
