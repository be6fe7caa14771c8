"""One task: why, who, until when, what the data say, and what can be done with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.cycle.tasks.measurement import VERDICTS
from core.cycle.tasks.measures import MEASURES
from core.cycle.tasks.states import STATES
from core.cycle.tasks.task import FINDING_KINDS
from core.i18n import N_, _, format_date
from core.store.cycle.tasks import records
from pages._ui import reads
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.shell.navigation import go_to
from pages._ui.tasks import edit, moves
from pages._ui.tasks.labels import COLOURS, ICONS, due_words, standing_word
from pages._ui.tasks.offer import open_page
from pages._ui.tasks.view import choose_task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.store.cycle.tasks.rows import TaskRecord
    from pages._ui.tasks.view import TaskView

EVENTS = {
    "create": N_("made"),
    "edit": N_("changed"),
    "move": N_("moved to “{state}”"),
    "sign": N_("signed"),
    "undo_drop": N_("brought back"),
}
VERDICT_COLOURS = {"reached": "green", "not_yet": "orange", "unknown": "gray", "manual": "gray"}


def card(view: TaskView, record: TaskRecord) -> None:
    """Show the task."""
    found = view.report.tasks
    row = found[found["task_id"] == record.task_id].iloc[0].to_dict()
    _heading(row, record, view)
    moves.message()
    moves.buttons(record, row, view.report.request.today)
    _why(row)
    _measured(row)
    _about(row, record)
    edit.buttons(record, view.report.request.today)
    _follow_ups(view, record)
    _history(record)


def _heading(row: Mapping[str, Any], record: TaskRecord, view: TaskView) -> None:
    with st.container(horizontal=True, vertical_alignment="top", wrap=False, gap="small"):
        st.markdown(f"## {escape_markdown(row['title'])}")
        st.button(
            "", icon=":material/close:", key="close_task", type="tertiary", help=_("Close the card"),
            on_click=choose_task, args=(record.task_id,),
        )  # fmt: skip
    standing = row["standing"]
    with st.container(horizontal=True, gap="small"):
        st.badge(standing_word(standing), icon=ICONS[standing], color=COLOURS[standing])  # type: ignore[arg-type]
        words = due_words(row, view.report.request.today)
        if row["is_late"]:
            st.badge(words, icon=":material/alarm:", color="red")
        st.badge(_(FINDING_KINDS[row["finding_kind"]]), color="gray")


def _why(row: Mapping[str, Any]) -> None:
    if row["finding_sentence"]:
        st.markdown(f":material/lightbulb: {escape_markdown(row['finding_sentence'])}")
    if row["finding_page"] and row["finding_page"] != "tasks":
        st.button(
            _("See the finding"), icon=":material/arrow_forward:", key="see_finding", type="tertiary",
            on_click=go_to, args=(row["finding_page"], {"within": "", "region": "", **row["finding_query"]}),
        )  # fmt: skip


def _measured(row: Mapping[str, Any]) -> None:
    measure = MEASURES.get(row["measure"])
    if measure is None:
        st.caption(_("No data measure it: a manager signs with name and day."))
        return
    st.markdown(
        f":gray[{_(measure.label)}]　{measure.text(row['baseline'])} → **{measure.text(row['value'])}** / "
        f"{measure.text(row['target'])}",
        help=_(measure.formula),
    )
    said = f":{VERDICT_COLOURS[row['verdict']]}[{_(VERDICTS[row['verdict']])}]"
    if row["verdict"] == "unknown":
        said += " · " + _(measure.unknown)
    elif row["as_of"] is not None:
        said += " · " + _("by {day}", day=format_date(row["as_of"]))
    st.caption(said)


def _about(row: Mapping[str, Any], record: TaskRecord) -> None:
    lines = [
        (_("Who"), row["owner"] or _("nobody yet")),
        (_("Due"), format_date(row["due"])),
        (_("Region"), row["region"] or _("whole market")),
        (_("Made"), f"{format_date(row['created_on'])} · {record.created_by}"),
    ]
    if record.signed_by:
        lines.append((_("Signed"), f"{record.signed_by} · {format_date(row['closed_on'])}"))
    st.markdown("  \n".join(f":gray[{label}]　{escape_markdown(value)}" for label, value in lines))
    if row["customer_id"]:
        st.button(
            escape_markdown(row["customer"] or row["customer_id"]), icon=":material/badge:",
            key="task_customer", type="tertiary", on_click=go_to,
            args=("customer", {"customer": f"{row['customer_type']}:{row['customer_id']}"}),
        )  # fmt: skip
    if row["note"]:
        st.markdown(escape_markdown(row["note"]))


def _follow_ups(view: TaskView, record: TaskRecord) -> None:
    """Show the task it follows and those that follow it."""
    tasks = view.report.tasks
    related = tasks[(tasks["parent_id"] == record.task_id) | (tasks["task_id"] == record.task.parent_id)]
    for row in related.to_dict("records"):
        before = row["task_id"] == record.task.parent_id
        st.button(
            f"{_('Follows') if before else _('Followed by')}: {escape_markdown(row['title'])}",
            icon=":material/subdirectory_arrow_right:", key=f"related_{row['task_id']}", type="tertiary",
            on_click=in_language(open_page), args=(row["task_id"],),
        )  # fmt: skip


def _history(record: TaskRecord) -> None:
    with st.expander(_("History"), icon=":material/history:"):
        for event in reads.cached(records.events, record.task_id).to_dict("records"):
            said = _(EVENTS[event["action"]]).format(state=_(STATES[event["state_after"]]))
            parts = [f"{event['happened_at']:%Y-%m-%d %H:%M}", event["actor"], said, event["reason"] or ""]
            st.caption(" · ".join(escape_markdown(part) for part in parts if part) + _changed(event))


def _changed(event: Mapping[str, Any]) -> str:
    """Return what an edit changed, from and to."""
    if not isinstance(event["before"], str):
        return ""
    before, after = json.loads(event["before"]), json.loads(event["after"])
    shown = [name for name in ("title", "due", "target", "note") if name in after]
    return "".join(
        f" · {escape_markdown(before[name] or '—')} → {escape_markdown(after[name] or '—')}" for name in shown
    )
