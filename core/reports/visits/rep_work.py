"""The work of a rep: shops with their frequency, load against capacity, and the task for the planner."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.customers.forms.prospects import RIVAL_VISITS
from core.errors import InputError, nearest
from core.i18n import _
from core.reports.visits.constraints import holds
from core.reports.visits.joint_visits import JOINT, follow_owners, wait_for_companions
from core.reports.visits.request import VisitRequest, reps
from core.reports.visits.rules import rules_of
from core.store.forms import forms as store_forms
from core.store.visits import constraints as store_constraints
from core.store.visits import plans as store_visits
from core.visits.adherence import overdue_days
from core.visits.frequency import frequency_table, last_visits, visits_in_period
from core.visits.locks import Groups, Locks, raised
from core.visits.tasks import HOME, OFFICE, RepTask, Ways
from core.visits.travel_server import TravelServerError, travel_table
from core.visits.workload import Workload, cuts, out_of_reach, workload

if TYPE_CHECKING:
    from core.store.database import Store
    from core.visits.rules import VisitRule, WorkDay

FULL = (0.95, 0.9, 0.85, 0.8, 0.75, 0.65, 0.5)
"""Estimated loads that are tried in turn where visits are cut until they fit; the way is only estimated."""


@dataclass(frozen=True, eq=False)
class RepWork:
    """A rep's shops with their frequency, the load they make, and the task for the planner.

    Parameters
    ----------
    task
        What the planner gets.
    table
        All terminals with visits (in four weeks), planned, minutes, basis, reason, overdue, sales and visits.
    load
        Load against capacity; of what is planned, after cuts.
    cut
        Visits cut, or to be cut, so that the load fits: see :func:`core.visits.workload.cuts`.
    far
        Shops that no working day reaches: terminal_id, name, own; not planned when ``fit`` is asked for.
    home_known
        False where the rep has no place, so that the middle of the shops stands for it.
    """

    task: RepTask
    table: pd.DataFrame
    load: Workload
    cut: pd.DataFrame
    far: pd.DataFrame
    home_known: bool


@dataclass(frozen=True, eq=False)
class _Rep:
    """What the store says about a rep: the shops with their frequency, before any cut."""

    employee_id: str
    name: str
    home: tuple[float, float]
    home_known: bool
    work: WorkDay
    table: pd.DataFrame
    rules: tuple[VisitRule, ...]
    together: Groups = ()
    locks: Locks = field(default_factory=Locks)
    ways: Ways | None = None
    notice: str = ""
    office: tuple[float, float] | None = None
    nights: tuple[tuple[dt.date, str], ...] = ()


def rep_tasks(store: Store, request: VisitRequest, employee_id: str) -> tuple[RepTask, ...]:
    """Return the tasks to try in turn: one, or, where visits may be cut, ever fewer visits."""
    rep = _with_ways(store, request, _rep(store, request, employee_id), ask=True)
    return tuple(_work(rep, request, full).task for full in (FULL if request.fit else FULL[:1]))


def rep_work(store: Store, request: VisitRequest, employee_id: str) -> RepWork:
    """Return the work of one rep: frequency of every shop, load against capacity, and the task.

    A routing server is not asked here, where somebody waits for a page; what it said before counts.

    Parameters
    ----------
    store
        The store.
    request
        What is asked for.
    employee_id
        Which rep.

    Raises
    ------
    InputError
        There is no such rep with shops; names the nearest.
    """
    rep = _with_ways(store, request, _rep(store, request, employee_id), ask=False)
    return _work(rep, request, FULL[0])


def _rep(store: Store, request: VisitRequest, employee_id: str) -> _Rep:
    everybody = reps(store, request.scope).set_index("employee_id", drop=False)
    if employee_id not in everybody.index:
        close = nearest(employee_id, everybody.index)
        raise InputError(
            _("There is no employee “{name}” with terminals to visit.", name=employee_id),
            _("Did you mean {close}?", close=close) if close else _("Assign terminals to employees first."),
        )
    rep = everybody.loc[employee_id]
    overrides = rules_of(store_visits.rules(store, employee_id, request.scope))
    others = {rule.companion for rule in overrides if rule.companion} & set(everybody.index)
    minutes = float(rep["work_minutes"]) if rep["work_minutes"] > 0 else request.work.minutes
    together, locks = holds(store, employee_id, request.scope)
    shops, joint = follow_owners(
        store,
        request.period,
        employee_id,
        _shops(store, request, employee_id, overrides),
        overrides,
        scope=request.scope,
    )
    work = replace(request.work, minutes=minutes)
    homes = {name: _home(everybody.loc[name]) for name in others}
    return _Rep(
        employee_id,
        str(rep["name"]),
        _home(rep),
        _has_home(rep),
        work,
        shops,
        wait_for_companions(joint.rules, employee_id, shops, homes, work, request.travel),
        together,
        locks,
        notice=joint.notice,
        office=store_constraints.office(store, employee_id),
        nights=tuple(store_constraints.nights(store, employee_id, request.scope)),
    )


def _has_home(rep: pd.Series) -> bool:
    return bool(np.isfinite(rep["lat"]) and np.isfinite(rep["lon"]))


def _home(rep: pd.Series) -> tuple[float, float]:
    """Return where a rep starts: the home, or the middle of the shops where none is known."""
    lat, lon = ("lat", "lon") if _has_home(rep) else ("shops_lat", "shops_lon")
    return float(rep[lat]), float(rep[lon])


def _with_ways(store: Store, request: VisitRequest, rep: _Rep, *, ask: bool) -> _Rep:
    """Return the rep with the routing server's travel times, or with the reason why there are none."""
    if request.server is None:
        return rep
    placed = rep.table.dropna(subset=["lat", "lon"])
    ids = [HOME, *placed["terminal_id"]]
    points = [rep.home, *zip(placed["lat"].astype(float), placed["lon"].astype(float), strict=True)]
    if rep.office is not None:
        ids, points = [*ids, OFFICE], [*points, rep.office]
    # A file for each rep, named so that no id can leave the folder.
    file = store.path.parent / "travel" / f"{hashlib.sha256(rep.employee_id.encode()).hexdigest()[:16]}.npz"
    try:
        return replace(rep, ways=travel_table(request.server, ids, points, file, ask=ask))
    except TravelServerError as error:
        return replace(rep, notice="  \n".join(filter(None, (rep.notice, str(error)))))


