"""Cross-tables that add up: segment x grade [S4 4-6], quality x growth [S4 4-3]."""

from __future__ import annotations

import pandas as pd

from core.i18n import N_

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
    down = rows.astype(object).where(rows.notna(), UNKNOWN)
    across = columns.astype(object).where(columns.notna(), UNKNOWN)
    known = row_order if row_order is not None else sorted(set(down) - {UNKNOWN})
    places = [*known, UNKNOWN], [*column_order, UNKNOWN]
    counts = (
        pd.DataFrame({"row": down.to_numpy(), "column": across.to_numpy()})
        .groupby(["row", "column"])
        .size()
        .unstack(fill_value=0)
        if len(down)
        else pd.DataFrame()
    )
    table = counts.reindex(index=places[0], columns=places[1], fill_value=0).astype("int64")
    table[TOTAL] = table.sum(axis=1)
    table.loc[TOTAL] = table.sum()
    return table
