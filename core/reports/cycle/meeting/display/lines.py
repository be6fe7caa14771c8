"""Plan and do as rows of texts, and what each figure means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.exchange.slides.content import SlideTable
from core.i18n import N_, _
from core.store.approval import status_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.reports.cycle.meeting.review import MonthReview

LABELS = {
    "sales": N_("Own sales"),
    "sales_to_date": N_("Own sales of the year so far"),
    "visits": N_("Visits to the shops"),
    "expense": N_("Expenses"),
}
SOURCES = {
    "sales": N_("Planned: targets of the region and all that lies in it. Done: as on the market map."),
    "sales_to_date": N_("The same, from January to the month; planned only where each month has a target."),
    "visits": N_("Planned: stops of the saved visit plans. Done: logged visits to the region's shops."),
    "expense": N_("Planned: the budget of all kinds. Done: what was booked on all that lies in the region."),
}
HEADINGS = (
    N_("Figure"),
    N_("Planned"),
    N_("Done"),
    N_("Difference"),
    N_("Reached"),
    N_("A year before"),
    N_("Change"),
)
ON_SLIDE = ("Figure", "Planned", "Done", "A year before")


def write(key: str, value: object, *, sign: bool = False) -> str:
    """Write an amount of a line as the screen does: visits as a count, the others as money."""
    form: Callable[..., str] = numbers.count if key == "visits" else numbers.money
    return form(value, sign=sign)


def line_rows(review: MonthReview) -> list[tuple[str, ...]]:
    """Return plan and do with a text in each of the columns of :data:`HEADINGS`."""
    return [
        (
            _(LABELS[str(key)]),
            write(str(key), row["planned"]),
            write(str(key), row["actual"]),
            write(str(key), row["difference"], sign=True),
            numbers.percent(row["reached"]),
            write(str(key), row["previous"]),
            write(str(key), row["change"], sign=True),
        )
        for key, row in review.lines.iterrows()
    ]


def line_table(review: MonthReview) -> SlideTable:
    """Return plan and do as the table of a slide: what fits beside a chart."""
    chosen = [HEADINGS.index(heading) for heading in ON_SLIDE]
    rows = tuple(tuple(row[place] for place in chosen) for row in line_rows(review))
    return SlideTable(tuple(_(heading) for heading in ON_SLIDE), rows)


def plan_sentence(review: MonthReview) -> str:
    """Say whose targets these are."""
    if review.plan is None:
        return ""
    return _(
        "Targets: plan “{plan}” ({status}).", plan=review.plan.name, status=status_label(review.plan.status)
    )
