"""The expenses of the year so far: budget beside actual by region and kind, and the expense ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.colours import AGGREGATE, US
from core.cycle.expenses.budget import KINDS
from core.exchange.slides.cells import money_cell, percent_cell, table_of, text_cell
from core.exchange.slides.content import Bars, Series, Slide
from core.i18n import _, format_month
from core.reports.cycle.expenses import ABOVE, ExpenseRequest, expense_report
from core.reports.market.display.slides import values_of
from core.reports.monthly.gap import Gap
from core.store.market import market as read

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.slides.cells import Cell
    from core.exchange.slides.content import SlideTable
    from core.reports.cycle.expenses import ExpenseReport
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject

MOST_REGIONS = 10
FEWEST_REGIONS = 2


def expenses(basis: Basis, _subject: Subject) -> Slide | Gap:
    """Return budget and actual of the year up to the month, of everything and its largest regions."""
    report = expense_report(basis.store, _request(basis))
    total = report.total.iloc[0]
    asked = report.request
    period = _("{start} to {end}", start=format_month(asked.start), end=format_month(asked.end))
    if report.is_empty or numbers.is_missing(total["actual"]):
        return Gap(_("No expenses are recorded in {period}.", period=period))
    caption = basis.caption(_("Expenses · {period}", period=period), _("Expenses"), month_only=True)
    notes = tuple(note.sentence for note in report.notes)
    return Slide(_answer(total), caption.title, _bars(report), _table(report), caption.source, notes=notes)


def _request(basis: Basis) -> ExpenseRequest:
    """Ask for the uppermost level that has regions to compare."""
    levels = read.levels(basis.store, scope=basis.request.scope)
    several = levels[levels["regions"] >= FEWEST_REGIONS]
    level = str((several if len(several) else levels)["level"].iloc[0])
    month = basis.request.month
    return ExpenseRequest(month.replace(month=1), month, level, scope=basis.request.scope)


def _answer(total: pd.Series) -> str:
    text = _("Expenses of the year so far: {actual}", actual=numbers.money(total["actual"]))
    if not numbers.is_missing(total["difference"]):
        text = _(
            "{text}; where there is a budget, {used} of it is spent ({difference})",
            text=text,
            used=numbers.percent(total["used"]),
            difference=numbers.money(total["difference"], sign=True),
        )
    if not numbers.is_missing(total["ratio"]):
        text = _("{text}; {ratio} of net sales", text=text, ratio=numbers.percent(total["ratio"]))
    return _("{text}.", text=text)


def _bars(report: ExpenseReport) -> Bars | None:
    rows = report.regions[(report.regions["region_id"] != ABOVE) & report.regions["actual"].notna()]
    if rows.empty:
        return None
    first = rows.sort_values(["actual", "region_id"], ascending=[False, True])[:MOST_REGIONS]
    scale = numbers.money_divisor()
    series = (
        Series(_("Budget"), values_of(first["budget"] / scale), AGGREGATE),
        Series(_("Actual"), values_of(first["actual"] / scale), US, labelled=True),
    )
    title = numbers.heading(_("Expenses"), numbers.money_unit())
    return Bars(tuple(first["name"].astype(str)), series, title, "#,##0")


def _table(report: ExpenseReport) -> SlideTable:
    unit = numbers.money_unit()
    headings = (
        _("Kind of expense"),
        numbers.heading(_("Budget"), unit),
        numbers.heading(_("Actual"), unit),
        _("Used"),
    )
    kinds = report.kinds.reindex(list(KINDS)).dropna(how="all", subset=["budget", "actual"])
    rows = [_row(_(KINDS[str(kind)]), row) for kind, row in kinds.iterrows()]
    return table_of(headings, [*rows, _row(_("Total"), report.total.iloc[0])])


def _row(name: str, row: pd.Series) -> list[Cell]:
    return [text_cell(name), money_cell(row["budget"]), money_cell(row["actual"]), percent_cell(row["used"])]
