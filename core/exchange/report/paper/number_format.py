"""Numbers written by the spreadsheet formats that pictures carry."""

from __future__ import annotations

import re

from core.i18n import format_number, format_percent

_DIGITS = re.compile(r"([#,0]*0)(\.0+)?")


def write_number(value: float, number_format: str) -> str:
    """Write a number as a spreadsheet would with one of the formats that our pictures use.

    >>> write_number(0.2347, "0.0%"), write_number(-1234.56, "+#,##0.0;-#,##0.0;0")
    ('23.5%', '-1,234.6')
    """
    if number_format == "General":
        return f"{value:,g}"
    parts = number_format.split(";")
    negative = value < 0 and len(parts) > 1
    form = parts[1] if negative else parts[2] if value == 0 and len(parts) > 2 else parts[0]
    shown = abs(value) if negative else value
    found = _DIGITS.search(form)
    if found is None:
        return form
    digits = len(found[2]) - 1 if found[2] else 0
    # Rounded as the pages round.
    text = format_percent(shown, digits).rstrip("%") if "%" in form else format_number(shown, digits)
    if "," not in found[1]:
        text = text.replace(",", "")
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return form.replace(found[0], text, 1).replace('"', "")
