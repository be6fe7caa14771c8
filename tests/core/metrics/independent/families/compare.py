"""Comparing a table of a report with the same table from raw facts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from core.metrics import FAMILIES, Format

if TYPE_CHECKING:
    from collections.abc import Iterable

FEN = 0.011


def differences(
    family: str, expected: pd.DataFrame, told: pd.DataFrame, keys: Iterable[str]
) -> dict[str, dict[object, tuple[object, object]]]:
    """Return, by KPI, the rows in which a report says something else than the raw facts."""
    assert set(expected.index) == set(told.index), "the rows themselves differ"
    found = {}
    for key in keys:
        money = FAMILIES[family][key].format is Format.MONEY
        right, said = expected[key].to_dict(), told[key].to_dict()
        wrong = {
            row: (right[row], said[row])
            for row in right
            if not same(right[row], said[row], FEN if money else 0.0)
        }
        if wrong:
            found[key] = wrong
    return found


def same(one: object, other: object, tolerance: float = 0.0) -> bool:
    """Tell whether two values are the same; missing equals missing, an empty text is missing."""
    one, other = (None if _missing(value) else value for value in (one, other))
    if one is None or other is None:
        return one is other
    if isinstance(one, dt.date | pd.Timestamp) or isinstance(other, dt.date | pd.Timestamp):
        return pd.Timestamp(one) == pd.Timestamp(other)
    if isinstance(one, str):
        return one == other
    return abs(float(one) - float(other)) <= tolerance + 1e-9 * max(1.0, abs(float(one)))


def _missing(value: object) -> bool:
    return value is None or bool(pd.isna(value)) or (isinstance(value, str) and not value)
