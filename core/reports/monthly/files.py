"""Monthly reports as files: one, or one for each region of a level, a file at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError, nearest
from core.exchange.report.paper.document import pdf_file
from core.exchange.report.paper.font_files import find_font
from core.exchange.report.presentation import presentation_file
from core.exchange.report.workbook import workbook_file
from core.exchange.slides.template import open_template
from core.i18n import _
from core.reports.monthly.basis import Basis
from core.reports.monthly.report import monthly_report
from core.reports.monthly.subject import region_subject, subjects_of_level, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.exchange.report.content import Report
    from core.reports.monthly.request import ReportRequest
    from core.reports.monthly.subject import Subject
    from core.store.database import Store
    from core.store.progress import Watch

KINDS = ("pptx", "pdf", "xlsx")
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
LONGEST_NAME = 80


@dataclass(frozen=True)
class FileForm:
    """Of what kind the files are.

    Parameters
    ----------
    kind
        One of ``KINDS``.
    template
        A company's presentation as the base, for ``pptx`` alone.
    """

    kind: str = "pptx"
    template: bytes | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            close = nearest(self.kind, KINDS)
            raise InputError(
                _("A report can't be written as “{kind}”.", kind=self.kind),
                _("Choose one of: {allowed}.", allowed=", ".join(KINDS))
                + (" " + _("Did you mean {suggestion}?", suggestion=close) if close else ""),
            )
        if self.template is not None:
            if self.kind != "pptx":
                raise InputError(
                    _("A template is for presentations alone, not for “{kind}”.", kind=self.kind),
                    _("Leave out the template, or write a .pptx file."),
                )
            # A bad one is refused before anything is computed.
            open_template(self.template)

    def write(self, report: Report) -> bytes:
        """Return a report as the bytes of a file."""
        if self.kind == "pdf":
            return pdf_file(report)
        if self.kind == "xlsx":
            return workbook_file(report)
        return presentation_file(report, self.template)

    @property
    def warning(self) -> str:
        """What the reader of the files will miss; empty for nothing."""
        if self.kind != "pdf" or find_font() is not None:
            return ""
        return _(
            "This computer has no Chinese font: the PDF names the font STSong, which the reader's program "
            "supplies. Install Noto Sans CJK or Microsoft YaHei to have the letters in the file."
        )


def one_report(store: Store, request: ReportRequest, region_id: str | None) -> Report:
    """Make the report of everything together, or of one region."""
    subject = whole() if region_id is None else region_subject(store, region_id, request.scope)
    return monthly_report(Basis(store, request), subject)


def reports_of_level(
    store: Store, request: ReportRequest, level: str, watch: Watch
) -> Iterator[tuple[Subject, Report]]:
    """Make the report of each region of a level, one at a time.

    Raises
    ------
    InputError
        There is no such level.
    CancelledError
        The work was stopped.
    """
    subjects = subjects_of_level(store, level, request.scope)
    basis = Basis(store, request)
    for number, subject in enumerate(subjects):
        text = _("{region}, {number} of {all}", region=subject.name, number=number + 1, all=len(subjects))
        watch.step(number / len(subjects), text)
        yield subject, monthly_report(basis, subject)


def write_each(
    reports: Iterator[tuple[Subject, Report]], form: FileForm, keep: Callable[[str, bytes], None], month: str
) -> int:
    """Write each report and hand its file on before the next one is made; return how many there were.

    Parameters
    ----------
    keep
        Called with each file's name and bytes.
    """
    count = 0
    for subject, report in reports:
        keep(file_name(subject, month, form.kind), form.write(report))
        count += 1
    return count


def file_name(subject: Subject, month: str, kind: str) -> str:
    """Return the name of a subject's file: no two regions share one, and any system takes it.

    Parameters
    ----------
    month
        Such as ``2026-10``.
    """
    parts = [_("monthly report"), month, subject.region_id or "", subject.name]
    name = _NOT_IN_A_NAME.sub(" ", "-".join(part for part in parts if part)).strip(" .")
    return f"{name[:LONGEST_NAME]}.{kind}"
