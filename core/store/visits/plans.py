"""What visit plans read and write: a rep's terminals, rules and visits; plans and their stops."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from core.errors import InputError
from core.i18n import _
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

RULE_COLUMNS = (
    "terminal_id",
    "visits",
    "reason",
    "minutes",
    "preferred",
    "forbidden",
    "hours",
    "min_gap",
    "max_gap",
    "fixed",
    "first_by",
    "not_before",
    "market",
    "employee_id",
    "companion",
)


@dataclass(frozen=True)
class PlanHeader:
    """What a saved plan is about.

    Parameters
    ----------
    travel_minutes, km
        Its ways, those home included.
    fingerprint
        Digest of its inputs.
    parameters
        JSON: the choices it was made with.
    base_plan_id, changes
        The plan it was made from by hand or by re-planning, and its number of changed visits.
    """

    employee_id: str
    start_day: dt.date
    weeks: int
    travel_minutes: float
    km: float
    fingerprint: str
    parameters: str = "{}"
    base_plan_id: str | None = None
    changes: int = 0


@dataclass(frozen=True)
class RepWindow:
    """Which sales and visits stand beside a rep's shops.

    Parameters
    ----------
    first_month, last_month
        First days of the first and last month whose sales count.
    until
        Visits before this day count.
    cycle_days
        Length of the cycle before it.
    """

    own: str
    first_month: dt.date
    last_month: dt.date
    until: dt.date
    cycle_days: int = 28

    @property
    def months(self) -> int:
        """Number of months."""
        return (
            12 * (self.last_month.year - self.first_month.year)
            + self.last_month.month
            - self.first_month.month
            + 1
        )


def reps(store: Store, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return employee_id, name, lat, lon, work_minutes, shops, shops_lat, shops_lon of all with terminals."""
    return store.read("visits/reps", scope=scope).to_pandas()


