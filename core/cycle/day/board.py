"""The board of a day (日常行动管理): who is out, done against plan, time, who has not reported [3-28]."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.cycle.day.time_use import effective_share
from core.i18n import N_

STATES: dict[str, str] = {
    "reported": N_("Reported"),
    "out": N_("Out, not reported yet"),
    "silent": N_("Nothing heard"),
    "free": N_("Nothing planned"),
}
"""How a rep's day stands; in the order in which a manager looks from the end."""


@dataclass(frozen=True)
class DayTables:
    """What the board is made of, all of one day.

    Parameters
    ----------
    reps
        employee_id, name.
    planned
        employee_id, terminal_id.
    visits
        employee_id, terminal_id, owner, start_at, end_at, order_amount (NaN unknown), effective.
    check_ins
        employee_id, name (of the shop), arrived_at: arrivals that became no visit yet.
    time
        employee_id, minutes, effective, handed_in_at.
    following
        employee_id, terminal_id planned for the next day.
    """

    reps: pd.DataFrame
    planned: pd.DataFrame
    visits: pd.DataFrame
    check_ins: pd.DataFrame
    time: pd.DataFrame
    following: pd.DataFrame


def board(tables: DayTables) -> pd.DataFrame:
    """Return one row per rep.

    Returns
    -------
    DataFrame
        employee_id, name, state (a key of :data:`STATES`), planned, done (planned shops visited),
        done_rate (done ÷ planned; NaN without a plan), extra (visits of shops that aren't in the day's
        plan; missing without one), elsewhere (visits of other reps' shops), visits, dwell (minutes in the
        shops; NaN where no departure is known), order_amount (yuan; NaN where none is recorded), first, last
        (times), effective_share (of the logged minutes; NaN without a log), handed_in_at, at_shop (where an
        arrival is open), tomorrow (planned visits of the next day).
    """
    table = tables.reps[["employee_id", "name"]].drop_duplicates("employee_id").set_index("employee_id")
    plan = tables.planned[["employee_id", "terminal_id"]].drop_duplicates()
    made = tables.visits.assign(
        minutes=(tables.visits["end_at"] - tables.visits["start_at"]).dt.total_seconds() / 60,
        elsewhere=tables.visits["owner"].notna() & (tables.visits["owner"] != tables.visits["employee_id"]),
    ).merge(plan.assign(in_plan=True), how="left", on=["employee_id", "terminal_id"])
    made = made.assign(in_plan=made["in_plan"].notna())
    groups = made.groupby("employee_id")
    reached = made[made["in_plan"]].groupby("employee_id")["terminal_id"].nunique()
    arrivals = tables.check_ins.sort_values("arrived_at").groupby("employee_id").last()
    log = tables.time.set_index("employee_id")
    table = table.assign(
        planned=_counted(plan.groupby("employee_id").size(), table.index),
        done=_counted(reached, table.index),
        visits=_counted(groups.size(), table.index),
        elsewhere=_counted(groups["elsewhere"].sum(), table.index),
        extra=_counted((~made["in_plan"]).groupby(made["employee_id"]).sum(), table.index),
        dwell=groups["minutes"].sum(min_count=1),
        order_amount=groups["order_amount"].sum(min_count=1),
        first=groups["start_at"].min(),
        last=groups["end_at"].max(),
        at_shop=arrivals["name"],
        arrived_at=arrivals["arrived_at"],
        handed_in_at=log["handed_in_at"],
        effective_share=pd.Series(
            [effective_share(*pair) for pair in zip(log["minutes"], log["effective"], strict=True)],
            index=log.index,
            dtype=float,
        ),
        tomorrow=_counted(tables.following.groupby("employee_id")["terminal_id"].nunique(), table.index),
    )
    has_plan = table["planned"] > 0
    table["done_rate"] = (table["done"] / table["planned"].where(has_plan)).astype(float)
    table["extra"] = table["extra"].astype("Int64").where(has_plan)
    heard = (table["visits"] > 0) | table["at_shop"].notna()
    table["state"] = np.select(
        [table["handed_in_at"].notna(), heard, has_plan], ["reported", "out", "silent"], "free"
    )
    return table.reset_index()


@dataclass(frozen=True)
class DaySums:
    """The board in numbers.

    Parameters
    ----------
    reps
        All reps; ``out`` of them visited somebody or reported, ``silent`` had a plan and nothing was heard
        of them, ``reported`` handed the day in.
    planned, done
        Visits of all plans, and planned shops that were visited.
    extra
        Visits beside a plan.
    effective_share
        Effective ÷ logged minutes of all reps; NaN where nothing is logged.
    """

    reps: int
    out: int
    reported: int
    silent: int
    unreported: int
    planned: int
    done: int
    visits: int
    extra: int
    effective_share: float
    tomorrow: int

    @property
    def done_rate(self) -> float:
        """Done ÷ planned; NaN without a plan."""
        return self.done / self.planned if self.planned else float("nan")


def sums(table: pd.DataFrame, time: pd.DataFrame) -> DaySums:
    """Return the board's totals; they tie with its rows.

    Parameters
    ----------
    table
        Result of :func:`board`.
    time
        employee_id, minutes, effective of the day.
    """
    state = table["state"].value_counts()
    log = time[time["employee_id"].isin(table["employee_id"])]
    heard = (table["visits"] > 0) | table["at_shop"].notna() | table["handed_in_at"].notna()
    return DaySums(
        reps=len(table),
        out=int(heard.sum()),
        reported=int(state.get("reported", 0)),
        silent=int(state.get("silent", 0)),
        unreported=int(state.get("out", 0) + state.get("silent", 0)),
        planned=int(table["planned"].sum()),
        done=int(table["done"].sum()),
        visits=int(table["visits"].sum()),
        extra=int(table["extra"].sum()),
        effective_share=effective_share(log["minutes"].sum(min_count=1), log["effective"].sum(min_count=1)),
        tomorrow=int(table["tomorrow"].sum()),
    )


def _counted(counts: pd.Series, index: pd.Index) -> pd.Series:
    """Return counts for everybody: a rep without a row has none."""
    return counts.reindex(index, fill_value=0).astype(int)
