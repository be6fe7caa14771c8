"""Market days: on which days a market is held, by the lunar or the solar calendar or by weekday."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from core.errors import InputError
from core.i18n import _

# Lunar months from 25 January 2020 to 11 December 2099, most significant bit first: 1 has 30 days, 0 has 29.
# Computed from the new moons in Beijing time; the same as the tables of the Hong Kong Observatory.
_FIRST = dt.date(2020, 1, 25)
_LENGTHS = (
    "74ab5556aa6d52da95d49da4dd26d535aa6b54b6a5752b6937497a4baa5b54b5a56d4ada4dd25e92ea96d4ada55b4ab6937497a4"
    "bb25b52ba95aaaad955d25d92ec96d4aea56d2ad555aa9b54baa5b52ba95b4ab5556aaad52ea96d4aea4ed26e536aaad54daa5b5"
    "2ba93b45ba4daa5b54d6a56d4aea4ed16e8aec9"
)
_MONTHS = tuple(accumulate((29 + int(bit) for bit in f"{int(_LENGTHS, 16):0988b}"), initial=0))
_DIGITS = dict(zip("零一二三四五六七八九十", (*range(10), 0), strict=True))
_WEEKDAYS = {
    **dict(zip("一二三四五六日天", (0, 1, 2, 3, 4, 5, 6, 6), strict=True)),
    **dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), range(7), strict=True)),
}
_LUNAR = re.compile("农历|阴历|旧历|lunar", re.IGNORECASE)
_SOLAR = re.compile("公历|阳历|新历|solar", re.IGNORECASE)
_NEVER = re.compile("^(避开|避|不去|不|not|never)", re.IGNORECASE)
_WEEKLY = re.compile("(?:周|星期|礼拜)([一二三四五六日天](?:[、,，和及]?[一二三四五六日天])*)")


@dataclass(frozen=True)
class MarketDays:
    """Days on which a market is held where a customer is.

    Parameters
    ----------
    calendar
        "lunar" or "solar": the last digit of the day of the month counts, 逢三逢八 is 3, 8, 13, 18, 23, 28;
        "week": the weekday counts.
    days
        Last digits, 0 for 10, 20 and 30; or weekdays, 0 for Monday.
    avoided
        Visits keep away from these days; else they are made on these days only.
    """

    calendar: Literal["lunar", "solar", "week"]
    days: frozenset[int]
    avoided: bool = False

    def __post_init__(self) -> None:
        most = 6 if self.calendar == "week" else 9
        if not self.days or not self.days <= set(range(most + 1)):
            raise InputError(_("Expected at least one market day, 0 to {most}.", most=most))

    def allows(self, day: dt.date) -> bool:
        """Tell whether a visit may be made on a day."""
        if self.calendar == "week":
            held = day.weekday() in self.days
        else:
            held = (lunar_day(day) if self.calendar == "lunar" else day.day) % 10 in self.days
        return held != self.avoided

    @property
    def code(self) -> str:
        """How it is kept: calendar, digits, and a minus where the days are avoided."""
        return f"{'-' if self.avoided else ''}{self.calendar} {''.join(map(str, sorted(self.days)))}"

    def __str__(self) -> str:
        """Say it in the language in use, so that :func:`market_days` understands it again."""
        if self.calendar == "week":
            names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
            shown = _(", ").join(names[day] for day in sorted(self.days))
        else:
            shown = _(", ").join(str(day or 10) for day in sorted(self.days, key=lambda day: day or 10))
            shown = (
                _("lunar {days}", days=shown) if self.calendar == "lunar" else _("solar {days}", days=shown)
            )
        return _("not {days}", days=shown) if self.avoided else shown


def lunar_day(day: dt.date) -> int:
    """Return the day of the lunar month.

    Raises
    ------
    InputError
        The day lies before 25 January 2020 or after 11 December 2099.
    """
    since = (day - _FIRST).days
    if not 0 <= since < _MONTHS[-1]:
        raise InputError(_("The lunar calendar is known from 2020 to 2099, not on {day}.", day=day))
    return since - max(first for first in _MONTHS if first <= since) + 1


def market_days(text: str) -> MarketDays | None:
    """Return the market days that people write, such as 农历逢三逢八, lunar 3, 8, 周三 or not Wed.

    Raises
    ------
    InputError
        It is not clear which days are meant; a calendar has to be named for days of the month.
    """
    text = text.strip()
    if not text:
        return None
    rest = _NEVER.sub("", text).strip()
    weekdays = _weekdays(rest)
    if weekdays:
        return MarketDays("week", weekdays, rest != text)
    lunar, solar = _LUNAR.search(rest), _SOLAR.search(rest)
    digits = _digits(_SOLAR.sub("", _LUNAR.sub("", rest)))
    if digits is None:
        raise InputError(_("“{text}” names no market days.", text=text), _example())
    if bool(lunar) == bool(solar):
        raise InputError(_("“{text}” does not say by which calendar.", text=text), _example())
    return MarketDays("lunar" if lunar else "solar", digits, rest != text)


def from_code(code: str) -> MarketDays:
    """Return the market days that :attr:`MarketDays.code` keeps."""
    calendar, digits = code.removeprefix("-").split()
    known: dict[str, Literal["lunar", "solar", "week"]] = {"lunar": "lunar", "solar": "solar", "week": "week"}
    return MarketDays(known[calendar], frozenset(map(int, digits)), code.startswith("-"))


def _weekdays(text: str) -> frozenset[int]:
    runs = "".join(_WEEKLY.findall(text))
    english = re.findall(r"\b(mon|tue|wed|thu|fri|sat|sun)\w*", text.lower())
    return frozenset(_WEEKDAYS[sign] for sign in (*runs, *english) if sign in _WEEKDAYS)


def _digits(text: str) -> frozenset[int] | None:
    """Return the last digits named; None where something else stands there."""
    plain = re.sub(r"[逢每月集排的\s,，、;；和及and]+", " ", text).strip()
    found = set()
    for part in plain.split():
        if part.isdecimal() and 1 <= int(part) <= 10:
            found.add(int(part) % 10)
        # 十五 is a day, not the digits 0 and 5; 初一 isn't every day that ends in 1 either.
        elif all(sign in _DIGITS for sign in part) and ("十" not in part or part == "十"):
            found.update(_DIGITS[sign] for sign in part)
        else:
            return None
    return frozenset(found) or None


def _example() -> str:
    return _(
        "Write 农历逢三逢八 or “lunar 3, 8”, 公历 5、10 or “solar 5, 10”, 周三 or “Wed”; “not” avoids them."
    )
