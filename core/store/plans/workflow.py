"""A plan's way from draft to approved: who moved it, when, why. An approved plan is only superseded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.store.approval import HANDED_ON, JUDGED, check_step, needs_four_eyes, refuse_own_work
from core.store.plans import rows
from core.store.plans.model import Plan, fingerprint
from core.store.plans.versions import create, load_cells, refuse_foreign_company, versions

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from core.store.database import Store


def move(store: Store, plan: Plan, to: str, *, actor: str = "local", reason: str = "") -> Plan:
    """Move a plan to its next state.

    Parameters
    ----------
    to
        The state wanted.
    actor, reason
        Who does it, and why; feedback and a revision need a reason.

    Returns
    -------
    Plan
        In its new state. The plan it was copied from is superseded when this one is approved.

    Raises
    ------
    ClosedError
        That state can't follow.
    PlanMovedError
        The plan was changed since it was read.
    NotAllowedError
        Four eyes are asked for, and it is the actor's own work.
    """
    check_step(plan.status, to, reason)
    actor = store.access.written_by(actor)
    four_eyes = to == "approved" and needs_four_eyes(store)

    def change(cursor: duckdb.DuckDBPyConnection) -> Plan:
        refuse_foreign_company(store, plan)
        rows.check_current(cursor, plan, (plan.status,))
        if four_eyes:
            refuse_own_work(cursor, actor, _hands(cursor, plan))
        moved = replace(plan, status=to)
        rows.set_status(cursor, moved, actor, plan.status, reason)
        if to == "approved" and plan.base_plan_id:
            rows.supersede(cursor, plan.base_plan_id, moved, actor)
        return moved

    details = {"entity": "target_plan", "entity_key": plan.plan_id, "before": plan.status, "after": to}
    return store.write("plan_approve" if to in JUDGED else "plan_move", change, actor=actor, details=details)


def _hands(cursor: duckdb.DuckDBPyConnection, plan: Plan) -> set[str]:
    """Return who submitted or revised a plan, and who saved the version that is judged."""
    rows = cursor.execute(
        "SELECT e.actor FROM plan_event AS e WHERE e.plan_id = $plan AND list_contains($steps, e.to_status)"
        " UNION SELECT v.actor FROM plan_version AS v WHERE v.plan_id = $plan AND v.version = $version",
        {"plan": plan.plan_id, "version": plan.version, "steps": list(HANDED_ON)},
    ).fetchall()
    return {actor for (actor,) in rows}


def copy(store: Store, plan: Plan, name: str, *, actor: str = "local", note: str = "") -> Plan:
    """Copy a plan, whatever its state, as a new draft that is based on it."""
    fresh = replace(plan, plan_id="", name=name, base_plan_id=plan.plan_id)
    return create(store, fresh, load_cells(store, plan), actor=actor, note=note)


def events(store: Store, plan_id: str) -> pd.DataFrame:
    """Return version, happened_at, actor, from_status, to_status, reason; the latest first."""
    return store.read("targets/events", plan=plan_id).to_pandas()


def is_untouched(store: Store, plan: Plan, cells: pd.DataFrame) -> bool:
    """Tell whether a plan's cells are those that were saved, and not changed past this program.

    Whoever sees a part of the cells can't tell, and isn't alarmed.
    """
    if store.access.is_restricted:
        return True
    saved = versions(store, plan.plan_id)
    said = None if saved.empty else saved["fingerprint"].iloc[0]
    # Of a plan with targets out of sight nothing can be said.
    return said is None or said == fingerprint(plan, cells)
