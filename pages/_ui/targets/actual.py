"""Target against actual sales by month, and where the year ends at this rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _, format_month
from core.reports.plans.progress import Progress, progress
from core.store.plans import versions as plans
from pages._ui import reads
from pages._ui.components.cards import Card, cards
from pages._ui.targets.charts import progress_figure

if TYPE_CHECKING:
    from core.store.database import Store
    from pages._ui.targets.state import Work


ROW_HEIGHT = 35


def show(work: Work) -> None:
    """Show the step."""
    found = _found(work.plan.plan_id)
    if found is None or found.last_month is None or found.actual is None:
        st.info(
            _(
                "No sales of {year} are in yet; this shows target against actual as they come.",
                year=work.plan.year,
            )
        )
        return
    cards(_cards(found), key="progress_cards")
    st.plotly_chart(progress_figure(found.months), key="progress", config={"displayModeBar": False})
    scale = numbers.money_divisor()
    months = found.months
    table = pd.DataFrame(
        {
            _("Month"): [format_month(month.date()) for month in months["month"]],
            _("Target"): (months["target"] / scale).round(1),
            _("Actual"): (months["actual"] / scale).round(1),
            _("Reached (%)"): (months["reached"] * 100).round(1),
            _("Target so far"): (months["target_so_far"] / scale).round(1),
            _("Actual so far"): (months["actual_so_far"] / scale).round(1),
        }
    )
    st.dataframe(
        table, hide_index=True, placeholder=numbers.MISSING, key="progress_table",
        height=ROW_HEIGHT * (len(table) + 1) + 3,
        column_config={
            name: st.column_config.NumberColumn(name, format="localized") for name in table.columns[1:]
        },
    )  # fmt: skip


def line() -> None:
    """Show in one line how far the year's plan is; nothing where there is no plan with sales."""
    newest = [plan for plan in reads.cached(plans.list_plans) if plan.status != "superseded"]
    for plan in sorted(newest, key=lambda plan: (plan.status == "approved", plan.year), reverse=True):
        found = _found(plan.plan_id)
        if found is not None and found.last_month is not None and found.actual is not None:
            st.caption(f":material/flag: {plan.name}: {sentence(found)}")
            return


def sentence(found: Progress) -> str:
    """Say how far the year is."""
    if found.actual is None or found.last_month is None:
        return _("no sales of its year are in yet.")
    return _(
        "by {month} {actual} of {due} due ({reached}); at this rate {year_end} of {target} at year end.",
        month=format_month(found.last_month),
        actual=numbers.money(found.actual),
        due=numbers.money(found.due),
        reached=numbers.percent(found.actual / found.due if found.due else None),
        year_end=numbers.money(found.year_end),
        target=numbers.money(found.target),
    )


def _cards(found: Progress) -> list[Card]:
    reached = found.actual / found.due if found.actual is not None and found.due else None
    ends = None if found.year_end is None else found.year_end - found.target
    return [
        Card(_("Target of the year"), numbers.money(found.target)),
        Card(_("Actual so far"), numbers.money(found.actual)),
        Card(_("Due so far"), numbers.money(found.due), numbers.percent(reached), _("reached"), None),
        Card(
            _("Year end at this rate"),
            numbers.money(found.year_end),
            "" if ends is None else numbers.money(ends, sign=True),
            _("to the target"),
            True,
            _("Sales so far ÷ their part of the year in the seasonal index."),
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
