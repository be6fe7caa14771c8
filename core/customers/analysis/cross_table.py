"""Cross-tables that add up: segment x grade [S4 4-6], quality x growth [S4 4-3]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.i18n import N_
from core.market.arrays import places_of

if TYPE_CHECKING:
    from core.market.arrays import Codes

UNKNOWN = "unknown"
TOTAL = "total"
UNKNOWN_LABEL = N_("Unknown")


def cross_table(
    rows: pd.Series, columns: pd.Series, *, row_order: list[str] | None = None, column_order: list[str]
) -> pd.DataFrame:
    """Count customers by two marks.

    Parameters
    ----------
    rows, columns
        The marks by customer, on the same index; None is ``unknown``, which gets a place of its own.
    row_order, column_order
        All places in order, also those without customers; rows in the order of their names by default.

    Returns
    -------
    pandas.DataFrame
        Counts with ``unknown`` and ``total`` as last row and column; every row and column adds up.
    """
    known = row_order if row_order is not None else sorted(rows.dropna().unique())
    places = [*(name for name in known if name != UNKNOWN), UNKNOWN], [*column_order, UNKNOWN]
    table = pd.DataFrame(_counts(rows, columns, *places), index=places[0], columns=places[1])
    table[TOTAL] = table.sum(axis=1)
    table.loc[TOTAL] = table.sum()
    return table


def _counts(rows: pd.Series, columns: pd.Series, down: list[str], across: list[str]) -> Codes:
    """Count by place; what is none of the places counts nowhere, what is missing at the last."""
    picked = [
        places_of(marks, places, missing=len(places) - 1)
        for marks, places in ((rows, down), (columns, across))
    ]
    known = (picked[0] >= 0) & (picked[1] >= 0)
    cells = picked[0][known] * len(across) + picked[1][known]
    return np.bincount(cells, minlength=len(down) * len(across)).reshape(len(down), len(across))
