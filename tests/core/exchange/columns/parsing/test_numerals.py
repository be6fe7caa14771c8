"""Numbers in Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.columns.parsing.numerals import chinese_number

D = Decimal

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """Write a number the long way, as on a cheque."""
    if number >= 10**8:
        rest = number % 10**8
        zero = "零" if 0 < rest < 10**7 else ""
        return written(number // 10**8) + "亿" + zero + (written(rest) if rest else "")
    if number >= 10**4:
        rest = number % 10**4
        zero = "零" if 0 < rest < 10**3 else ""
        return written(number // 10**4) + "万" + zero + (written(rest) if rest else "")
    text, zero = "", False
    for unit, letter in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + letter
        zero = digit == 0
    return text


@settings(max_examples=60, deadline=None)
@given(number=st.one_of(st.integers(1, 20_000), st.integers(1, 10**12)))
def test_reads_what_is_written_the_long_way(number: int) -> None:
    """Every number up to a million millions reads back."""
    assert chinese_number(written(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三千五百", 3500),
        ("三千五", 3500),
        ("三千零五", 3005),
        ("一万二", 12000),
        ("两万三", 23000),
        ("一百零五", 105),
        ("十二", 12),
        ("壹万贰仟元整", 12000),
        ("叁元伍角陆分", D("3.56")),
        ("二〇二四", 2024),
        ("负三点一四", D("-3.14")),
        ("3万5千", 35000),
        ("1亿2000万", 120_000_000),
        ("萬", None),
        ("百", None),
        ("三三百", None),
        ("一百万千", None),
        ("3万5", None),
        ("3千5万", None),
        ("门店", None),
    ],
)
def test_short_forms_and_nonsense(text: str, value: D | None) -> None:
    """What people say for short is understood; what is no number is none."""
    assert chinese_number(text) == value
