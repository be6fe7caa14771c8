"""How the visits of a rep went: plan against log, time, sales, and what to change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core.reports.visits.pipeline import last_reviews
from core.reports.visits.rep_work import rep_work
from core.reports.visits.request import VisitRequest
from core.store.visits import plans as store_visits
from core.store.visits import prospects as store_prospects
from core.visits.adherence import contrast, match, proposals, rates, unvisited

if TYPE_CHECKING:
    from core.store.database import Store

CYCLE = dt.timedelta(28)


@dataclass(frozen=True, eq=False)
class Adherence:
    """One rep, one cycle.

    Parameters
    ----------
    first_day, end_day
        The cycle; the last day is not in it.
    matched
        What became of every planned visit: :func:`core.visits.adherence.match`.
    rates
        Planned, due, done, and rates.
    overdue, unvisited
        Number of shops overdue, and of active shops without a visit.
    visits, dwell
        Visits made, and minutes in the shops.
    ineffective
        Ineffective ÷ all logged minutes; None where nothing is logged.
    contrast
        Visits against sales by grade.
    proposals
        terminal_id, name, grade, proposal.
    overdue_shops
        Ids of the shops overdue.
    """

    first_day: dt.date
    end_day: dt.date
    matched: pd.DataFrame
    rates: dict[str, float]
    overdue: int
    unvisited: int
    visits: int
    dwell: float
    ineffective: float | None
    contrast: pd.DataFrame
    proposals: pd.DataFrame
    overdue_shops: tuple[str, ...]


def adherence(store: Store, request: VisitRequest, employee_id: str, end_day: dt.date) -> Adherence:
    """Return how the four weeks before a day went.

    Parameters
    ----------
    store
        The store.
    request
        Norms and own company.
    employee_id
        Which rep.
    end_day
        The day after the last one looked at.
    """
    first_day = end_day - CYCLE
    looked = VisitRequest(
        request.own_company, end_day, rules=request.rules, work=request.work, scope=request.scope
    )
    shops = rep_work(store, looked, employee_id).table
    done = store_visits.visits_done(store, employee_id, first_day, end_day, request.scope)
    stops = planned_stops(store, employee_id, first_day, end_day, request)
    matched = match(stops, done, today=end_day)
    time = store_visits.logged_time(store, employee_id, first_day, end_day, request.scope)
    said = proposals(shops, matched).merge(shops[["terminal_id", "name", "grade"]], on="terminal_id")
    overdue = tuple(shops.loc[(shops["overdue"] > 0) & (shops["planned"] > 0), "terminal_id"])
    minutes, effective = time["minutes"], time["effective"]
    return Adherence(
        first_day,
        end_day,
        matched,
        rates(matched),
        len(overdue),
        len(unvisited(shops)),
        len(done),
        float(done["dwell"].sum()),
        1 - (effective or 0.0) / minutes if minutes else None,
        contrast(shops),
        said,
        overdue,
    )


def planned_stops(
    store: Store, employee_id: str, first_day: dt.date, end_day: dt.date, request: VisitRequest
) -> pd.DataFrame:
    """Return terminal_id and day of what the latest plan of each period asked for on some days."""
    plans = store_visits.plans(store, employee_id, request.scope).sort_values("version")
    latest = plans.drop_duplicates("start_day", keep="last")
    parts = [store_visits.plan_stops(store, plan, request.scope) for plan in latest["plan_id"]]
    stops = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["terminal_id", "day"])
    inside = [first_day <= day < end_day for day in stops["day"]]
    return stops.loc[inside, ["terminal_id", "day"]].drop_duplicates().reset_index(drop=True)


def prospect_table(store: Store, request: VisitRequest, employee_id: str) -> pd.DataFrame:
    """Return a rep's prospects for the prospect list, with what the last talk with each arranged.

    value is what the rival sells there a month; next_on and next_content are missing without a review.
    """
    shops = rep_work(store, request, employee_id).table
    kept = store_prospects.prospects(store, employee_id, request.scope)
    table = kept.merge(
        shops[["terminal_id", "name", "region", "address", "all_visits", "rival", "lat", "lon"]],
        on="terminal_id",
    )
    talks = last_reviews(store, dt.date.max, request.scope)[["terminal_id", "next_on", "next_content"]]
    table = table.merge(talks, on="terminal_id", how="left")
    return table.rename(columns={"all_visits": "visits", "rival": "value"})
