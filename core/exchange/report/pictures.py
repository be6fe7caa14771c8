"""The figures of a picture as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.exchange.slides.cells import table_of, text_cell
from core.exchange.slides.content import Bridge, Figure, FourFields, Lines
from core.i18n import _

if TYPE_CHECKING:
    from core.exchange.slides.cells import Cell
    from core.exchange.slides.content import Picture, Series, SlideTable


def picture_table(picture: Picture) -> SlideTable | None:
    """Return what a picture shows; None for one without any figure."""
    if isinstance(picture, FourFields):
        return _bubbles(picture)
    if isinstance(picture, Bridge):
        rows = [
            [text_cell(step.name), (step.label, Figure(step.value, picture.number_format))]
            for step in picture.steps
        ]
        return table_of((_("Step"), picture.title or _("Value")), rows)
    form = picture.number_format
    if isinstance(picture, Lines):
        names = [f"{month:%Y-%m}" for month in picture.months]
        return _series(names, picture.series, _("Month"), form)
    return _series(list(picture.categories), picture.series, "", form)


def _series(names: list[str], series: tuple[Series, ...], title: str, form: str) -> SlideTable | None:
    if not names:
        return None
    rows = [
        [text_cell(name), *(_number(row.values[number], form) for row in series)]
        for number, name in enumerate(names)
    ]
    return table_of((title, *(row.name for row in series)), rows)


def _bubbles(picture: FourFields) -> SlideTable | None:
    size = numbers.heading(_("Size: market capacity"), _("yuan"))
    rows = [
        [
            text_cell(bubble.name),
            text_cell(field.name),
            _number(bubble.x, picture.x.number_format),
            _number(bubble.y, picture.y.number_format),
            _number(bubble.size, "#,##0"),
        ]
        for field in picture.fields
        for bubble in field.bubbles
    ]
    headings = (_("Region"), _("Zone"), picture.x.title, picture.y.title, size)
    return table_of(headings, rows, texts=2) if rows else None


def _number(value: float | None, form: str) -> Cell:
    return (numbers.MISSING, None) if value is None else (str(value), Figure(value, form))
