"""Putting a proposal into force: owners, stand-ins, hand-over records, and the visits that follow."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.forms import form
from core.customers.forms.validate import to_json, validate
from core.i18n import _
from core.reports.visits.plan import shown_plan
from core.reports.visits.request import VisitRequest
from core.store.scope import EVERYTHING, Scope
from core.store.territories import changes
from core.store.territories import shops as read
from core.store.visits.plans import PlanHeader
from core.visits.planning import evaluate

if TYPE_CHECKING:
    from core.store.database import Store


def apply_territories(
    store: Store,
    table: pd.DataFrame,
    *,
    name: str,
    effective_from: dt.date,
    own_company: str,
    actor: str = "local",
    scope: Scope = EVERYTHING,
) -> str:
    """Give customers their new owners in one step, and return the id of the change.

    Parameters
    ----------
    table
        Customers that change hands: terminal_id, before, before_name, after, after_name; see
        :func:`core.reports.territories.design.change_table`.
    name
        What the step is called.
    effective_from
        From this day on planned visits follow: they leave the plan of the owner before and become
        appointments of the new one.

    Raises
    ------
    InputError
        Nothing changes hands, or somebody changed an owner since the proposal was made.
    """
    visits = read.promised_visits(store, table["terminal_id"].to_list(), effective_from)
    owners = table.set_index("terminal_id")["before"]
    # A visit planned by somebody else than the owner was given away by a rule and stays where it is.
    visits = visits[visits["employee_id"] == visits["terminal_id"].map(owners)]
    return changes.apply(
        store,
        changes.TerritoryChange(
            name,
            effective_from,
            table[["terminal_id", "before", "after"]].assign(record=_records(table, name, effective_from)),
            visits[["plan_id", "terminal_id", "day"]],
            _plans_without(store, visits, own_company, scope),
            scope,
        ),
        actor=actor,
    )


def _records(table: pd.DataFrame, name: str, day: dt.date) -> list[str | None]:
    """Return the hand-over record of each customer; none where nobody hands over."""
    handover = form("handover")
    return [
        None
        if pd.isna(row.before)
        else to_json(
            validate(
                handover,
                {
                    "handed_on": day,
                    "from_person": row.before_name if not pd.isna(row.before_name) else row.before,
                    "to_person": row.after_name,
                    "reason": _("Territories: {name}", name=name),
                },
            )
        )
        for row in table.itertuples(index=False)
    ]


def _plans_without(
    store: Store, visits: pd.DataFrame, own_company: str, scope: Scope
) -> list[tuple[PlanHeader, pd.DataFrame]]:
    """Return each plan without the visits that go to others, its ways computed anew."""
    found = []
    for plan_id, gone in visits.groupby("plan_id"):
        first = gone.iloc[0]
        request = VisitRequest(own_company, first["start_day"], int(first["weeks"]), scope=scope)
        task, plan = shown_plan(store, request, str(first["employee_id"]), str(plan_id))
        going = set(zip(gone["terminal_id"], gone["day"], strict=True))
        routes = [
            (day, [shop for shop in rows["terminal_id"] if (shop, day) not in going])
            for day, rows in plan.stops.groupby("day")
        ]
        rest = evaluate(task, [(day, shops) for day, shops in routes if shops])
        header = PlanHeader(
            str(first["employee_id"]),
            first["start_day"],
            int(first["weeks"]),
            rest.travel_minutes,
            rest.km,
            str(first["fingerprint"]),
            str(first["parameters"]),
            str(plan_id),
            len(gone),
        )
        found.append((header, rest.stops))
    return found
