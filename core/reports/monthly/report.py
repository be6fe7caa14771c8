"""A month's report: the answers in short, the parts that have data, and what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.exchange.report.content import Cover, Part, Report
from core.exchange.slides.cells import table_of, text_cell
from core.exchange.slides.content import Slide
from core.i18n import N_, _, format_date, format_month
from core.reports.monthly.gap import Gap
from core.reports.monthly.sections import (
    customers,
    expenses,
    market,
    month,
    principles,
    prospects,
    shops,
    strategy,
    tasks,
)
from core.reports.monthly.sections.data import data
from core.reports.overview.display import number_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.slides.content import SlideTable
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.gap import MakeSlide
    from core.reports.monthly.subject import Subject


@dataclass(frozen=True)
class Section:
    """One part that a report may have.

    Parameters
    ----------
    page
        Title of the page with the same figures.
    """

    key: str
    title: str
    page: str
    make: MakeSlide


OVERVIEW, MEETING = N_("Overview"), N_("Monthly meeting")
WHOLE: tuple[Section, ...] = (
    Section("standing", N_("How we stand"), OVERVIEW, market.standing),
    Section("month", N_("Plan and result"), MEETING, month.result),
    Section("regions", N_("Regions of the month"), MEETING, month.parts),
    Section("quadrants", N_("Four quadrants"), N_("Four quadrants"), market.quadrants),
    Section("principles", N_("Five principles"), N_("Four quadrants"), principles.principles),
    Section("number_one", N_("No.1 target"), N_("No.1 target"), market.number_one),
    Section("distribution", N_("Distribution"), N_("Terminals"), shops.distribution),
    Section("dealers", N_("Dealers"), N_("Our customers"), customers.dealers),
    Section("visits", N_("Visits"), OVERVIEW, shops.visits),
    Section("prospects", N_("Prospects"), N_("Visit plan"), prospects.prospects),
    Section("expenses", N_("Expenses"), N_("Expenses"), expenses.expenses),
    Section("tasks", N_("Tasks"), N_("Tasks"), tasks.tasks),
)
"""Of everything together, in the order of the slides; the summary comes before them, the data after."""
REGION: tuple[Section, ...] = (
    Section("standing", N_("How we stand"), N_("Market map"), market.standing),
    Section("month", N_("Plan and result"), MEETING, month.result),
    Section("shops", N_("Shops and visits"), N_("Terminals"), shops.shops),
    Section("strategy", N_("Strategy card"), MEETING, strategy.strategy),
    Section("tasks", N_("Tasks"), N_("Tasks"), tasks.tasks),
)
"""Of one region."""


def monthly_report(basis: Basis, subject: Subject, *, made: dt.date | None = None) -> Report:
    """Make the report of a month.

    Parameters
    ----------
    basis
        The month's reports; shared by the reports of many regions.
    made
        The day it is made; today by default.
    """
    parts, gaps = [], []
    for section in WHOLE if subject.is_whole else REGION:
        made_slide = section.make(basis, subject)
        if isinstance(made_slide, Gap):
            gaps.append(_("{part}: {reason}", part=_(section.title), reason=made_slide.reason))
        else:
            parts.append(Part(section.key, _(section.title), _(section.page), made_slide))
    if subject.is_whole:
        parts.insert(0, _summary(basis, parts))
    parts.append(Part("data", _("Data and sources"), _("Overview"), data(basis, subject, gaps)))
    return Report(_cover(basis, subject, made), tuple(parts), subject.is_whole, tuple(gaps))


def _cover(basis: Basis, subject: Subject, made: dt.date | None) -> Cover:
    asked = basis.request
    title = _("Monthly business review · {region}", region=subject.name)
    subject_line = " · ".join(
        [format_month(asked.month), basis.company, asked.category or _("All categories")]
    )
    day = format_date(made or dt.date.today())
    return Cover(title, subject_line, _("{source} · made on {day}", source=basis.source, day=day))


def _summary(basis: Basis, parts: Sequence[Part]) -> Part:
    """Return the slide of all answers in short: one sentence a part, beside the five numbers."""
    # The month first, where it has figures: that is what the meeting is about.
    first = next((part for part in parts if part.key == "month"), parts[0])
    others = [part for part in parts if part is not first]
    caption = basis.caption(_("In short"), _("Overview"))
    slide = Slide(
        first.slide.answer,
        caption.title,
        None,
        _numbers(basis),
        caption.source,
        points=(
            _("What the month says"),
            *(_("{part}: {reason}", part=part.title, reason=part.slide.answer) for part in others),
        ),
    )
    return Part("summary", _("In short"), _("Overview"), slide)


def _numbers(basis: Basis) -> SlideTable:
    words = [number_words(number) for number in basis.overview.numbers]
    rows = [
        [text_cell(each.label), text_cell(each.value), text_cell(f"{each.change} {each.against}".strip())]
        for each in words
    ]
    return table_of((_("Figure"), _("Now"), _("Change")), rows)
