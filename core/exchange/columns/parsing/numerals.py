"""Numbers written in Chinese numerals: 三千五百, 壹万贰仟元整, 二〇二四, 3万5千."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    c: v
    for v, group in enumerate(
        ("零〇○", "一壹弌", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for c in group
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_MONEY = re.compile(
    r"(?P<yuan>[^元圆圓块角毛分整正]+)[元圆圓块](?:零?(?P<jiao>.)[角毛])?(?:零?(?P<fen>.)分)?[整正]?"
)
_MIXED = re.compile(r"(?:\d+[万亿千百萬億])+(?:\d+)?")
_DIGIT = "[" + "".join(letter for letter, value in _DIGITS.items() if value) + "]"
_SECTION = re.compile(
    rf"(?:(?P<thousands>{_DIGIT})[千仟])?[零〇]?(?:(?P<hundreds>{_DIGIT})[百佰])?[零〇]?"
    rf"(?:(?P<tens>{_DIGIT})?(?P<ten>[十拾]))?(?P<zero>(?<=[零〇]))?(?P<ones>{_DIGIT})?"
)
CHARACTERS = frozenset("".join((*_DIGITS, *_SMALL, *_BIG))) | set("点點负負元圆圓块角毛分整正")


def chinese_number(text: str) -> Decimal | None:
    """Return the value of a number in Chinese numerals, None for another text.

    What people say for short is understood: 三千五 is 3,500, 一万二 is 12,000.

    Examples
    --------
    >>> chinese_number("三千五百"), chinese_number("壹万零贰拾元整"), chinese_number("一点五")
    (Decimal('3500'), Decimal('10020'), Decimal('1.5'))
    """
    if text[:1] in {"负", "負"}:
        positive = chinese_number(text[1:])
        return None if positive is None or text[1:2] in {"负", "負"} else -positive
    money = _MONEY.fullmatch(text)
    if money:
        return _money(money)
    if _MIXED.fullmatch(text):
        return _mixed(text)
    plain = text.replace("點", "点").replace("萬", "万").replace("億", "亿")
    whole, point, part = plain.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return value
    digits = [_DIGITS.get(letter) for letter in part]
    if not digits or None in digits:
        return None
    return value + Decimal("0." + "".join(map(str, digits)))


def _money(found: re.Match[str]) -> Decimal | None:
    yuan = chinese_number(found["yuan"])
    if yuan is None:
        return None
    for name, worth in (("jiao", Decimal("0.1")), ("fen", Decimal("0.01"))):
        if found[name]:
            if found[name] not in _DIGITS:
                return None
            yuan += _DIGITS[found[name]] * worth
    return yuan


def _mixed(text: str) -> Decimal | None:
    """Add up 3万5千; the parts have to shrink, and a part must fit under the one before."""
    total, last = Decimal(0), None
    for digits, letter in re.findall(r"(\d+)([万亿千百萬億]?)", text):
        unit = (_BIG | _SMALL).get(letter, 1)
        if last is not None and (unit >= last or int(digits) * unit >= last):
            return None
        if last is not None and unit == 1 and len(digits) < len(str(last)) - 1:
            # 3万5 means 35,000 to some and 30,005 to others.
            return None
        total, last = total + int(digits) * unit, unit
    return total


def _whole(text: str) -> Decimal | None:
    """Return a whole number: digit by digit (二〇二四), or with 亿 and 万 between sections of four."""
    if text and all(letter in _DIGITS for letter in text):
        return Decimal("".join(str(_DIGITS[letter]) for letter in text))
    for letter, unit in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(letter)
        if found:
            upper, lower = _whole(head), _below(tail, unit)
            return None if not upper or lower is None else upper * unit + lower
    return _section(text)


def _below(tail: str, unit: int) -> Decimal | None:
    """Return what follows 亿 or 万; a digit alone is the next lower place, 一万二 is 12,000."""
    if not tail:
        return Decimal(0)
    if len(tail) == 1 and _DIGITS.get(tail):
        return Decimal(_DIGITS[tail] * unit // 10)
    value = _whole(tail.lstrip("零〇○"))
    return value if value is not None and value < unit else None


def _section(text: str) -> Decimal | None:
    found = _SECTION.fullmatch(text)
    if not found or not text:
        return None
    places = {name: _DIGITS[found[name]] if found[name] else 0 for name in ("thousands", "hundreds", "ones")}
    tens = (_DIGITS[found["tens"]] if found["tens"] else 1) if found["ten"] else 0
    ones = places["ones"]
    if ones and not found["ten"] and found["zero"] is None:
        # 三千五 is 3,500 and 三百五 is 350; with 零 between it is 3,005 and 305.
        ones *= 10 if found["hundreds"] else 100 if found["thousands"] else 1
    return Decimal(places["thousands"] * 1000 + places["hundreds"] * 100 + tens * 10 + ones)
