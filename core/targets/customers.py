"""What each customer can be expected to bring, checked against its last three years [S4 4-8]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from core.targets.arrays import Floats

# Half the width of the band around the line, in standard deviations of the three years [domain 4-8].
DEVIATIONS = 2.0


@dataclass(frozen=True)
class Output:
    """The expected output of some customers and how far three years bear it out.

    Parameters
    ----------
    expected
        Next year by the straight line through the years known, never below zero; with one year known
        that year; NaN where none is.
    low, high
        The band a target is held against: from the lower to the higher of (smallest year, line - 2
        standard deviations) and (largest year, line + 2 standard deviations).
    """

    expected: Floats
    low: Floats
    high: Floats


def expected_output(years: ArrayLike) -> Output:
    """Expect next year's output from the last three years.

    Parameters
    ----------
    years
        Sales of the last years, the earliest first, NaN where unknown (customers x years).

    Returns
    -------
    Output
        The expected output and its band, in the measure of the years.

    Examples
    --------
    >>> expected_output([[100.0, 110.0, 120.0]]).expected.tolist()
    [130.0]
    """
    table = np.asarray(years, dtype=np.float64)
    if table.ndim != 2:
        raise InputError(_("The years of customers are a table of customers and years."))
    known = np.isfinite(table)
    count = known.sum(axis=1)
    at = np.where(known, np.arange(table.shape[1], dtype=np.float64), 0.0)
    value = np.where(known, table, 0.0)
    number = np.maximum(count, 1)
    mean_at, mean = at.sum(axis=1) / number, value.sum(axis=1) / number
    apart = np.where(known, at - mean_at[:, None], 0.0)
    spread = (apart**2).sum(axis=1)
    slope = np.divide((apart * value).sum(axis=1), spread, out=np.zeros(len(table)), where=spread > 0)
    line = mean + slope * (table.shape[1] - mean_at)
    fitted = mean[:, None] + slope[:, None] * (at - mean_at[:, None])
    deviation = np.sqrt((np.where(known, value - fitted, 0.0) ** 2).sum(axis=1) / number)
    low = np.minimum(np.where(known, table, np.inf).min(axis=1), line - DEVIATIONS * deviation)
    high = np.maximum(np.where(known, table, -np.inf).max(axis=1), line + DEVIATIONS * deviation)
    expected, low, high = (np.where(count > 0, np.maximum(x, 0.0), np.nan) for x in (line, low, high))
    return Output(expected, low, high)
