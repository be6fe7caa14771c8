"""Market days as people write them, and the lunar calendar behind them."""

from __future__ import annotations

import datetime as dt

import pytest

from core.errors import InputError
from core.i18n import language
from core.visits.market_days import MarketDays, from_code, lunar_day, market_days


@pytest.mark.parametrize(
    ("day", "lunar"),
    [
        ((2020, 1, 25), 1),
        ((2024, 2, 10), 1),
        ((2026, 2, 17), 1),
        ((2027, 2, 6), 1),
        ((2026, 9, 25), 15),
        ((2033, 12, 22), 1),
        ((2099, 12, 11), 30),
    ],
)
def test_the_lunar_day_is_that_of_the_printed_calendar(day: tuple[int, int, int], lunar: int) -> None:
    """New years, a mid-autumn day, the leap month of 2033 and the last day known."""
    assert lunar_day(dt.date(*day)) == lunar


def test_days_beyond_the_calendar_are_refused() -> None:
    """Nothing is guessed before 2020 or after 2099."""
    for day in (dt.date(2020, 1, 24), dt.date(2099, 12, 12)):
        with pytest.raises(InputError):
            lunar_day(day)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("农历逢三逢八", MarketDays("lunar", frozenset({3, 8}))),
        ("lunar 3, 8", MarketDays("lunar", frozenset({3, 8}))),
        ("公历 5、10", MarketDays("solar", frozenset({5, 0}))),
        ("阳历逢五排十", MarketDays("solar", frozenset({5, 0}))),
        ("农历三六九", MarketDays("lunar", frozenset({3, 6, 9}))),
        ("周三、周六", MarketDays("week", frozenset({2, 5}))),
        ("星期一三五", MarketDays("week", frozenset({0, 2, 4}))),
        ("Wed and Sunday", MarketDays("week", frozenset({2, 6}))),
        ("避开农历逢一逢六", MarketDays("lunar", frozenset({1, 6}), avoided=True)),
        ("not Wed", MarketDays("week", frozenset({2}), avoided=True)),
        ("", None),
    ],
)
def test_what_people_write_is_understood(text: str, meant: MarketDays | None) -> None:
    """Chinese and English, both calendars, weekly, avoided."""
    assert market_days(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "逢三逢八",
        "3, 8",
        "lunar solar 3",
        "lunar",
        "lunar 31",
        "农历初一十五",
        "农历十五",
        "农历初三",
        "often",
    ],
)
def test_what_may_mean_several_things_is_refused(text: str) -> None:
    """Days of a month without a calendar, both calendars, none, or no digit."""
    with pytest.raises(InputError):
        market_days(text)


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
@pytest.mark.parametrize("code", ["lunar 38", "-solar 05", "week 25", "-week 0"])
def test_what_is_shown_is_understood_again(code: str, locale: str) -> None:
    """In both languages the text shown says the same days, and the kept code as well."""
    with language(locale):
        assert market_days(str(from_code(code))) == from_code(code)
    assert from_code(code).code == code


def test_a_market_on_three_and_eight_is_every_fifth_day() -> None:
    """3, 8, 13, 18, 23 and 28 of a lunar month are held, the others not."""
    rule = MarketDays("lunar", frozenset({3, 8}))
    first = dt.date(2026, 2, 17)
    held = [day for n in range(29) if rule.allows(day := first + dt.timedelta(n))]
    assert [lunar_day(day) for day in held] == [3, 8, 13, 18, 23, 28]
