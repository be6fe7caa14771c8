"""Today's route: what the plan asks for, what was agreed on, and what was visited beside it."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from core.i18n import N_

REASONS: dict[str, str] = {
    "planned": N_("Planned"),
    "agreed": N_("Agreed on"),
    "late": N_("Agreed on, missed"),
    "extra": N_("Beside the plan"),
}
"""Why a shop stands in the route."""
MISSED_DAYS = 7
"""So long a missed appointment stays in the route."""
COLUMNS = ("terminal_id", "reason", "position", "begins", "next_content")


def today_route(planned: pd.DataFrame, shops: pd.DataFrame, visited: pd.Index, day: dt.date) -> pd.DataFrame:
    """Return the shops of a day in order: planned ones, then appointments, then other visits made.

    Parameters
    ----------
    planned
        terminal_id, position, begins (minute of the day) of that day's plan.
    shops
        terminal_id, last_visit (before the day), next_on and next_content of the last talk.
    visited
        terminal_id of the day's visits and arrivals, in order.

    Returns
    -------
    DataFrame
        terminal_id, reason (a key of :data:`REASONS`), position (from 1), begins (NaN unless planned),
        next_content (what the last talk agreed on for this day; missing else). Each shop once.
    """
    agreed = _appointments(shops, day)
    first = planned.sort_values(["position", "terminal_id"])[["terminal_id", "begins"]].assign(
        reason="planned"
    )
    second = agreed[~agreed["terminal_id"].isin(first["terminal_id"])][["terminal_id", "reason"]]
    known = {*first["terminal_id"], *second["terminal_id"]}
    others = [shop for shop in dict.fromkeys(visited) if shop not in known]
    third = pd.DataFrame({"terminal_id": pd.Series(others, dtype="str"), "reason": "extra"})
    parts = [part.astype({"terminal_id": "str"}) for part in (first, second, third)]
    route = pd.concat(parts, ignore_index=True)
    route = route.merge(agreed[["terminal_id", "next_content"]], how="left", on="terminal_id")
    return route.assign(position=range(1, len(route) + 1)).reindex(columns=list(COLUMNS))


def _appointments(shops: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """Return the shops whose last talk named this day, or one of the last days that was missed."""
    now = pd.Timestamp(day)
    next_on = pd.to_datetime(shops["next_on"])
    missed = (next_on < now) & (next_on >= now - pd.Timedelta(days=MISSED_DAYS))
    # The talk itself was before the day it names; a visit on or after that day kept the appointment.
    missed &= ~(pd.to_datetime(shops["last_visit"]) >= next_on)
    due = next_on == now
    found = shops[due | missed]
    reason = due[due | missed].map({True: "agreed", False: "late"})
    return found.assign(reason=reason, terminal_id=found["terminal_id"].astype("str"))[
        ["terminal_id", "next_content", "reason"]
    ]


def next_working_day(day: dt.date) -> dt.date:
    """Return the next Monday to Friday after a day."""
    return day + dt.timedelta(days=max(1, 7 - day.weekday()) if day.weekday() >= 4 else 1)


def following_day(day: dt.date, days: list[dt.date]) -> dt.date:
    """Return the first day after one of a list, else the next Monday to Friday.

    Parameters
    ----------
    days
        Days with planned visits or appointments.
    """
    later = [other for other in days if other > day]
    return min(later) if later else next_working_day(day)
