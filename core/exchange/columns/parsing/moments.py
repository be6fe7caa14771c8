"""One cell that holds a day, a month or a time, as people write it."""

from __future__ import annotations

import datetime as dt
import math
import numbers
import re
from dataclasses import dataclass

from core.exchange.columns.parsing.cells import EXCEL_ERRORS, Refusal, narrow, unquoted
from core.exchange.columns.parsing.numerals import chinese_number

FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Other years are typing errors."""
# 1900 had no 29 February except in Excel, so the days count from 30 December 1899.
_EXCEL_EPOCH = dt.datetime(1899, 12, 30)
_EXCEL_DAYS = (32_874, 73_051)
"""1990 to 2099."""
_BEFORE_ROC = 1911
_MONTHS = {
    n: i
    for i, n in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NAME = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ROC = r"(?:(?:中[华華])?民[国國](?P<roc>\d{2,3})年|(?P<roc2>1[0-4]\d)(?:年|[-/]))"
"""Years since 1911, as Taiwan counts them; a bare one has three digits."""
_Y4, _M, _D = r"(?P<y>(?:19|20)\d\d)", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_DAYS = [
    re.compile(pattern)
    for pattern in (
        rf"{_Y4}(?P<s>[-/.])\s?{_M}(?P=s)\s?{_D}",
        rf"{_Y4}年{_M}月{_D}[日号]?",
        rf"(?P<y2>\d\d)年{_M}月{_D}[日号]?",
        r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)",
        rf"{_M}月{_D}[日号]",
        rf"{_D}[-/ .]?{_NAME}[-/ .,]*{_Y4}",
        rf"{_NAME}[- .]?{_D}(?:st|nd|rd|th)?,?[- ]{_Y4}",
        rf"{_Y4}[- /.]{_NAME}[- /.]{_D}",
        rf"{_ROC}{_M}[-/.月]{_D}[日号]?",
    )
]
_WHOLE_MONTHS = [
    re.compile(pattern)
    for pattern in (
        rf"{_Y4}[-/. ]{_M}月?份?",
        rf"{_Y4}年度?{_M}月份?",
        rf"(?P<y2>\d\d)年{_M}月份?",
        r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)",
        rf"{_M}月份?",
        rf"{_NAME}[-/ .,']*{_Y4}",
        rf"{_Y4}[-/ .,]*{_NAME}",
        rf"{_M}[-/]{_Y4}",
        rf"{_NAME}",
        rf"{_Y4}[- /.]?m{_M}",
        rf"m{_M}",
        rf"{_ROC}{_M}月?份?",
    )
]
_SHORT = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})")
_SHORT_NAME = re.compile(rf"(?P<d>\d\d?)[-/ ]?{_NAME}[-/ ]?'?(?P<y2>\d\d)")
_NAME_NUMBER = re.compile(
    rf"(?:{_NAME}[-/ ]?(?P<after>'?\d\d)|(?P<before>\d\d?)[-/ ]?{_NAME.replace('name', 'name2')})"
)
_PERIOD = re.compile(
    r".*(?:q[1-4]|[1-4]q|季|上半年|下半年|半年|h[12]|[12]h|全年|年度|累计|合计|ytd|mtd|week|[上中下]旬).*"
    r"|(?:(?:19|20)\d\d)年?|.*\d{1,2}月?[-~–—至到]\d{1,2}月.*|第?[一二三四1-4]季度?"
)
_TIME = re.compile(
    r"^(?P<rest>.*?)[\st,]*(?P<half>上午|下午|中午|晚上|凌晨|am|pm)?\s*"
    r"(?P<h>\d{1,2})(?:[:时点](?P<min>\d{1,2})(?:[:分](?P<sec>\d{1,2})(?:\.\d+)?秒?)?分?|[时点])"
    r"\s*(?P<half2>am|pm)?(?:z|\+08:?00)?$"
)
_WEEKDAY = re.compile(r"[(,\s]*(?:星期|周|礼拜)[一二三四五六日天]\)?")
_CHINESE = re.compile(r"[〇○零一二三四五六七八九十]+(?=[年月日号时点分])")


@dataclass(frozen=True)
class Moment:
    """A day, a month (no day) or a time; the year is None where the cell doesn't say it."""

    year: int | None
    month: int
    day: int | None = None
    time: dt.time | None = None


