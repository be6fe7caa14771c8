"""What can be taken away: the standard sheets, pages to print, the calendar file, the visits."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pandas as pd

from core.exchange.printing.icalendar import calendar
from core.exchange.printing.visit_workbook import (
    daily_report,
    prospect_list,
    target_list,
    to_bytes,
    visit_control,
)
from core.exchange.printing.visits import Heading, printable
from core.i18n import _
from core.reports.visits.plan import visit_rows
from pages._ui.components.downloads import XLSX, Download, csv_download
from pages._ui.visits import view as views

if TYPE_CHECKING:
    from core.exchange.tables import Sheet
    from pages._ui.visits.view import Shown, VisitView


def downloads(view: VisitView) -> list[Download]:
    """Return the entries of the export menu."""
    name = _("visit plan") + f"-{view.rep}"
    entries = [
        Download(_("Standard sheets (Excel)"), f"{name}.xlsx", XLSX, lambda: to_bytes(_sheets(view))),
        Download(_("Pages to print (HTML)"), f"{name}.html", "text/html", lambda: _printed(view)),
    ]
    shown = view.shown
    if shown is not None:
        rows = visit_rows(shown.plan, view.work.table)
        entries += [
            Download(_("Calendar (ICS)"), f"{name}.ics", "text/calendar", lambda: _ics(view, shown)),
            csv_download(rows, name),
            Download(
                _("Table (Parquet)"),
                f"{name}.parquet",
                "application/octet-stream",
                lambda: _parquet(view, shown),
            ),
        ]
    return entries


def _sheets(view: VisitView) -> list[Sheet]:
    sheets = [target_list(view.work.table), prospect_list(views.prospects(view))]
    if view.shown is not None:
        period = view.shown.task.period
        sheets.append(visit_control(view.shown.plan.stops, view.work.table, period))
        sheets.append(daily_report(visit_rows(view.shown.plan, view.work.table)))
    return sheets


def _printed(view: VisitView) -> bytes:
    shown = view.shown
    days = (shown.task if shown is not None else view.work.task).period.days
    heading = Heading(view.work.task.name, days[0], days[-1])
    if shown is None:
        return printable(heading, pd.DataFrame(), _sheets(view), pd.DataFrame())
    *sheets, report = _sheets(view)
    return printable(heading, visit_rows(shown.plan, view.work.table), sheets, report.table)


def _ics(view: VisitView, shown: Shown) -> bytes:
    shops = view.work.table[["terminal_id", "name", "address"]]
    rows = shown.plan.stops.merge(shops, how="left", on="terminal_id").assign(employee_id=view.rep)
    return calendar(rows, name=_("Visits of {name}", name=shown.plan.name), stamp=dt.datetime.now(dt.UTC))


def _parquet(view: VisitView, shown: Shown) -> bytes:
    buffer = io.BytesIO()
    visit_rows(shown.plan, view.work.table).to_parquet(buffer, index=False)
    return buffer.getvalue()
