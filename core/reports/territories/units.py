"""Shops as the units of territories: where they are, whose they are today, what they weigh."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import N_, _, ngettext
from core.periods import Period
from core.reports.visits.rules import rules_of
from core.store.scope import EVERYTHING, Scope
from core.store.territories import shops as read
from core.store.visits import plans as store_visits
from core.territories import NOBODY, Units
from core.territories.adjacency import delaunay_pairs
from core.visits.frequency import FrequencyRules, frequency_table
from core.visits.travel import Travel

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from core.store.database import Store
    from core.visits.rules import VisitRule

MEASURES: dict[str, str] = {
    "workload": N_("Workload"),
    "sales": N_("Own sales"),
    "potential": N_("Potential"),
    "shops": N_("Shops"),
}
A_RELUCTANCE = 5.0
"""How much more reluctantly an A customer changes hands than another one [I]."""


@dataclass(frozen=True)
class TerritoryRequest:
    """Whose shops are parted.

    Parameters
    ----------
    own_company
        ``company_id`` of the own company.
    start, end
        First days of the first and the last month that sales are counted in.
    within
        Only what lies in this region; None for everything in the scope.
    rules
        How often shops are visited, and how long.
    """

    own_company: str
    start: dt.date
    end: dt.date
    within: str | None = None
    rules: FrequencyRules = field(default_factory=FrequencyRules)
    travel: Travel = field(default_factory=Travel)
    scope: Scope = EVERYTHING

    @property
    def period(self) -> Period:
        """The months."""
        return Period(self.start, self.end)


@dataclass(frozen=True, eq=False)
class ShopUnits:
    """Shops and reps, ready to be parted.

    Parameters
    ----------
    request
        The question.
    table
        One row per unit: terminal_id, name, region_id, region, grade, lat, lon, employee_id (missing for
        nobody), urban_class, visits and minutes (by the frequency rules), workload (minutes in four weeks,
        the way estimated), sales and potential (yuan), shops (1).
    units
        The same for the search.
    reps
        One row per territory: employee_id, name, lat, lon of the rep's home (NaN unknown).
    today
        Territory of each unit today, ``NOBODY`` for none.
    notes
        What isn't among the units or isn't known, in words.
    visit_rules
        What differs from the norm for single shops.
    """

    request: TerritoryRequest
    table: pd.DataFrame
    units: Units
    reps: pd.DataFrame
    today: NDArray[np.int64]
    notes: tuple[str, ...]
    visit_rules: tuple[VisitRule, ...] = ()

    @property
    def reluctance(self) -> NDArray[np.float64]:
        """How reluctantly each unit changes hands: A customers last."""
        return np.where(self.table["grade"] == "A", A_RELUCTANCE, 1.0)


def shop_units(store: Store, request: TerritoryRequest) -> ShopUnits:
    """Read the shops and their reps.

    Raises
    ------
    InputError
        No shop has both a place and visits, or nobody has shops.
    """
    shops = read.shops(
        store, request.period, own_company=request.own_company, within=request.within, scope=request.scope
    )
    placed = shops[shops["lat"].notna() & shops["lon"].notna()].reset_index(drop=True)
    reps = store_visits.reps(store, request.scope)
    reps = reps[reps["employee_id"].isin(placed["employee_id"])].reset_index(drop=True)
    if placed.empty or len(reps) < 2:
        raise InputError(
            _("Territories need shops with a place, and two reps or more who serve them."),
            _("Import terminals with coordinates and employees, or assign terminals to employees."),
        )
    pairs = delaunay_pairs(placed["lat"].to_numpy(), placed["lon"].to_numpy())
    rules = tuple(rules_of(read.visit_rules(store, scope=request.scope)))
    table = _weighed(placed, request, pairs, rules)
    position = {rep: number for number, rep in enumerate(reps["employee_id"])}
    today = table["employee_id"].map(position).fillna(NOBODY).to_numpy(np.int64)
    units = Units(
        tuple(table["terminal_id"]),
        table["lat"].to_numpy(),
        table["lon"].to_numpy(),
        table["workload"].to_numpy(),
        {name: table[name].to_numpy() for name in MEASURES},
        pairs,
    )
    return ShopUnits(
        request,
        table,
        units,
        reps[["employee_id", "name", "lat", "lon"]],
        today,
        tuple(_notes(shops, placed, today)),
        rules,
    )


def _weighed(
    placed: pd.DataFrame, request: TerritoryRequest, pairs: NDArray[np.int64], rules: tuple[VisitRule, ...]
) -> pd.DataFrame:
    """Add what each shop weighs: minutes of four weeks with the way to a neighbour, sales, potential."""
    table = frequency_table(placed, request.rules, rules)
    lat, lon = table["lat"].to_numpy(), table["lon"].to_numpy()
    km = request.travel.km(lat[pairs[:, 0]], lon[pairs[:, 0]], lat[pairs[:, 1]], lon[pairs[:, 1]])
    nearest = np.full(len(table), np.inf)
    for end in (0, 1):
        np.minimum.at(nearest, pairs[:, end], km)
    way = request.travel.minutes(
        np.where(np.isfinite(nearest), nearest, 0.0), request.travel.speeds(table["urban_class"])
    )
    columns = [
        "terminal_id",
        "name",
        "region_id",
        "region",
        "grade",
        "lat",
        "lon",
        "employee_id",
        "urban_class",
        "visits",
        "minutes",
    ]
    weighed = table.assign(
        workload=table["visits"] * (table["minutes"] + way),
        sales=table["sales"].clip(lower=0).fillna(0.0),
        potential=table["potential"].clip(lower=0).fillna(0.0),
        shops=1.0,
    )
    return weighed[[*columns, *MEASURES]]


def _notes(shops: pd.DataFrame, placed: pd.DataFrame, today: NDArray[np.int64]) -> list[str]:
    left_out = len(shops) - len(placed)
    nobodys = int((today == NOBODY).sum())
    unsold, unknown = (int(placed[name].isna().sum()) for name in ("sales", "potential"))
    texts = (
        (
            left_out,
            ngettext(
                "{n} shop without a place is left out; it keeps its owner.",
                "{n} shops without a place are left out; they keep their owners.",
                left_out,
            ),
        ),
        (
            nobodys,
            ngettext(
                "{n} shop has no rep today: it gets one.",
                "{n} shops have no rep today: they get one.",
                nobodys,
            ),
        ),
        (
            unsold,
            ngettext(
                "For {n} shop no own sales are recorded: it weighs nothing in sales.",
                "For {n} shops no own sales are recorded: they weigh nothing in sales.",
                unsold,
            ),
        ),
        (
            unknown,
            ngettext(
                "For {n} shop nobody's sales are recorded: it weighs nothing in potential.",
                "For {n} shops nobody's sales are recorded: they weigh nothing in potential.",
                unknown,
            ),
        ),
    )
    return [text for n, text in texts if n]
