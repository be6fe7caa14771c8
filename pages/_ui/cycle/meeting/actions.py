"""行动: the tasks of the region and month, the late ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.reports.cycle.meeting.display.tables import task_rows
from pages._ui.shell.navigation import go_to

if TYPE_CHECKING:
    from core.reports.cycle.meeting import MonthReview

ROW_HEIGHT, MAX_ROWS = 35, 8


def actions(review: MonthReview) -> None:
    """Show the tasks, and the way to their page."""
    table = task_rows(review)
    if table.empty:
        st.caption(_("No task was set for this region and month."))
    else:
        st.dataframe(
            table,
            key="meeting_tasks",
            hide_index=True,
            height=ROW_HEIGHT * (min(len(table), MAX_ROWS) + 1) + 3,
        )
    st.button(
        _("To the tasks"),
        icon=":material/task_alt:",
        key="to_tasks",
        on_click=go_to,
        args=("tasks", {"region": review.request.region or ""}),
    )
