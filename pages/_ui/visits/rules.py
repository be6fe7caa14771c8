"""What holds for single customers: one in a form, many in a grid; checked before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.errors import AppError
from core.i18n import _, ngettext, sentences
from core.reports.visits.joint_visits import JOINT
from core.reports.visits.rules import from_grid, grid, keep
from pages._ui import runtime
from pages._ui.components.header import section
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.tables.explained import explained
from pages._ui.visits import away, holding
from pages._ui.visits import view as views

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from pages._ui.visits.view import VisitView

ERROR, KEPT = "rule_error", "rule_kept"


def show(view: VisitView) -> None:
    """Show the part."""
    own = view.work.table[~view.work.table[JOINT]]
    table = grid(own, view.work.task.rules)
    for name in ("employee_id", "companion"):
        table[name] = table[name].astype(object)
    error = st.session_state.pop(ERROR, None)
    if error is not None:
        frame.show_error(error)
    kept = st.session_state.pop(KEPT, None)
    if kept:
        said = ngettext("{n} customer was changed.", "{n} customers were changed.", kept)
        st.success(sentences(said, _("The next plan keeps to it.")), icon=":material/check:")
    one, all_of_them = st.columns([1, 2], gap="medium")
    with one:
        section(_("One customer"))
        _form(table)
    with all_of_them:
        section(_("Many customers"))
        _grid(table)
    holding.together(view)
    away.show(view)


def weekdays() -> dict[str, str]:
    """Return the names of the weekdays by digit."""
    return dict(
        zip("0123456", (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")), strict=True)
    )


def _reps() -> dict[str, str]:
    everybody = views.everybody()
    return dict(zip(everybody["employee_id"], everybody["name"], strict=True))


def _form(table: pd.DataFrame) -> None:
    names = dict(zip(table["terminal_id"], table["name"], strict=True))
    shop = st.selectbox(
        _("Customer"),
        list(names),
        format_func=lambda s: f"{names[s]} · {s}",
        key="rule_shop",
        label_visibility="collapsed",
    )
    now = table[table["terminal_id"] == shop].iloc[0].to_dict()

    def key(name: str) -> str:
        # Another customer, or another rule of the same one, begins with fields of its own.
        return f"rule_{name}_{shop}"

    days, reps = weekdays(), _reps()
    with st.form(f"rule_{shop}", border=False):
        left, right = st.columns(2)
        edited: dict[str, Any] = {
            "terminal_id": shop,
            "name": names[shop],
            "visits": left.number_input(
                _("Visits in 4 weeks"), 0.0, 28.0, value=_or_none(now["visits"]), step=1.0, key=key("visits")
            ),
            "reason": right.text_input(_("Reason"), value=now["reason"] or "", key=key("reason")),
            "hours": left.text_input(
                _("Hours"), value=now["hours"] or "", placeholder="08:00-12:00, 14:00-18:00", key=key("hours")
            ),
            "market": right.text_input(
                _("Market days"), value=now["market"] or "", placeholder=_("lunar 3, 8"), key=key("market")
            ),
            "forbidden": left.multiselect(
                _("Never on"), list(days), now["forbidden"], format_func=days.__getitem__, key=key("never")
            ),
            "preferred": right.multiselect(
                _("Preferably on"),
                list(days),
                now["preferred"],
                format_func=days.__getitem__,
                key=key("liked"),
            ),
            "min_gap": left.number_input(
                _("Least days between"), 1, 84, value=_or_none(now["min_gap"]), key=key("least")
            ),
            "max_gap": right.number_input(
                _("Most days between"), 1, 84, value=_or_none(now["max_gap"]), key=key("most")
            ),
            "fixed": left.text_input(
                _("Appointments"),
                value=now["fixed"] or "",
                placeholder="2026-01-05 10:00, 2026-01-19",
                key=key("fixed"),
            ),
            "first_by": right.date_input(
                _("First visit by"), value=now["first_by"], key=key("by"), format="YYYY-MM-DD"
            ),
            "not_before": left.date_input(
                _("First visit from"), value=now["not_before"], key=key("from"), format="YYYY-MM-DD"
            ),
            "companion": right.selectbox(
                _("Together with"),
                list(reps),
                index=list(reps).index(now["companion"]) if now["companion"] in reps else None,
                format_func=reps.__getitem__,
                placeholder=_("nobody else"),
                key=key("companion"),
            ),
            "minutes": left.number_input(
                _("Minutes a visit"), 1.0, 480.0, value=_or_none(now["minutes"]), step=5.0, key=key("minutes")
            ),
            "employee_id": right.selectbox(
                _("Visited by"),
                list(reps),
                index=list(reps).index(now["employee_id"]) if now["employee_id"] in reps else None,
                format_func=reps.__getitem__,
                placeholder=_("as assigned"),
                key=key("rep"),
            ),
        }
        if st.form_submit_button(_("Keep"), type="primary", key="keep_rule"):
            _keep(pd.DataFrame([edited]))
            st.rerun()


def _or_none(value: Any) -> Any:  # noqa: ANN401 - a cell
    return None if pd.isna(value) else value


def _grid(table: pd.DataFrame) -> None:
    edited = st.data_editor(
        table,
        hide_index=True,
        placeholder="—",
        height=430,
        key="rule_grid",
        disabled=("name", "grade"),
        column_order=[name for name in table.columns if name != "terminal_id"],
        column_config=_columns(),
    )
    before, after = (_plain(one) for one in (table, edited))
    changed = [b != a for b, a in zip(before, after, strict=True)]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Keep the changes"),
            type="primary",
            key="keep_rules",
            disabled=not any(changed),
            on_click=in_language(_keep),
            args=(edited[changed],),
        )
        if any(changed):
            st.caption(ngettext("{n} row is changed.", "{n} rows are changed.", sum(changed)))


def _plain(table: pd.DataFrame) -> Sequence[Sequence[object]]:
    """Return the rows as plain values, so that an untouched cell equals itself."""
    return [
        [list(cell) if isinstance(cell, list) else None if pd.isna(cell) else str(cell) for cell in row]
        for row in table.to_numpy(dtype=object)
    ]


def _columns() -> dict[str, Any]:
    column, days, reps = st.column_config, weekdays(), _reps()
    config = {
        "name": column.TextColumn(_("Customer"), pinned=True),
        "grade": column.TextColumn(_("Grade"), width="small"),
        "visits": column.NumberColumn(_("Visits in 4 weeks"), min_value=0.0, max_value=28.0),
        "reason": column.TextColumn(_("Reason")),
        "hours": column.TextColumn(_("Hours"), help=_("08:00-12:00, 14:00-18:00, or “morning”.")),
        "market": column.TextColumn(
            _("Market days"), help=_("“lunar 3, 8”, “solar 5, 10” or “Wed”; “not” before it avoids them.")
        ),
        "forbidden": column.MultiselectColumn(
            _("Never on"), options=list(days), format_func=lambda code: days.get(str(code), str(code))
        ),
        "preferred": column.MultiselectColumn(
            _("Preferably on"), options=list(days), format_func=lambda code: days.get(str(code), str(code))
        ),
        "min_gap": column.NumberColumn(_("Least days between"), min_value=1, max_value=84),
        "max_gap": column.NumberColumn(_("Most days between"), min_value=1, max_value=84),
        "fixed": column.TextColumn(
            _("Appointments"), help=_("Days such as 2026-01-05, or 2026-01-05 10:00, with commas.")
        ),
        "not_before": column.DateColumn(_("First visit from")),
        "first_by": column.DateColumn(_("First visit by")),
        "minutes": column.NumberColumn(_("Minutes a visit"), min_value=1.0, max_value=480.0),
        "employee_id": column.SelectboxColumn(
            _("Visited by"), options=list(reps), format_func=lambda code: reps.get(str(code), str(code))
        ),
        "companion": column.SelectboxColumn(
            _("Together with"), options=list(reps), format_func=lambda code: reps.get(str(code), str(code))
        ),
    }
    return explained(config, config)


def _keep(edited: pd.DataFrame) -> None:
    try:
        rules = from_grid(edited)
        keep(runtime.store(), rules)
    except AppError as error:
        st.session_state[ERROR] = error
        return
    st.session_state[KEPT] = len(rules)
