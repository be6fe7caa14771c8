"""The log of channel management: six kinds of matters, how many are open, and for how long [S2 2-6]."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from core.i18n import N_

CATEGORIES: dict[str, str] = {
    "supply": N_("Supply"),
    "promotion": N_("Advertising and promotion support"),
    "service": N_("Product service, returns and complaints"),
    "ordering": N_("Order handling"),
    "settlement": N_("Settlement"),
    "coordination": N_("Training and coordination"),
}
DISORDERS: dict[str, str] = {
    "price_swing": N_("Price swings"),
    "dumping": N_("Dumping"),
    "diversion": N_("Diversion into other territories"),
}
AGES: dict[str, str] = {
    "week": N_("Up to 7 days"),
    "month": N_("8 to 30 days"),
    "quarter": N_("31 to 90 days"),
    "older": N_("More than 90 days"),
}
_LIMITS = (7, 30, 90)


def aged(issues: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """Add whether an issue is open, how long it has lasted, and its age group.

    Parameters
    ----------
    issues
        opened and closed (days; NaT while it is open), among other columns.
    today
        The day looked from; an issue that is closed later is still open.

    Returns
    -------
    pandas.DataFrame
        ``issues`` with open, days (from opened to closed or today) and age (of :data:`AGES`).
    """
    now = pd.Timestamp(today)
    opened, closed = (pd.to_datetime(issues[name]).astype("datetime64[ns]") for name in ("opened", "closed"))
    still = closed.isna() | (closed > now)
    days = (closed.where(~still, now) - opened).dt.days.clip(lower=0)
    group = np.searchsorted(_LIMITS, days.to_numpy(np.float64, na_value=np.inf), side="left")
    return issues.assign(open=still, days=days, age=np.array(list(AGES), dtype=object)[group])


def by_category(issues: pd.DataFrame) -> pd.DataFrame:
    """Count the issues of :func:`aged`.

    Returns
    -------
    pandas.DataFrame
        All six categories in order: category, total, open, one column per age with the open ones of that
        age, and days_to_close, the mean of the closed ones (NaN where none is closed).
    """
    index = pd.Index(list(CATEGORIES), name="category")
    waiting = issues[issues["open"]]
    ages = pd.crosstab(waiting["category"], waiting["age"]).reindex(index=index, columns=list(AGES))
    table = ages.fillna(0).astype(int)
    table.insert(0, "total", issues["category"].value_counts().reindex(index).fillna(0).astype(int))
    table.insert(1, "open", table[list(AGES)].sum(axis=1))
    done = issues[~issues["open"]]
    table["days_to_close"] = done.groupby("category")["days"].mean().reindex(index).astype("float64")
    return table.rename_axis(columns=None).reset_index()


RATES: dict[str, str] = {
    "fill_rate": N_("Supply fill rate"),
    "error_rate": N_("Order error rate"),
    "overdue_rate": N_("Overdue ÷ receivable"),
}
RATE_PARTS = {
    "fill_rate": ("delivered", "ordered"),
    "error_rate": ("wrong_orders", "orders"),
    "overdue_rate": ("overdue", "receivable"),
}


def service_rates(records: pd.DataFrame) -> pd.DataFrame:
    """Return how well a dealer is served, by row of the monthly service record.

    Parameters
    ----------
    records
        ordered, delivered (yuan), orders, wrong_orders (counts), receivable, overdue (yuan); NaN unknown.

    Returns
    -------
    pandas.DataFrame
        ``records`` with fill_rate = delivered ÷ ordered, error_rate = wrong_orders ÷ orders and
        overdue_rate = overdue ÷ receivable.
    """
    whole = {name: records[b].astype("float64") for name, (_a, b) in RATE_PARTS.items()}
    rates = {
        name: records[a].astype("float64") / whole[name].where(whole[name] > 0)
        for name, (a, _b) in RATE_PARTS.items()
    }
    return records.assign(**rates)


def overall_rates(records: pd.DataFrame) -> dict[str, float]:
    """Return the three rates of several records together: sums of parts ÷ sums of wholes, NaN for none.

    A record counts in a rate only where both its part and its whole are known.
    """
    found = {}
    for name, (part, whole) in RATE_PARTS.items():
        both = records[[part, whole]].astype("float64").dropna()
        total = both[whole].sum()
        found[name] = float(both[part].sum() / total) if total > 0 else float("nan")
    return found
