"""Bring a plan back to its total after single cells were changed elsewhere, such as in a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.errors import InfeasibleError
from core.i18n import _
from core.targets.fitting.rounding import apportion

if TYPE_CHECKING:
    import pandas as pd

    from core.targets.units import Unit


def rescale_to_total(
    before: pd.DataFrame, after: pd.DataFrame, *, within: list[str], unit: Unit
) -> pd.DataFrame:
    """Keep totals: the cells that were not changed take the difference, in proportion to what they hold.

    Parameters
    ----------
    before
        The plan as it was: count and locked.
    within
        Levels of the index whose totals stay, such as ``["region_id"]``; none for the grand total only.
    unit
        Unit of the counts, for messages.

    Returns
    -------
    DataFrame
        Changed and locked cells as in ``after``; every total within is that of ``before``, to the unit.

    Raises
    ------
    InfeasibleError
        The changed and locked cells of a total exceed it, or nothing open is left to take the difference.
    """
    after = after.reindex(before.index)
    count, old = after["count"].to_numpy(np.int64), before["count"].to_numpy(np.int64)
    fixed = (count != old) | after["locked"].to_numpy(bool)
    codes = (
        before.groupby(level=within, sort=True).ngroup().to_numpy(np.int64)
        if within
        else np.zeros(len(before), np.int64)
    )
    totals = np.zeros(int(codes.max()) + 1, np.int64)
    np.add.at(totals, codes, old - np.where(fixed, count, 0))
    room = np.bincount(codes[~fixed], minlength=totals.size)
    worst = int(np.argmin(totals))
    if totals[worst] < 0 or ((room == 0) & (totals != 0)).any():
        where = worst if totals[worst] < 0 else int(np.argmax((room == 0) & (totals != 0)))
        raise InfeasibleError(
            _("The changed and locked cells miss a total by {gap}, and no open cell can take it.",
              gap=unit.text(abs(int(totals[where])))),
            _("Release a lock, change fewer cells, or let the total change."),
        )  # fmt: skip
    spare = ~fixed
    empty = np.bincount(codes[spare], old[spare], minlength=totals.size) == 0
    result = count.copy()
    if spare.any():
        used, groups = np.unique(codes[spare], return_inverse=True)
        weights = np.where(empty[codes[spare]], 1.0, old[spare])
        result[spare] = apportion(totals[used], weights, groups=groups)
    return after.assign(count=result)
