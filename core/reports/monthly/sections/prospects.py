"""The prospects: what was won, what the next three months should bring, and how far off that was so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core import numbers
from core.colours import US
from core.exchange.slides.cells import count_cell, number_cell, percent_cell, table_of, text_cell
from core.exchange.slides.content import Columns, Series, Slide
from core.i18n import _, ngettext
from core.metrics import Format
from core.periods import shift
from core.reports.monthly.gap import Gap
from core.reports.visits.pipeline import PipelineRequest, pipeline_report
from core.visits.pipeline.forecast import MONTHS_AHEAD

if TYPE_CHECKING:
    from core.exchange.slides.cells import Cell
    from core.exchange.slides.content import SlideTable
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject
    from core.reports.visits.pipeline import PipelineReport

MONTHS_SHOWN = 9


def prospects(basis: Basis, _subject: Subject) -> Slide | Gap:
    """Return wins by month and the forecast of the next three, looked at from the end of the month."""
    asked = basis.request
    report = pipeline_report(
        basis.store, PipelineRequest(asked.own_company, shift(asked.month, 1), scope=asked.scope)
    )
    if not report.months.months and report.prospects.empty:
        return Gap(_("No prospects are recorded."))
    caption = basis.caption(_("Prospects"), _("Visit plan"), month_only=True)
    return Slide(
        _answer(report), caption.title, _columns(report), _table(report), caption.source,
        notes=(_("A win counts in the month in which a prospect became a customer."),),
    )  # fmt: skip


def _answer(report: PipelineReport) -> str:
    text = ngettext(
        "{n} prospect was won in the month; {open} are open, {overdue} talks overdue",
        "{n} prospects were won in the month; {open} are open, {overdue} talks overdue",
        len(report.won),
        open=numbers.count(len(report.prospects)),
        overdue=numbers.count(report.overdue),
    )
    if not report.forecast.known:
        return _("{text}; too little history for a forecast.", text=text)
    wins = report.forecast.total().sum()
    if report.error.wape is None:
        return _("{text}; {wins} wins expected in the next three months.", text=text,
                 wins=numbers.decimal(wins, 1))  # fmt: skip
    return _(
        "{text}; {wins} wins expected in the next three months (off by {error} so far).",
        text=text,
        wins=numbers.decimal(wins, 1),
        error=numbers.percent(report.error.wape),
    )


def _columns(report: PipelineReport) -> Columns | None:
    months = report.months
    if not months.months:
        return None
    first = max(0, months.months - MONTHS_SHOWN)
    names = [f"{pd.Timestamp(edge):%Y-%m}" for edge in months.edges[first:-1]]
    came = [float(months.came(month)) for month in range(first, months.months)]
    series = [Series(_("Won"), tuple(came), US, labelled=True)]
    if report.forecast.known:
        end = pd.Timestamp(months.edges[-1])
        names += [f"{end + pd.DateOffset(months=ahead):%Y-%m}" for ahead in range(MONTHS_AHEAD)]
        coming = tuple(round(float(value), 1) for value in report.forecast.total())
        series = [
            Series(_("Won"), (*came, *(None,) * MONTHS_AHEAD), US, labelled=True),
            Series(_("Expected"), (*(None,) * len(came), *coming), US, hollow=True, labelled=True),
        ]
    return Columns(tuple(names), tuple(series), number_format="General")


def _table(report: PipelineReport) -> SlideTable:
    expected = report.forecast.total().sum() if report.forecast.known else None
    value = report.forecast.total(value=True).sum() if report.forecast.known else None
    money = numbers.heading(_("Sales to be won a month"), numbers.money_unit())
    rows: list[list[Cell]] = [
        [text_cell(_("Won in the month")), count_cell(len(report.won))],
        [text_cell(_("Open prospects")), count_cell(len(report.prospects))],
        [text_cell(_("Overdue talks")), count_cell(report.overdue)],
        [text_cell(_("Expected wins")), number_cell(numbers.decimal(expected, 1), expected, Format.SCORE)],
        [text_cell(money), number_cell(numbers.money(value, unit=False), value, Format.MONEY)],
        [text_cell(_("Error so far (WAPE)")), percent_cell(report.error.wape)],
    ]
    return table_of((_("Figure"), _("Value")), rows)
