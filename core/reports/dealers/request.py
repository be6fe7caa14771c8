"""What is asked about dealers, and the limits the store keeps for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.customers.dealers.rules import DEFAULTS, DealerRules, rules_from
from core.customers.forms import form
from core.errors import InputError
from core.i18n import _
from core.periods import Period, shift
from core.store.forms import forms as store_forms
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from core.store.database import Store

STOCK_MONTHS = 3
"""Average sell-out is taken over so many months [I]: one month says little, a year hides the season."""
HISTORY_MONTHS = 24


@dataclass(frozen=True)
class DealerRequest:
    """Which time dealers are looked at.

    Parameters
    ----------
    end
        First day of the last month that counts.
    own_company
        Whose products the baskets of shops are about.
    """

    end: dt.date
    today: dt.date
    own_company: str
    months: int = 12
    scope: Scope = EVERYTHING

    def __post_init__(self) -> None:
        if self.months < 1:
            raise InputError(_("The period has {months} months; expected 1 or more.", months=self.months))
        Period(self.end, self.end)

    @property
    def period(self) -> Period:
        """The months that count."""
        return Period(shift(self.end, 1 - self.months), self.end)

    @property
    def history(self) -> Period:
        """The months that faithfulness is read from: two years, or the period where it is longer."""
        return Period(shift(self.end, 1 - max(self.months, HISTORY_MONTHS)), self.end)

    @property
    def as_of(self) -> dt.date:
        """The day stock is looked at: the end of the last month, or today if that comes first."""
        return min(self.today, shift(self.end, 1) - dt.timedelta(1))


def dealer_rules(store: Store) -> DealerRules:
    """Return the limits kept in the store, the defaults where none are."""
    record = store_forms.load(store, store_forms.FormKey(form("dealer_rules"), "market", ""))
    return DEFAULTS if record is None else rules_from(record.payload)