def _work(rep: _Rep, request: VisitRequest, full: float) -> RepWork:
    """Cut a rep's visits, where that is asked for, to a share of the capacity, and make the task."""
    period, table, minutes = request.period, rep.table.copy(), rep.work.minutes

    def load_of(shops: pd.DataFrame) -> Workload:
        return workload(
            shops,
            weeks=request.weeks,
            days=len(period.days),
            minutes_a_day=minutes,
            home=rep.home,
            travel=request.travel,
        )

    distant = out_of_reach(table, minutes_a_day=minutes, home=rep.home, travel=request.travel)
    far = table.loc[distant, ["terminal_id", "name", "own", "planned"]]
    if request.fit:
        table.loc[distant, "planned"] = 0
    table["planned"] = raised(table, rep.together, rep.locks, period)
    load = load_of(table)
    over = load.minutes - full * load.capacity if load.share > 1 or request.fit else 0.0
    # What is locked was promised; and a group that is cut unevenly can't stay together.
    promised = {shop for shop, _day in rep.locks.visits} | {s for group in rep.together for s in group}
    promised |= set(table.loc[table[JOINT], "terminal_id"])
    cut = cuts(
        table[~table["terminal_id"].isin(promised)],
        over,
        load.travel_minutes / load.visits / 2 if load.visits else 0.0,
    )
    if request.fit and len(cut):
        kept = table["terminal_id"].map(cut.set_index("terminal_id")["kept"])
        table["planned"] = kept.fillna(table["planned"]).astype(int)
        load = load_of(table)
    task = RepTask(
        rep.employee_id,
        rep.name,
        rep.home,
        table[["terminal_id", "name", "lat", "lon", "planned", "minutes", "urban_class", "own"]],
        period,
        work=rep.work,
        travel=request.travel,
        rules=rep.rules,
        together=rep.together,
        locks=rep.locks,
        balance=request.balance,
        ways=rep.ways,
        notice=rep.notice,
        office=rep.office,
        nights=rep.nights,
        seen=last_visits(table, rep.rules),
    )
    return RepWork(task, table, load, cut, far, rep.home_known)


def _shops(store: Store, request: VisitRequest, employee_id: str, overrides: list[VisitRule]) -> pd.DataFrame:
    known_until = request.known_until or request.start
    last_month = (known_until.replace(day=1) - dt.timedelta(1)).replace(day=1)
    first_month = (last_month - dt.timedelta(45)).replace(day=1)
    window = store_visits.RepWindow(request.own_company, first_month, last_month, request.start)
    shops = store_visits.rep_shops(store, employee_id, window, request.scope)
    shops["rival_visits"] = _rival_visits(store, shops["terminal_id"], request)
    table = frequency_table(shops, request.rules, overrides)
    since = (pd.Timestamp(request.start) - table["last_visit"]).dt.total_seconds().to_numpy(
        np.float64
    ) / 86_400
    # A rule may give the visits of a shop to another rep.
    elsewhere = {rule.terminal_id for rule in overrides if rule.employee_id not in (None, employee_id)}
    mine = ~table["terminal_id"].isin(elsewhere)
    table["planned"] = np.where(mine, visits_in_period(table["visits"].to_numpy(), request.weeks, since), 0)
    table["overdue"] = overdue_days(since, table["visits"].to_numpy())
    return table


def _rival_visits(store: Store, shops: pd.Series, request: VisitRequest) -> pd.Series:
    """Return the visits in four weeks of the rival that comes most, by its last record; NaN where none is."""
    found = store_forms.load_frame(store, RIVAL_VISITS, scope=request.scope)
    found = found[found["customer_id"].isin(shops)].sort_values(["seen_on", "updated_at"], kind="stable")
    last = found.drop_duplicates(["customer_id", "rival"], keep="last")
    most = last.assign(visits=last["visits"].astype("float64")).groupby("customer_id")["visits"].max()
    return pd.Series(most.reindex(shops.tolist()).to_numpy(np.float64), index=shops.index)
