"""Step 2: who gets targets, in which order the total is broken down, and by which weights."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core.errors import AppError
from core.i18n import _
from core.reports.plans.checks import saved_thresholds
from core.reports.plans.constraints import PARAMETER, saved_constraints
from core.reports.plans.plan import Draft, draft_parameters, draft_plan, save_draft
from core.reports.plans.request import CHOICES, DEPTHS, DIMENSIONS, FACTORS, TEMPLATES, with_depth
from core.reports.provenance import HERE
from pages._ui import reads, runtime, url
from pages._ui.components.origins import with_origins
from pages._ui.components.progress import progress
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.targets import compare, inputs, state

if TYPE_CHECKING:
    from core.store.progress import Watch
    from pages._ui.targets.state import Work

JOB = "target_job"
UNITS = {"1": "1", "10": "10", "100": "100", "1000": "1,000", "10000": "10,000"}
# A plan with other cells is another plan; these decide which cells there are.
CELLS = ("own_company", "year", "level", "within", "owner", "depth", "unit")
# Parameters that belong to other steps.
KEPT = (PARAMETER, "thresholds", "reasons", "actions")


def render_weights(work: Work | None) -> None:
    """Show the step."""
    chosen = inputs.inputs(work)
    _frame(chosen)
    _order(chosen)
    _mixes(chosen)
    _checks(chosen)
    _actions(chosen, work)
    if st.toggle(_("Compare both plan types by region"), key="compare_templates", persist_state="session"):
        compare.render_compare(chosen)


def _frame(chosen: dict[str, Any]) -> None:
    choices = reads.choices()
    if choices is None:
        return
    columns = st.columns(6, gap="small", vertical_alignment="bottom")
    years = range(choices.first_month.year + 1, choices.last_month.year + 3)
    with columns[0]:
        inputs.select(_("Year"), chosen, "year", {year: str(year) for year in years})
    with columns[1]:
        inputs.select(_("Region level"), chosen, "level", dict(choices.levels))
    with columns[2]:
        owners = {"employee": _("Rep"), "dealer": _("Dealer"), "": _("Nobody")}
        inputs.select(_("Targets in a region for"), chosen, "owner", owners)
    with columns[3]:
        inputs.select(
            _("Down to products"), chosen, "depth", {code: _(name) for code, name in DEPTHS.items()}
        )
    with columns[4]:
        inputs.select(_("Round to (yuan)"), chosen, "unit", UNITS)
    with columns[5]:
        inputs.select(_("Plan type"), chosen, "template", {code: _(name) for code, name in TEMPLATES.items()})
    if chosen["template"] != "breakdown":
        _below(chosen)
    if chosen["template"] == "blended":
        key = "input_share"
        st.session_state[key] = float(chosen.get("share", 0.5))
        st.slider(
            _("Part of the plan from above"), 0.0, 1.0, step=0.05, key=key,
            on_change=in_language(inputs.remember), args=(chosen, "share", key),
        )  # fmt: skip


def _checks(chosen: dict[str, Any]) -> None:
    key = "input_keep_checks"
    st.session_state[key] = bool(chosen.get("keep_checks", False))
    st.toggle(
        _("Keep the checks of step 4 where possible"), key=key,
        help=_("What the weights give is moved between regions and reps: within the caps, not below last "
               "year, within the band of the stretch. What can't be kept is said in step 4, and why."),
        on_change=in_language(inputs.remember), args=(chosen, "keep_checks", key),
    )  # fmt: skip


def _below(chosen: dict[str, Any]) -> None:
    """Choose where the figures from below come from: the customers, or what the reps proposed."""
    sources = {"": _("Expected output of the customers")}
    sources |= {
        plan.plan_id: _("Proposals: {plan}", plan=f"{plan.plan_id} {plan.name}") for plan in state.all_plans()
    }
    inputs.select(
        _("Figures from below"), chosen, "proposals", sources, width=420,
        help=_("Copy a plan, let the reps fill it in, and choose it here; the gap is shown below by region."),
    )  # fmt: skip


def _order(chosen: dict[str, Any]) -> None:
    key = "input_order"
    st.session_state[key] = list(chosen["order"])
    st.multiselect(
        _("Order of the breakdown (take one out and choose it again to move it to the end)"),
        list(DIMENSIONS),
        format_func=lambda code: _(DIMENSIONS[code]),
        key=key,
        on_change=in_language(inputs.remember),
        args=(chosen, "order", key, _whole_order),
    )


def _whole_order(picked: list[str]) -> list[str]:
    return [*picked, *(name for name in DIMENSIONS if name not in picked)]


def _mixes(chosen: dict[str, Any]) -> None:
    """Show factors and their weights for every dimension; what says nothing about a dimension stays empty."""
    mixes: dict[str, dict[str, float]] = {name: dict(mix) for name, mix in chosen["weights"]}
    table = pd.DataFrame(
        {
            name: [mixes.get(name, {}).get(f, 0.0) if f in CHOICES[name] else None for f in FACTORS]
            for name in DIMENSIONS
        },
        dtype="float64",
    )
    table.insert(0, "factor", [_(label) for label in FACTORS.values()])
    key = f"mixes_{st.session_state.get('mixes_generation', 0)}"
    help_text = with_origins(_("Each factor is put on one scale among the siblings, then weighted."), HERE)
    st.data_editor(
        table,
        key=key,
        hide_index=True,
        height=35 * (len(FACTORS) + 1) + 3,
        disabled=["factor"],
        placeholder="",
        column_config={
            "factor": st.column_config.TextColumn(_("Shared out by"), pinned=True, width="medium"),
            **{
                name: st.column_config.NumberColumn(
                    _(label), min_value=0.0, step=0.05, format="%.2f", help=help_text
                )
                for name, label in DIMENSIONS.items()
            },
        },
        on_change=in_language(_remember_weights),
        args=(chosen, key),
    )


def _remember_weights(chosen: dict[str, Any], key: str) -> None:
    mixes: dict[str, dict[str, float]] = {name: dict(mix) for name, mix in chosen["weights"]}
    factors = list(FACTORS)
    for row, edited in st.session_state[key]["edited_rows"].items():
        for name, value in edited.items():
            factor = factors[int(row)]
            if factor in CHOICES[name]:
                mixes.setdefault(name, {})[factor] = float(value or 0.0)
            else:
                words = {"factor": _(FACTORS[factor]), "name": _(DIMENSIONS[name])}
                st.toast(_("{factor} says nothing about {name}.", **words))
    chosen["weights"] = [[name, [[f, w] for f, w in mix.items()]] for name, mix in mixes.items()]
    st.session_state["mixes_generation"] = st.session_state.get("mixes_generation", 0) + 1


def _actions(chosen: dict[str, Any], work: Work | None) -> None:
    """Offer to break the target down: as a new plan, or again in the plan shown with its locks kept."""
    job: Job[Draft] | None = st.session_state.get(JOB)
    if job is not None and not job.done.is_set():
        progress(job, _("Breaking the target down"), key="breaking", can_stop=False)
        return
    if job is not None:
        st.session_state.pop(JOB)
        if job.error is not None:
            frame.show_error(job.error)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Name of the plan"),
            key="plan_name",
            placeholder=_("Target plan {year}", year=chosen["year"]),
            width=260,
        )
        st.button(
            _("Break down as a new plan"), type="primary", icon=":material/account_tree:", key="break_down",
            disabled=not chosen.get("target"), on_click=in_language(_start), args=(chosen, None),
        )  # fmt: skip
        same = work is not None and all(
            with_depth(work.parameters).get(name) == chosen.get(name) for name in CELLS
        )
        if work is not None and work.plan.editable and same:
            st.button(
                _("Compute this plan again, locks stay"), icon=":material/lock_reset:", key="break_again",
                on_click=in_language(_start), args=(chosen, work),
            )  # fmt: skip
    if not chosen.get("target"):
        st.caption(_("Set the target first, in step 1."))


def _start(chosen: dict[str, Any], work: Work | None) -> None:
    if work is not None:
        _again(chosen, work)
        return
    name = st.session_state.get("plan_name") or _("Target plan {year}", year=chosen["year"])
    frozen, actor = dict(chosen), state.actor()
    st.session_state[JOB] = Job(partial(_make, frozen, name, actor)).start()


def _make(chosen: dict[str, Any], name: str, actor: str, watch: Watch) -> Draft:
    store = runtime.store()
    watch.step(0.1, _("Reading sales, capacity and gaps"))
    draft = draft_plan(store, inputs.request_of(chosen))
    watch.step(0.8, _("Saving the plan"))
    save_draft(store, draft, name, actor=actor)
    return draft


def _again(chosen: dict[str, Any], work: Work) -> None:
    try:
        request = inputs.request_of(chosen)
        draft = draft_plan(
            runtime.store(), request, held=work.cells, basis=state.basis_of(request),
            holds=saved_constraints(work.parameters), thresholds=saved_thresholds(work.parameters),
        )  # fmt: skip
        work.become(draft.cells, _("Broken down again"))
        # What the other steps wrote since these choices were first shown is not undone by them.
        parameters = {name: work.parameters[name] for name in KEPT if name in work.parameters}
        state.settle(work, {**chosen, **parameters, **draft_parameters(draft)})
    except AppError as error:
        work.error = error


def open_finished_plan() -> None:
    """Open the plan that was made meanwhile; before the address is read."""
    job: Job[Draft] | None = st.session_state.get(JOB)
    if job is None or not job.done.is_set() or job.error is not None:
        return
    st.session_state.pop(JOB)
    st.session_state.get(inputs.STATE, {}).pop("new", None)
    url.put("plan", "")
    url.put("step", "grid")
