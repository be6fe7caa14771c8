"""Numbers as the screen shows them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core import numbers
from core.i18n import language, use_language


@pytest.mark.parametrize("value", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_missing_is_a_dash(value: object) -> None:
    """Nothing recorded is shown as a dash in every form, never as 0."""
    shown = (numbers.money(value), numbers.percent(value), numbers.points(value), numbers.ratio(value))
    assert {*shown, numbers.count(value)} == {"—"}


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        (0, "0.0 万元"),
        (94_590_000.0, "9,459 万元"),
        (123_456, "12.3 万元"),
        (-5_000, "-0.5 万元"),
    ],
)
def test_money_is_in_ten_thousands_in_chinese(yuan: float, text: str) -> None:
    """万元 with separators, and one decimal where it tells something."""
    use_language("zh_CN")
    assert numbers.money(yuan) == text


def test_money_is_in_thousands_and_millions_in_english() -> None:
    """The English screen counts in thousands, from a million on in millions; a gain carries its sign."""
    assert numbers.money(999_900, sign=True) == "+1,000 k yuan"
    assert numbers.money(1_234_600, sign=True) == "+1.23 M yuan"
    assert [numbers.money(value) for value in (-38_947_000, 1_170_386_000)] == [
        "-38.9 M yuan",
        "1,170 M yuan",
    ]
    assert numbers.money(1_234_600, unit=False) == "1,235", "a table has one unit for all its rows"


def test_a_range_has_one_unit() -> None:
    """Both ends are in the unit of the larger one."""
    with language("en"):
        assert numbers.money_range(999_000, 1_001_000) == "1.00 – 1.00 M yuan"
        assert numbers.money_range(1_544_461_000, 1_927_000_000) == "1,544 – 1,927 M yuan"
        assert numbers.money_range(1_000, 999_000) == "1.0 – 999 k yuan"
        assert numbers.money_range(None, 2_000) == "— – 2.0 k yuan"
        assert numbers.money_range(None, float("nan")) == "—"
    with language("zh_CN"):
        assert numbers.money_range(15_000, 2_000_000) == "1.5 – 200 万元"


def test_shares_growth_and_multiples() -> None:
    """A share has one decimal, growth its sign, a multiple two decimals and ×."""
    assert numbers.percent(0.2039) == "20.4%"
    assert numbers.percent(0.032, sign=True) == "+3.2%"
    assert numbers.percent(-0.032, sign=True) == "-3.2%"
    assert numbers.ratio(1.6434) == "1.64 ×"
    assert numbers.points(-0.012) == "-1.2 pts"
    assert numbers.count(1_234, sign=True) == "+1,234"


@pytest.mark.parametrize("value", [-0.0004, 0.0004, 0.0, -0.0])
def test_a_change_that_rounds_to_nothing_has_no_sign(value: float) -> None:
    """Neither “-0.0” nor “+0.0” is shown: it would claim a direction that the figure doesn't show."""
    assert numbers.points(value) == "0.0 pts"
    assert numbers.percent(value, sign=True) == "0.0%"
    assert numbers.money(value * 10_000, sign=True) == "0.0 k yuan"
    assert numbers.count(value, sign=True) == "0"


def test_a_column_of_money_has_one_look() -> None:
    """From a thousand on whole amounts with separators, below one decimal; empty columns too."""
    large, pattern = numbers.money_column(pd.Series([5_589.04, 12.34, None]))
    assert pattern == "localized"
    assert large.dropna().to_list() == [5_589, 12]
    small, pattern = numbers.money_column(pd.Series([968.04, -12.34]))
    assert pattern == "%.1f"
    assert small.to_list() == [968.0, -12.3]
    assert numbers.money_column(pd.Series([None, None], dtype="float64"))[1] == "%.1f"
