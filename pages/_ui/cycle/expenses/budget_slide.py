"""The slide on expenses: budget and actual of the regions that differ most, as bars people can edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.exchange.slides.content import Bars, Series, Slide, SlideTable
from core.i18n import _
from core.metrics import heading, metric, write_value
from pages._ui.charts.palette import AGGREGATE, US

if TYPE_CHECKING:
    from core.reports.cycle.expenses import ExpenseReport
    from pages._ui.charts.layout import Caption

ROWS = 10
KEYS = ("difference", "budget", "actual", "ratio")


def budget_slide(report: ExpenseReport, answer: str, caption: Caption) -> Slide:
    """Lay out the regions that are furthest over their budget."""
    rows = report.regions[report.regions["actual"].notna() | report.regions["budget"].notna()]
    rows = rows.sort_values("difference", ascending=False, na_position="last", kind="stable").head(ROWS)
    unit = numbers.money_divisor()

    def series(key: str, label: str, colour: str, *, hollow: bool = False) -> Series:
        values = tuple(None if v != v else float(v) / unit for v in rows[key])  # noqa: PLR0124 - NaN
        return Series(label, values, colour, hollow=hollow)

    picture = Bars(
        tuple(rows["name"].astype(str)),
        (series("budget", _("Budget"), AGGREGATE, hollow=True), series("actual", _("Spent"), US)),
        title=numbers.money_unit(),
        number_format="#,##0",
    )
    metrics = [metric(key, "expenses") for key in KEYS]
    cells = tuple(
        (str(row["name"]), *(write_value(each, row[each.key], unit=False) for each in metrics))
        for _index, row in rows.iterrows()
    )
    table = SlideTable((_("Region"), *(heading(each) for each in metrics)), cells)
    texts = tuple(note.sentence for note in report.notes)
    return Slide(answer, caption.title, picture, table, caption.source, notes=texts)
