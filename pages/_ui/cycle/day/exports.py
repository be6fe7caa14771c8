"""The day's report and the board as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exchange.printing import day_report as printed
from core.exchange.printing.visit_workbook import to_bytes
from core.i18n import _
from pages._ui.components.downloads import XLSX, Download

if TYPE_CHECKING:
    import datetime as dt

    from core.reports.cycle.day import Board, DayRequest, RepDay


def rep_downloads(day: RepDay, request: DayRequest) -> list[Download]:
    """Offer a rep's day as a workbook."""
    paper = printed.DayPaper(
        day.name,
        request.day,
        day.route,
        day.visits,
        day.saved.minutes,
        day.saved.remark,
        day.saved.tomorrow,
        day.next_day,
        list(day.tomorrow["name"]),
    )
    name = f"day-{request.employee_id}-{request.day}.xlsx"
    return [Download(_("Daily report (Excel)"), name, XLSX, lambda: to_bytes(printed.day_sheets(paper)))]


def board_downloads(board: Board, day: dt.date) -> list[Download]:
    """Offer the board as a workbook."""
    make = lambda: to_bytes([printed.board_sheet(board.table)])  # noqa: E731 - made when somebody clicks
    return [Download(_("Table (Excel)"), f"day-board-{day}.xlsx", XLSX, make)]
