"""Why a rep's visits can't be planned: which shops, which rule, what would make it fit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.i18n import _, format_number
from core.visits.hours import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from core.visits.calendar import Period
    from core.visits.hours import Hours
    from core.visits.routing.solution import Violation
    from core.visits.rules import WorkDay

_MOST_LINES = 10
_EPS = 1e-6


def why_never(minutes: float, out: float, back: float, hours: Hours, work: WorkDay) -> str | None:
    """Say why a shop can't be visited even on a day without any other visit; None where it can.

    Parameters
    ----------
    minutes
        Length of the visit.
    out, back
        Minutes from home and back.
    hours
        Windows in minutes after midnight; none where it is always open. One that is possible is enough.
    work
        The working day.
    """
    needed = out + minutes + back
    if needed > work.minutes + _EPS:
        return _(
            "there, visit and back take {need} minutes, the day has {room};"
            " lengthen the day or give the shop to somebody nearer.",
            need=format_number(math.ceil(needed)),
            room=format_number(work.minutes),
        )
    faults = [_no_room(minutes, out, back, window, work) for window in hours]
    # Of several windows the longest would be mended most easily.
    longest = max(range(len(hours)), key=lambda k: hours[k][1] - hours[k][0], default=0)
    return faults[longest] if faults and None not in faults else None


def _no_room(
    minutes: float, out: float, back: float, opening: tuple[float, float], work: WorkDay
) -> str | None:
    """Say why a visit fits into no part of a window; None where it does."""
    opens, closes = opening
    hours = f"{clock(opens)}–{clock(closes)}"
    if closes - opens < minutes - _EPS:
        return _(
            "open {hours}, {have} minutes, but a visit takes {need};"
            " widen the hours by {missing} minutes or shorten the visit.",
            hours=hours,
            have=format_number(closes - opens),
            need=format_number(minutes),
            missing=format_number(math.ceil(minutes - (closes - opens))),
        )
    if work.starts + out + minutes > closes + _EPS:
        return _(
            "open {hours}, but the visit can't end before {at}; be open until then or start the day earlier.",
            hours=hours,
            at=clock(math.ceil(work.starts + out + minutes)),
        )
    if max(opens, work.starts + out) + minutes + back > work.ends + _EPS:
        return _(
            "open {hours}, but who is to be home by {end} must begin the visit by {at};"
            " open earlier or end the day later.",
            hours=hours,
            end=clock(work.ends),
            at=clock(math.floor(work.ends - back - minutes)),
        )
    return None


def too_much(shops: pd.DataFrame, way: NDArray[np.float64], days: int, work: WorkDay) -> str | None:
    """Say by how much the visits alone are longer than all days together; None where they are not.

    Parameters
    ----------
    shops
        planned and minutes of the shops that are visited.
    way
        Minutes between home (0) and the shops (1 ...).
    days, work
        The working days.
    """
    visits, room = int(shops["planned"].sum()), days * work.minutes
    # Every visit needs a way to it, at least the shortest there is; every day one back besides.
    nearest = np.where(np.eye(len(way), dtype=bool), np.inf, way)
    need = float((shops["planned"] * (shops["minutes"] + nearest.min(axis=0)[1:])).sum())
    if need <= room + _EPS:
        return None
    each = need / visits
    return _(
        "{visits} visits take at least {need} hours with the shortest ways, {days} days have {room};"
        " give up about {cut} visits, or share them with {reps} more reps.",
        visits=format_number(visits),
        need=format_number(need / 60, 1),
        days=days,
        room=format_number(room / 60, 1),
        cut=format_number(math.ceil((need - room) / each)),
        reps=format_number(math.ceil((need - room) / room)),
    )


def broken(violations: Iterable[Violation], period: Period) -> list[str]:
    """Return what a plan breaks, day by day in words, with what would make it fit.

    Parameters
    ----------
    violations
        What the search could not mend.
    period
        The days.
    """
    said: dict[str, None] = {}
    for violation in violations:
        values = {
            "day": f"{period.days[violation.day]:%m-%d}",
            "minutes": format_number(math.ceil(violation.amount)),
        }
        if violation.customer:
            text = _(
                "{day}: {name} is reached {minutes} minutes too late; be open that much longer.",
                name=violation.customer,
                **values,
            )
        elif violation.rule == "break":
            text = _("{day}: the break begins {minutes} minutes too late; let it begin later.", **values)
        else:
            text = _("{day}: the day is {minutes} minutes too long.", **values)
        said[text] = None
    return shortened(list(said))


def shortened(lines: Sequence[str]) -> list[str]:
    """Return the first lines, and how many more there are."""
    rest = len(lines) - _MOST_LINES
    return list(lines) if rest <= 0 else [*lines[:_MOST_LINES], _("… and {count} more.", count=rest)]
