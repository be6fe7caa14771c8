"""A rep's day and the manager's board of it, read from the store."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.cycle.day.board import DaySums, DayTables, board, sums
from core.cycle.day.entry import STANDARD_PURPOSES, STANDARD_RESULTS
from core.cycle.day.route import following_day, today_route
from core.cycle.day.time_use import proposed_minutes
from core.i18n import _
from core.store.cycle.day import reads
from core.store.cycle.day.reports import SavedDay, load_day
from core.store.preferences import DEMONSTRATION, preferences
from core.store.scope import EVERYTHING, Scope
from core.store.visits import plans as store_visits

if TYPE_CHECKING:
    from core.store.database import Store

AHEAD = dt.timedelta(days=35)
"""How far the next planned visit of a shop is looked for."""
MAX_WORDS = 8
"""Purposes and results offered for one tap."""
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class DayRequest:
    """Whose day is asked for."""

    employee_id: str
    day: dt.date
    scope: Scope = EVERYTHING


@dataclass(frozen=True, eq=False)
class RepDay:
    """A rep's day.

    Parameters
    ----------
    shops
        The rep's shops and the day's others: :func:`core.store.cycle.day.reads.shops`, with planned_next
        (the next planned visit after the day; NaT without one).
    route
        :func:`core.cycle.day.route.today_route` with name, address, grade, last_visit of the shop.
    visits
        The day's visits in order; ``review`` as a dictionary.
    check_ins
        Arrivals that became no visit yet.
    photos
        visit_id, sha256.
    saved
        The report handed in, version 0 where there is none.
    proposed
        Minutes by activity that follow from the visits.
    next_day, tomorrow
        The next day with something planned, and its route.
    """

    name: str
    shops: pd.DataFrame
    route: pd.DataFrame
    visits: pd.DataFrame
    check_ins: pd.DataFrame
    photos: pd.DataFrame
    saved: SavedDay
    proposed: dict[str, int | None]
    next_day: dt.date
    tomorrow: pd.DataFrame

    @property
    def open_stops(self) -> int:
        """Shops of the route that nobody visited yet."""
        return int((~self.route["terminal_id"].isin(self.visits["terminal_id"])).sum())


@dataclass(frozen=True, eq=False)
class Board:
    """A manager's board: rows per rep, their totals, and the next day with something planned."""

    table: pd.DataFrame
    sums: DaySums
    next_day: dt.date


def reps(store: Store, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return employee_id, name and shops of the reps who have any."""
    return store_visits.reps(store, scope)


def default_day(store: Store, today: dt.date) -> dt.date:
    """Return today; in the demonstration region, whose days are over, the last one handed in."""
    if preferences(store).get(DEMONSTRATION) == "yes":
        return reads.last_day(store) or today
    return today


def word_choices(store: Store) -> dict[str, list[str]]:
    """Return purposes and results for one tap: those of the log, else the standard ones, at most eight."""
    known = reads.words(store)
    standard = {"purpose": STANDARD_PURPOSES, "result": STANDARD_RESULTS}
    return {
        kind: (known[kind] or [_(text) for text in texts])[:MAX_WORDS] for kind, texts in standard.items()
    }


def rep_day(store: Store, request: DayRequest) -> RepDay:
    """Return a rep's day."""
    day, rep, scope = request.day, request.employee_id, request.scope
    planned = reads.planned(store, day, day + AHEAD, rep, scope=scope)
    days = pd.to_datetime(planned["day"])
    shops = reads.shops(store, day, rep, scope=scope)
    later = planned[days > pd.Timestamp(day)].assign(day=days)
    first_later = later.groupby("terminal_id", as_index=False)["day"].min()
    shops = shops.merge(first_later.rename(columns={"day": "planned_next"}), how="left", on="terminal_id")
    visits = reads.visits(store, day, day + _DAY, rep, scope=scope)
    visits = visits.assign(review=[json.loads(text) if text else {} for text in _texts(visits["review"])])
    arrivals = reads.check_ins(store, day, day + _DAY, rep, scope=scope)
    been = pd.Index([*visits["terminal_id"], *arrivals["terminal_id"]])
    here = planned[days == pd.Timestamp(day)]
    next_day = following_day(day, [*later["day"].dt.date, *_dates(shops["next_on"])])
    names = store_visits.reps(store, scope).set_index("employee_id")["name"]
    return RepDay(
        str(names.get(rep, rep)),
        shops,
        _with_shops(today_route(here, shops, been, day), shops),
        visits,
        arrivals,
        reads.photos(store, day, rep, scope=scope),
        load_day(store, rep, day),
        proposed_minutes(list(_stays(visits))),
        next_day,
        _with_shops(
            today_route(planned[days == pd.Timestamp(next_day)], shops, pd.Index([]), next_day), shops
        ),
    )


def day_board(store: Store, day: dt.date, scope: Scope = EVERYTHING) -> Board:
    """Return the board of a day."""
    planned = reads.planned(store, day, day + AHEAD, scope=scope)
    days = pd.to_datetime(planned["day"])
    next_day = following_day(day, sorted({*days.dt.date}))
    time = reads.time_and_reports(store, day, day + _DAY, scope=scope)
    table = board(
        DayTables(
            store_visits.reps(store, scope),
            planned[days == pd.Timestamp(day)],
            reads.visits(store, day, day + _DAY, scope=scope),
            reads.check_ins(store, day, day + _DAY, scope=scope),
            time,
            planned[days == pd.Timestamp(next_day)],
        )
    )
    return Board(table, sums(table, time), next_day)


def _with_shops(route: pd.DataFrame, shops: pd.DataFrame) -> pd.DataFrame:
    about = shops[["terminal_id", "name", "address", "grade", "last_visit"]]
    return route.merge(about.astype({"terminal_id": "str"}), how="inner", on="terminal_id")


def _stays(visits: pd.DataFrame) -> list[tuple[dt.datetime, dt.datetime | None]]:
    return [
        (row.start_at.to_pydatetime(), None if pd.isna(row.end_at) else row.end_at.to_pydatetime())
        for row in visits.itertuples()
    ]


def _texts(column: pd.Series) -> list[Any]:
    return [None if pd.isna(value) else value for value in column]


def _dates(column: pd.Series) -> list[dt.date]:
    return list(pd.to_datetime(column).dropna().dt.date)