@dataclass(frozen=True)
class Open:
    """A cell that can be read in several ways.

    Parameters
    ----------
    question
        ``date_order`` (``parts`` are the three numbers as they stand), ``month_name`` (month, number) or
        ``october`` (the year).
    """

    question: str
    parts: tuple[int, ...]
    time: dt.time | None = None


def read_moment(cell: object) -> Moment | Open | Refusal:  # noqa: PLR0911 - one return per form
    """Read one cell that isn't missing."""
    if isinstance(cell, dt.datetime):
        return _checked(cell.year, cell.month, cell.day, cell.time().replace(microsecond=0))
    if isinstance(cell, dt.date):
        return _checked(cell.year, cell.month, cell.day)
    if isinstance(cell, numbers.Real):
        return _number(float(cell))
    if not isinstance(cell, str):
        return Refusal("not_a_date")
    text = _WEEKDAY.sub("", unquoted(narrow(cell)).casefold()).strip()
    if text in EXCEL_ERRORS:
        return Refusal("formula_error")
    text = _CHINESE.sub(lambda found: str(chinese_number(found.group())), text)
    text, time = _without_time(text)
    if isinstance(time, Refusal):
        return time
    return _text(text, time)


def _number(value: float) -> Moment | Open | Refusal:
    if not math.isfinite(value):
        return Refusal("not_a_date")
    if _EXCEL_DAYS[0] <= value < _EXCEL_DAYS[1]:
        moment = _EXCEL_EPOCH + dt.timedelta(seconds=round(value * 86_400))
        return _checked(moment.year, moment.month, moment.day, moment.time())
    if value in range(1, 13):
        return Moment(None, int(value))
    return _text(format(value, ".15g"), None)


def _text(text: str, time: dt.time | None) -> Moment | Open | Refusal:
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and _EXCEL_DAYS[0] <= float(text) < _EXCEL_DAYS[1]:
        return _number(float(text))
    if re.fullmatch(r"(?:19|20)\d\d\.1", text):
        return Open("october", (int(text[:4]),))
    for pattern in (*_DAYS, *_WHOLE_MONTHS):
        found = pattern.fullmatch(text)
        if found:
            groups = found.groupdict()
            year = groups.get("y") or (f"20{groups['y2']}" if groups.get("y2") else None)
            if since := groups.get("roc") or groups.get("roc2"):
                year = str(_BEFORE_ROC + int(since))
            month = int(groups["m"]) if groups.get("m") else _MONTHS[groups["name"]]
            day = int(groups["d"]) if groups.get("d") else None
            return _checked(int(year) if year else None, month, day, time)
    opened = _open(text, time)
    if opened is not None:
        return opened
    if re.fullmatch(r"1[0-2]|0?[1-9]", text):
        return Moment(None, int(text))
    return Refusal("whole_period" if _PERIOD.fullmatch(text) else "not_a_date")


def _open(text: str, time: dt.time | None) -> Open | None:
    short = _SHORT.fullmatch(text)
    if short and len(short[1]) != 3 and len(short[4]) in {1, 2, 4} and len(short[1]) <= 2:
        return Open("date_order", (int(short[1]), int(short[3]), _full(short[4])), time)
    named = _SHORT_NAME.fullmatch(text)
    if named:
        return Open("date_order", (int(named["d"]), -_MONTHS[named["name"]], int(named["y2"])), time)
    beside = _NAME_NUMBER.fullmatch(text)
    if beside:
        month = _MONTHS[beside["name"] or beside["name2"]]
        number = beside["after"] or beside["before"]
        return Open("month_name", (month, int(number.strip("'"))))
    return None


def _full(digits: str) -> int:
    return int(digits)


def _without_time(text: str) -> tuple[str, dt.time | Refusal | None]:
    found = _TIME.match(text)
    if not found or not found["rest"].strip():
        return text, None
    hour, half = int(found["h"]), found["half"] or found["half2"]
    if half in {"下午", "晚上", "pm"} and hour < 12:
        hour += 12
    elif half in {"am", "上午", "凌晨"} and hour == 12:
        hour = 0
    minute, second = int(found["min"] or 0), int(found["sec"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return text, Refusal("not_a_time")
    return found["rest"].strip(" t,"), dt.time(hour, minute, second)


def _checked(year: int | None, month: int, day: int | None, time: dt.time | None = None) -> Moment | Refusal:
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return Refusal("no_such_day")
    if not 1 <= month <= 12:
        return Refusal("no_such_day")
    if day is not None:
        try:
            dt.date(year or 2024, month, day)
        except ValueError:
            return Refusal("no_such_day")
    return Moment(year, month, day, time)
