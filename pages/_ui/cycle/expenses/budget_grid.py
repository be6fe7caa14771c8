"""Filling in budgets: a grid of regions by months for one kind of expense and year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _, format_month, ngettext
from core.metrics import FAMILIES, metric
from core.reports.cycle.budgets import GridRequest, budget_grid, grid_edits
from core.store.cycle.budgets import save_budgets
from core.tables import BY_NAME
from pages._ui import reads, runtime, url
from pages._ui.components.downloads import table_downloads
from pages._ui.components.origins import with_origins
from pages._ui.customers.actor import ask, current_actor
from pages._ui.customers.section import SectionHead
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.market.region_choice import pick_code

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.filters import Filters

BASE, SAVED, ROUND = "budget_base", "budget_saved", "budget_round"
ROW_HEIGHT, MOST_ROWS = 35, 14


def render_budget_grid(filters: Filters) -> SectionHead:
    """Show the grid and return what stands at the top of the page."""
    kinds = {
        code: FAMILIES["expenses"].word("kind", code) for code in BY_NAME["expense"].column("kind").known
    }
    last = filters.end.year
    years = {str(year): str(year) for year in (last, last + 1, last - 1)}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="budget_choice"):
        year = int(pick_code("year", years))
        kind = pick_code("kind", kinds)
        ask()
    request = GridRequest(year, filters.level, kind, url.value("within") or None)
    before = _base(request)
    edited = _editor(request, before)
    edits = grid_edits(request, before, edited)
    _bar(request, before, edited, changed=len(edits))
    st.caption(
        _(
            "Yuan. An empty cell is no budget, 0 a budget of nothing. Budgets of other levels of regions "
            "aren't in this grid; the comparison adds them up."
        )
    )
    title = _("budget {year} {kind}", year=year, kind=kinds[kind])
    answer = _("Fill in the budget of {year} for {kind}: a row per region, a column per month.",
               year=year, kind=kinds[kind])  # fmt: skip
    return SectionHead(answer, table_downloads(_file(request, edited), title))


def _base(request: GridRequest) -> pd.DataFrame:
    """Return the budgets as they stood when the user began, so that nobody's change is overwritten unseen."""
    kept = st.session_state.get(BASE)
    if kept is None or kept[0] != request:
        kept = (request, reads.cached(budget_grid, request))
        st.session_state[BASE] = kept
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    table: pd.DataFrame = kept[1]
    return table


def _editor(request: GridRequest, before: pd.DataFrame) -> pd.DataFrame:
    shown = before.rename(columns={month: f"{month:%Y-%m}" for month in request.months})
    columns: dict[str, Any] = {"name": st.column_config.TextColumn(_("Region"), pinned=True, disabled=True)}
    note = with_origins(_("What may be spent, yuan."), metric("budget", "expenses").records)
    for month in request.months:
        columns[f"{month:%Y-%m}"] = st.column_config.NumberColumn(
            format_month(month), min_value=0, step=0.01, format="%,.0f", help=note
        )
    edited: pd.DataFrame = st.data_editor(
        shown,
        key=f"budget_grid_{st.session_state[ROUND]}",
        hide_index=True,
        height=ROW_HEIGHT * (min(len(shown), MOST_ROWS) + 1) + 3,
        placeholder=numbers.MISSING,
        column_config=columns,
    )
    return edited.rename(columns={f"{month:%Y-%m}": month for month in request.months})


def _bar(request: GridRequest, before: pd.DataFrame, edited: pd.DataFrame, *, changed: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="budget_bar"):
        st.button(
            ngettext("Save {n} change", "Save {n} changes", changed) if changed else _("Save"),
            type="primary",
            key="budget_save",
            icon=":material/save:",
            disabled=not changed,
            on_click=in_language(_save),
            args=(request, before, edited),
        )
        st.button(
            _("Load anew"), key="budget_reload", icon=":material/refresh:", on_click=in_language(_forget)
        )
        total = float(edited[list(request.months)].sum().sum())
        st.markdown(_("Sum of the year: **{amount}**", amount=numbers.money(total)))
        if st.session_state.get(SAVED):
            st.markdown(f":green[:material/check: {escape_markdown(st.session_state.pop(SAVED))}]")


def _save(request: GridRequest, before: pd.DataFrame, edited: pd.DataFrame) -> None:
    try:
        count = save_budgets(runtime.store(), grid_edits(request, before, edited), actor=current_actor())
    except AppError as error:
        st.error(f"{escape_markdown(error.message)} {escape_markdown(error.hint)}", icon=":material/error:")
        return
    _forget()
    st.session_state[SAVED] = ngettext("{n} budget saved.", "{n} budgets saved.", count)


def _forget() -> None:
    st.session_state.pop(BASE, None)


def _file(request: GridRequest, edited: pd.DataFrame) -> pd.DataFrame:
    """Return the grid as the table of the import has it: a row per cell."""
    rows = (
        edited.drop(columns="name").stack().rename("amount").rename_axis(["region_id", "month"]).reset_index()
    )
    table = rows.assign(kind=request.kind, month=[f"{month:%Y-%m}" for month in rows["month"]])
    columns = BY_NAME["expense_budget"].columns
    return table[[column.name for column in columns]].set_axis([_(c.label) for c in columns], axis=1)
