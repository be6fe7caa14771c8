"""Rows of a plan in the store: written inside a transaction of :mod:`core.store.plans.versions`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.i18n import _
from core.store.approval import ClosedError, closed_hint, status_label
from core.store.plans.model import (
    OWNER_COLUMNS,
    Plan,
    PlanMovedError,
    fingerprint,
)

if TYPE_CHECKING:
    import duckdb

CENT = Decimal("0.01")
# Fen as whole numbers become exact yuan; a division would pass through binary fractions.
_MONEY = "CAST(n.{} AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2))"
_SAME_CELL = "COALESCE(t.product_id, t.category, '') = COALESCE(n.item, '') AND " + " AND ".join(
    f"COALESCE(t.{column}, '') = COALESCE(n.{column}, '')"
    for column in ("region_id", "employee_id", "dealer_id")
)


def check_current(cursor: duckdb.DuckDBPyConnection, plan: Plan, allowed: tuple[str, ...]) -> None:
    """Refuse a change of a plan that has moved on, or whose state forbids it."""
    found = cursor.execute(
        "SELECT p.version, COALESCE(p.status, 'draft') FROM target_plan AS p WHERE p.plan_id = $plan",
        {"plan": plan.plan_id},
    ).fetchall()
    # All rows are fetched: an unfinished result would keep the connection from further work.
    if not found:
        raise PlanMovedError(
            _("The plan {plan} was deleted.", plan=plan.plan_id), _("Save your changes as a new plan.")
        )
    row = found[0]
    if row[1] not in allowed:
        raise ClosedError(
            _(
                "The plan {plan} is {status} and can't be changed.",
                plan=plan.plan_id,
                status=status_label(row[1]),
            ),
            closed_hint(row[1]),
        )
    if row[0] != plan.version or row[1] != plan.status:
        raise PlanMovedError(
            _("The plan {plan} was changed meanwhile: it is at version {saved}, yours started from {mine}.",
              plan=plan.plan_id, saved=row[0], mine=plan.version),
            _("Nothing of yours is lost: look at the other changes, then save again."),
        )  # fmt: skip


def insert_plan(cursor: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Write the row of a new plan."""
    cursor.execute(
        "INSERT INTO target_plan (plan_id, name, year, template, version, base_plan_id, status, top_target,"
        " parameters, inputs_version) VALUES ($plan_id, $name, $year, $template, $version, $base, $status,"
        " $total, $parameters, $inputs)",
        {
            "plan_id": plan.plan_id, "name": plan.name, "year": plan.year, "template": plan.template,
            "version": plan.version, "base": plan.base_plan_id, "status": plan.status,
            "total": plan.top_target, "parameters": json_text(plan.parameters), "inputs": plan.inputs_version,
        },
    )  # fmt: skip


def insert_cells(cursor: duckdb.DuckDBPyConnection, plan: Plan, cells: pd.DataFrame) -> None:
    """Write all cells of a new plan."""
    cursor.register("new_cells", _table(plan, cells))
    owner = OWNER_COLUMNS[plan.owner]
    cursor.execute(
        f"INSERT INTO target_cell (plan_id, month, region_id, category, product_id, {owner}, amount, source,"
        " locked) SELECT $plan, n.month, n.region_id, CASE WHEN p.product_id IS NULL THEN n.item"
        f" ELSE p.category END, p.product_id, n.{owner}, {_MONEY.format('cents')}, $source, n.locked"
        " FROM new_cells AS n LEFT JOIN product AS p ON $by_product AND p.product_id = n.item",
        {"plan": plan.plan_id, "source": "bottom_up" if plan.template == "strategy" else "top_down",
         "by_product": plan.by_product},
    )  # fmt: skip
    cursor.unregister("new_cells")


