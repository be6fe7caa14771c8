"""All tasks as a table, and as a file to take away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.cycle.tasks.measurement import VERDICTS
from core.cycle.tasks.measures import MEASURES
from core.cycle.tasks.task import FINDING_KINDS
from core.i18n import _, ngettext
from pages._ui import url
from pages._ui.components.downloads import table_downloads
from pages._ui.language import in_language
from pages._ui.tables.explained import explained
from pages._ui.tasks.labels import standing_word

if TYPE_CHECKING:
    from pages._ui.components.downloads import Download
    from pages._ui.tasks.view import TaskView

HEIGHT, CUSTOMER_WIDTH = 520, 150


def table(view: TaskView) -> None:
    """Show every task that the filters leave; a click on a row opens its card."""
    rows = view.tasks
    st.caption(ngettext("{n} task", "{n} tasks", len(rows)))
    if rows.empty:
        st.info(_("No task passes this filter."))
        return
    shown = task_table(rows)
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=numbers.MISSING,
        height=min(HEIGHT, 35 * (len(rows) + 1) + 3),
        key="task_table",
        on_select=in_language(partial(_clicked, list(rows["task_id"]))),
        selection_mode="single-cell",
        column_config=explained(
            shown,
            {
                **{
                    name: st.column_config.DateColumn(name, format="YYYY-MM-DD")
                    for name in (_("Due"), _("Made"), _("Closed"))
                },
                # The first rows, by which a column is as wide as it is, often have none.
                _("Customer"): st.column_config.TextColumn(width=CUSTOMER_WIDTH),
            },
        ),
    )


def task_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return tasks with headings and words of the language, as the table and the file have them."""
    return pd.DataFrame(
        {
            _("Task"): rows["title"],
            _("Status"): [standing_word(name) for name in rows["standing"]],
            _("Late"): [_("late") if late else "" for late in rows["is_late"]],
            _("Who"): rows["owner"],
            _("Due"): pd.to_datetime(rows["due"]),
            _("Region"): rows["region"],
            _("Customer"): rows["customer"],
            _("Value now"): _values(rows, "value"),
            _("Target value"): _values(rows, "target"),
            _("By the data"): [_(VERDICTS[verdict]) for verdict in rows["verdict"]],
            _("Measure"): [_(MEASURES[m].label) if m else _(VERDICTS["manual"]) for m in rows["measure"]],
            _("Baseline"): _values(rows, "baseline"),
            _("Why"): [_(FINDING_KINDS[kind]) for kind in rows["finding_kind"]],
            _("Finding"): rows["finding_sentence"],
            _("Made"): pd.to_datetime(rows["created_on"]),
            _("Closed"): pd.to_datetime(rows["closed_on"]),
            _("Signed by"): rows["signed_by"],
        }
    )


def downloads(view: TaskView) -> list[Download]:
    """Return the entries of the export menu."""
    return table_downloads(partial(task_table, view.tasks), _("tasks"))


def _values(rows: pd.DataFrame, column: str) -> list[str]:
    pairs = zip(rows["measure"], rows[column], strict=True)
    return [MEASURES[measure].text(value) if measure else "" for measure, value in pairs]


def _clicked(ids: list[str]) -> None:
    cells = st.session_state["task_table"]["selection"]["cells"]
    if cells:
        url.put("task", ids[cells[0][0]])
