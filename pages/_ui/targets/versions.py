"""Step 5: the plan's way from draft to approved, its versions compared cell by cell, copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.access import Right
from core.errors import AppError
from core.i18n import _, ngettext, sentences
from core.store import approval
from core.store.approval import status_label
from core.store.plans import versions as plans
from core.store.plans import workflow as plan_workflow
from core.store.plans.signature import signature_of
from core.targets.editing.edits import difference
from pages._ui import runtime, url
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.tables.explained import explained
from pages._ui.targets import checks, state
from pages._ui.targets.target_labels import bold

if TYPE_CHECKING:
    from core.reports.plans.basis import Basis
    from core.store.plans.model import Plan
    from pages._ui.targets.state import Work

ROW_HEIGHT, MOST_ROWS = 35, 8
ASKED = "submit_asked"


def render_versions(work: Work, basis: Basis) -> None:
    """Show the step."""
    state.show_state(work)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _workflow(work, basis)
        _copy(work)
    with right:
        _history(work)
    _compare(work, basis)


def _workflow(work: Work, basis: Basis) -> None:
    st.markdown(
        bold(_("Status: {status}", status=status_label(work.plan.status)))
        + " · "
        + _("version {n}", n=work.plan.version)
    )
    if not plan_workflow.is_untouched(runtime.store(), work.plan, work.saved):
        st.warning(_("The cells of this plan were changed past this program since they were saved."))
    following = approval.TRANSITIONS.get(work.plan.status, ())
    signature = signature_of(runtime.store(), work.plan)
    if signature is not None:
        st.caption(escape_markdown(signature.sentence))
    if runtime.store().access.is_local:
        st.text_input(_("Your name"), key=state.ACTOR, placeholder=_("Planner"), persist_state="session")
    if not following:
        st.caption(_("Nothing can be changed any more. Copy the plan; the approved copy takes its place."))
        return
    request = any(to in approval.NEED_A_REASON for to in following)
    st.text_area(
        _("Reason or message"), key="move_reason", height=80,
        placeholder=_("Needed to give feedback and to revise") if request else _("Not needed here"),
    )  # fmt: skip
    if work.dirty:
        st.caption(_("Save your changes first."))
    with st.container(horizontal=True):
        for to in following:
            st.button(
                _verb(to), key=f"move_{to}", type="primary" if to == following[-1] else "secondary",
                disabled=work.dirty or not _may(to), on_click=in_language(_move), args=(work, to, basis),
            )  # fmt: skip
    if st.session_state.get(ASKED) == (work.plan.plan_id, work.plan.version):
        _ask(work, basis)


def _may(to: str) -> bool:
    """Tell whether whoever is here may take a step; the store decides, this spares the click."""
    needed = Right.APPROVE if to in approval.JUDGED else Right.PLAN_TARGETS
    return runtime.store().access.can(needed)


def _ask(work: Work, basis: Basis) -> None:
    """Ask whether a plan is to be submitted although checks fail."""
    failing = checks.failures(work, basis)
    lines = "\n".join(f"- {escape_markdown(text)}" for text in failing)
    question = ngettext("{n} check fails. Submit all the same?", "{n} checks fail. Submit all the same?",
                        len(failing))  # fmt: skip
    st.warning(f"{question}\n\n{lines}", icon=":material/rule:")
    st.button(
        _("Submit with failed checks"), key="submit_anyway", on_click=in_language(_move),
        args=(work, "submitted", None),
    )  # fmt: skip


def _verb(to: str) -> str:
    return {
        "submitted": _("Submit"),
        "feedback": _("Give feedback"),
        "revised": _("Mark as revised"),
        "approved": _("Approve"),
    }[to]


def _move(work: Work, to: str, basis: Basis | None) -> None:
    """Move the plan on; ask first where it is submitted with failed checks and ``basis`` tells them."""
    if to == "submitted" and basis is not None and checks.failures(work, basis):
        st.session_state[ASKED] = (work.plan.plan_id, work.plan.version)
        return
    st.session_state.pop(ASKED, None)
    try:
        reason = str(st.session_state.get("move_reason", ""))
        work.plan = plan_workflow.move(runtime.store(), work.plan, to, actor=state.actor(), reason=reason)
        st.session_state["move_reason"] = ""
    except AppError as error:
        work.error = error


def _copy(work: Work) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Name of the copy"), key="copy_name", placeholder=_("{name} (copy)", name=work.plan.name)
        )
        st.button(
            _("Copy"),
            icon=":material/content_copy:",
            key="copy_plan",
            on_click=in_language(_make_copy),
            args=(work,),
        )


def _make_copy(work: Work) -> None:
    name = st.session_state.get("copy_name") or _("{name} (copy)", name=work.plan.name)
    copied = plan_workflow.copy(runtime.store(), work.plan, name, actor=state.actor())
    url.put("plan", copied.plan_id)


def _history(work: Work) -> None:
    st.markdown(bold(_("Who did what, when and why")))
    events = plan_workflow.events(runtime.store(), work.plan.plan_id)
    saved = plans.versions(runtime.store(), work.plan.plan_id)
    rows = pd.concat(
        [
            pd.DataFrame(
                {
                    "when": events["happened_at"],
                    "who": events["actor"],
                    "what": [
                        _step(before, after)
                        for before, after in zip(events["from_status"], events["to_status"], strict=True)
                    ],
                    "why": events["reason"],
                    "version": events["version"],
                }
            ),
            pd.DataFrame(
                {
                    "when": saved["saved_at"],
                    "who": saved["actor"],
                    "what": [
                        _("Saved: {total}", total=numbers.money(total)) for total in saved["top_target"]
                    ],
                    "why": saved["note"],
                    "version": saved["version"],
                }
            ),
        ]
    ).sort_values("when", ascending=False)
    st.dataframe(
        rows,
        hide_index=True,
        height=ROW_HEIGHT * (min(len(rows), MOST_ROWS) + 1) + 3,
        key="history",
        placeholder="",
        column_order=["version", "when", "who", "what", "why"],
        column_config=explained(
            rows,
            {
                "when": st.column_config.DatetimeColumn(_("When"), format="YYYY-MM-DD HH:mm"),
                "who": st.column_config.TextColumn(_("Who"), width="small"),
                "what": st.column_config.TextColumn(_("What")),
                "why": st.column_config.TextColumn(_("Why"), width="medium"),
                "version": st.column_config.NumberColumn(
                    _("Version"), width=60, help=_("Rises by one with every save of the plan.")
                ),
            },
        ),
    )


def _step(before: object, after: str) -> str:
    """Say which state followed which; a plan's first state follows none."""
    if not isinstance(before, str):
        return _("Made as a draft")
    return f"{status_label(before)} → {status_label(after)}"


