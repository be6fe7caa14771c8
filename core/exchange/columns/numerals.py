"""Numbers written in Chinese numerals: 三千五百, 壹万贰仟元整, 二〇二四, 3万5千."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: v for v, group in enumerate(("零〇○", "一壹弌", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")) for c in group}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_MONEY = re.compile(r"(?P<yuan>[^元圆圓块角毛分整正]+)[元圆圓块](?:零?(?P<jiao>.)[角毛])?(?:零?(?P<fen>.)分)?[整正]?")
_MIXED = re.compile(r"(?:\d+[万亿千百萬億])+(?:\d+)?")
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
    whole, point, part = text.replace("點", "点").partition("点")
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
    if not text:
        return None
    if all(letter in _DIGITS for letter in text):
        return Decimal("".join(str(_DIGITS[letter]) for letter in text))
    total = section = 0
    digit: int | None = None
    last = 0
    zero = False
    for letter in text:
        if letter in _DIGITS:
            if digit is not None:
                return None
            if _DIGITS[letter] == 0:
                zero = True
            else:
                digit = _DIGITS[letter]
        elif letter in _SMALL:
            unit = _SMALL[letter]
            if digit is None and (unit != 10 or section):
                return None
            if last and last <= unit and section:
                return None
            section += (digit or 1) * unit
            digit, last, zero = None, unit, False
        elif letter in _BIG:
            unit = _BIG[letter]
            section += digit or 0
            if not section or (unit == 10**4 and total and total < 10**8):
                return None
            total = (total + section) * unit if unit == 10**8 else total + section * unit
            section, digit, last, zero = 0, None, unit, False
        else:
            return None
    if digit is not None:
        section += digit * last // 10 if last > 10 and not zero else digit
    return Decimal(total + section)
