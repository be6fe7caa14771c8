"""The planner's working copy of a plan: edits not saved yet, undo, redo, and what others saved meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.errors import AppError
from core.i18n import _, ngettext, sentences
from core.reports.plans.basis import Basis, plan_basis
from core.reports.plans.constraints import saved_constraints
from core.reports.plans.request import PlanRequest
from core.store.plans import versions as plans
from core.store.plans.model import PlanMovedError
from core.targets.editing.edits import Edit, EditLog, Merge, difference
from pages._ui import reads, runtime, url
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.plans.checks import Review
    from core.store.plans.model import Plan
    from core.targets.editing.constraints import Constraint

WORK, ACTOR, NOTE = "target_work", "target_actor", "target_note"


@dataclass
class Work:
    """A plan as one planner has it.

    Parameters
    ----------
    saved, cells
        Its cells as read, and with this planner's edits.
    parameters
        Its parameters with this planner's changes.
    log
        Steps that can be undone and done again.
    generation
        Rises with every change, so that the grid is drawn afresh.
    error
        What went wrong in the last step; shown once.
    merge
        What another planner saved meanwhile; shown until it is dealt with.
    checked
        The cells and parameters checked last, and the outcome.
    """

    plan: Plan
    saved: pd.DataFrame
    cells: pd.DataFrame
    parameters: dict[str, Any]
    log: EditLog = field(default_factory=EditLog)
    generation: int = 0
    error: AppError | None = None
    merge: Merge | None = None
    checked: tuple[pd.DataFrame, Any, Review] | None = None

    @property
    def changes(self) -> pd.DataFrame:
        """What is not saved yet."""
        return difference(self.saved, self.cells)

    @property
    def dirty(self) -> bool:
        """Whether something is not saved yet."""
        return self.parameters != dict(self.plan.parameters) or not self.changes.empty

    @property
    def request(self) -> PlanRequest:
        """What the plan was asked for."""
        return PlanRequest.from_parameters(self.parameters)

    @property
    def holds(self) -> tuple[Constraint, ...]:
        """The limits on its parts."""
        return saved_constraints(self.parameters)

    def become(self, cells: pd.DataFrame, what: str, typed: pd.Index | None = None) -> None:
        """Take a step that can be undone; ``typed`` are the cells whose own figure was typed."""
        changes = difference(self.cells, cells)
        if not changes.empty:
            self.log = self.log.add(Edit(changes, what, actor(), dt.datetime.now().astimezone(), typed))
            self.cells = cells
        self.generation += 1
        self.error = None


def all_plans() -> list[Plan]:
    """Return all plans, the latest first."""
    answer: list[Plan] = reads.cached(plans.list_plans)
    return answer


def actor() -> str:
    """Return who works here: the account, or what they say where nobody signs in."""
    return runtime.store().access.written_by(str(st.session_state.get(ACTOR) or _("Planner")))


def current() -> Work | None:
    """Return the working copy of the plan that the address names, the latest plan otherwise."""
    plans = {plan.plan_id: plan for plan in all_plans()}
    plan_code = url.value("plan")
    if not plans or plan_code == "new":
        return None
    plan = plans.get(plan_code) or next(iter(plans.values()))
    work: Work | None = st.session_state.get(WORK)
    if work is None or work.plan.plan_id != plan.plan_id or (work.plan != plan and not work.dirty):
        work = open_plan(plan)
    return work


def open_plan(plan: Plan) -> Work:
    """Read a plan and make it the working copy."""
    cells = plans.load_cells(runtime.store(), plan)
    work = Work(plan, cells, cells, dict(plan.parameters))
    st.session_state[WORK] = work
    return work


def basis_of(request: PlanRequest) -> Basis:
    """Return what a plan is computed from, from the cache where it was read before."""
    answer: Basis = reads.cached(plan_basis, _without_target(request))
    return answer


def facts(work: Work, basis: Basis) -> pd.DataFrame:
    """Return what is known about each cell of the working copy, in its order.

    Returns
    -------
    DataFrame
        item, region_id, owner_id, month, category, the regions above, last_year (NaN where the data no longer
        have the cell).
    """
    rows = work.cells.index.to_frame(index=False)
    category = basis.leaves.drop_duplicates("item").set_index("item")["category"]
    rows["category"] = rows["item"].map(category).fillna(rows["item"])
    above = basis.leaves.drop_duplicates("region_id").set_index("region_id")
    for column in basis.path[:-1]:
        rows[column] = rows["region_id"].map(above[column]).fillna(rows["region_id"])
    plans = basis.leaves.set_index(work.cells.index.names)["last_year"]
    return rows.assign(last_year=plans.reindex(work.cells.index).to_numpy())


def _without_target(request: PlanRequest) -> PlanRequest:
    # The basis is the same whatever the total and the weights are.
    return replace(
        request,
        target=0.0,
        weights=(),
        order=PlanRequest.order,
        template="breakdown",
        share=0.5,
        keep_checks=False,
    )


def undo(work: Work) -> None:
    """Take the last step back; for callbacks."""
    work.log, work.cells = work.log.undo(work.cells)
    work.generation += 1


def redo(work: Work) -> None:
    """Do the step undone last again; for callbacks."""
    work.log, work.cells = work.log.redo(work.cells)
    work.generation += 1


def save(work: Work) -> None:
    """Save the edits as the next version; if another was saved meanwhile, put both together and say so."""
    store, note = runtime.store(), str(st.session_state.get(NOTE, "")).strip()
    try:
        plan = plans.save(store, work.plan, work.cells, actor=actor(), note=note, parameters=work.parameters)
    except PlanMovedError as moved:
        work.plan, work.merge = plans.merge_with_saved(store, work.plan, work.cells)
        work.saved, work.cells = plans.load_cells(store, work.plan), work.merge.cells
        work.log, work.error = EditLog(), moved
    except AppError as error:
        work.error = error
    else:
        work.plan, work.saved, work.merge, work.error = plan, work.cells, None, None
        st.session_state[NOTE] = ""
        st.toast(_("Saved as version {version}.", version=plan.version), icon=":material/check:")
    work.generation += 1


def take_mine(work: Work) -> None:
    """Put one's own figures in the cells that both changed; for callbacks."""
    if work.merge is None:
        return
    mine = work.merge.conflicts
    cells = work.cells.copy()
    cells.loc[mine.index, "count"] = mine["count_mine"]
    cells.loc[mine.index, "locked"] = mine["locked_mine"]
    work.merge = None
    work.become(cells, _("Took my own figures"))


