"""The period of a view: presets relative to the last month with data, or two months of one's own."""

from __future__ import annotations

import datetime as dt
import re

from core.i18n import N_, _, format_month
from core.periods import Period, shift

PRESETS = {
    "last12": N_("Last 12 months"),
    "year": N_("This year"),
    "previous_year": N_("Last year"),
    "custom": N_("Own choice"),
}
DEFAULT = "last12"
_OWN = re.compile(r"(\d{4})-(\d{2})_(\d{4})-(\d{2})")


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the first days of all months from the first to the last, both included."""
    return [shift(first, number) for number in range(Period(first, last).months)]


def preset(code: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Return the months of a preset, cut to the months with data."""
    if code == "year":
        start, end = dt.date(last.year, 1, 1), last
    elif code == "previous_year":
        start, end = dt.date(last.year - 1, 1, 1), dt.date(last.year - 1, 12, 1)
    else:
        start, end = shift(last, -11), last
    if end < first:
        return first, first
    return max(start, first), end


def code_of(start: dt.date, end: dt.date) -> str:
    """Return the code of a period of one's own, as in the address."""
    return f"{start:%Y-%m}_{end:%Y-%m}"


def resolve(code: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date] | None:
    """Return the months of a code, or None when it is none or lies outside the data.

    Parameters
    ----------
    code
        A key of ``PRESETS`` or ``2022-01_2022-12``; empty is the default.
    """
    if (code or DEFAULT) in PRESETS and code != "custom":
        return preset(code or DEFAULT, first, last)
    match = _OWN.fullmatch(code)
    if match is None:
        return None
    try:
        start = dt.date(int(match[1]), int(match[2]), 1)
        end = dt.date(int(match[3]), int(match[4]), 1)
    except ValueError:
        return None
    return (start, end) if first <= start <= end <= last else None


def label(start: dt.date, end: dt.date) -> str:
    """Return a period in words."""
    if start == end:
        return format_month(start)
    return _("{start} to {end}", start=format_month(start), end=format_month(end))
