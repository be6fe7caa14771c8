"""A rep's visits as an iCalendar file (RFC 5545) that every calendar opens."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

PRODUCT = "-//Shengeng//Visit plan//ZH"
_LONGEST = 75


def escape(text: str) -> str:
    """Return text with the characters escaped that mean something in a value (section 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def fold(line: str) -> str:
    """Break a line after at most 75 octets, never inside a character (section 3.1)."""
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST:
            parts.append(part)
            # The blank that marks a continuation counts.
            part, size = "", 1
        part, size = part + letter, size + width
    return "\r\n ".join([*parts, part])


def calendar(rows: pd.DataFrame, *, name: str, stamp: dt.datetime, zone: dt.tzinfo | None = None) -> bytes:
    """Return the visits as events.

    Parameters
    ----------
    rows
        employee_id, day (date), position, terminal_id, name, address, begins and minutes; ``begins``
        as minutes after midnight.
    zone
        Time zone of the day; None for floating times, which mean the same clock wherever they are read.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{escape(name)}")
    for row in rows.itertuples():
        begin = dt.datetime.combine(row.day, dt.time()) + dt.timedelta(minutes=round(row.begins))
        end = begin + dt.timedelta(minutes=max(round(row.minutes), 1))
        key = f"{row.employee_id}|{row.terminal_id}|{row.day}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{hashlib.sha256(key.encode()).hexdigest()[:32]}@shengeng",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART{_moment(begin, zone)}",
            f"DTEND{_moment(end, zone)}",
            f"SUMMARY:{escape(str(row.name))}",
        ]
        if isinstance(row.address, str) and row.address:
            lines.append(f"LOCATION:{escape(row.address)}")
        lines += [f"DESCRIPTION:{escape(f'{row.position}. {row.terminal_id}')}", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return ("\r\n".join(map(fold, lines)) + "\r\n").encode()


def _moment(when: dt.datetime, zone: dt.tzinfo | None) -> str:
    if zone is None:
        return f":{when:%Y%m%dT%H%M%S}"
    return f":{when.replace(tzinfo=zone).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
