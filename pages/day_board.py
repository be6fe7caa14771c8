"""日常行动管理: who is out, what was done of the plan, how the time went, who has not reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import _, format_date, ngettext, sentences
from core.reports.cycle import day as day_report
from pages._ui import reads, url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.cycle.day import board_view, controls, exports

if TYPE_CHECKING:
    from core.reports.cycle.day import Board


def answer(board: Board) -> str:
    """Return the sentence that says how the day goes."""
    sums = board.sums
    out = ngettext(
        "{day}: of {n} rep {out} went out.",
        "{day}: of {n} reps {out} went out.",
        sums.reps,
        day=format_date(controls.chosen_day()),
        out=sums.out,
    )
    done = (
        _(
            "Of {planned} planned visits {done} are done ({share}).",
            planned=sums.planned,
            done=sums.done,
            share=numbers.percent(sums.done_rate),
        )
        if sums.planned
        else ngettext("{n} visit, no plan.", "{n} visits, no plan.", sums.visits)
    )
    missing = ngettext("{n} has not reported.", "{n} have not reported.", sums.unreported)
    return sentences(out, done, missing if sums.unreported else _("Everybody who was out has reported."))


url.declare("day", *board_view.PARAMETERS)
top = reserve_header()
everybody = reads.cached(day_report.reps)
if not len(everybody):
    with top:
        header(_("Daily board"))
    empty(_("No employee has terminals to visit."), ("employee", "terminal", "visit"))
    st.stop()
board: Board = reads.cached(day_report.day_board, controls.chosen_day())
controls.pick_day()
board_view.render_sums(board)
board_view.render_table(board)
board_view.render_rival(board)
with top:
    header(_("Daily board"), answer(board), exports.board_downloads(board, controls.chosen_day()))