def rep_shops(store: Store, employee_id: str, window: RepWindow, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the terminals of a rep with kind, place, monthly sales and visits.

    Returns
    -------
    DataFrame
        terminal_id, name, owner (employee_id), grade, outlet_type, status, address, lat, lon, region,
        urban_class, own, rival (yuan a month, NaN unknown), last_visit, cycle_visits, dwell (minutes),
        all_visits.
    """
    return store.read(
        "visits/shops",
        scope=scope,
        employee=employee_id,
        own=window.own,
        first_month=window.first_month,
        last_month=window.last_month,
        months=window.months,
        until=window.until,
        cycle_start=window.until - dt.timedelta(window.cycle_days),
    ).to_pandas()


def last_visit_day(store: Store, scope: Scope = EVERYTHING) -> dt.date | None:
    """Return the last day with a visit, None where there is none."""
    found: dt.date | None = store.read("visits/last_visit", scope=scope).to_pylist()[0]["last_day"]
    return found


def visits_done(
    store: Store, employee_id: str, first_day: dt.date, end_day: dt.date, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return terminal_id, day, dwell (minutes), effective, order_amount of a rep's visits of some days."""
    return store.read(
        "visits/done", scope=scope, employee=employee_id, first_day=first_day, end_day=end_day
    ).to_pandas()


def logged_time(
    store: Store, employee_id: str, first_day: dt.date, end_day: dt.date, scope: Scope = EVERYTHING
) -> dict[str, float | None]:
    """Return minutes, effective (minutes) and days of a rep's time log; None where nothing is logged."""
    return dict(
        store.read(
            "visits/time", scope=scope, employee=employee_id, first_day=first_day, end_day=end_day
        ).to_pylist()[0]
    )


def board(store: Store, first_day: dt.date, end_day: dt.date, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return one row per rep: shops, unvisited, visits, effective, minutes, due, done, on_day."""
    return store.read("visits/board", scope=scope, first_day=first_day, end_day=end_day).to_pandas()


def rules(store: Store, employee_id: str, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the rows of ``visit_rule`` for a rep's customers."""
    return store.read("visits/rules", scope=scope, employee=employee_id).to_pandas()


def plans(store: Store, employee_id: str | None = None, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the saved plans of a rep, or of all, the latest first."""
    return store.read("visits/plans", scope=scope, employee=employee_id).to_pandas()


def plan_stops(store: Store, plan_id: str, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return day (dates), position, terminal_id, begins, minutes, travel_minutes, km of a plan."""
    table = store.read("visits/stops", scope=scope, plan=plan_id)
    return pd.DataFrame(
        {name: table[name].to_pylist() for name in table.column_names}, columns=table.column_names
    )


def planned_visits(store: Store, plan_ids: Sequence[str], scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the visits of some plans with the names of reps and shops, in the order of reps and time.

    Returns
    -------
    DataFrame
        plan_id, employee_id, employee, day (dates), position, terminal_id, name, grade, outlet_type,
        address, begins, minutes, travel_minutes, km.
    """
    table = store.read("visits/planned", scope=scope, plans=list(plan_ids))
    return pd.DataFrame(
        {name: table[name].to_pylist() for name in table.column_names}, columns=table.column_names
    )


def save_plan(store: Store, header: PlanHeader, stops: pd.DataFrame, *, actor: str = "local") -> str:
    """Save a plan as the next version of the rep's plan of that period.

    Returns
    -------
    str
        The id of the plan.
    """
    if not len(stops):
        raise InputError(_("A plan without visits is not saved."))
    inputs = store.data_version
    return store.write(
        "visit_plan",
        lambda cursor: insert_plan(cursor, header, stops, inputs=inputs, actor=actor),
        actor=actor,
        details={"entity": "visit_plan", "entity_key": header.employee_id},
    )


def insert_plan(
    cursor: duckdb.DuckDBPyConnection, header: PlanHeader, stops: pd.DataFrame, *, inputs: int, actor: str
) -> str:
    """Add a plan as the next version inside a transaction, and return its id.

    Parameters
    ----------
    inputs
        Version of the data it was made from.
    """
    row = cursor.execute(
        "SELECT COALESCE(MAX(p.version), 0) + 1 FROM visit_plan AS p"
        " WHERE p.employee_id = $employee AND p.start_day = $start",
        {"employee": header.employee_id, "start": header.start_day},
    ).fetchone()
    version = int(row[0]) if row else 1
    plan_id = f"{header.employee_id}-{header.start_day:%Y%m%d}-{version}"
    cursor.execute(
        "INSERT INTO visit_plan VALUES ($plan, $employee, $start, $weeks, $version, $base, $changes,"
        " $visits, $travel, $km, $fingerprint, $parameters, $inputs, $actor, $now)",
        {
            "plan": plan_id,
            "employee": header.employee_id,
            "start": header.start_day,
            "weeks": header.weeks,
            "version": version,
            "base": header.base_plan_id,
            "changes": header.changes,
            "visits": len(stops),
            "travel": header.travel_minutes,
            "km": header.km,
            "fingerprint": header.fingerprint,
            "parameters": header.parameters,
            "inputs": inputs,
            "actor": actor,
            "now": dt.datetime.now(),
        },
    )
    if len(stops):
        cursor.register("new_stops", pa.Table.from_pandas(stops, preserve_index=False))
        cursor.execute(
            "INSERT INTO visit_plan_stop SELECT $plan, CAST(n.day AS DATE), n.position, n.terminal_id,"
            " n.begins, n.minutes, n.travel_minutes, n.km FROM new_stops AS n",
            {"plan": plan_id},
        )
        cursor.unregister("new_stops")
    return plan_id


def save_rules(store: Store, rows: pd.DataFrame, *, actor: str = "local") -> None:
    """Replace what differs from the norm for the customers in ``rows`` (columns RULE_COLUMNS).

    A row that says nothing but the customer takes away what there was.
    """
    columns = list(RULE_COLUMNS)
    named = ", ".join("$" + column for column in columns)
    values = rows[columns].astype(object).where(rows[columns].notna(), None)

    def save(cursor: duckdb.DuckDBPyConnection) -> None:
        for row in values.itertuples(index=False):
            cursor.execute("DELETE FROM visit_rule WHERE terminal_id = $id", {"id": row[0]})
            if all(value is None for value in row[1:]):
                continue
            cursor.execute(
                f"INSERT INTO visit_rule ({', '.join(columns)}) VALUES ({named})",
                dict(zip(columns, row, strict=True)),
            )

    store.write("visit_rule", save, actor=actor, details={"entity": "visit_rule"})
