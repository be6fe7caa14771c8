"""What became of the tasks of the month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.cycle.tasks.states import ACHIEVED, STANDINGS
from core.exchange.slides.cells import table_of, text_cell
from core.exchange.slides.content import Slide
from core.i18n import _, format_date, format_month, ngettext
from core.reports.monthly.gap import Gap

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.slides.cells import Cell
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject

MOST_ROWS = 10


def tasks(basis: Basis, subject: Subject) -> Slide | Gap:
    """Return how the tasks of the month stand: the late ones first, then the open, then the closed."""
    report = basis.review(subject).act
    rows, month = report.tasks, format_month(basis.request.month)
    if rows.empty:
        return Gap(_("{region}: no task was open or closed in {month}.", region=subject.name, month=month))
    achieved = int(rows["standing"].isin(ACHIEVED).sum())
    answer = ngettext(
        "{n} task of {month}: {achieved} achieved, {late} late, {open} open in all.",
        "{n} tasks of {month}: {achieved} achieved, {late} late, {open} open in all.",
        len(rows),
        month=month,
        achieved=numbers.count(achieved),
        late=numbers.count(len(report.late)),
        open=numbers.count(len(report.open)),
    )
    caption = basis.caption(_("Tasks · {region}", region=subject.name), _("Tasks"), month_only=True)
    ordered = _ordered(rows)
    notes: tuple[str, ...] = ()
    if len(ordered) > MOST_ROWS:
        notes = (_("{n} of {all} tasks are listed, the late ones first.", n=MOST_ROWS, all=len(ordered)),)
    headings = (_("Task"), _("Why"), _("Region"), _("Responsible"), _("Due"), _("State of the task"))
    cells = [_cells(row) for _index, row in ordered[:MOST_ROWS].iterrows()]
    table = table_of(headings, cells, texts=len(headings))
    return Slide(answer, caption.title, None, table, caption.source, notes=notes)


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    place = {code: number for number, code in enumerate(STANDINGS)}
    keys = rows.assign(_late=~rows["is_late"], _place=rows["standing"].map(place))
    return keys.sort_values(["_late", "_place", "due", "task_id"], na_position="last")


def _cells(row: pd.Series) -> list[Cell]:
    standing = _(STANDINGS[row["standing"]])
    if row["is_late"]:
        standing = _("{standing}, late", standing=standing)
    due = numbers.MISSING if numbers.is_missing(row["due"]) else format_date(row["due"])
    texts = (row["title"], row["finding_sentence"], row["region"], row["owner"], due, standing)
    return [text_cell(text) for text in texts]
