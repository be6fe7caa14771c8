"""A small town with a rep, for the tests of the visit plans."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from core.visits.calendar import Period
from core.visits.planning import RepTask
from core.visits.rules import working_days

MONDAY = dt.date(2026, 11, 2)


def period(weeks: int = 4, off: frozenset[dt.date] = frozenset()) -> Period:
    """Whole weeks from a Monday, Mondays to Fridays."""
    return Period(MONDAY, weeks, working_days(MONDAY, weeks, off=off))


def shops(count: int, seed: int = 1, minutes: float = 20.0) -> pd.DataFrame:
    """Shops strewn over ten kilometres with one, two or four visits in four weeks."""
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "terminal_id": [f"T{n:03}" for n in range(count)],
            "name": [f"shop {n}" for n in range(count)],
            "lat": 30 + random.random(count) * 0.1,
            "lon": 114 + random.random(count) * 0.1,
            "planned": random.choice([1, 2, 4], count),
            "minutes": minutes,
        }
    )


def task(count: int = 20, seed: int = 1, **options: object) -> RepTask:
    """A rep who starts in the middle."""
    return RepTask("E1", "rep", (30.05, 114.05), shops(count, seed), period(), **options)
