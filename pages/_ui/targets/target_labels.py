"""Words and headings of the target page."""

from __future__ import annotations

import datetime as dt

from babel import dates

from core.i18n import current_language


def month_name(number: int) -> str:
    """Return the short name of a month, ``1月`` or ``Jan``."""
    return str(dates.format_date(dt.date(2000, number, 1), "LLL", locale=current_language()))


def bold(text: str) -> str:
    """Return a text as a small heading."""
    return f"**{text}**"
