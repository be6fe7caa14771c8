"""经营例会: the month of a region on one page: plan, do, check, act."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.i18n import _
from core.reports.cycle.meeting.display.sentences import meeting_answer
from pages._ui import url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header, section
from pages._ui.components.notes import notes
from pages._ui.cycle.meeting import actions, check, numbers_row, tables
from pages._ui.cycle.meeting import view as views
from pages._ui.cycle.strategy import panel
from pages._ui.report.panel import report_download

url.declare(*views.PARAMETERS)
top = reserve_header()
view = views.view()
if view is None:
    with top:
        header(_("Monthly meeting"))
    empty(
        _("There are no sales yet. Bring regions, companies and sales, and a month can be reviewed."),
        ("region", "company", "market_sales"),
    )
    st.stop()
review = view.review
numbers_row.five_numbers(review)
check.check(view)
# Under each other: side by side the last columns of both would be out of sight.
section(_("Plan and do"))
tables.plan_and_do(review)
section(_("Actions"))
actions.actions(review)
if len(review.parts):
    section(_("The regions below"))
    tables.region_table(review)
section(_("Strategy card"))
panel.strategy(review)
notes([note.sentence for note in review.notes])
options = replace(view.filters.report_options(), month=review.request.month, start=None)
files = [*tables.downloads(view), report_download(options, review.request.region)]
with top:
    header(_("Monthly meeting"), meeting_answer(review), files)
