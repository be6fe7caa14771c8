"""How complete the data are, where they come from, and what the report leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.colours import US
from core.exchange.slides.content import Bars, Series, Slide
from core.i18n import _
from core.reports.market.completeness import BLOCKS
from core.reports.market.sources import figure_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.reports.market.note import Note
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject

MOST_POINTS = 9


def data(basis: Basis, subject: Subject, gaps: Sequence[str]) -> Slide:
    """Return the last slide: what is known, from where, and what is missing.

    Parameters
    ----------
    gaps
        Which parts were left out and why.
    """
    complete = basis.completeness(subject.level)
    if not subject.is_whole:
        complete = complete[complete["region_id"] == subject.region_id]
    means = {block: float(complete[block].mean()) for block in BLOCKS} if len(complete) else {}
    weakest = min(means, key=lambda block: means[block]) if means else None
    answer = _(
        "The data are complete to {overall}; the most is missing on: {block} ({value}).",
        overall=numbers.percent(sum(means.values()) / len(means)) if means else numbers.MISSING,
        block=_(BLOCKS[weakest][0]) if weakest else numbers.MISSING,
        value=numbers.percent(means[weakest]) if weakest else numbers.MISSING,
    )
    caption = basis.caption(_("Data and sources"), _("Overview"))
    rows = basis.rows(subject.level)
    ids = [str(subject.region_id)] if subject.region_id is not None else rows.regions["region_id"].to_list()
    origins = figure_sources(basis.store, basis.request.market(level=subject.level or None), tuple(ids))
    points = [*gaps, *_notes(rows.report.notes, subject), *origins.values()]
    shown = points[:MOST_POINTS]
    if len(points) > len(shown):
        shown.append(_("{n} more stand in the notes below the slide.", n=len(points) - len(shown)))
    picture = None
    if means:
        series = Series(_("Complete"), tuple(means.values()), US, labelled=True)
        picture = Bars(tuple(_(BLOCKS[block][0]) for block in means), (series,), number_format="0.0%")
    return Slide(
        answer,
        caption.title,
        picture,
        None,
        caption.source,
        points=(_("What to know about the figures"), *shown),
        remarks=tuple(points),
    )


def _notes(notes: Sequence[Note], subject: Subject) -> list[str]:
    """Return what must be known about the figures of everything, or what concerns one region."""
    return [note.sentence for note in notes if subject.is_whole or subject.region_id in note.regions]
