"""``python -m core report``: the monthly report as slides, on paper or as a workbook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import CancelledError, InputError
from core.i18n import LANGUAGES, _, language
from core.market.options import WIDE_AREA
from core.periods import parse_month
from core.reports.monthly.files import KINDS, FileForm, one_report, reports_of_level, write_each
from core.reports.monthly.request import ReportOptions, ReportRequest, report_request
from core.settings import Settings
from core.store.audit.events import record_export
from core.store.database import Store
from core.store.progress import Watch

if TYPE_CHECKING:
    from collections.abc import Callable


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "report", help=_("make the monthly report as slides, on paper or as a workbook")
    )
    defaults = Settings.from_environment()
    parser.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    parser.add_argument("--month", metavar="YYYY-MM", help=_("month reported on; else the last with figures"))
    parser.add_argument("--region", metavar="ID", help=_("report of this region; else of everything"))
    parser.add_argument("--each-region", action="store_true", help=_("a file for each region of the level"))
    parser.add_argument("--level", help=_("level of the regions: province, city, county ..."))
    parser.add_argument("--category", help=_("only this product category"))
    parser.add_argument("--self", dest="own", metavar="COMPANY", help=_("ID of the own company"))
    parser.add_argument("--k", type=float, default=WIDE_AREA, help=_("the No.1 multiple"))
    parser.add_argument(
        "--template", type=Path, metavar="FILE.pptx", help=_("presentation with the company's look")
    )
    parser.add_argument("--kind", choices=KINDS, help=_("kind of files of --each-region; else .pptx"))
    parser.add_argument(
        "--out", type=Path, required=True, help=_(".pptx, .pdf or .xlsx; with --each-region a folder")
    )
    parser.add_argument(
        "--language", "--lang", choices=list(LANGUAGES), default=defaults.language, help=_("of the report")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the report, or a report for each region."""
    with language(options.language):
        form = _form(options)
        _check(options)
        with Store.open(options.store, create=False) as store:
            request = report_request(store, _options(options))
            if options.each_region:
                return _write_all(store, request, options, form)
            report = one_report(store, request, options.region)
            record_export(store, options.out.name, entity="report")
            options.out.write_bytes(form.write(report))
        for sentence in filter(None, (*report.gaps, form.warning)):
            print(sentence, file=sys.stderr)
        print(_("{file}: {slides} slides of {month}.", file=options.out, slides=report.slides,
                month=f"{request.month:%Y-%m}"))  # fmt: skip
    return 0


def _form(options: argparse.Namespace) -> FileForm:
    template = None
    if options.template is not None:
        try:
            template = options.template.read_bytes()
        except OSError as error:
            raise InputError(
                _(
                    "The template {file} can't be read: {reason}.",
                    file=options.template,
                    reason=error.strerror,
                ),
                _("Name a .pptx file that is there."),
            ) from error  # fmt: skip
    ending = options.out.suffix.lower().removeprefix(".")
    return FileForm((options.kind or "pptx") if options.each_region else ending, template)


def _check(options: argparse.Namespace) -> None:
    if options.each_region and options.region:
        raise InputError(_("--region and --each-region exclude each other."), _("Leave out one of them."))
    if options.each_region and options.out.is_file():
        raise InputError(
            _("{path} is a file.", path=options.out), _("Name a folder for the reports of all regions.")
        )
    if not options.each_region and not options.out.parent.is_dir():
        raise InputError(
            _("There is no folder {path}.", path=options.out.parent), _("Make it, or name another one.")
        )


def _options(options: argparse.Namespace) -> ReportOptions:
    month = parse_month(options.month) if options.month else None
    return ReportOptions(month, None, options.level, options.own, options.category, options.k)


def _write_all(store: Store, request: ReportRequest, options: argparse.Namespace, form: FileForm) -> int:
    """Write a file for each region; what is written when somebody stops stays."""
    options.out.mkdir(parents=True, exist_ok=True)
    watch = Watch(_progress())
    reports = reports_of_level(store, request, request.level, watch)
    written = [0]

    def keep(name: str, data: bytes) -> None:
        record_export(store, name, entity="report", size=len(data))
        (options.out / name).write_bytes(data)
        written[0] += 1

    try:
        write_each(reports, form, keep, f"{request.month:%Y-%m}")
    except (KeyboardInterrupt, CancelledError):
        print(file=sys.stderr)
        print(_("Stopped: {n} reports are in {folder}.", n=written[0], folder=options.out), file=sys.stderr)
        return 130
    if form.warning:
        print(form.warning, file=sys.stderr)
    print(_("{folder}: {n} reports.", folder=options.out, n=written[0]))
    return 0


def _progress() -> Callable[[float, str], None]:
    """Return what shows how far the work is: in place on a screen, a line each in a log."""
    on_screen = sys.stderr.isatty()

    def show(share: float, text: str) -> None:
        line = f"{share:4.0%} {text}"
        print(
            f"\r\x1b[K{line}" if on_screen else line,
            end="" if on_screen else "\n",
            file=sys.stderr,
            flush=True,
        )

    return show
