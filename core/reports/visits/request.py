"""What a visit plan is asked for."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.reports.market.choices import choices
from core.store.preferences import preferences
from core.store.scope import EVERYTHING, Scope
from core.store.visits import plans as store_visits
from core.visits.calendar import Period
from core.visits.frequency import FrequencyRules
from core.visits.rules import WorkDay, working_days
from core.visits.travel import Travel
from core.visits.travel_server import Server

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

TRAVEL_SERVER = "travel_server"
"""Name of the preference: kind and address, such as ``osrm http://localhost:5000``."""


@dataclass(frozen=True)
class VisitRequest:
    """What a visit plan is asked for.

    Parameters
    ----------
    own_company
        Whose sales weigh.
    start
        First day.
    weeks
        Whole weeks from there, 1 to 12.
    rules
        Norms and rules of thumb.
    work
        The working day; its minutes give way to those recorded for a rep.
    travel
        How fast one gets about.
    balance
        Tolerated deviation of a day's load from the mean; None for any.
    off
        Holidays and leave.
    known_until
        The day after the last records, from which sales and visits are looked back on; None for ``start``.
    fit
        Whether visits are cut where the load does not fit, and shops out of reach left out.
    server
        A routing server to ask for travel times; None estimates them.
    scope
        The regions the user may see.
    """

    own_company: str
    start: dt.date
    weeks: int = 4
    rules: FrequencyRules = field(default_factory=FrequencyRules)
    work: WorkDay = field(default_factory=WorkDay)
    travel: Travel = field(default_factory=Travel)
    balance: float | None = 0.15
    off: frozenset[dt.date] = frozenset()
    known_until: dt.date | None = None
    fit: bool = False
    server: Server | None = None
    scope: Scope = EVERYTHING

    @property
    def period(self) -> Period:
        """The days of the plan."""
        return Period(
            self.start, self.weeks, working_days(self.start, self.weeks, self.work.weekdays, self.off)
        )

    def parameters(self) -> str:
        """Return the choices as JSON, to be kept with a plan."""
        return json.dumps(
            {
                "template": self.rules.template,
                "norms": {k: [n.visits, n.minutes] for k, n in self.rules.norms.items()},
                "number_one": self.rules.number_one,
                "k": self.rules.k,
                "work_minutes": self.work.minutes,
                "detour": self.travel.detour,
                "travel_server": str(self.server or ""),
                "balance": self.balance,
                "off": sorted(map(str, self.off)),
                "fit": self.fit,
            }
        )


def first_day(chosen: dt.date | None, today: dt.date) -> dt.date:
    """Return the day a plan begins: the chosen one, never one in the past; today where none is chosen."""
    return max(chosen, today) if chosen is not None else today


def default_start(store: Store, scope: Scope = EVERYTHING) -> dt.date:
    """Return the first Monday after the last recorded visit, or after today where there is none."""
    last = store_visits.last_visit_day(store, scope) or dt.date.today()
    return last + dt.timedelta(7 - last.weekday())


def own_company(store: Store) -> str:
    """Return the own company, empty where none is marked."""
    offered = choices(store)
    return offered.own_company if offered else ""


def travel_server(store: Store) -> Server | None:
    """Return the routing server chosen for this store; None where none is, which is the default."""
    return Server.parse(preferences(store).get(TRAVEL_SERVER, ""))


def reps(store: Store, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the reps who have shops to visit; see :func:`core.store.visits.plans.reps`."""
    return store_visits.reps(store, scope)
