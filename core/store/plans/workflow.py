"""A plan's way from draft to approved: who moved it, when, why. An approved plan is only superseded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _
from core.store.plans import rows
from core.store.plans.model import Plan, PlanClosedError, fingerprint, status_label
from core.store.plans.versions import create, load_cells, versions

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from core.store.database import Store

# From each state the states that can follow [S3 3-4]. "superseded" follows by approving a later plan.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    "draft": ("submitted",),
    "submitted": ("feedback", "approved"),
    "feedback": ("revised",),
    "revised": ("submitted", "feedback", "approved"),
    "approved": (),
    "superseded": (),
}
NEED_A_REASON = ("feedback", "revised")


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
    PlanClosedError
        That state can't follow.
    PlanMovedError
        The plan was changed since it was read.
    """
    if to not in TRANSITIONS.get(plan.status, ()):
        allowed = [status_label(status) for status in TRANSITIONS.get(plan.status, ())]
        raise PlanClosedError(
            _("A plan that is {status} can't become {next}.", status=status_label(plan.status),
              next=status_label(to)),
            _("It can become: {states}.", states=_(", ").join(allowed))
            if allowed
            else _("Copy it; the approved copy takes its place."),
        )  # fmt: skip
    if to in NEED_A_REASON and not reason.strip():
        raise InputError(
            _("“{status}” needs a reason.", status=status_label(to)), _("Say in a sentence what and why.")
        )

    def change(cursor: duckdb.DuckDBPyConnection) -> Plan:
        rows.check_current(cursor, plan, (plan.status,))
        moved = replace(plan, status=to)
        rows.set_status(cursor, moved, actor, plan.status, reason)
        if to == "approved" and plan.base_plan_id:
            rows.supersede(cursor, plan.base_plan_id, moved, actor)
        return moved

    details = {"entity": "target_plan", "entity_key": plan.plan_id, "before": plan.status, "after": to}
    return store.write("plan_move", change, actor=actor, details=details)


def copy(store: Store, plan: Plan, name: str, *, actor: str = "local", note: str = "") -> Plan:
    """Copy a plan, whatever its state, as a new draft that is based on it."""
    fresh = replace(plan, plan_id="", name=name, base_plan_id=plan.plan_id)
    return create(store, fresh, load_cells(store, plan), actor=actor, note=note)


def events(store: Store, plan_id: str) -> pd.DataFrame:
    """Return version, happened_at, actor, from_status, to_status, reason; the latest first."""
    return store.read("targets/events", plan=plan_id).to_pandas()


def is_untouched(store: Store, plan: Plan, cells: pd.DataFrame) -> bool:
    """Tell whether a plan's cells are those that were saved, and not changed past this program."""
    saved = versions(store, plan.plan_id)
    return bool(saved.empty or saved["fingerprint"].iloc[0] == fingerprint(plan, cells))
