"""Short names of regions as people and offices write them: 恩施州, 达茂旗, 喀左县, 锡盟."""

from __future__ import annotations

import re
from functools import lru_cache

from core.exchange.matching.keys import PEOPLES

_SELF_GOVERNED = re.compile(rf"(?:(?:{PEOPLES})+)?(?:联合)?自治([州县旗])$")
_ENDINGS = "州县旗盟市区"
_SHORTENED = re.compile(r"自治[州县旗]$|[旗盟]$")
"""Names long enough for their offices to shorten them."""


def formal_short_name(key: str) -> str | None:
    """Return the short form an office uses of a self-governed region: its name without its peoples.

    >>> formal_short_name("恩施土家族苗族自治州"), formal_short_name("武汉市")
    ('恩施州', None)
    """
    found = _SELF_GOVERNED.search(key)
    if found is None or found.start() < 2:
        return None
    return key[: found.start()] + found[1]


@lru_cache(maxsize=200_000)
def is_short_for(short: str, full: str) -> bool:
    """Tell whether a name leaves characters out of the long name of a banner, league or self-governed region.

    Both begin alike, end with the same level (or the short one with none, from two characters on), and the
    characters of the short one stand in the long one in that order.

    >>> is_short_for("科右中旗", "科尔沁右翼中旗"), is_short_for("阜蒙县", "阜新蒙古族自治县")
    (True, True)
    """
    if not short or short == full or short[0] != full[0] or not _SHORTENED.search(full):
        return False
    body, ending = (short[:-1], short[-1]) if short[-1] in _ENDINGS else (short, "")
    if ending and ending != full[-1]:
        return False
    if len(body) < (1 if ending else 2) or len(short) >= len(full):
        return False
    rest = iter(full[:-1])
    return all(sign in rest for sign in body)
