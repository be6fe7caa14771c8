"""Step 3: the grid in which the planner types, locks, spreads, undoes and saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _, ngettext
from core.reports.plans.constraints import saved_constraints
from core.targets.editing.pivot import Pivot, pivot
from core.targets.editing.redistribution import By, Keep
from pages._ui import url
from pages._ui.language import in_language
from pages._ui.market.region_choice import pick_code
from pages._ui.targets import limits, state
from pages._ui.targets.grid_edits import apply_ticks, apply_typing, release
from pages._ui.targets.grid_table import FOLLOWED, TYPED, amounts, column_config, locks, written
from pages._ui.targets.limits import Look
from pages._ui.targets.target_labels import month_name

if TYPE_CHECKING:
    from core.reports.plans.basis import Basis
    from core.targets.editing.constraints import CellConstraint
    from pages._ui.targets.state import Work

ROW_HEIGHT, MOST_ROWS = 35, 13
PRODUCTS = ("category", "item")


def render_grid(work: Work, basis: Basis) -> None:
    """Show the step."""
    facts = state.facts(work, basis)
    look = _controls(work, basis, facts)
    view, labels = _panel(work, basis, facts, look)
    mode = st.session_state.get("grid_mode") or "type"
    bounds = limits.bounds_now(work, basis, facts)
    _bar(work)
    _message(work, basis, bounds)
    if mode == "limit":
        limits.render_limits(work, basis, view, look)
        return
    locking = mode == "lock"
    table = (
        locks(work, look, view, labels)
        if locking
        else written(amounts(work, facts, look, view, labels), work, view)
    )
    key = f"grid_{work.plan.plan_id}_{work.generation}_{look.rows}_{look.columns}_{look.within}_{locking}"
    st.data_editor(
        table,
        key=key,
        hide_index=True,
        height=ROW_HEIGHT * (min(len(table), MOST_ROWS) + 1) + 3,
        disabled=not work.plan.editable or ["name", "locked", "last_year", "growth", "change"],
        placeholder=numbers.MISSING,
        column_config=column_config(work, view, locking),
        on_change=in_language(apply_ticks if locking else apply_typing),
        args=(work, basis, view, look, key) if locking else (work, bounds, view, key),
    )
    _answer(work, view, look)


def _message(work: Work, basis: Basis, bounds: Sequence[CellConstraint]) -> None:
    """Say what went wrong where the marks are explained otherwise, so that the grid stays where it is."""
    with st.container(key="grid_message"):
        if work.error is None and work.merge is None:
            st.caption(
                _("{typed} typed, {followed} gave way since the last save; totals stand in the headings.",
                  typed=TYPED, followed=FOLLOWED)
            )  # fmt: skip
        state.show_state(work)
        limits.warn(work, basis, bounds)


def _controls(work: Work, basis: Basis, facts: pd.DataFrame) -> Look:
    levels = {name: _("Region") if name == "region_id" else _("Region above") for name in basis.path[-2:]}
    rows = levels | ({"owner_id": _("Rep or dealer")} if work.plan.owner else {})
    rows |= {"category": _("Category")} if facts["category"].nunique() > 1 else {}
    rows |= {"item": _("Product")} if work.plan.by_product else {}
    with st.container(horizontal=True, vertical_alignment="center", key="grid_controls", gap="small"):
        by = pick_code("rows", dict(reversed(list(levels.items()))) | rows)
        across = {"month": _("Months"), "category": _("Categories")}
        across |= {"item": _("Products")} if work.plan.by_product else {}
        columns = pick_code("columns", across) if by not in PRODUCTS else "month"
        tops = basis.path[-2] if len(basis.path) > 1 else ""
        within = ""
        if tops and by in {"region_id", "owner_id", *PRODUCTS}:
            known = sorted(facts[tops].unique())
            labels: dict[str, str] = {"": _("All regions")} | {key: basis.name(key) for key in known}
            within = url.value("group") if url.value("group") in labels else ""
            st.session_state["pick_group"] = within
            st.selectbox(
                _("Region above"), list(labels), key="pick_group", label_visibility="collapsed", width=170,
                format_func=lambda key: labels.get(key, str(key)),
                on_change=in_language(_choose_group),
            )  # fmt: skip
        modes = {"type": _("Fill in"), "lock": _("Lock"), "limit": _("Set limits")}
        st.segmented_control(
            _("What a click does"), list(modes), default="type", key="grid_mode",
            format_func=lambda code: modes.get(code, code), required=True, label_visibility="collapsed",
            persist_state="session",
        )  # fmt: skip
    return Look(by, columns, within)


def _choose_group() -> None:
    url.put("group", st.session_state["pick_group"])


def _spreading() -> None:
    keeps = {
        Keep.ROW: _("Row total stays"),
        Keep.COLUMN: _("Column total stays"),
        Keep.BOTH: _("Both totals stay"),
        Keep.NONE: _("Totals follow"),
    }
    st.selectbox(
        _("When a cell changes"), list(keeps), format_func=lambda k: keeps.get(k, k), key="grid_keep",
        label_visibility="collapsed", width=150, persist_state="session",
    )  # fmt: skip
    ways = {By.WEIGHT: _("by weight"), By.EVENLY: _("evenly")}
    st.selectbox(
        _("The others take it"), list(ways), format_func=lambda k: ways.get(k, k), key="grid_by",
        label_visibility="collapsed", width=110, persist_state="session",
    )  # fmt: skip


def _bar(work: Work) -> None:
    """Show undo, redo, save, and what is not saved."""
    with st.container(horizontal=True, vertical_alignment="center", key="grid_bar", gap="small"):
        if st.session_state["grid_mode"] == "type":
            _spreading()
        st.button(
            _("Undo"), icon=":material/undo:", key="undo", disabled=not work.log.done,
            help=work.log.done[-1].what if work.log.done else None, on_click=state.undo, args=(work,),
        )  # fmt: skip
        st.button(
            _("Redo"), icon=":material/redo:", key="redo", disabled=not work.log.undone,
            help=work.log.undone[-1].what if work.log.undone else None, on_click=state.redo, args=(work,),
        )  # fmt: skip
        st.button(
            _("Release all locks"), icon=":material/lock_open:", key="release",
            disabled=not (work.cells["locked"].any() or any(hold.exact for hold in work.holds))
            or not work.plan.editable,
            on_click=in_language(release), args=(work,),
        )  # fmt: skip
        if st.session_state["grid_mode"] == "limit":
            st.button(
                _("Remove all limits"), icon=":material/delete_sweep:", key="remove_limits",
                disabled=not work.holds or not work.plan.editable, on_click=limits.remove_all, args=(work,),
            )  # fmt: skip
        st.text_input(
            _("Reason for the change"), key=state.NOTE, placeholder=_("Reason for the change"), width=200,
            label_visibility="collapsed", disabled=not work.dirty or not work.plan.editable,
        )  # fmt: skip
        st.button(
            _("Save"), icon=":material/save:", type="primary", key="save_plan",
            disabled=not work.dirty or not work.plan.editable, on_click=in_language(state.save), args=(work,),
        )  # fmt: skip
        changes = int((work.changes["change"] != 0).sum())
        text = (
            ngettext("{n} cell changed, not saved", "{n} cells changed, not saved", changes)
            if changes
            else _("Locks changed, not saved")
            if len(work.changes)
            else _("Limits changed, not saved")
            if tuple(work.holds) != saved_constraints(work.plan.parameters)
            else ""
        )
        if not work.plan.editable:
            text = _("This plan can't be changed in its state; see step 5.")
        st.caption(text)


def _panel(
    work: Work, basis: Basis, facts: pd.DataFrame, look: Look
) -> tuple[Pivot, tuple[Mapping[object, str], Mapping[object, str]]]:
    row = facts[look.rows]
    if look.within:
        row = row.where(facts[basis.path[-2]] == look.within)
    column = facts[look.columns]
    names: dict[object, str] = {key: _name(basis, look.rows, str(key)) for key in row.dropna().unique()}
    heads: dict[object, str] = {
        key: month_name(pd.Timestamp(key).month) if look.columns == "month" else basis.item(str(key))
        for key in column.unique()
    }
    labels = (names, heads)
    return pivot(work.cells, row, column, names=labels, unit=work.plan.unit), labels


def _name(basis: Basis, dimension: str, key: str) -> str:
    return basis.item(key) if dimension in PRODUCTS else basis.name(key)


def _answer(work: Work, view: Pivot, look: Look) -> None:
    in_panel, total = int(view.grid.counts.sum()), int(work.cells["count"].sum())
    if look.within:
        st.caption(
            _("Shown: {part} of {whole}.", part=numbers.money(float(work.plan.unit.amounts(in_panel))),
              whole=numbers.money(float(work.plan.unit.amounts(total))))
        )  # fmt: skip
