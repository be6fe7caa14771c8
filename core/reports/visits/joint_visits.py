"""Visits that two reps make together: the companion follows the plan of the rep whose customer it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.i18n import _
from core.store.scope import EVERYTHING, Scope
from core.store.visits import plans as store_visits
from core.visits.hours import DAY_MINUTES

if TYPE_CHECKING:
    import datetime as dt

    from core.store.database import Store
    from core.visits.calendar import Period
    from core.visits.rules import VisitRule, WorkDay
    from core.visits.travel import Travel

JOINT = "joint"
"""Column that marks another rep's customers, visited together with that rep."""


@dataclass(frozen=True)
class JointRules:
    """The rules of a rep's customers, joint visits as appointments, and what is to be known about them."""

    rules: tuple[VisitRule, ...]
    notice: str


def follow_owners(
    store: Store,
    period: Period,
    employee_id: str,
    shops: pd.DataFrame,
    rules: Sequence[VisitRule],
    *,
    scope: Scope = EVERYTHING,
) -> tuple[pd.DataFrame, JointRules]:
    """Give a rep the joint visits that the other reps' plans of the period have, day and hour fixed.

    Parameters
    ----------
    store
        The store.
    period
        What is planned.
    employee_id
        The rep.
    shops
        terminal_id, name, owner, planned of the rep's customers and those visited together.
    rules
        What holds for them.

    Returns
    -------
    tuple
        The shops with :data:`JOINT`, and the rules.
    """
    owner_of = dict(zip(shops["terminal_id"], shops["owner"], strict=True))
    owner_of |= {rule.terminal_id: rule.employee_id for rule in rules if rule.employee_id}
    theirs = {r.terminal_id for r in rules if r.companion == employee_id}
    joint = shops["terminal_id"].isin({shop for shop in theirs if owner_of.get(shop) != employee_id})
    planned, made, open_ones = shops["planned"].where(~joint, 0), [], []
    for rule in rules:
        row = joint & (shops["terminal_id"] == rule.terminal_id)
        if not row.any():
            made.append(rule)
            continue
        visits = _planned(store, period, scope, str(owner_of[rule.terminal_id]), rule.terminal_id)
        planned = planned.mask(row, len(visits))
        days = tuple(visits)
        made.append(
            replace(rule, fixed=days, times=tuple(visits.items()), min_gap=None, max_gap=None, hours=())
        )
        if not visits:
            open_ones.append(f"{shops.loc[row, 'name'].iloc[0]} ({owner_of[rule.terminal_id]})")
    notice = ""
    if open_ones:
        notice = _(
            "Not in this plan yet, because the rep to go with has no plan of this period: {names}."
            " Plan that rep first, or both together.",
            names=_(", ").join(open_ones),
        )
    return shops.assign(**{JOINT: joint, "planned": planned.astype(int)}), JointRules(tuple(made), notice)


def wait_for_companions(
    rules: Sequence[VisitRule],
    employee_id: str,
    shops: pd.DataFrame,
    homes: Mapping[str, tuple[float, float]],
    work: WorkDay,
    travel: Travel,
) -> tuple[VisitRule, ...]:
    """Leave a rep only those hours for joint visits in which the companions can be there.

    Parameters
    ----------
    rules
        What holds for the rep's customers.
    employee_id
        The rep.
    shops
        terminal_id, lat, lon, minutes, urban_class of the customers.
    homes
        Where the other reps start and end their days, by employee_id.
    work, travel
        The working day, and how fast one gets about; the companion's own speed isn't known here, so the
        slowest is taken.

    Returns
    -------
    tuple
        The rules; one whose companion can't be there at all stays as it is: the companion's plan says why.
    """
    table = shops.set_index("terminal_id")
    slowest = min((travel.speed_kmh, *travel.speed_by_class.values()))
    made = []
    for rule in rules:
        if rule.companion in (None, employee_id) or rule.companion not in homes or rule.times:
            made.append(rule)
            continue
        shop = table.loc[rule.terminal_id]
        lat, lon = np.array([shop["lat"]], float), np.array([shop["lon"]], float)
        km = travel.km(lat, lon, *homes[rule.companion])
        way = float(travel.minutes(km, slowest)[0])
        opens, closes = work.starts + way, work.ends - way
        windows = ((max(a, opens), min(b, closes)) for a, b in rule.hours or ((0.0, DAY_MINUTES),))
        hours = tuple((a, b) for a, b in windows if b - a >= float(shop["minutes"]))
        made.append(replace(rule, hours=hours) if hours else rule)
    return tuple(made)


def _planned(
    store: Store, period: Period, scope: Scope, owner: str, terminal_id: str
) -> dict[dt.date, float]:
    """Return day and begin of a customer's visits in the owner's latest plan of the period."""
    plans = store_visits.plans(store, owner, scope)
    begins = pd.to_datetime(plans["start_day"]) == pd.Timestamp(period.start)
    plans = plans[begins & (plans["weeks"] == period.weeks)]
    if not len(plans):
        return {}
    stops = store_visits.plan_stops(store, str(plans["plan_id"].iloc[0]), scope)
    stops = stops[stops["terminal_id"] == terminal_id].sort_values("day")
    return dict(zip(stops["day"], stops["begins"], strict=True))
