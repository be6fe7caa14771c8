"""Copies of the store, and the way back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import streamlit as st

from core.i18n import _, format_number
from core.store.access.carrying import users_sentence
from core.store.audit.carrying import record_restore
from core.store.backup import backup, write_copy
from core.store.cycle.day.photos import folder
from pages._ui.shell import frame
from pages._ui import runtime
from pages._ui.components.downloads import Download, download_button
from pages._ui.components.header import section
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.data.job_progress import follow
from pages._ui.data.space_panel import render_space

STATE = "backup_job"
MEGABYTE = 1_000_000


def show() -> None:
    """Show the panel."""
    job: Job[str] | None = st.session_state.get(STATE)
    if job is not None:
        follow(job, STATE, _("Copying"), can_stop=False)
    st.markdown(
        _(
            "A backup is a copy of the whole store, made while everybody goes on working. It lies in {path}.",
            path=f"`{runtime.backups()}`",
        )
    )
    if (photos := folder(runtime.store())).is_dir():
        st.caption(
            _("Photos of shelves aren't in it: copy their folder as well, {path}.", path=f"`{photos}`"),
        )
    st.button(
        _("Make a backup now"),
        type="primary",
        icon=":material/backup:",
        on_click=in_language(_start),
        args=(_back_up,),
        key="make_backup",
        disabled=STATE in st.session_state,
    )
    section(_("Backups"))
    copies = sorted(runtime.backups().glob("*.duckdb"), key=lambda file: file.stat().st_mtime, reverse=True)
    if not copies:
        st.caption(_("There is no backup yet."))
    for number, copy in enumerate(copies):
        _copy(copy, number)
    render_space()


def _copy(copy: Path, number: int) -> None:
    made = dt.datetime.fromtimestamp(copy.stat().st_mtime)
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(
            f"**{copy.name}** · {made:%Y-%m-%d %H:%M} · {format_number(copy.stat().st_size / MEGABYTE, 1)} MB"
        )
        download_button(
            Download(_("Download"), copy.name, "application/octet-stream", copy.read_bytes),
            icon=":material/download:",
            key=f"download_{number}",
        )
        with st.popover(
            _("Restore"), icon=":material/settings_backup_restore:", key=f"restore_menu_{number}"
        ):
            st.markdown(
                _("The store of now is put aside beside it and can be had back; this copy takes its place.")
            )
            st.button(
                _("Yes, restore this copy"),
                type="primary",
                on_click=in_language(_start),
                args=(_restore, copy),
                key=f"restore_{number}",
            )


def _start(work: object, *arguments: object) -> None:
    st.session_state[STATE] = Job(lambda _watch: work(*arguments), gives_way=True).start()  # type: ignore[operator]


def _back_up() -> str:
    folder = runtime.backups()
    folder.mkdir(parents=True, exist_ok=True)
    return _("Saved as {name}.", name=backup(runtime.store(), folder).name)


def _restore(copy: Path) -> str:
    exchanged = runtime.exchange_file(lambda fresh: write_copy(copy, fresh))
    record_restore(runtime.store(), copy, exchanged)
    name = exchanged.aside.name if exchanged.aside is not None else "–"
    done = _("{copy} is the store now; the one before is kept as {aside}.", copy=copy.name, aside=name)
    return f"{done} {users_sentence(exchanged.store, exchanged.kept_users)}".rstrip()
