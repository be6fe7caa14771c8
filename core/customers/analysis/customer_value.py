"""What a customer is to us: base, partner, or busy for nothing [S4 4-2].

Some earn our living, some grow with us, some keep us busy for nothing. The document names the three and
gives no rule; margin, growth and effort decide here [I], and who fits none of the three is ordinary.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import N_, _

LABELS: dict[str, str] = {
    "base": N_("Base of our living"),
    "partner": N_("Partner in growth"),
    "busy": N_("Busy for nothing"),
    "ordinary": N_("Ordinary"),
}
# The document's own words, whatever the language of the screen.
TERMS: dict[str, str] = {
    "base": "现实生存的基础",
    "partner": "未来发展的同伴",
    "busy": "让我们空欢喜地忙一场",
    "ordinary": "",
}


@dataclass(frozen=True)
class WorthRule:
    """Where the lines are drawn.

    Parameters
    ----------
    margin
        Least margin of a base, yuan in the period; None for the mean of all customers.
    growth
        Least growth of a partner, a ratio; None for the growth of all customers together.
    effort
        Least number of visits from which a customer keeps us busy; None for the mean of all customers.
    """

    margin: float | None = None
    growth: float | None = None
    effort: float | None = None

    def __post_init__(self) -> None:
        given = {"margin": self.margin, "growth": self.growth, "effort": self.effort}
        for name, value in given.items():
            if value is not None and not math.isfinite(value):
                raise InputError(
                    _("The line for {name} is {value}.", name=name, value=value), _("Expected a number.")
                )

    def settled(self, table: pd.DataFrame) -> WorthRule:
        """Return the rule with numbers for the lines that follow from the customers."""
        both = table["sales"].notna() & table["sales_previous"].notna()
        before = table.loc[both, "sales_previous"].sum()
        grown = table.loc[both, "sales"].sum() / before - 1 if before > 0 else None
        return WorthRule(
            _given(self.margin, table["margin"].mean()),
            _given(self.growth, grown),
            _given(self.effort, table["visits"].mean()),
        )


def worth(table: pd.DataFrame, rule: WorthRule | None = None) -> pd.Series:
    """Label customers.

    Parameters
    ----------
    table
        By customer: margin (yuan), sales, sales_previous (yuan), growth (ratio), visits; NaN unknown.
    rule
        The lines; a value on a line is on its upper side.

    Returns
    -------
    pandas.Series
        Of :data:`LABELS`: base from the margin line on; else partner from the growth line on; else busy from
        the effort line on; else ordinary. None where the first thing that would decide is unknown, or its
        line is.
    """
    lines = (rule or WorthRule()).settled(table)
    margin = table["margin"].to_numpy(np.float64, na_value=np.nan)
    growth = table["growth"].to_numpy(np.float64, na_value=np.nan)
    effort = table["visits"].to_numpy(np.float64, na_value=np.nan)
    steps = []
    for values, line in ((margin, lines.margin), (growth, lines.growth), (effort, lines.effort)):
        limit = np.nan if line is None else line
        steps += [np.isnan(values) | np.isnan(limit), values >= limit]
    names: list[str | None] = [None, "base", None, "partner", None, "busy"]
    picked = np.select(steps, range(len(steps)), default=len(steps))
    words = np.array([*names, "ordinary"], dtype=object)
    return pd.Series(words[picked], index=table.index, dtype=object)


def _given(value: float | None, otherwise: float | None) -> float | None:
    if value is not None:
        return value
    return None if otherwise is None or math.isnan(otherwise) else float(otherwise)
