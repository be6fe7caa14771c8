"""Visits as an iCalendar file, read back by a library that is not ours."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.printing.icalendar import calendar, escape, fold

STAMP = dt.datetime(2026, 11, 1, 12, 0, tzinfo=dt.UTC)
LONG = "很长的店名；有逗号，也有,半角;和\\反斜杠" * 4


def rows(name: str = LONG) -> pd.DataFrame:
    """Two visits of one day."""
    return pd.DataFrame(
        {
            "employee_id": "E1",
            "day": [dt.date(2026, 11, 2)] * 2,
            "position": [1, 2],
            "terminal_id": ["T1", "T2"],
            "name": [name, "b"],
            "address": ["中心街1号\n二楼", None],
            "begins": [540.4, 700.0],
            "minutes": [20.0, 0.2],
        }
    )


def test_a_calendar_library_reads_what_we_write() -> None:
    """Both events with their times, names and places; nothing is cut or garbled."""
    icalendar = pytest.importorskip("icalendar")
    read = icalendar.Calendar.from_ical(calendar(rows(), name="拜访", stamp=STAMP))
    events = list(read.walk("VEVENT"))
    assert [str(e["SUMMARY"]) for e in events] == [LONG, "b"]
    assert events[0]["DTSTART"].dt == dt.datetime(2026, 11, 2, 9, 0)
    assert events[0]["DTEND"].dt == dt.datetime(2026, 11, 2, 9, 20)
    assert events[1]["DTEND"].dt - events[1]["DTSTART"].dt == dt.timedelta(minutes=1)
    assert str(events[0]["LOCATION"]) == "中心街1号\n二楼"
    assert len({str(e["UID"]) for e in events}) == 2


def test_a_time_zone_gives_universal_time() -> None:
    """09:00 in China is 01:00 UTC."""
    text = calendar(rows(), name="x", stamp=STAMP, zone=dt.timezone(dt.timedelta(hours=8))).decode()
    assert "DTSTART:20261102T010000Z" in text


def test_lines_end_and_begin_as_the_standard_says() -> None:
    """CRLF everywhere, no line above 75 octets."""
    data = calendar(rows(), name=LONG, stamp=STAMP)
    assert data.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, data.split(b"\r\n"))) <= 75


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_folding_and_escaping_lose_nothing(text: str) -> None:
    """Unfolded and unescaped it is the same text, but for the kind of its line breaks."""
    line = "SUMMARY:" + escape(text)
    assert fold(line).replace("\r\n ", "") == line
    assert all(len(part.encode()) <= 75 for part in fold(line).split("\r\n"))
    assert "\n" not in escape(text)


def test_the_same_visit_keeps_its_identity() -> None:
    """A later export updates the event instead of doubling it."""
    first, second = (calendar(rows(name), name="x", stamp=STAMP).decode() for name in ("a", "z"))
    assert [ln for ln in first.split("\r\n") if "UID" in ln] == [
        ln for ln in second.split("\r\n") if "UID" in ln
    ]
