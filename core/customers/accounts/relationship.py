"""Relations with customers: states, levels, closeness by time and by visits [0-19, 0-22, 0-23]."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import N_, _

STATES: dict[str, str] = {
    "symbiotic": N_("Symbiotic"),
    "following": N_("Following"),
    "loose": N_("Loose"),
    "opposed": N_("Opposed"),
}
LEVELS: dict[str, str] = {
    "coexistence": N_("Coexistence"),
    "adviser": N_("Adviser"),
    "transaction": N_("Transaction"),
}
"""Best first, as :func:`core.customers.analysis.movement.movement` takes them."""

ADVICE: dict[str, str] = {
    "opposed": N_("Settle the quarrel first: find its cause, let the manager call, keep every promise."),
    "loose": N_("Make it a habit: fixed weekday, fixed rep, an order at every visit."),
    "following": N_("Plan together: joint promotions, stock advice, training of the staff."),
    "symbiotic": N_("Keep it: joint yearly plan, new products first here, direct line to management."),
}
NEXT_LEVEL: dict[str, str] = {
    "transaction": N_("Service: deliver on time, settle complaints at once, then offer advice on the shop."),
    "adviser": N_("Coach: share figures, train the staff, agree on common targets."),
    "coexistence": N_("Human touch: protect the trust, look for new business together."),
}
CLOSENESS: dict[str, str] = {
    "close": N_("Close: long and frequent"),
    "dependent": N_("Dependent: frequent, short"),
    "intimate": N_("Intimate: long, rare"),
    "distant": N_("Distant: short and rare"),
}
CLOSENESS_ADVICE: dict[str, str] = {
    "close": N_("Hold: keep frequency and time."),
    "dependent": N_("Stay longer: talk with owner and staff, not only take orders."),
    "intimate": N_("Come more often: the friendship is there, the habit isn't."),
    "distant": N_("Begin with a fixed weekday, then add minutes."),
}


@dataclass(frozen=True)
class ClosenessRule:
    """Where long and frequent begin.

    Parameters
    ----------
    dwell_minutes
        Mean minutes in the shop from which a visit counts as long; None for the median of all visited.
    visits
        Visits in the period from which they count as frequent; None for the median of all visited.
    """

    dwell_minutes: float | None = None
    visits: float | None = None

    def __post_init__(self) -> None:
        for value in (self.dwell_minutes, self.visits):
            if value is not None and not value > 0:
                raise InputError(
                    _("A limit of closeness is {value}.", value=value),
                    _("Expected a number above 0, or nothing for the median."),
                )


@dataclass(frozen=True, eq=False)
class Closeness:
    """Customers by time and visits.

    Parameters
    ----------
    table
        ``dwell``, ``visits``, ``intimacy`` and ``dependence`` (share of visited customers with less or
        the same, 0 to 1) and ``cell``, of :data:`CLOSENESS`, per customer. Without a known time
        ``intimacy`` and ``cell`` are missing; never visited is a dependence of 0.
    dwell_limit, visit_limit
        Where long and frequent begin here; missing when nobody was visited.
    """

    table: pd.DataFrame
    dwell_limit: float
    visit_limit: float


def closeness(contacts: pd.DataFrame, rule: ClosenessRule | None = None) -> Closeness:
    """Place customers by how long and how often they are visited [0-19].

    Closeness grows with the time spent, dependence with the number of visits. Who was never visited stands
    in no cell, and neither does a customer whose minutes are unknown.

    Parameters
    ----------
    contacts
        ``dwell``, mean minutes of a visit, and ``visits`` in the period, per customer. Missing minutes are
        unknown; missing visits are none.
    rule
        The limits; a customer at a limit counts as above it.
    """
    rule = rule or ClosenessRule()
    visits = contacts["visits"].astype(float).fillna(0.0)
    dwell = contacts["dwell"].astype(float).where(visits > 0)
    visited = visits.where(visits > 0)
    long = rule.dwell_minutes if rule.dwell_minutes is not None else float(dwell.median())
    often = rule.visits if rule.visits is not None else float(visited.median())
    conditions = {
        "close": (dwell >= long) & (visits >= often),
        "dependent": visits >= often,
        "intimate": dwell >= long,
    }
    cell = pd.Series(
        np.select(list(conditions.values()), list(conditions), default="distant"),
        contacts.index,
        dtype=object,
    ).mask(dwell.isna(), None)
    table = pd.DataFrame(
        {
            "dwell": dwell,
            "visits": visits,
            "intimacy": dwell.rank(method="max", pct=True),
            "dependence": visited.rank(method="max", pct=True).fillna(0.0),
            "cell": cell,
        }
    )
    return Closeness(table, long, often)
