"""True travel of all reps today and under a proposal, planned by the visit planner with the same effort."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import CancelledError, InputError
from core.i18n import _, ngettext
from core.numbers import count, percent
from core.reports.territories.limits import NEW
from core.visits.calendar import Period
from core.visits.frequency import visits_in_period
from core.visits.rules import WorkDay, working_days
from core.visits.runner import Effort, Ran, run
from core.visits.tasks import RepTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from core.reports.territories.units import ShopUnits

WEEKS = 4
MONDAY = dt.date(2024, 1, 1)
"""The four weeks are no real ones: nobody's appointments or holidays count."""
DAY = WorkDay(minutes=24 * 60, rest_minutes=0)
"""Days are as long as the visits take: a rep with too much work travels for all of it, today and proposed."""
EVENNESS = (0.15, 0.3, 0.6)
"""Tolerated deviations of a day's load from the mean, tried in turn: the first is the planner's own."""
TODAY, PROPOSED = "today", "proposed"
MOST_ERRORS = 5
FIGURES = ("visits", "travel_minutes", "km", "work_minutes", "long_days")


@dataclass(frozen=True, eq=False)
class TravelProof:
    """What all reps travel in four weeks.

    Parameters
    ----------
    table
        One row per rep: employee_id, name; ``visits``, ``travel_minutes``, ``km``, ``long_days`` (days above
        the working day) and ``work_minutes``, each also as ``<column>_today``. NaN where there is no plan.
    errors
        Why a rep has no plan, in words.
    """

    table: pd.DataFrame
    errors: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every rep has a plan both times; without that totals would compare unlike work."""
        return not self.errors

    def total(self, column: str) -> tuple[float, float]:
        """Return the sum over all reps today and proposed; NaN where a rep has no plan."""
        before, after = (self.table[name].sum(skipna=False) for name in (f"{column}_today", column))
        return float(before), float(after)

    @property
    def change(self) -> float:
        """Proposed ÷ today − 1 of the minutes on the way; NaN where a rep has no plan."""
        before, after = self.total("travel_minutes")
        return after / before - 1 if before else np.nan


def prove_travel(
    shops: ShopUnits,
    today: NDArray[np.int64],
    proposed: NDArray[np.int64],
    effort: Effort,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> TravelProof:
    """Plan the visits of every rep today and as proposed: same shops, visits, rules, days and effort.

    Shops that lie in no territory of the planner, because they have no place, are in neither. Appointments
    and shops visited together are left out of both. A rep whose shops stay the same is planned once.

    Parameters
    ----------
    shops
        Shops and reps.
    today, proposed
        Territory of each shop; every shop has one. Numbers beyond the reps of ``shops`` are new reps, who
        start from the middle of their shops.
    effort
        Time or steps for each rep, the same for both.
    progress
        Told which share of the plans is made.
    cancelled
        Asked all the time.

    Raises
    ------
    CancelledError
        It was cancelled.
    """
    if (today < 0).any() or (proposed < 0).any():
        raise InputError(_("Travel is planned for shops that have a rep."))
    shops = replace(shops, reps=_with_new(shops.reps, int(proposed.max()) + 1))
    tasks = _tasks(shops, today, proposed)
    made: dict[str, Ran] = {}
    for ran in run(tasks, effort, cancelled=cancelled):
        made[ran.key] = ran
        if progress is not None:
            progress(len(made) / len(tasks))
    if cancelled():
        raise CancelledError(_("Planning was stopped."))
    return _proof(shops, made)


def _with_new(reps: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return the reps with as many new ones, without a home, as make up the count."""
    new = range(1, count - len(reps) + 1)
    if not new:
        return reps
    named = {"employee_id": [f"{NEW} {n}" for n in new], "name": [_("new rep {n}", n=n) for n in new]}
    return pd.concat([reps, pd.DataFrame(named).assign(lat=np.nan, lon=np.nan)], ignore_index=True)


def _tasks(
    shops: ShopUnits, today: NDArray[np.int64], proposed: NDArray[np.int64]
) -> list[tuple[str, tuple[RepTask, ...]]]:
    """Return what is planned, today and proposed in turn, so that a busy machine slows both alike."""
    table, visitor = _visits(shops)
    before, after = (np.where(visitor >= 0, visitor, territory) for territory in (today, proposed))
    tasks = []
    for number in range(len(shops.reps)):
        for when, territory in ((TODAY, before), (PROPOSED, after)):
            own = territory == number
            same = when == PROPOSED and (own == (before == number)).all()
            if not same and (table["planned"].to_numpy()[own] > 0).any():
                tasks.append((_key(when, number), _rep_tasks(shops, number, table[own])))
    return tasks


