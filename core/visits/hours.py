"""Hours that people write: one or several windows of a day, and moments."""

from __future__ import annotations

import re

from core.errors import InputError
from core.i18n import _

Hours = tuple[tuple[float, float], ...]
DAY_MINUTES = 1440.0
NAMED: dict[str, tuple[float, float]] = {
    "上午": (0.0, 720.0),
    "morning": (0.0, 720.0),
    "mornings": (0.0, 720.0),
    "下午": (720.0, 1440.0),
    "afternoon": (720.0, 1440.0),
    "afternoons": (720.0, 1440.0),
}
_MOMENT = r"(\d{1,2})[:：](\d{2})"
_WINDOW = re.compile(rf"{_MOMENT}\s*[-–—~～至到]\s*{_MOMENT}")


def moment(text: str) -> float:
    """Return a time of day such as 9:30 in minutes after midnight.

    Raises
    ------
    InputError
        It is none.
    """
    found = re.fullmatch(_MOMENT, text.strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found else -1
    if found is None or int(found[2]) > 59 or minutes > DAY_MINUTES:
        raise InputError(
            _("“{text}” is no time of day.", text=text), _("Write it as {example}.", example="09:30")
        )
    return float(minutes)


def clock(minutes: float) -> str:
    """Return minutes after midnight as ``09:30``, the end of the day as ``24:00``."""
    whole = round(minutes)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def hours_of(text: str) -> Hours:
    """Return the windows in a text such as 8:00-12:00, 14:00-18:00, or 上午.

    Raises
    ------
    InputError
        A part is no window, ends before it begins, or two overlap.
    """
    found = []
    for part in re.split(r"[,，、;；]+", text):
        said = part.strip().lower()
        if not said:
            continue
        match = _WINDOW.fullmatch(said)
        if match is None and said not in NAMED:
            raise InputError(
                _("“{text}” are no hours.", text=part.strip()),
                _("Write them as {example}, or “morning”.", example="08:00-12:00, 14:00-18:00"),
            )
        ends = re.split(r"\s*[-–—~～至到]\s*", said)
        found.append(NAMED[said] if match is None else (moment(ends[0]), moment(ends[1])))
    return checked(tuple(sorted(found)))


def checked(hours: Hours) -> Hours:
    """Return windows that follow each other.

    Raises
    ------
    InputError
        One ends before it begins or after midnight, or begins before the last one has ended.
    """
    free = 0.0
    for opens, closes in hours:
        if not 0 <= opens < closes <= DAY_MINUTES:
            raise InputError(
                _("The hours {hours} end before they begin.", hours=hours_text(((opens, closes),)))
            )
        if opens < free:
            raise InputError(_("The hours {hours} overlap.", hours=hours_text(hours)))
        free = closes
    return hours


def hours_text(hours: Hours) -> str:
    """Return windows as text that :func:`hours_of` understands."""
    return ", ".join(f"{clock(opens)}-{clock(closes)}" for opens, closes in hours)
