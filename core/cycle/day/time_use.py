"""Where the minutes of a day went, and how much of them was effective [0-17, 3-28]."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from core.errors import InputError
from core.i18n import N_, _

ACTIVITIES: dict[str, str] = {
    "selling": N_("With customers"),
    "travel": N_("On the way"),
    "waiting": N_("Waiting"),
    "office": N_("Office work"),
}
"""Activities of the time log; others that files bring are counted as they are."""
EFFECTIVE = "selling"
"""Only time with customers is effective: what has nothing to do with results is not [0-17]."""
DAY_MINUTES = 1_440
LONGEST_WAY = 120
"""Minutes between two visits that still count as the way; a longer gap was something else."""
Stay = tuple[dt.datetime, dt.datetime | None]


def proposed_minutes(stays: Sequence[Stay]) -> dict[str, int | None]:
    """Return what a day's visits say about its time, to be set right by whoever reports it.

    Parameters
    ----------
    stays
        Arrival and departure of each visit; None where the departure is unknown.

    Returns
    -------
    dict
        By activity: ``selling`` is the time in shops, overlaps counted once; ``travel`` the gaps between
        visits up to :data:`LONGEST_WAY` minutes. None where the visits say nothing about it.
    """
    known = sorted((start, end) for start, end in stays if end is not None)
    if not known:
        return dict.fromkeys(ACTIVITIES)
    selling, travel, until = 0.0, 0.0, known[0][0]
    for start, end in known:
        gap = (start - until).total_seconds() / 60
        travel += gap if 0 < gap <= LONGEST_WAY else 0.0
        selling += max(0.0, (end - max(start, until)).total_seconds() / 60)
        until = max(until, end)
    way = round(travel) if len(known) > 1 else None
    return {**dict.fromkeys(ACTIVITIES), EFFECTIVE: round(selling), "travel": way}


def check_minutes(minutes: Mapping[str, int | None]) -> dict[str, int]:
    """Return the minutes by activity that somebody reported; activities left empty are left out.

    Raises
    ------
    InputError
        An activity is none of the log's, a number is out of range, nothing is said at all, or the sum is
        more than a day has.
    """
    unknown = sorted(set(minutes) - set(ACTIVITIES))
    if unknown:
        raise InputError(
            _("{activity} is no activity of the time log.", activity=unknown[0]),
            _("Expected one of: {allowed}.", allowed=", ".join(ACTIVITIES)),
        )
    said = {name: value for name, value in minutes.items() if value is not None}
    for name, value in said.items():
        if not 0 <= value <= DAY_MINUTES:
            raise InputError(
                _("{activity}: {value} minutes are out of range.", activity=_(ACTIVITIES[name]), value=value),
                _("A day has {most} minutes.", most=DAY_MINUTES),
            )
    if not said:
        raise InputError(_("Say at least once where the minutes went."), _("Time with customers is enough."))
    if sum(said.values()) > DAY_MINUTES:
        raise InputError(
            _("The minutes sum to {sum}.", sum=sum(said.values())),
            _("A day has {most} minutes.", most=DAY_MINUTES),
        )
    return said


def effective_share(minutes: float | None, effective: float | None) -> float:
    """Return effective ÷ all logged minutes; NaN where nothing is logged, or only nothing.

    Parameters
    ----------
    minutes, effective
        All logged minutes and those that are effective; None or NaN where none are.
    """
    if minutes is None or math.isnan(minutes) or minutes <= 0:
        return math.nan
    return (0.0 if effective is None or math.isnan(effective) else effective) / minutes
