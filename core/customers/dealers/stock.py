"""Stock and sell-out of dealers: days of stock, sell-through, slow movers [S0].

Effective shipping is what is sold on, not what is delivered; so stock is measured against sell-out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import N_, _

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALERTS: dict[str, str] = {
    "no_count": N_("No stock count"),
    "no_sell_out": N_("Sell-out unknown"),
    "stale_count": N_("Stock count too old"),
    "no_sale": N_("Stock without any sale"),
    "overstock": N_("Too much stock"),
    "short": N_("Running out"),
    "fine": N_("In order"),
}


@dataclass(frozen=True)
class StockRule:
    """From when on stock is a matter to look at [I].

    Parameters
    ----------
    most_days
        More days of stock than this are too many.
    least_days
        Fewer days than this run out before the next delivery.
    slow_days
        A product with more days of stock than this moves slowly.
    stale_days
        A count older than this says nothing any more.
    """

    most_days: float = 45.0
    least_days: float = 7.0
    slow_days: float = 90.0
    stale_days: int = 45

    def __post_init__(self) -> None:
        if not (0 <= self.least_days < self.most_days <= self.slow_days and self.stale_days > 0):
            raise InputError(
                _(
                    "The limits of stock are {least}, {most}, {slow} and {stale} days.",
                    least=self.least_days,
                    most=self.most_days,
                    slow=self.slow_days,
                    stale=self.stale_days,
                ),
                _("Expected 0 ≤ least < most ≤ slow, and a positive age."),
            )


def stock_table(table: pd.DataFrame, today: dt.date, rule: StockRule | None = None) -> pd.DataFrame:
    """Add days of stock, sell-through and what is to be looked at.

    Parameters
    ----------
    table
        One row per customer, or customer and product: stock (yuan; NaN not counted), counted_on (day),
        sell_in and sell_out (yuan of the same days; NaN unknown), days (their number).
    rule
        The limits; a value on a limit is in order.

    Returns
    -------
    pandas.DataFrame
        ``table`` with daily_out (yuan a day), days_of_stock = stock ÷ daily_out (NaN where unknown or
        nothing is sold), sell_through = sell_out ÷ sell_in, count_age (days), slow (more than
        ``slow_days`` or stock without any sale) and alert, a key of :data:`ALERTS`.
    """
    limits = rule or StockRule()
    stock, sold, delivered, days = (
        table[name].to_numpy(np.float64, na_value=np.nan) for name in ("stock", "sell_out", "sell_in", "days")
    )
    daily = _ratio(sold, days)
    of_stock = _ratio(stock, daily)
    counted = pd.to_datetime(table["counted_on"])
    age = (pd.Timestamp(today) - counted).dt.days.to_numpy(np.float64, na_value=np.nan)
    dead = (stock > 0) & (daily <= 0)
    conditions = {
        "no_count": np.isnan(stock),
        "no_sell_out": np.isnan(daily),
        "stale_count": age > limits.stale_days,
        "no_sale": dead,
        "overstock": of_stock > limits.most_days,
        "short": of_stock < limits.least_days,
    }
    return table.assign(
        daily_out=daily,
        days_of_stock=of_stock,
        sell_through=_ratio(sold, delivered),
        count_age=age,
        slow=dead | (of_stock > limits.slow_days),
        alert=np.select(list(conditions.values()), list(conditions), default="fine"),
    )


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide where the whole is above zero; NaN elsewhere."""
    ratio: NDArray[np.float64] = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return ratio
