"""A day handed in: the minutes become the time log, what is said of the day its report."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.cycle.day.entry import checked_text
from core.cycle.day.time_use import ACTIVITIES, DAY_MINUTES, EFFECTIVE, check_minutes
from core.errors import AppError, InputError
from core.i18n import _
from core.store.database import Unchanged
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

_REP = (
    "SELECT COUNT(*) FROM employee AS e WHERE e.employee_id = $employee AND ($scope IS NULL OR"
    " e.employee_id IN (SELECT t.employee_id FROM terminal AS t INNER JOIN region_closure AS c"
    " ON c.region_id = t.region_id WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))"
)
_REPORT = (
    "SELECT r.remark, r.tomorrow, r.version, r.handed_in_at, r.handed_in_by FROM day_report AS r"
    " WHERE r.employee_id = $employee AND r.day = $day"
)
_TIME = (
    "SELECT l.activity, l.minutes FROM time_log AS l WHERE l.employee_id = $employee AND l.day = $day"
    " ORDER BY l.activity"
)


@dataclass(frozen=True)
class DayEntry:
    """A rep's day as it is handed in.

    Parameters
    ----------
    minutes
        By activity of :data:`core.cycle.day.time_use.ACTIVITIES`; None where nothing is said about one.
    remark
        What must be known of the day.
    tomorrow
        What is meant for the next day beyond its visits (次日预定).
    """

    employee_id: str
    day: dt.date
    minutes: Mapping[str, int | None] = field(hash=False)
    remark: str = ""
    tomorrow: str = ""


@dataclass(frozen=True)
class SavedDay:
    """A day as it is in the store: ``minutes`` by activity, others that files brought included."""

    minutes: Mapping[str, float]
    remark: str
    tomorrow: str
    version: int
    handed_in_at: dt.datetime | None
    handed_in_by: str


class DayConflictError(AppError):
    """Somebody handed the same day in meanwhile; carries it as it is now."""

    def __init__(self, theirs: SavedDay) -> None:
        message = _("{actor} handed this day in meanwhile.", actor=theirs.handed_in_by or "–")
        super().__init__(message, _("Keep theirs, or save yours over it; nothing of yours is lost."))
        self.theirs = theirs


def hand_in(
    store: Store, entry: DayEntry, *, expected_version: int, actor: str, scope: Scope = EVERYTHING
) -> SavedDay:
    """Save a day's report and its minutes as the next version; the same content again changes nothing.

    Parameters
    ----------
    expected_version
        The version the work began from, 0 for a day nobody handed in.

    Raises
    ------
    DayConflictError
        Somebody handed it in since, with other content.
    InputError
        The rep isn't there or not the user's, the day lies in the future, or the minutes can't be right.
    """
    minutes = check_minutes(entry.minutes)
    remark = checked_text(_("Remarks"), entry.remark)
    tomorrow = checked_text(_("Tomorrow"), entry.tomorrow)
    if entry.day > dt.date.today() + dt.timedelta(days=1):
        raise InputError(
            _("The day {day} lies in the future.", day=entry.day), _("Hand it in when it is over.")
        )
    place = {"employee": entry.employee_id, "day": entry.day}
    before = load_day(store, entry.employee_id, entry.day)

    def change(cursor: duckdb.DuckDBPyConnection) -> SavedDay:
        if not cursor.execute(_REP, {"employee": entry.employee_id, "scope": scope.parameter}).fetchall()[0][
            0
        ]:
            raise InputError(
                _("There is no rep {employee} in your regions.", employee=entry.employee_id),
                _("Choose one from the list."),
            )
        known = _read_day(cursor, place)
        # Activities that only files bring stay, and count in the day's sum.
        others = {name: value for name, value in known.minutes.items() if name not in ACTIVITIES}
        total = {**others, **minutes}
        said = (known.remark, known.tomorrow, dict(known.minutes))
        if known.version and said == (remark, tomorrow, total):
            raise Unchanged(known)
        if known.version != expected_version:
            raise DayConflictError(known)
        if sum(total.values()) > DAY_MINUTES:
            raise InputError(
                _("With what a file brought for the day the minutes are more than it has."),
                _("Correct the time log in the file, or type less here."),
            )
        saved = SavedDay(total, remark, tomorrow, known.version + 1, dt.datetime.now(), actor)
        return _write_day(cursor, place, minutes, saved)

    details = {
        "entity": "time_log, day_report",
        "entity_key": f"{entry.employee_id}/{entry.day}",
        "before": _as_json(before) if before.version or before.minutes else None,
        "after": json.dumps({"minutes": minutes, "remark": remark, "tomorrow": tomorrow}, ensure_ascii=False),
    }
    return store.write("day_report", change, actor=actor, details=details)


def load_day(store: Store, employee_id: str, day: dt.date) -> SavedDay:
    """Return a rep's day; version 0 where it was not handed in."""
    with store.cursor() as cursor:
        return _read_day(cursor, {"employee": employee_id, "day": day})


def _as_json(day: SavedDay) -> str:
    said = {"minutes": dict(day.minutes), "remark": day.remark, "tomorrow": day.tomorrow}
    return json.dumps({**said, "version": day.version, "by": day.handed_in_by}, ensure_ascii=False)


def _read_day(cursor: duckdb.DuckDBPyConnection, place: Mapping[str, Any]) -> SavedDay:
    minutes = {name: float(value) for name, value in cursor.execute(_TIME, dict(place)).fetchall()}
    rows = cursor.execute(_REPORT, dict(place)).fetchall()
    if not rows:
        return SavedDay(minutes, "", "", 0, None, "")
    remark, tomorrow, version, when, who = rows[0]
    return SavedDay(minutes, remark or "", tomorrow or "", version, when, who)


def _write_day(
    cursor: duckdb.DuckDBPyConnection,
    place: Mapping[str, Any],
    minutes: Mapping[str, int],
    saved: SavedDay,
) -> SavedDay:
    cursor.execute(
        "DELETE FROM time_log AS l WHERE l.employee_id = $employee AND l.day = $day"
        " AND l.activity IN (SELECT UNNEST(CAST($activities AS VARCHAR[])))",
        {**place, "activities": list(ACTIVITIES)},
    )
    for activity, value in minutes.items():
        cursor.execute(
            "INSERT INTO time_log (employee_id, day, activity, minutes, effective)"
            " VALUES ($employee, $day, $activity, $minutes, $effective)",
            {**place, "activity": activity, "minutes": value, "effective": activity == EFFECTIVE},
        )
    cursor.execute(
        "INSERT OR REPLACE INTO day_report VALUES ($employee, $day, $remark, $tomorrow, $version, $now,"
        " $actor)",
        {
            **place,
            "remark": saved.remark or None,
            "tomorrow": saved.tomorrow or None,
            "version": saved.version,
            "now": saved.handed_in_at,
            "actor": saved.handed_in_by,
        },
    )
    return saved