def write_changes(cursor: duckdb.DuckDBPyConnection, plan: Plan, changes: pd.DataFrame) -> None:
    """Change the cells that differ, and keep what they were as part of the version."""
    cursor.register("new_cells", _table(plan, changes))
    cursor.execute(
        "INSERT INTO plan_change (plan_id, version, month, region_id, category, dealer_id, employee_id,"
        " amount_before, amount_after, locked_before, locked_after)"
        " SELECT $plan, $version, n.month, n.region_id, n.item, n.dealer_id, n.employee_id,"
        f" {_MONEY.format('cents_before')}, {_MONEY.format('cents_after')}, n.locked_before, n.locked_after"
        " FROM new_cells AS n",
        {"plan": plan.plan_id, "version": plan.version},
    )
    cursor.execute(
        f"UPDATE target_cell AS t SET amount = {_MONEY.format('cents_after')}, locked = n.locked_after,"
        " source = 'edited' FROM new_cells AS n"
        f" WHERE t.plan_id = $plan AND t.month = n.month AND {_SAME_CELL}",
        {"plan": plan.plan_id},
    )
    cursor.unregister("new_cells")


def insert_version(
    cursor: duckdb.DuckDBPyConnection, plan: Plan, cells: pd.DataFrame, actor: str, note: str
) -> None:
    """Note a version: who saved it, when, why, and the fingerprint of its cells."""
    cursor.execute(
        "INSERT INTO plan_version VALUES ($plan, $version, $now, $actor, $note, $total, $fingerprint)",
        {"plan": plan.plan_id, "version": plan.version, "now": dt.datetime.now(), "actor": actor,
         "note": note or None, "total": plan.top_target, "fingerprint": fingerprint(plan, cells)},
    )  # fmt: skip


def insert_event(
    cursor: duckdb.DuckDBPyConnection, plan: Plan, actor: str, before: str | None, reason: str
) -> None:
    """Note that a plan has a new state."""
    cursor.execute(
        "INSERT INTO plan_event VALUES ($plan, $version, $now, $actor, $before, $after, $reason)",
        {"plan": plan.plan_id, "version": plan.version, "now": dt.datetime.now(), "actor": actor,
         "before": before, "after": plan.status, "reason": reason or None},
    )  # fmt: skip


def set_status(cursor: duckdb.DuckDBPyConnection, plan: Plan, actor: str, before: str, reason: str) -> None:
    """Give a plan the state it has, and note who did it and why."""
    cursor.execute(
        "UPDATE target_plan SET status = $status WHERE plan_id = $plan",
        {"status": plan.status, "plan": plan.plan_id},
    )
    insert_event(cursor, plan, actor, before, reason)


def supersede(cursor: duckdb.DuckDBPyConnection, plan_id: str, successor: Plan, actor: str) -> None:
    """Mark an approved plan as superseded by another one."""
    found = cursor.execute(
        "SELECT p.version FROM target_plan AS p WHERE p.plan_id = $plan AND p.status = 'approved'",
        {"plan": plan_id},
    ).fetchall()
    for row in found:
        old = Plan(plan_id, "", successor.year, version=int(row[0]), status="superseded")
        reason = _("Superseded by the plan {plan}.", plan=successor.plan_id)
        set_status(cursor, old, actor, "approved", reason)


def _table(plan: Plan, cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells in the columns of the store."""
    rows = cells.reset_index()
    empty = {name: rows[name].where(rows[name] != "", None) for name in ("item", "region_id", "owner_id")}
    owners = dict.fromkeys(("employee_id", "dealer_id"), pd.Series([None] * len(rows), dtype="str"))
    owners[OWNER_COLUMNS[plan.owner]] = empty.pop("owner_id")
    size = int(plan.unit.size / CENT)
    money = {f"cents{name[5:]}": rows[name] * size for name in rows.columns if name.startswith("count")}
    locks = {name: rows[name].astype(bool) for name in rows.columns if name.startswith("locked")}
    return pd.DataFrame({"month": rows["month"].dt.date, **empty, **owners, **money, **locks})


def json_text(parameters: Mapping[str, Any]) -> str:
    """Return parameters as text, always in the same order."""
    return json.dumps(parameters, ensure_ascii=False, sort_keys=True)
