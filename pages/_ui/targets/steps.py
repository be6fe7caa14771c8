"""The steps of the flow: each can be left and taken up again, in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import N_, _
from core.store.approval import status_label
from pages._ui import reads, url
from pages._ui.language import in_language
from pages._ui.targets import actual, checks, exporting, grid, methods, state, versions, weights

if TYPE_CHECKING:
    from pages._ui.targets.state import Work

STEPS = {
    "methods": N_("1 Target"),
    "weights": N_("2 Weights"),
    "grid": N_("3 Grid"),
    "checks": N_("4 Checks"),
    "versions": N_("5 Versions"),
    "export": N_("6 Export"),
    "actual": N_("Target and actual"),
}
WITHOUT_A_PLAN = ("methods", "weights")


def bar(work: Work | None) -> str:
    """Show which plan and which step; return the step."""
    steps = [step for step in STEPS if work is not None or step in WITHOUT_A_PLAN]
    first = "grid" if work is not None else "methods"
    step = url.value("step") if url.value("step") in steps else first
    with st.container(horizontal=True, vertical_alignment="center", key="plan_bar", gap="small"):
        labels = {plan.plan_id: _label(plan.plan_id, plan.name, plan.status) for plan in state.all_plans()}
        labels["new"] = _("New plan …")
        st.session_state["pick_plan"] = work.plan.plan_id if work is not None else "new"
        st.selectbox(
            _("Plan"), list(labels), format_func=lambda code: labels.get(code, code), key="pick_plan",
            label_visibility="collapsed", width=300, icon=":material/folder_open:",
            on_change=in_language(_choose_plan),
        )  # fmt: skip
        st.session_state["pick_step"] = step
        st.segmented_control(
            _("Step"), steps, key="pick_step",
            format_func=lambda code: _(STEPS[code]) if code in STEPS else code, required=True,
            label_visibility="collapsed", on_change=in_language(_choose_step),
        )  # fmt: skip
    return step


def _label(plan_id: str, name: str, status: str) -> str:
    return f"{plan_id} {name} · {status_label(status)}"


def _choose_plan() -> None:
    url.put("plan", st.session_state["pick_plan"])
    url.put("step", "methods" if st.session_state["pick_plan"] == "new" else "")


def _choose_step() -> None:
    url.put("step", st.session_state["pick_step"])


def render_steps(step: str, work: Work | None) -> None:
    """Show a step."""
    if step == "methods":
        methods.render_methods(work)
    elif step == "weights":
        if work is not None:
            state.show_state(work)
        weights.render_weights(work)
    elif work is not None:
        _of_plan(step, work)


def _of_plan(step: str, work: Work) -> None:
    if step == "actual":
        actual.render_actual(work)
        return
    basis = state.basis_of(work.request)
    {
        "grid": grid.render_grid,
        "checks": checks.render_checks,
        "versions": versions.render_versions,
        "export": exporting.render_exporting,
    }[step](work, basis)


def steps_sentence(work: Work | None) -> str:
    """Say in one sentence how the plan stands."""
    choices = reads.choices()
    if work is None or choices is None:
        return _("Set the year's target, break it down to reps and months, lock, check, sign.")
    total = float(work.plan.unit.amounts(int(work.cells["count"].sum())))
    try:
        checks_done = checks.plan_review(work, state.basis_of(work.request)).checks
    except AppError as error:
        return error.message
    failed = sum(check.passed is False for check in checks_done)
    last = state.basis_of(work.request).regions["base"].sum()
    return _(
        "{name}: {total}, {growth} on last year, {cells} cells; {failed} of {all} checks fail.",
        name=work.plan.name,
        total=numbers.money(total),
        growth=numbers.percent(total / last - 1 if last > 0 else None, sign=True),
        cells=numbers.count(len(work.cells)),
        failed=failed,
        all=len(checks_done),
    )
