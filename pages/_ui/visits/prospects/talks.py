"""Talks with open prospects: the last review, next day and content, what is overdue; a click reviews one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.forms import form
from core.i18n import _, format_date
from core.reports.visits.pipeline import REVIEW
from core.visits.pipeline.stages import STAGES
from pages._ui.components.header import section
from pages._ui.customers.forms.form_records import records_panel
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    from core.reports.visits.pipeline import PipelineReport

COLUMNS = ("talked_on", "outcome", "next_on", "next_content")
"""Fields of the review that its list shows."""


def show(report: PipelineReport) -> None:
    """Show the open prospects; a click on one opens its reviews."""
    open_ones = report.prospects
    if not len(open_ones):
        st.info(
            _("No prospect is open. Give some a progress in the list first."), icon=":material/person_search:"
        )
        return
    shown = pd.DataFrame(
        {
            _("Customer"): open_ones["name"],
            _("Status"): [_state(row) for row in open_ones.to_dict("records")],
            _("Employee"): open_ones["employee"],
            _("Progress"): [_(STAGES[stage]) for stage in open_ones["stage"]],
            _("Last talk"): [_day(day) for day in open_ones["talked_on"]],
            _("Next visit on"): [_day(day) for day in open_ones["next_on"]],
            _("Content of the next visit"): open_ones["next_content"],
            _("Days in the stage"): (pd.Timestamp(report.request.until) - open_ones["since"]).dt.days,
            numbers.heading(_("Rival's sales a month"), _("yuan")): open_ones["value"].round(0),
        }
    )
    event = st.dataframe(
        shown,
        hide_index=True,
        placeholder=numbers.MISSING,
        height=min(430, 38 + 35 * len(shown)),
        key="prospect_talks",
        on_select="rerun",
        selection_mode="single-row",
        column_config=explained(
            shown,
            {
                _("Customer"): st.column_config.TextColumn(_("Customer"), pinned=True),
                shown.columns[-1]: st.column_config.NumberColumn(shown.columns[-1], format="localized"),
            },
        ),
    )
    rows = [row for row in event.selection.rows if row < len(open_ones)]
    if not rows:
        st.caption(
            _("Choose a prospect to review a talk with it; every review needs the next day and content.")
        )
        return
    chosen = open_ones.iloc[rows[0]]
    section(_("Talks with {name}", name=escape_markdown(str(chosen["name"]))))
    records_panel(
        form(REVIEW),
        "terminal",
        str(chosen["terminal_id"]),
        defaults={"talked_on": dt.date.today()},
        key=f"pipeline_{REVIEW}_{chosen['terminal_id']}",
        scope=report.request.scope,
        columns=COLUMNS,
    )


def _state(row: dict[str, object]) -> str:
    if row["overdue"]:
        return _("Overdue")
    return _("No day set") if pd.isna(row["talked_on"]) else _("Arranged")


def _day(day: object) -> str | None:
    return None if pd.isna(day) else format_date(day)  # type: ignore[arg-type]
