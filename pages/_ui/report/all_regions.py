"""The reports of all regions of a level: made in the background, taken as one ZIP file."""

from __future__ import annotations

import uuid
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, ngettext
from core.reports.monthly.files import reports_of_level, write_each
from core.reports.monthly.request import report_request
from core.settings import Settings
from core.workspace import own_folder
from pages._ui import runtime
from pages._ui.components.downloads import Download, download_button
from pages._ui.components.progress import progress
from pages._ui.jobs import Job
from pages._ui.shell import frame

if TYPE_CHECKING:
    from pathlib import Path

    from core.reports.monthly.files import FileForm
    from core.reports.monthly.request import ReportOptions
    from core.store.progress import Watch

JOB, DONE = "report_job", "report_files"


@dataclass(frozen=True)
class ReportFiles:
    """A ZIP file of reports."""

    path: Path
    name: str
    count: int


def start(options: ReportOptions, form: FileForm) -> None:
    """Start the job; the files of the one before go."""
    before: ReportFiles | None = st.session_state.pop(DONE, None)
    if before is not None:
        before.path.unlink(missing_ok=True)
    st.session_state[JOB] = Job(lambda watch: _pack(options, form, watch), gives_way=True).start()


def render_job() -> bool:
    """Show a running job, or the files of the last one; return whether one runs."""
    job: Job[ReportFiles] | None = st.session_state.get(JOB)
    if job is not None and not job.done.is_set():
        progress(job, _("Making the reports"), key="making_reports")
        return True
    if job is not None:
        del st.session_state[JOB]
        if job.error is not None and not job.cancelled:
            frame.show_error(job.error)
        st.session_state[DONE] = job.result
    files: ReportFiles | None = st.session_state.get(DONE)
    if files is not None:
        label = ngettext("Download {n} report (ZIP)", "Download {n} reports (ZIP)", files.count)
        download_button(
            Download(label, files.name, "application/zip", files.path.read_bytes),
            type="primary",
            icon=":material/download:",
            key="take_reports",
        )
    return False


def _pack(options: ReportOptions, form: FileForm, watch: Watch) -> ReportFiles:
    """Write each report into a ZIP file as it is made: never more than one is in memory."""
    store = runtime.store()
    request = report_request(store, options)
    folder = own_folder(Settings.from_environment().temp) / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    path, month = folder / f"{uuid.uuid4().hex}.zip", f"{request.month:%Y-%m}"
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as pack:
            reports = reports_of_level(store, request, request.level, watch)
            count = write_each(reports, form, pack.writestr, month)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    name = _("monthly report")
    return ReportFiles(path, f"{name}-{month}.zip", count)
