"""The section of the monthly report: its kind, a company's template, one file or a file for each region."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import AppError
from core.i18n import N_, _, format_month
from core.reports.monthly.files import FileForm, file_name, one_report
from core.reports.monthly.request import ReportOptions, report_request
from core.reports.monthly.subject import region_subject, whole
from core.store.scope import EVERYTHING
from pages._ui import runtime
from pages._ui.components.downloads import PPTX, XLSX, Download, download_button
from pages._ui.components.header import section
from pages._ui.language import in_language
from pages._ui.report import all_regions
from pages._ui.shell import frame

if TYPE_CHECKING:
    from core.reports.market.choices import Choices

MIMES = {"pptx": PPTX, "pdf": "application/pdf", "xlsx": XLSX}
KINDS = {"pptx": N_("PowerPoint"), "pdf": N_("PDF"), "xlsx": N_("Excel")}
KIND, TEMPLATE = "report_kind", "report_template"


def report_download(options: ReportOptions, region_id: str | None = None) -> Download:
    """Offer the report as slides in the export menu: one click makes it."""
    return Download(
        _("Monthly report (PowerPoint)"),
        _file_name(options, region_id, "pptx"),
        PPTX,
        partial(_make, options, region_id, FileForm()),
    )


def report_section(options: ReportOptions, choices: Choices, region_id: str | None = None) -> None:
    """Show the section: what kind of file, for whom, with whose template.

    Parameters
    ----------
    options
        What the page looks at; its month is the report's.
    """
    section(_("Monthly report"))
    month = format_month(options.month or choices.last_month)
    st.caption(_("{month} with the figures of the pages: slides to edit, paper or a workbook.", month=month))
    if all_regions.render_job():
        return
    form = _form()
    if form is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="report_buttons"):
        download_button(
            Download(
                _("Make the report"),
                _file_name(options, region_id, form.kind),
                MIMES[form.kind],
                partial(_make, options, region_id, form),
            ),
            type="primary",
            icon=":material/slideshow:",
            key="make_report",
        )
        level = st.selectbox(
            _("Level of the regions"),
            list(choices.levels),
            index=list(choices.levels).index(options.level or choices.default_level),
            format_func=choices.levels.__getitem__,
            key="report_level",
            width=160,
        )
        st.button(
            _("A file for each region"),
            icon=":material/folder_zip:",
            on_click=in_language(all_regions.start),
            args=(replace(options, level=level), form),
            key="make_reports",
        )
    if form.warning:
        st.caption(form.warning)


def _form() -> FileForm | None:
    """Show the kind and the template; return the form, None where the template can't be used."""
    words = {code: _(label) for code, label in KINDS.items()}
    kind, template = st.columns([1, 2], vertical_alignment="top")
    chosen = kind.segmented_control(
        _("Kind of file"),
        list(KINDS),
        format_func=words.__getitem__,
        default="pptx",
        required=True,
        key=KIND,
    )
    if chosen != "pptx":
        return FileForm(str(chosen))
    uploaded = template.file_uploader(
        _("Template with the company's colours and logo (.pptx), if there is one"), type="pptx", key=TEMPLATE
    )
    try:
        return FileForm("pptx", None if uploaded is None else uploaded.getvalue())
    except AppError as error:
        frame.show_error(error)
        return None


def _make(options: ReportOptions, region_id: str | None, form: FileForm) -> bytes:
    store = runtime.store()
    return form.write(one_report(store, report_request(store, options), region_id))


def _file_name(options: ReportOptions, region_id: str | None, kind: str) -> str:
    store = runtime.store()
    subject = whole() if region_id is None else region_subject(store, region_id, EVERYTHING)
    return file_name(subject, "" if options.month is None else f"{options.month:%Y-%m}", kind)
