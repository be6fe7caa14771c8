"""The five numbers of a meeting: sales, share, visits, expenses, tasks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core import numbers
from core.i18n import _, ngettext
from core.metrics import explain, metric
from core.reports.cycle.meeting.display.lines import LABELS, SOURCES, plan_sentence, write
from pages._ui.components.cards import Card, cards

if TYPE_CHECKING:
    from core.reports.cycle.meeting import MonthReview


# The records each line of plan and do is made of.
RECORDS = {
    "sales": ("market_sales", "target_cell", "terminal_sales"),
    "visits": ("visit", "visit_plan"),
    "expense": ("expense", "expense_budget"),
}


def five_numbers(review: MonthReview) -> None:
    """Show the numbers, each against what it is measured by."""
    late = len(review.act.late)
    late_words = ngettext("{n} late", "{n} late", late)
    cards(
        [
            _line_card(review, "sales", good=True),
            _share_card(review),
            _line_card(review, "visits", good=True),
            _line_card(review, "expense", good=None),
            Card(
                _("Open tasks"),
                numbers.count(len(review.act.open)) + (f" · {late_words}" if late else ""),
                explanation=_(
                    "Tasks of the region made until the meeting about the month that are not done yet."
                ),
                records=("task",),
            ),
        ]
    )


def _line_card(review: MonthReview, key: str, *, good: bool | None) -> Card:
    """Return a line of plan and do: against the plan, else against the year before."""
    line = review.lines.loc[key]
    change, against = line["difference"], _("vs plan")
    if math.isnan(change):
        change, against = line["change"], _("vs last year")
    known = not math.isnan(change)
    planned = _("Planned: {amount}.", amount=write(key, line["planned"]))
    sources = [planned, _(SOURCES[key]), plan_sentence(review) if key == "sales" else ""]
    return Card(
        label=_(LABELS[key]),
        value=write(key, line["actual"]),
        change=write(key, change, sign=True) if known else "",
        against=against if known else "",
        good=good if known and change else None,
        explanation="\n\n".join(text for text in sources if text),
        records=RECORDS[key],
    )


def _share_card(review: MonthReview) -> Card:
    standing = review.standing
    change = standing["share_change"]
    known = change == change  # noqa: PLR0124 - NaN
    return Card(
        label=_(metric("share").label),
        value=numbers.percent(standing["share"]),
        change=numbers.points(change) if known else "",
        against=_("vs last year") if known else "",
        good=True if known and change else None,
        explanation=explain("share", standing),
        records=metric("share").records,
    )
