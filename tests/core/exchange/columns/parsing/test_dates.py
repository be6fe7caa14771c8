"""Days, months and times in every form, and the questions some of them raise."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.columns.parsing.dates import parse_dates
from core.tables import BY_NAME

MONTH = BY_NAME["market_sales"].column("month")
DAY = BY_NAME["inventory"].column("as_of")
TIME = BY_NAME["visit"].column("start_at")
MARCH = dt.date(2024, 3, 1)

DAY_FORMS = {
    "iso": lambda d: d.isoformat(),
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "points": lambda d: f"{d.year}.{d.month}.{d.day}",
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "digits": lambda d: f"{d:%Y%m%d}",
    "number": lambda d: int(f"{d:%Y%m%d}"),
    "serial": lambda d: (d - dt.date(1899, 12, 30)).days,
    "serial text": lambda d: f"{(d - dt.date(1899, 12, 30)).days}",
    "midnight": lambda d: f"{d} 00:00:00",
    "week": lambda d: f"{d.year}-{d.month}-{d.day} 星期三",
    "english": lambda d: f"{d.day} {d:%b} {d.year}",
    "american": lambda d: f"{d:%B} {d.day}, {d.year}",
    "cell": lambda d: dt.datetime.combine(d, dt.time()),
}


@settings(max_examples=60, deadline=None)
@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), form=st.sampled_from(sorted(DAY_FORMS)))
def test_any_form_of_a_day_reads_back(day: dt.date, form: str) -> None:
    """A day written in any form that says its year in full is that day."""
    parsed = parse_dates([DAY_FORMS[form](day)], DAY)
    assert parsed.values.tolist() == [day]
    assert not parsed.questions


@pytest.mark.parametrize(
    "cell",
    [
        "2024年3月",
        "2024年03月份",
        "2024.3",
        "2024.03",
        "202403",
        202403,
        202403.0,
        "2024-3",
        "2024/03",
        "24年3月",
        "二〇二四年三月",
        "Mar 2024",
        "2024-Mar",
        "March-2024",
        "2024-03-01",
        MARCH,
        45352,
        "3/2024",
        "2024年3月1日",
    ],
)
def test_any_form_of_a_month(cell: object) -> None:
    """All of them are March 2024."""
    parsed = parse_dates([cell], MONTH)
    assert parsed.values.tolist() == [MARCH]
    assert not parsed.findings


@pytest.mark.parametrize(
    "cell",
    ["2024Q1", "1季度", "2024年一季度", "上半年", "H1 2024", "2024年", 2024, "1-3月", "全年", "2024年累计"],
)
def test_periods_are_refused_with_words(cell: object) -> None:
    """A quarter or a year is no month, and the hint says to split it."""
    parsed = parse_dates([cell], MONTH)
    assert parsed.values.tolist() == [None]
    assert [f.code for f in parsed.findings] == ["whole_period"]


@pytest.mark.parametrize(
    ("cells", "column", "code", "choices"),
    [
        (["24/3/5"], DAY, "date_order", ("ymd", "dmy")),  # March has no 24th month, so not mdy
        (["3/5/2024"], DAY, "date_order", ("dmy", "mdy")),
        (["5-Mar-24"], DAY, "date_order", ("ymd", "dmy", "mdy")),
        (["Mar-24"], MONTH, "month_name", ("year", "day")),
        (["3月"], MONTH, "year", ()),
        (["3月5日"], DAY, "year", ()),
        ([2024.1], MONTH, "october", ("january", "october", "both")),
        (["2024.1", "2024.2"], MONTH, "october", ("january", "october", "both")),
        (["2024-03-31"], MONTH, "day_to_month", ("month", "refuse")),
    ],
)
def test_asks_where_two_readings_are_possible(cells: list, column: object, code: str, choices: tuple) -> None:
    """What has two readings is asked, with those that are possible, and has no value meanwhile."""
    parsed = parse_dates(cells, column)
    assert [(q.code, q.choices) for q in parsed.questions] == [(code, choices)]
    assert parsed.values[0] is None


@pytest.mark.parametrize(
    ("cells", "column", "answers", "value"),
    [
        (["24/3/5"], DAY, {"date_order": "dmy"}, dt.date(2005, 3, 24)),
        (["5-Mar-24"], DAY, {"date_order": "dmy"}, dt.date(2024, 3, 5)),
        (["Mar-24"], MONTH, {"month_name": "year"}, MARCH),
        (["三月"], MONTH, {"year": "2024"}, MARCH),
        ([3], MONTH, {"year": "2024"}, MARCH),
        ([2024.1], MONTH, {"october": "october"}, dt.date(2024, 10, 1)),
        (["2024-03-31"], MONTH, {"day_to_month": "month"}, MARCH),
    ],
)
def test_answers_settle_the_question(cells: list, column: object, answers: dict, value: dt.date) -> None:
    """With the answer of the mapping the same cell has one reading."""
    parsed = parse_dates(cells, column, None, answers)
    assert parsed.values.tolist() == [value]
    assert not parsed.questions


def test_the_column_itself_is_evidence() -> None:
    """13/5/2024 shows that the day comes first; 2024.10 in a text shows that .1 is January."""
    days = parse_dates(["3/5/2024", "13/5/2024"], DAY)
    assert days.values.tolist() == [dt.date(2024, 5, 3), dt.date(2024, 5, 13)]
    months = parse_dates(["2024.1", "2024.10"], MONTH)
    assert months.values.tolist() == [dt.date(2024, 1, 1), dt.date(2024, 10, 1)]
    padded = parse_dates([2024.01, 2024.1], MONTH)
    assert padded.values.tolist() == [dt.date(2024, 1, 1), dt.date(2024, 10, 1)]


def test_times_and_days_that_do_not_exist() -> None:
    """Afternoons and fractions of a day are times; 30 February and 25 o'clock are errors."""
    cells = [
        "2024年3月5日 下午3时20分",
        "2024-03-05T09:30:00",
        45356.5,
        "2024-02-30 9:00",
        "2024-03-05 25:10",
    ]
    parsed = parse_dates(cells, TIME)
    assert parsed.values.tolist() == [
        dt.datetime(2024, 3, 5, 15, 20),
        dt.datetime(2024, 3, 5, 9, 30),
        dt.datetime(2024, 3, 5, 12, 0),
        None,
        None,
    ]
    assert sorted(f.code for f in parsed.findings) == ["no_such_day", "not_a_time"]
