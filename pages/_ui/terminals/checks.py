"""Shops whose coordinates cannot be right: what is offered, applying it, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core import numbers
from core.errors import AppError
from core.geo.coordinate_checks import FINDINGS
from core.i18n import _, ngettext
from core.reports.terminals.coordinate_checks import coordinate_findings, counted, shown
from core.store.terminals import coordinate_fixes as placing
from core.store.terminals.terminals import terminal_count
from pages._ui import reads, runtime, url
from pages._ui.components.downloads import export_menu, table_downloads
from pages._ui.components.header import section
from pages._ui.components.progress import progress
from pages._ui.fragments import fragment
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.terminals.preparation import AT_ONCE

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 1_000
HEIGHT = 300
STATE, DONE, REFRESH = "checks_job", "checks_done", "checks_refresh"


def checks() -> None:
    """Show the coordinate checks below the map once they are asked for."""
    section(_("Coordinate checks"))
    if not url.value("checks"):
        st.caption(
            _("Finds shops at zero, swapped, in another system, outside their region or many at one point.")
        )
        st.button(
            _("Check the coordinates"), icon=":material/wrong_location:", on_click=_open, key="open_checks"
        )
        return
    findings = _findings()
    if findings is not None:
        _report(findings)


def _open() -> None:
    url.put("checks", "1")


def _findings() -> pd.DataFrame | None:
    """Return the findings; None while they are being made."""
    if reads.cached(terminal_count) <= AT_ONCE:
        findings: pd.DataFrame = reads.cached(coordinate_findings)
        return findings
    store = runtime.store()
    key = (store.opening, store.data_version)
    started: tuple[object, Job[Any]] | None = st.session_state.get(STATE)
    if started is None or started[0] != key:
        job = Job(lambda watch: coordinate_findings(store, progress=watch.step)).start()
        st.session_state[STATE] = started = (key, job)
    job = started[1]
    if not job.done.is_set():
        progress(job, _("Checking coordinates"), key="checks")
        return None
    if job.error is not None:
        st.error(str(job.error))
    return job.result


@fragment
def _report(findings: pd.DataFrame) -> None:
    # After a change the whole page is behind: map and list show the data as they were.
    if st.session_state.pop(REFRESH, False):
        st.rerun()
    done = st.session_state.pop(DONE, "")
    if done:
        st.success(done)
    counts = counted(findings)
    if findings.empty:
        st.markdown(_("All coordinates can be right."))
    else:
        kinds = dict(zip(counts["finding"], counts["terminals"], strict=True))
        with st.container(horizontal=True, vertical_alignment="center", key="checks_bar"):
            kind = st.pills(
                _("Finding"),
                list(kinds),
                format_func=lambda code: f"{_(FINDINGS[code])} · {kinds[code]:,}",
                default=next(iter(kinds)),
                required=True,
                key="checks_kind",
                label_visibility="collapsed",
            )
            export_menu(
                table_downloads(shown(findings), _("coordinate checks")),
                key="checks_export",
            )
        _table(findings[findings["finding"] == kind].reset_index(drop=True))
    _corrections()


def _table(rows: pd.DataFrame) -> None:
    event = st.dataframe(
        shown(rows.head(SHOWN)).drop(columns=_("Finding")).dropna(axis="columns", how="all"),
        hide_index=True,
        height=min(HEIGHT, 40 + 35 * (len(rows) + 1)),
        key=f"checks_rows_{rows['finding'].iloc[0]}",
        on_select="rerun",
        selection_mode="multi-row",
        column_config={
            _("km outside its region"): st.column_config.NumberColumn(format="%.1f"),
            **{
                name: st.column_config.NumberColumn(format="%.5f")
                for name in (_("Latitude"), _("Longitude"), _("Latitude offered"), _("Longitude offered"))
            },
        },
    )
    chosen = event["selection"]["rows"]
    chosen_rows = (rows.iloc[chosen] if chosen else rows)[lambda table: table["fixable"]]
    if chosen_rows.empty:
        st.caption(_("Nothing can be offered here: these shops have to be surveyed again."))
        return
    label = ngettext("Apply the fix to {n} shop", "Apply the fix to {n} shops", len(chosen_rows))
    with st.popover(label, icon=":material/build:", key="checks_apply"):
        st.markdown(
            _(
                "The coordinates of {n} shops are changed. It can be taken back below.",
                n=numbers.count(len(chosen_rows)),
            )
        )
        st.button(
            _("Change them"),
            type="primary",
            key="checks_yes",
            on_click=in_language(_apply),
            args=(chosen_rows,),
        )


def _apply(rows: pd.DataFrame) -> None:
    places = rows[["terminal_id", "lat_fixed", "lon_fixed", "crs_fixed"]]
    places = places.set_axis(list(placing.COLUMNS), axis="columns")
    _do(lambda: placing.fix_places(runtime.store(), places), _("{n} shops were corrected."))


def _corrections() -> None:
    fixes: pd.DataFrame = reads.cached(placing.fixes)
    if fixes.empty:
        return
    with st.expander(_("Corrections made"), key="checks_made"):
        for row in fixes.itertuples():
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    _(
                        "{time:%Y-%m-%d %H:%M} · {n} shops · {actor}",
                        time=row.happened_at,
                        n=numbers.count(row.terminals),
                        actor=row.actor,
                    )
                )
                st.button(
                    _("Taken back") if row.taken_back else _("Take back"),
                    key=f"take_back_{row.audit_id}",
                    disabled=bool(row.taken_back),
                    on_click=in_language(_take_back),
                    args=(int(str(row.audit_id)),),
                )


def _take_back(audit_id: int) -> None:
    _do(lambda: placing.take_back(runtime.store(), audit_id), _("{n} shops went back to where they were."))


def _do(change: Any, sentence: str) -> None:  # noqa: ANN401
    """Change the store and keep the sentence for the next run."""
    st.session_state[REFRESH] = True
    try:
        st.session_state[DONE] = sentence.format(n=numbers.count(change()))
    except AppError as error:
        st.session_state[DONE] = str(error)
