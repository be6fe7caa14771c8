"""Array types and the comparisons that every rule of the market shares.

Amounts of money reach the formulas as binary fractions, so 100 × 1.7 and 170 may differ in the last bit.
The comparisons here forgive a relative difference of 1e-9, far below one fen in a billion yuan.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]

SLACK = 1e-9


def as_floats(values: ArrayLike) -> Floats:
    """Return values as a float array in which everything that is missing is NaN."""
    return np.asarray(values, dtype=np.float64)


def at_least(value: Floats, limit: Floats | float) -> Flags:
    """Tell where ``value >= limit``; False where either is missing."""
    bound = np.asarray(limit, dtype=np.float64)
    return np.asarray(value >= bound - SLACK * np.abs(bound))


def above(value: Floats, limit: Floats | float) -> Flags:
    """Tell where ``value > limit`` by more than rounding noise; False where either is missing."""
    bound = np.asarray(limit, dtype=np.float64)
    return np.asarray(value > bound + SLACK * np.abs(bound))


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Divide where the denominator is above zero; NaN elsewhere, never infinity."""
    result = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    np.divide(numerator, denominator, out=result, where=np.asarray(denominator > 0))
    return result


def relative_change(now: Floats, before: Floats) -> Floats:
    """Return now / before - 1; NaN where either is missing or ``before`` isn't above zero."""
    return divide(now, before) - 1


def to_fen(amount: Floats) -> Floats:
    """Round yuan to whole fen, halves away from zero, and return the number of fen.

    Rounding keeps the order of amounts, and whole fen below 2**53 (90 trillion yuan) are exact, so
    sums and differences of the results are exact too.
    """
    # A product such as 1.005 * 100 ends in ...99999; five more decimals decide what it meant.
    fen = np.round(np.abs(amount) * 100, 5)
    return np.copysign(np.floor(fen + 0.5), amount)


def places_of(values: pd.Series, names: Sequence[str], *, missing: int) -> Codes:
    """Return the place of each value among the names; -1 for none of them, ``missing`` for no value."""
    codes, found = pd.factorize(values)
    place = pd.Index(names).get_indexer(pd.Index(found, dtype=object))
    return np.where(codes < 0, missing, np.append(place, missing)[codes]).astype(np.int64)


def listed_names(marks: Flags, names: Sequence[str]) -> pd.api.extensions.ExtensionArray:
    """Return the names marked in each row, joined by commas.

    Parameters
    ----------
    marks
        Shape (n, names).
    names
        At most 62 of them.
    """
    # Few rows differ: each pattern is written once, however many rows have it.
    patterns, place = np.unique(marks @ (1 << np.arange(len(names), dtype=np.int64)), return_inverse=True)
    words = [
        ",".join(name for at, name in enumerate(names) if pattern >> at & 1) for pattern in patterns.tolist()
    ]
    return text_column(place, words)


def text_column(codes: Codes, names: Sequence[str]) -> pd.api.extensions.ExtensionArray:
    """Return the names that codes stand for as text; a code below zero is missing."""
    table = pd.array(list(names), dtype="str")
    # Taking from an empty table is refused even where every code is missing.
    return table.take(codes, allow_fill=True) if len(names) else pd.array([None] * len(codes), dtype="str")
