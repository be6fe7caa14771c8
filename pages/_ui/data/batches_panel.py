"""What was imported when, what was odd about it, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core.i18n import N_, _
from core.store.loading.batches import undo
from core.tables import BY_NAME
from pages._ui.shell import frame
from pages._ui import reads, runtime
from pages._ui.components.empty import empty
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.components.progress import progress

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "batch_id": N_("Batch"),
    "loaded_at": N_("Time"),
    "file_name": N_("File"),
    "table_name": N_("Table"),
    "rows_read": N_("Rows read"),
    "rows_inserted": N_("Added"),
    "rows_updated": N_("Updated"),
    "rows_deleted": N_("Deleted"),
    "warnings": N_("Odd values"),
    "status": N_("Status"),
}
STATUS = {"loaded": N_("Loaded"), "undone": N_("Undone"), "final": N_("Loaded, for good")}
UNDOING = "undoing"


def show() -> None:
    """Show the panel."""
    job: Job[None] | None = st.session_state.get(UNDOING)
    if job is not None:
        _undoing(job)
    batches = reads.batches()
    if batches.empty:
        empty(_("Nothing has been imported yet."), key="no_batches")
        return
    table = _shown(batches)
    event: Any = st.dataframe(
        table,
        hide_index=True,
        height=min(420, 38 + 35 * len(table)),
        on_select="rerun",
        selection_mode="multi-row",
        key=f"batches_{runtime.store().data_version}",
    )
    chosen = [int(batches["batch_id"].iloc[row]) for row in event.selection.rows]
    if not chosen:
        st.caption(_("Choose batches to see what was odd about them, or to take them back."))
        return
    issues = reads.batch_issues(chosen[0])
    if len(chosen) == 1 and len(issues):
        st.dataframe(issues, hide_index=True, height=min(220, 38 + 35 * len(issues)))
    final = [number for number in chosen if number in set(batches["batch_id"][batches["status"] == "final"])]
    if final:
        st.caption(
            _("Batch {numbers} can no longer be taken back.", numbers=", ".join(map(str, final)))
            + " "
            + reads.last_clearing().reason
        )
    else:
        _offer_undo(chosen)


def _shown(batches: pd.DataFrame) -> pd.DataFrame:
    labels = {name: _(table.label) for name, table in BY_NAME.items()}
    return (
        batches[list(COLUMNS)]
        .assign(
            table_name=batches["table_name"].map(lambda name: labels.get(name, name)),
            status=batches["status"].map({code: _(text) for code, text in STATUS.items()}),
        )
        .rename(columns={name: _(title) for name, title in COLUMNS.items()})
    )


def _offer_undo(chosen: list[int]) -> None:
    numbers = ", ".join(map(str, chosen))
    with st.popover(_("Take back batch {numbers}", numbers=numbers), icon=":material/undo:", key="undo_menu"):
        st.markdown(
            _("The rows of the batch go, and the rows they replaced come back. All of it happens or nothing.")
        )
        st.button(
            _("Yes, take it back"), type="primary", on_click=in_language(_undo), args=(chosen,), key="undo"
        )


def _undo(chosen: list[int]) -> None:
    st.session_state[UNDOING] = start_undo(chosen)


def start_undo(chosen: list[int]) -> Job[None]:
    """Begin to take batches back, all of them or none."""
    return Job(lambda _watch: undo(runtime.store(), chosen), gives_way=True).start()


def _undoing(job: Job[None]) -> None:
    if not job.done.is_set():
        progress(job, _("Taking back"), key="undoing", can_stop=False)
        return
    del st.session_state[UNDOING]
    if job.error is not None:
        frame.show_error(job.error)
    else:
        st.success(_("Taken back."), icon=":material/undo:")
