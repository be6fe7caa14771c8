"""任务: what is to be done about the findings, by whom, until when, and what became of it."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from pages._ui import url
from pages._ui.components.header import header, reserve_header
from pages._ui.tasks import calendar, card, edit, looks, moves, table
from pages._ui.tasks import view as views
from pages._ui.tasks.labels import tasks_sentence
from pages._ui.tasks.start import no_tasks
from pages._ui.tasks.style import style

LOOKS = {
    "": looks.board,
    "people": looks.people,
    "calendar": calendar.month_calendar,
    "table": table.table,
}

url.declare(*views.PARAMETERS)
style()
top = reserve_header()
view = views.view()
with st.container(horizontal=True, key="task_bar", vertical_alignment="bottom"):
    views.bar(view)
    edit.new_task(view.report.request.today)
record = view.record
if view.report.tasks.empty:
    moves.message()
    no_tasks()
elif record is None:
    moves.message()
    LOOKS[views.look()](view)
else:
    with st.container(key="tasks_and_card"):
        rows, detail = st.columns([2, 1], gap="medium")
        with rows:
            LOOKS[views.look()](view)
        with detail, st.container(border=True, key="task_card"):
            card.card(view, record)
with top:
    header(_("Tasks"), tasks_sentence(view.report), table.downloads(view))