def _key(when: str, number: int) -> str:
    return f"{when} {number}"


def _visits(shops: ShopUnits) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Return the shops with ``planned``, and the rep who visits each by a rule, -1 where the owner does.

    A shop that a rule gives to somebody without a territory is planned for nobody.
    """
    known = {rep: number for number, rep in enumerate(shops.reps["employee_id"])}
    named = {rule.terminal_id: rule.employee_id for rule in shops.visit_rules if rule.employee_id}
    by_rule = shops.table["terminal_id"].map(named)
    visitor = by_rule.map(known).fillna(-1).to_numpy(np.int64)
    outside = by_rule.notna().to_numpy() & (visitor < 0)
    visits = shops.table["visits"].to_numpy(np.float64)
    planned = visits_in_period(visits, WEEKS, np.full(len(visits), np.nan))
    return shops.table.assign(planned=np.where(outside, 0, planned)), visitor


def _rep_tasks(shops: ShopUnits, number: int, table: pd.DataFrame) -> tuple[RepTask, ...]:
    """Return the tasks of a rep, the most even days first."""
    rep = shops.reps.iloc[number]
    home = (float(rep["lat"]), float(rep["lon"]))
    if not np.isfinite(home).all():
        home = (float(table["lat"].mean()), float(table["lon"].mean()))
    own = set(table["terminal_id"])
    # Appointments belong to one month, and the four weeks here to none.
    rules = [replace(rule, fixed=(), first_by=None) for rule in shops.visit_rules if rule.terminal_id in own]
    return tuple(
        RepTask(
            str(rep["employee_id"]),
            str(rep["name"]),
            home,
            table[["terminal_id", "name", "lat", "lon", "planned", "minutes", "urban_class"]],
            Period(MONDAY, WEEKS, working_days(MONDAY, WEEKS)),
            work=DAY,
            travel=shops.request.travel,
            rules=tuple(rules),
            balance=balance,
        )
        for balance in EVENNESS
    )


def _proof(shops: ShopUnits, made: dict[str, Ran]) -> TravelProof:
    """Put the plans into a table; what wasn't planned anew is as today."""
    rows: list[dict[str, object]] = []
    errors: dict[str, None] = {}
    for number, rep in enumerate(shops.reps.itertuples(index=False)):
        today = made.get(_key(TODAY, number))
        proposed = made.get(_key(PROPOSED, number), today)
        row: dict[str, object] = {"employee_id": rep.employee_id, "name": rep.name}
        for ran, ending in ((today, "_today"), (proposed, "")):
            row |= {f"{name}{ending}": value for name, value in _figures(ran).items()}
            if ran is not None and ran.plan is None:
                errors[ran.error] = None
        rows.append(row)
    return TravelProof(pd.DataFrame(rows), tuple(errors))


def _figures(ran: Ran | None) -> dict[str, float]:
    """Return the figures of a plan: 0 for a rep without visits, NaN where no plan was possible."""
    if ran is None or ran.plan is None:
        return dict.fromkeys(FIGURES, 0.0 if ran is None else np.nan)
    plan = ran.plan
    minutes = plan.days["minutes"]
    long_days = float((minutes > WorkDay().minutes).sum())
    values = (float(len(plan.stops)), plan.travel_minutes, plan.km, float(minutes.sum()), long_days)
    return dict(zip(FIGURES, values, strict=True))


def travel_sentence(proof: TravelProof) -> str:
    """Say what all reps travel today and as proposed, or who has no plan."""
    if not proof.is_whole:
        said = ngettext(
            "{n} visit plan isn't possible, so that travel can't be compared:",
            "{n} visit plans aren't possible, so that travel can't be compared:",
            len(proof.errors),
        )
        return "\n".join([said, *proof.errors[:MOST_ERRORS]])
    hours, km, long_days = (proof.total(name) for name in ("travel_minutes", "km", "long_days"))
    return _(
        "Planned by the visit planner, {visits} visits in four weeks: {before} hours on the way today, "
        "{after} as proposed ({change}); {km_before} and {km_after} km; days longer than {day} h: "
        "{long_before} and {long_after}.",
        visits=count(proof.total("visits")[1]),
        before=count(hours[0] / 60),
        after=count(hours[1] / 60),
        change=percent(proof.change, sign=True),
        km_before=count(km[0]),
        km_after=count(km[1]),
        day=count(WorkDay().minutes / 60),
        long_before=count(long_days[0]),
        long_after=count(long_days[1]),
    )
