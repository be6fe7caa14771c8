"""Saved target plans: versions that two planners can't overwrite.

The store holds the latest version of a plan and what each version changed, so that every earlier one can
be seen. A save states the version it started from; if another was saved since, nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.errors import InputError, NotAllowedError, StoreError, nearest
from core.i18n import _, ngettext
from core.store.approval import EDITABLE
from core.store.database import Unchanged
from core.store.plans import rows
from core.store.plans.model import KEYS, Plan
from core.store.scope import EVERYTHING, Scope
from core.targets.editing.edits import Merge, difference, merge

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store
    from core.targets.units import Unit


def list_plans(store: Store) -> list[Plan]:
    """Return all plans, the latest first."""
    return [_plan(row) for row in store.read("targets/plans").to_pylist()]


def load(store: Store, plan_id: str) -> Plan:
    """Return a plan.

    Raises
    ------
    InputError
        There is none with this id; the nearest one is named.
    """
    plans = {plan.plan_id: plan for plan in list_plans(store)}
    if plan_id not in plans:
        close = nearest(plan_id, plans)
        raise InputError(
            _("There is no plan {plan}.", plan=plan_id),
            _("Did you mean {name}?", name=close)
            if close
            else _("Plans there are: {plans}.", plans=", ".join(plans) or "—"),
        )
    return plans[plan_id]


def load_cells(
    store: Store, plan: Plan, *, version: int | None = None, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return a plan's cells.

    Parameters
    ----------
    version
        An earlier version; the latest by default.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``KEYS``: count, locked.
    """
    found = store.read("targets/cells", scope=scope, plan=plan.plan_id).to_pandas()
    cells = _indexed(
        found.assign(count=_counts(found["cents"], plan.unit), locked=found["locked"].astype(bool))
    )
    if version is None or version >= plan.version:
        return cells
    later = store.read("targets/changes", scope=scope, plan=plan.plan_id, version=version).to_pandas()
    first = later.drop_duplicates(KEYS)
    before = _indexed(
        first.assign(
            count=_counts(first["cents_before"], plan.unit), locked=first["locked_before"].astype(bool)
        )
    )
    result = cells.copy()
    result.loc[before.index, "count"] = before["count"]
    result.loc[before.index, "locked"] = before["locked"]
    return result


def create(store: Store, plan: Plan, cells: pd.DataFrame, *, actor: str = "local", note: str = "") -> Plan:
    """Save a new plan as a draft, version 1.

    Parameters
    ----------
    plan
        What it is; an empty plan_id gets the next free one of its year.
    cells
        Indexed by ``KEYS``: count, locked.

    Returns
    -------
    Plan
        As saved.
    """
    _refuse_negative(cells)
    actor = store.access.written_by(actor)

    def change(cursor: duckdb.DuckDBPyConnection) -> Plan:
        refuse_foreign_company(store, plan)
        taken = set(store.whole.fetch("SELECT p.plan_id AS id FROM target_plan AS p")["id"].to_pylist())
        number = next(n for n in range(1, len(taken) + 2) if f"{plan.year}-{n:02d}" not in taken)
        plan_id = plan.plan_id or f"{plan.year}-{number:02d}"
        if plan_id in taken:
            raise InputError(_("There is a plan {plan} already.", plan=plan_id), _("Choose another id."))
        total = float(plan.unit.amounts(int(cells["count"].sum())))
        saved = replace(plan, plan_id=plan_id, version=1, status="draft", top_target=total)
        rows.insert_plan(cursor, saved)
        rows.insert_cells(cursor, saved, cells)
        rows.insert_version(cursor, saved, cells, actor, note)
        rows.insert_event(cursor, saved, actor, None, note)
        return saved

    return store.write(
        "plan_create", change, actor=actor, details={"entity": "target_plan", "after": plan.name}
    )


