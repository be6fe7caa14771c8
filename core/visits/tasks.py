"""What a rep's plan is made from, and the plan."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _
from core.visits.locks import Locks
from core.visits.rules import VisitRule, WorkDay
from core.visits.travel import Travel

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from numpy.typing import NDArray

    from core.visits.calendar import Period

HOME, OFFICE = "", "office:"
"""Where days start, and where they end if that is elsewhere, among the places of :class:`Ways`."""
STOP_COLUMNS = (
    "day",
    "position",
    "terminal_id",
    "begins",
    "minutes",
    "travel_minutes",
    "km",
)
DAY_COLUMNS = ("day", "visits", "departs", "returns", "visit_minutes", "travel_minutes", "minutes", "km")


@dataclass(frozen=True, eq=False)
class Ways:
    """Ways as a routing server knows them.

    Parameters
    ----------
    ids
        The places: :data:`HOME` and terminals.
    km, minutes
        From each place (row) to each (column); NaN where the server knows no way.
    """

    ids: tuple[str, ...]
    km: NDArray[np.float64]
    minutes: NDArray[np.float64]

    def digest(self) -> str:
        """Return what tells these ways from others."""
        return hashlib.sha256(repr(self.ids).encode() + self.minutes.tobytes()).hexdigest()[:16]


@dataclass(frozen=True, eq=False)
class RepTask:
    """Everything that decides the plan of one rep.

    Parameters
    ----------
    employee_id, name
        The rep.
    home
        Latitude and longitude where every day starts, and ends if there is no office.
    shops
        terminal_id, name, lat, lon, planned (visits in the period), minutes; optional urban_class.
    period
        The days.
    work
        The working day.
    travel
        How fast one gets about.
    rules
        What holds for single customers.
    kept
        Combination of days that a customer keeps, by terminal: locks and re-planning.
    together
        Groups of terminals visited on the same days.
    locks
        Visits and days that stay as they are.
    balance
        Tolerated deviation of a day's load from the mean; None for any.
    ways
        Ways of a routing server; what it does not know is estimated by ``travel``.
    notice
        What is to be known about the inputs, such as a routing server that did not answer.
    office
        Latitude and longitude where days end; None for home.
    nights
        Days after which the night is spent near a terminal of ``shops``, and that terminal.
    seen
        Terminals and the day of their last visit before the period, from which a least gap counts.
    """

    employee_id: str
    name: str
    home: tuple[float, float]
    shops: pd.DataFrame
    period: Period
    work: WorkDay = field(default_factory=WorkDay)
    travel: Travel = field(default_factory=Travel)
    rules: tuple[VisitRule, ...] = ()
    kept: tuple[tuple[str, int], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    locks: Locks = field(default_factory=Locks)
    balance: float | None = 0.15
    ways: Ways | None = None
    notice: str = ""
    office: tuple[float, float] | None = None
    nights: tuple[tuple[dt.date, str], ...] = ()
    seen: tuple[tuple[str, dt.date], ...] = ()

    def __post_init__(self) -> None:
        if self.shops["terminal_id"].duplicated().any():
            twice = self.shops.loc[self.shops["terminal_id"].duplicated(), "terminal_id"].iloc[0]
            raise InputError(_("{name} stands twice in the list of shops.", name=twice))
        if not all(map(np.isfinite, self.home)):
            raise InputError(
                _("There is no place where {name} starts the day.", name=self.name),
                _("Give the rep a home or office with coordinates."),
            )
        # The answer must not depend on the order in which somebody read the shops.
        object.__setattr__(self, "shops", self.shops.sort_values("terminal_id").reset_index(drop=True))

    @property
    def visited(self) -> pd.DataFrame:
        """The shops that get visits and have a place."""
        shops = self.shops
        return shops[(shops["planned"] > 0) & shops["lat"].notna() & shops["lon"].notna()].reset_index(
            drop=True
        )

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Shops that should be visited but have no coordinates."""
        shops = self.shops
        lost = (shops["planned"] > 0) & (shops["lat"].isna() | shops["lon"].isna())
        return tuple(shops.loc[lost, "terminal_id"])

    def nights_of(self) -> dict[dt.date, str]:
        """Return the nights away of the period: the last working day before each, and the terminal.

        Raises
        ------
        InputError
            A night is spent near a terminal that is not the rep's or has no place.
        """
        placed = set(self.shops.loc[self.shops["lat"].notna(), "terminal_id"])
        found: dict[dt.date, str] = {}
        for day, terminal in sorted(self.nights):
            if terminal not in placed:
                raise InputError(
                    _(
                        "The night after {day} is to be spent near {name}, whose place is unknown.",
                        day=day,
                        name=terminal,
                    ),
                    _("Choose one of the rep's shops that has coordinates."),
                )
            before = [d for d in self.period.days if d <= day]
            if before:
                found[before[-1]] = terminal
        return found

    def fingerprint(self) -> str:
        """Return a digest of all inputs: the same digest, the same plan."""
        columns = [c for c in ("terminal_id", "lat", "lon", "planned", "minutes") if c in self.shops]
        parts = (
            self.employee_id, self.home, self.shops[columns].to_csv(index=False), self.period, self.work,
            self.travel, self.rules, self.kept, self.together, self.balance,
            *([] if self.ways is None else [self.ways.digest()]),
            *([] if self.locks == Locks() else [self.locks.ordered()]),
            *([(self.office, self.nights)] if self.office or self.nights else []), *self.seen,
        )  # fmt: skip
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def seed(self) -> int:
        """Return the seed of this rep, the same on every machine."""
        return int.from_bytes(hashlib.sha256(self.employee_id.encode()).digest()[:4], "big")


@dataclass(frozen=True, eq=False)
class RepPlan:
    """The plan of one rep.

    Parameters
    ----------
    employee_id, name
        The rep.
    stops
        One row per visit: :data:`STOP_COLUMNS`; ``day`` is a date, ``begins`` in minutes after
        midnight, travel and km are those to the stop.
    days
        One row per working day: :data:`DAY_COLUMNS`; the way home and waiting are in ``minutes``.
    unplaced
        Shops left out because they have no coordinates.
    steps
        Steps of the search.
    fingerprint
        Digest of what it was made from.
    notice
        What is to be known about its inputs.
    """

    employee_id: str
    name: str
    stops: pd.DataFrame
    days: pd.DataFrame
    unplaced: tuple[str, ...]
    steps: int
    fingerprint: str
    notice: str = ""

    @property
    def travel_minutes(self) -> float:
        """Minutes on the way in the whole period."""
        return float(self.days["travel_minutes"].sum())

    @property
    def km(self) -> float:
        """Length of all ways."""
        return float(self.days["km"].sum())

    @property
    def spread(self) -> float:
        """Largest deviation of a used day's minutes from their mean, as a share."""
        minutes = self.days.loc[self.days["visits"] > 0, "minutes"]
        return float((minutes / minutes.mean() - 1).abs().max()) if len(minutes) else 0.0

    def masks(self, period: Period) -> dict[str, int]:
        """Return each shop's combination of days."""
        groups = self.stops.groupby("terminal_id")["day"]
        return {str(shop): period.mask(list(days)) for shop, days in groups}
