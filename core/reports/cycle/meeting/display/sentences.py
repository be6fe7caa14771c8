"""The sentences a monthly meeting opens with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core import numbers
from core.cycle.variance.words import effect_label
from core.i18n import _, format_month, ngettext, sentences

if TYPE_CHECKING:
    from core.reports.cycle.meeting.review import MonthReview

NAMED = 2


def meeting_answer(review: MonthReview) -> str:
    """Say how the month went, what explains it, and what is open."""
    return sentences(_result(review), _reasons(review), _tasks(review))


def _result(review: MonthReview) -> str:
    line = review.lines.loc["sales"]
    words = {"region": review.name, "month": format_month(review.request.month)}
    if math.isnan(line["actual"]):
        return _("{region}, {month}: our sales are not recorded.", **words)
    words["actual"] = numbers.money(line["actual"])
    if math.isnan(line["reached"]):
        return _("{region}, {month}: {actual} sold; there is no target to measure it by.", **words)
    return _(
        "{region}, {month}: {actual} sold, {reached} of the target ({difference}).",
        reached=numbers.percent(line["reached"]),
        difference=numbers.money(line["difference"], sign=True),
        **words,
    )


def _reasons(review: MonthReview) -> str:
    """Name the largest parts of the difference from last year."""
    table = review.bridge("year")
    leaves = table[table["is_leaf"]]
    if leaves.empty:
        return ""
    change = numbers.money(review.lines.loc["sales", "change"], sign=True)
    largest = leaves.reindex(leaves["amount"].abs().sort_values(ascending=False).index)[:NAMED]
    parts = [
        _("{part} {amount}", part=effect_label(row.key), amount=numbers.money(row.amount, sign=True))
        for row in largest.itertuples()
    ]
    return _("Against last year {change}: most of all {parts}.", change=change, parts=_(", ").join(parts))


def _tasks(review: MonthReview) -> str:
    open_, late = len(review.act.open), len(review.act.late)
    if not len(review.act.tasks):
        return _("No task is set for the month.")
    return ngettext("{n} task is open, {late} late.", "{n} tasks are open, {late} late.", open_, late=late)