def save(
    store: Store,
    plan: Plan,
    cells: pd.DataFrame,
    *,
    actor: str = "local",
    note: str = "",
    parameters: Mapping[str, Any] | None = None,
) -> Plan:
    """Save changed cells as the next version of a plan.

    Parameters
    ----------
    plan
        The plan as it was read; its version is what the changes are based on.
    cells
        All its cells, some of them changed.
    parameters
        New parameters; the old ones by default.

    Returns
    -------
    Plan
        The new version; the plan as it was where nothing changed.

    Raises
    ------
    PlanMovedError
        Another version was saved since; put both together with :func:`merge_with_saved`.
    ClosedError
        It is submitted, approved or superseded.
    InputError
        A cell is below zero.
    """
    _refuse_negative(cells)
    actor = store.access.written_by(actor)

    def change(cursor: duckdb.DuckDBPyConnection) -> Plan:
        refuse_foreign_company(store, plan)
        rows.check_current(cursor, plan, EDITABLE)
        changes = difference(load_cells(store, plan), cells)
        settled = dict(plan.parameters if parameters is None else parameters)
        if changes.empty and settled == dict(plan.parameters):
            raise Unchanged(plan)
        total = float(plan.unit.amounts(int(cells["count"].sum())))
        saved = replace(plan, version=plan.version + 1, top_target=total, parameters=settled)
        rows.write_changes(cursor, saved, changes)
        cursor.execute(
            "UPDATE target_plan SET version = $version, top_target = $total, parameters = $parameters"
            " WHERE plan_id = $plan",
            {
                "version": saved.version,
                "total": total,
                "parameters": rows.json_text(settled),
                "plan": saved.plan_id,
            },
        )
        rows.insert_version(cursor, saved, cells, actor, note)
        return saved

    details = {"entity": "target_plan", "entity_key": plan.plan_id, "before": str(plan.version)}
    return store.write("plan_save", change, actor=actor, details=details)


def merge_with_saved(store: Store, plan: Plan, mine: pd.DataFrame) -> tuple[Plan, Merge]:
    """Put unsaved edits on top of what others saved in the meantime; nothing is written.

    Parameters
    ----------
    plan
        The version the edits are based on.

    Returns
    -------
    tuple of Plan and Merge
        The saved plan, to save the merged cells on, and both planners' changes.
    """
    saved = load(store, plan.plan_id)
    base = load_cells(store, saved, version=plan.version)
    return saved, merge(base, mine, load_cells(store, saved))


def versions(store: Store, plan_id: str) -> pd.DataFrame:
    """Return version, saved_at, actor, note, top_target, fingerprint; the latest first."""
    return store.read("targets/versions", plan=plan_id).to_pandas()


def refuse_foreign_company(store: Store, plan: Plan) -> None:
    """Refuse a plan of a company that the user doesn't plan for.

    Raises
    ------
    NotAllowedError
        It names the company.
    """
    company = plan.parameters.get("own_company")
    allowed = store.access.companies
    if allowed is not None and company not in allowed:
        raise NotAllowedError(
            _("You don't plan for the company {company}.", company=company or "–"),
            _("You plan for: {companies}.", companies=", ".join(allowed)),
        )


def _refuse_negative(cells: pd.DataFrame) -> None:
    """Refuse a cell below zero: nobody can be asked to sell less than nothing."""
    below = cells.index[cells["count"] < 0]
    if len(below):
        where = " / ".join(f"{key:%Y-%m}" if hasattr(key, "year") else str(key) for key in below[0])
        raise InputError(
            ngettext(
                "{n} target is below zero: {where}.", "{n} targets are below zero, the first: {where}.",
                len(below), where=where,
            ),
            _("Give it zero or more."),
        )  # fmt: skip


def _plan(row: Mapping[str, Any]) -> Plan:
    return Plan(
        plan_id=row["plan_id"],
        name=row["name"],
        year=int(row["year"]),
        template=row["template"] or "breakdown",
        version=int(row["version"]),
        base_plan_id=row["base_plan_id"],
        status=row["status"] or "draft",
        top_target=float(row["top_target"] or 0.0),
        parameters=json.loads(row["parameters"] or "{}"),
        inputs_version=row["inputs_version"],
    )


def _counts(cents: pd.Series, unit: Unit) -> pd.Series:
    size = int(unit.size / rows.CENT)
    whole = cents.astype("int64")
    if (whole % size != 0).any():
        raise StoreError(
            _("The plan has cells that are no whole multiple of its unit of {unit}.", unit=unit.size),
            _("Somebody changed it past this program; import it again with its own parameters."),
        )
    return whole // size


def _indexed(table: pd.DataFrame) -> pd.DataFrame:
    months = pd.to_datetime(table["month"]).astype("datetime64[us]")
    return table.assign(month=months).set_index(KEYS)[["count", "locked"]].sort_index()
