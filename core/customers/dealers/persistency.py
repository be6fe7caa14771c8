"""How faithful a customer is: months active, rhythm of the orders, stability of its share [S2 7P].

The article names the panel (忠实程度、持久性、变动) and gives no formulas; those here are the product's [I].
Orders are seen by month, so an interval is a number of months.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.i18n import N_

if TYPE_CHECKING:
    from numpy.typing import NDArray

STATES: dict[str, str] = {
    "steady": N_("Steady"),
    "irregular": N_("Irregular"),
    "fading": N_("Fading"),
    "lapsed": N_("No longer ordering"),
    "new": N_("Too few orders to tell"),
}
STEADY_CV = 0.5
"""Up to this variation of the intervals, and of the amounts, orders are steady."""
LAPSED_INTERVALS = 3.0
"""A customer silent for more than this many of its own intervals no longer orders."""
FADING_TREND = -0.02
"""A monthly change of the amount, in parts of its mean, below which a customer fades."""


def persistency(amounts: pd.DataFrame) -> pd.DataFrame:
    """Return the measures of faithfulness by customer.

    Parameters
    ----------
    amounts
        Orders in yuan; a row per customer, a column per month in order, all months of the window. NaN, zero
        and below is a month without an order.

    Returns
    -------
    pandas.DataFrame
        On the index of ``amounts``: months (of the window), months_active, interval (mean months from one
        order month to the next), interval_cv (standard deviation ÷ mean; NaN below two intervals),
        longest_gap, since_last (months since the last order), share (mean part of all customers' orders in
        its active months), share_cv, trend (least-squares change per month ÷ mean, over active months; NaN
        below three), state (of :data:`STATES`).
    """
    values = amounts.to_numpy(np.float64, na_value=np.nan)
    active = values > 0
    count, months = values.shape
    table = pd.DataFrame(index=amounts.index)
    table["months"] = months
    table["months_active"] = active.sum(axis=1)
    gaps = _gaps(active)
    table["interval"] = gaps.groupby("row")["gap"].mean().reindex(range(count)).to_numpy()
    spread = gaps.groupby("row")["gap"].std(ddof=0).reindex(range(count)).to_numpy()
    enough = gaps.groupby("row").size().reindex(range(count)).to_numpy() >= 2
    table["interval_cv"] = np.where(enough, spread / table["interval"], np.nan)
    table["longest_gap"] = gaps.groupby("row")["gap"].max().reindex(range(count)).to_numpy()
    last = months - 1 - np.argmax(active[:, ::-1], axis=1)
    table["since_last"] = np.where(active.any(axis=1), months - 1 - last, np.nan)
    ordered = np.where(active, values, np.nan)
    total = np.nansum(ordered, axis=0)
    share = ordered / np.where(total > 0, total, np.nan)
    table["share"], table["share_cv"] = _mean_and_cv(share)
    table["trend"] = _trend(ordered)
    table["state"] = _state(table, _mean_and_cv(ordered)[1])
    return table


def _gaps(active: NDArray[np.bool_]) -> pd.DataFrame:
    row, column = np.nonzero(active)
    same = row[1:] == row[:-1]
    return pd.DataFrame({"row": row[1:][same], "gap": np.diff(column)[same].astype(np.float64)})


def _mean_and_cv(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    known = ~np.isnan(values)
    number = known.sum(axis=1)
    filled = np.where(known, values, 0.0)
    mean = np.divide(filled.sum(axis=1), number, out=np.full(len(values), np.nan), where=number > 0)
    square = (np.where(known, values - mean[:, None], 0.0) ** 2).sum(axis=1)
    spread = np.sqrt(np.divide(square, number, out=np.full(len(values), np.nan), where=number > 1))
    return mean, spread / mean


def _trend(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the least-squares slope by row over its known columns, in parts of the mean."""
    known = ~np.isnan(values)
    number = known.sum(axis=1)
    at = np.arange(values.shape[1], dtype=np.float64)
    none = np.full(len(values), np.nan)
    middle = np.divide((known * at).sum(axis=1), number, out=none.copy(), where=number > 2)
    mean = np.divide(np.where(known, values, 0).sum(axis=1), number, out=none.copy(), where=number > 2)
    away = np.where(known, at - middle[:, None], 0.0)
    rise = (away * np.where(known, values - mean[:, None], 0.0)).sum(axis=1)
    spread = (away**2).sum(axis=1)
    slope: NDArray[np.float64] = np.divide(rise, spread * mean, out=none, where=number > 2)
    return slope


def _state(table: pd.DataFrame, amount_cv: NDArray[np.float64]) -> NDArray[np.str_]:
    conditions = {
        "new": table["months_active"] < 3,
        "lapsed": table["since_last"] > LAPSED_INTERVALS * table["interval"],
        "fading": table["trend"] < FADING_TREND,
        "irregular": (table["interval_cv"] > STEADY_CV) | (amount_cv > STEADY_CV),
    }
    return np.select([c.to_numpy(bool) for c in conditions.values()], list(conditions), default="steady")
