"""What the data say about a task: reached, not yet, or nothing that can be told."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from core.cycle.tasks.measures import MEASURES
from core.i18n import N_

VERDICTS = {
    "reached": N_("Reached"),
    "not_yet": N_("Not yet"),
    "unknown": N_("Can't be told"),
    "manual": N_("Signed by a manager"),
}


@dataclass(frozen=True)
class Reading:
    """What a measure was on a day; ``value`` is None or NaN where the data don't tell."""

    day: dt.date
    value: float | None

    @property
    def is_known(self) -> bool:
        """Whether the data tell it."""
        return self.value is not None and not math.isnan(self.value)


@dataclass(frozen=True)
class Measurement:
    """What the data say.

    Parameters
    ----------
    verdict
        A key of :data:`VERDICTS`.
    value
        On the day it was reached, else the latest that is known; None where none is.
    as_of
        The day of ``value``.
    reached_on
        The first day on which the target was reached.
    """

    verdict: str
    value: float | None = None
    as_of: dt.date | None = None
    reached_on: dt.date | None = None


MANUAL = Measurement("manual")


def measure(code: str, target: float, readings: Iterable[Reading], *, after: dt.date) -> Measurement:
    """Compare what was read with the target: the first day that reaches it settles the matter.

    A ratio that was reached in September and is lost in November was reached; keeping it is another task.

    Parameters
    ----------
    code
        A key of :data:`core.cycle.tasks.measures.MEASURES`.
    after
        Readings of this day and before don't count: they are what the task began from.
    """
    declared = MEASURES[code]
    known = sorted((r for r in readings if r.is_known and r.day > after), key=lambda r: r.day)
    if not known:
        return Measurement("unknown")
    first = next((r for r in known if declared.is_reached(r.value, target)), None)
    if first is not None:
        return Measurement("reached", first.value, first.day, first.day)
    return Measurement("not_yet", known[-1].value, known[-1].day)