def take_theirs(work: Work) -> None:
    """Keep the other planner's figures in the cells that both changed; for callbacks."""
    work.merge = None
    work.generation += 1


def show_state(work: Work) -> None:
    """Show what went wrong in the last step, and what another planner changed."""
    if work.error is not None:
        st.error(
            sentences(escape_markdown(work.error.message), escape_markdown(work.error.hint)),
            icon=":material/error:",
        )
        work.error = None
    if work.merge is None:
        return
    theirs, conflicts = len(work.merge.theirs), len(work.merge.conflicts)
    st.warning(
        sentences(
            ngettext(
                "Another planner changed {n} cell meanwhile; your edits are put on top of it.",
                "Another planner changed {n} cells meanwhile; your edits are put on top of them.",
                theirs,
            ),
            ngettext(
                "{n} cell was changed by both and holds their figure.",
                "{n} cells were changed by both and hold their figures.",
                conflicts,
            ),
        ),
        icon=":material/group:",
    )
    with st.container(horizontal=True):
        st.button(_("Use mine where both changed"), on_click=take_mine, args=(work,), key="take_mine")
        st.button(_("Keep theirs"), on_click=take_theirs, args=(work,), key="take_theirs")
        with st.popover(_("Show the cells"), key="merge_cells"):
            st.dataframe(work.merge.theirs.reset_index(), hide_index=True)
            if conflicts:
                st.dataframe(work.merge.conflicts.reset_index(), hide_index=True)


def settle(work: Work, changed: Mapping[str, Any]) -> None:
    """Change parameters of the working copy; they are saved with its cells."""
    work.parameters = {**work.parameters, **changed}
