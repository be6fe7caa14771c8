"""The manager's board: numbers on top, one row per rep, a click opens the rep's day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.exchange.printing.day_report import board_table
from core.i18n import N_, _, format_date, format_number, sentences
from core.visits.adherence import wastes_more
from pages._ui import url
from pages._ui.components.cards import Card, cards
from pages._ui.components.header import section
from pages._ui.cycle.day import controls
from pages._ui.language import in_language
from pages._ui.shell.navigation import go_to
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    from core.reports.cycle.day import Board

PARAMETERS = ("rival", "who")
SHOWN = {
    "": N_("All reps"),
    "unreported": N_("Not reported"),
    "short": N_("Behind the plan"),
}
HELP = {
    N_("Planned"): N_("Visits of the latest plan for this day."),
    N_("Planned and done"): N_("Planned shops visited on this day by the rep [3-28]."),
    N_("Done rate"): N_("Planned shops visited ÷ planned shops; empty without a plan."),
    N_("Beside the plan"): N_(
        "Visits of shops that are not in the rep's plan of the day; empty without a plan."
    ),
    N_("Visits made"): N_("All visits logged on this day, typed in or imported."),
    N_("In others' shops"): N_("Visits of shops that belong to another rep."),
    N_("Minutes in the shops"): N_("Sum of departure − arrival; a visit without a departure isn't in it."),
    N_("Effective time"): N_(
        "Minutes with customers ÷ all minutes of the time log; empty without a log [0-17, 3-28]."
    ),
    N_("Orders (yuan)"): N_("Sum of the orders of the day's visits; empty where none is recorded."),
    N_("Planned for the next day"): N_("Visits of the plan for the next day with one [3-28]."),
}
_SHARES = (N_("Done rate"), N_("Effective time"))
ROW, HEADER, MOST_ROWS = 35, 38, 14


def render_sums(board: Board) -> None:
    """Show the five numbers of the day."""
    sums = board.sums
    share = "—" if not sums.planned else numbers.percent(sums.done_rate)
    time = "—" if pd.isna(sums.effective_share) else numbers.percent(sums.effective_share)
    cards(
        [
            Card(
                _("Out today"),
                f"{sums.out} / {sums.reps}",
                explanation=_(
                    "Reps with an arrival, a visit or a report on this day ÷ all reps with shops [3-28]."
                ),
                records=("day_report", "visit", "visit_check_in"),
            ),
            Card(
                _("Done of the plan"),
                share,
                explanation=_(
                    "Planned shops visited ÷ planned shops of all reps: {done} of {planned}.",
                    done=format_number(sums.done),
                    planned=format_number(sums.planned),
                ),
                records=("visit", "visit_plan"),
            ),
            Card(
                _("Effective time"),
                time,
                explanation=_(
                    "Minutes with customers ÷ all minutes of the time logs of the day [0-17, 3-28]."
                ),
                records=("time_log",),
            ),
            Card(
                _("Not reported"),
                str(sums.unreported),
                explanation=_("Reps who were out or had a plan and have not handed the day in."),
                records=("day_report", "visit", "visit_plan"),
            ),
            Card(
                _("Planned for the next day"),
                format_number(sums.tomorrow),
                explanation=_("Visits of the plans for {day}.", day=format_date(board.next_day)),
                records=("visit_plan",),
            ),
        ],
        key="cards_day",
    )


def render_rival(board: Board) -> None:
    """Compare with what a rival is believed to waste: 10 % more and nobody wins [0-17]."""
    own = 1 - board.sums.effective_share
    if pd.isna(own):
        st.caption(_("Nobody's time is logged for this day; a report handed in logs it."))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="day_rival"):
        st.session_state["choose_rival"] = _rival_share()
        st.number_input(
            _("Rival's ineffective time (estimate, %)"),
            0.0,
            100.0,
            key="choose_rival",
            step=1.0,
            width=230,
            on_change=in_language(_remember_rival),
        )
        said = _("Own ineffective time: {share}.", share=numbers.percent(own))
        rival = _rival_share()
        if rival is None:
            st.caption(said)
        elif wastes_more(own, rival / 100):
            st.error(
                sentences(said, _("More than 10 % above the rival: no win is possible like this.")),
                icon=":material/timer_off:",
            )
        else:
            st.success(sentences(said, _("Within 10 % of the rival.")), icon=":material/timer:")


def _rival_share() -> float | None:
    try:
        share = float(url.value("rival"))
    except ValueError:
        return None
    return share if 0 <= share <= 100 else None


def _remember_rival() -> None:
    chosen = st.session_state["choose_rival"]
    url.put("rival", "" if chosen is None else f"{chosen:g}")


def render_table(board: Board) -> None:
    """Show one row per rep, those of whom nothing was heard first; a click opens the day."""
    names = {code: _(label) for code, label in SHOWN.items()}
    st.session_state["choose_who"] = url.value("who") if url.value("who") in SHOWN else ""
    with st.container(key="day_who", horizontal=True, vertical_alignment="center"):
        section(_("Every rep"))
        st.segmented_control(
            _("Reps"),
            list(SHOWN),
            format_func=names.__getitem__,
            key="choose_who",
            required=True,
            label_visibility="collapsed",
            on_change=in_language(_remember_who),
        )
    rows = _chosen(board.table)
    if not len(rows):
        st.info(_("No rep is like that on this day."), icon=":material/check_circle:")
        return
    shown = board_table(rows)
    shares = [_(name) for name in _SHARES]
    shown[shares] = shown[shares] * 100
    helps = {_(name): _(text) for name, text in HELP.items()}
    config: dict[str, Any] = {name: {"help": text} for name, text in helps.items()}
    for name in shares:
        config[name] = st.column_config.ProgressColumn(
            help=helps[name], min_value=0, max_value=100, format="%.0f%%"
        )
    money = _("Orders (yuan)")
    config[money] = st.column_config.NumberColumn(help=helps[money], format="%,.0f")
    config[_("Sales representative")] = st.column_config.TextColumn(pinned=True)
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=numbers.MISSING,
        key="day_board_table",
        height=min(len(shown), MOST_ROWS) * ROW + HEADER,
        column_config=explained(shown.columns, config),
        on_select=in_language(partial(_clicked, rows["employee_id"].tolist())),
        selection_mode="single-row",
    )
    st.caption(_("Click a row for the rep's day."))


def _chosen(table: pd.DataFrame) -> pd.DataFrame:
    order = {"silent": 0, "out": 1, "reported": 2, "free": 3}
    table = table.assign(order=table["state"].map(order)).sort_values(["order", "done_rate", "employee_id"])
    if url.value("who") == "unreported":
        return table[table["state"].isin(("silent", "out"))]
    if url.value("who") == "short":
        return table[table["done_rate"] < 1]
    return table


def _remember_who() -> None:
    url.put("who", st.session_state["choose_who"])


def _clicked(reps: list[str]) -> None:
    rows = st.session_state["day_board_table"]["selection"]["rows"]
    if rows:
        chosen = controls.chosen_day()
        go_to("day", {"rep": reps[rows[0]], "day": "" if chosen == controls.today() else str(chosen)})