def _compare(work: Work, basis: Basis) -> None:
    """Compare two versions cell by cell."""
    st.markdown(bold(_("Compare two versions")))
    known = [int(v) for v in plans.versions(runtime.store(), work.plan.plan_id)["version"]]
    if len(known) < 2:
        st.caption(_("There is one version; later ones are compared with it here."))
        return
    one, two = st.columns(2)
    first = one.selectbox(_("Version"), known[1:], key="compare_first")
    second = two.selectbox(_("with version"), [v for v in known if v > first], key="compare_second")
    store = runtime.store()
    table = difference(
        plans.load_cells(store, work.plan, version=first), plans.load_cells(store, work.plan, version=second)
    )
    change = float(work.plan.unit.amounts(int(table["change"].sum())))
    st.caption(
        sentences(
            ngettext("{n} cell differs.", "{n} cells differ.", len(table)),
            _("The total moves by {change}.", change=numbers.money(change, sign=True)),
        )
    )
    changes_table(work.plan, table, basis, key="version_changes")


def changes_table(plan: Plan, changes: pd.DataFrame, basis: Basis, *, key: str) -> None:
    """Show cells that differ with their names, before and after, in the screen's unit."""
    rows = changes.reset_index()
    scale = numbers.money_divisor()
    unit = numbers.money_unit()
    table = pd.DataFrame(
        {
            _("Product"): [basis.item(item) for item in rows["item"]],
            _("Region"): [basis.name(name) for name in rows["region_id"]],
            _("Rep or dealer"): [basis.name(name) if name else "" for name in rows["owner_id"]],
            _("Month"): rows["month"].dt.strftime("%Y-%m"),
            numbers.heading(_("Before"), unit): plan.unit.amounts(rows["count_before"].to_numpy()) / scale,
            numbers.heading(_("After"), unit): plan.unit.amounts(rows["count_after"].to_numpy()) / scale,
            numbers.heading(_("Change"), unit): plan.unit.amounts(rows["change"].to_numpy()) / scale,
            _("Locked"): rows["locked_after"],
        }
    )
    st.dataframe(table.round(4), hide_index=True, key=key)
