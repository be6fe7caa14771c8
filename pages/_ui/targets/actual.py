"""Target against actual sales by month, and where the year ends at this rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _, format_month
from core.reports.cycle.tasks.findings import of_shortfall
from core.reports.cycle.tasks.plan_readings import furthest_behind
from core.reports.plans.progress import Progress, progress
from core.store.plans import versions as plans
from pages._ui import reads
from pages._ui.charts.layout import show_chart
from pages._ui.components.cards import Card, cards
from pages._ui.components.header import section
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.tables.explained import explained
from pages._ui.targets.charts import progress_figure
from pages._ui.tasks.offer import offer

if TYPE_CHECKING:
    from core.store.database import Store
    from pages._ui.targets.state import Work


ROW_HEIGHT = 35
MOST_BEHIND = 5


def render_actual(work: Work) -> None:
    """Show the step."""
    progress = _found(work.plan.plan_id)
    if progress is None or progress.last_month is None or progress.actual is None:
        st.info(
            _(
                "No sales of {year} are in yet; this shows target against actual as they come.",
                year=work.plan.year,
            )
        )
        return
    cards(_cards(progress), key="progress_cards")
    show_chart(progress_figure(progress.months), key="progress", config={"displayModeBar": False})
    _behind(work.plan.plan_id)
    scale = numbers.money_divisor()
    months = progress.months
    unit, formats = numbers.money_unit(), {_("Reached (%)"): "%.1f"}
    table = pd.DataFrame({_("Month"): [format_month(month.date()) for month in months["month"]]})
    for name, amounts in (
        (_("Target"), months["target"]),
        (_("Actual"), months["actual"]),
        (_("Target so far"), months["target_so_far"]),
        (_("Actual so far"), months["actual_so_far"]),
    ):
        title = numbers.heading(name, unit)
        table[title], formats[title] = numbers.money_column(amounts / scale)
    table.insert(3, _("Reached (%)"), (months["reached"] * 100).round(1))
    st.dataframe(
        table, hide_index=True, placeholder=numbers.MISSING, key="progress_table",
        height=ROW_HEIGHT * (len(table) + 1) + 3,
        column_config=explained(table, {
            name: st.column_config.NumberColumn(name, format=formats[name]) for name in table.columns[1:]
        }),
    )  # fmt: skip


def _behind(plan_id: str) -> None:
    """Name the regions that are furthest behind, each with the way to its task."""
    rows: pd.DataFrame = reads.cached(furthest_behind, plan_id, MOST_BEHIND)
    if rows.empty:
        return
    section(_("Furthest behind"))
    for row in rows.itertuples():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f"**{escape_markdown(row.name)}** {numbers.money(-row.shortfall, sign=True)}",
                help=_("Sales less targets of the months that have figures, yuan: {actual} − {target}.",
                       actual=numbers.money(row.actual), target=numbers.money(row.target)),
                width="content",
            )  # fmt: skip
            proposal = of_shortfall(plan_id, row.region_id, row.name, row.shortfall)
            offer(proposal, key=f"behind_{row.region_id}")


def progress_line() -> None:
    """Show in one line how far the year's plan is; nothing where there is no plan with sales."""
    newest = [plan for plan in reads.cached(plans.list_plans) if plan.status != "superseded"]
    for plan in sorted(newest, key=lambda plan: (plan.status == "approved", plan.year), reverse=True):
        progress = _found(plan.plan_id)
        if progress is not None and progress.last_month is not None and progress.actual is not None:
            st.caption(f":material/flag: {escape_markdown(f'{plan.name}: {sentence(progress)}')}")
            return


def sentence(progress: Progress) -> str:
    """Say how far the year is."""
    if progress.actual is None or progress.last_month is None:
        return _("no sales of its year are in yet.")
    return _(
        "by {month} {actual} of {due} due ({reached}); at this rate {year_end} of {target} at year end.",
        month=format_month(progress.last_month),
        actual=numbers.money(progress.actual),
        due=numbers.money(progress.due),
        reached=numbers.percent(progress.reached),
        year_end=numbers.money(progress.year_end),
        target=numbers.money(progress.target),
    )


def _cards(progress: Progress) -> list[Card]:
    ends = None if progress.year_end is None else progress.year_end - progress.target
    return [
        Card(
            _("Target of the year"),
            numbers.money(progress.target),
            explanation=_("Sum of all cells of the plan."),
            records=("target_cell",),
        ),
        Card(
            _("Actual so far"),
            numbers.money(progress.actual),
            explanation=_("Own sales of the months that have figures."),
            records=("market_sales", "terminal_sales"),
        ),
        Card(
            _("Due so far"),
            numbers.money(progress.due),
            numbers.percent(progress.reached),
            _("reached"),
            None,
            _("Targets of the months that have figures."),
            records=("target_cell",),
        ),
        Card(
            _("Year end at this rate"),
            numbers.money(progress.year_end),
            "" if ends is None else numbers.money(ends, sign=True),
            _("to the target"),
            True,
            _("Sales so far ÷ their part of the year in the seasonal index."),
            records=("market_sales", "terminal_sales", "target_cell"),
        ),
    ]


def _found(plan_id: str) -> Progress | None:
    answer: Progress | None = reads.cached(_read, plan_id)
    return answer


def _read(store: Store, plan_id: str) -> Progress | None:
    try:
        return progress(store, plans.load(store, plan_id))
    except AppError:
        return None
