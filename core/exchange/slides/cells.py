"""Cells of a slide's table: a value as the screen writes it, and the number behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.exchange.slides.content import Figure, SlideTable
from core.metrics import Format, write_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.metrics import Metric

Cell = tuple[str, Figure | None]
NUMBER_FORMATS = {
    Format.MONEY: "#,##0.0",
    Format.PERCENT: "0.0%",
    Format.CHANGE: "+0.0%;-0.0%;0.0%",
    Format.POINTS: "+0.0;-0.0;0.0",
    Format.MULTIPLE: '0.00" ×"',
    Format.RATIO: "0.00",
    Format.SCORE: "0.0",
    Format.INTEGER: "#,##0",
}


def number_cell(text: str, value: object, form: Format) -> Cell:
    """Return a text with its number; a missing one has none.

    Parameters
    ----------
    value
        Yuan, a ratio or a count; money and points are turned into the unit that the text has.
    """
    if numbers.is_missing(value):
        return text, None
    factor = {Format.MONEY: 1 / numbers.money_divisor(), Format.POINTS: 100.0}.get(form, 1.0)
    return text, Figure(float(str(value)) * factor, NUMBER_FORMATS[form])


def metric_cell(declared: Metric, value: object) -> Cell:
    """Return the value of a KPI, money without its unit."""
    text = write_value(declared, value, unit=False)
    return number_cell(text, value, declared.format) if declared.format in NUMBER_FORMATS else (text, None)


def money_cell(value: object, *, sign: bool = False) -> Cell:
    """Return yuan in the screen's unit, without its name."""
    return number_cell(numbers.money(value, unit=False, sign=sign), value, Format.MONEY)


def percent_cell(value: object, *, sign: bool = False) -> Cell:
    """Return a ratio as a percentage."""
    return number_cell(numbers.percent(value, sign=sign), value, Format.CHANGE if sign else Format.PERCENT)


def points_cell(value: object) -> Cell:
    """Return a difference of shares in points."""
    return number_cell(numbers.points(value), value, Format.POINTS)


def count_cell(value: object, *, sign: bool = False) -> Cell:
    """Return a whole number."""
    return number_cell(numbers.count(value, sign=sign), value, Format.INTEGER)


def text_cell(value: object) -> Cell:
    """Return a text, an em dash where there is none."""
    return (numbers.MISSING if numbers.is_missing(value) or value == "" else str(value)), None


def table_of(headings: Sequence[str], rows: Sequence[Sequence[Cell]], *, texts: int = 1) -> SlideTable:
    """Return a table of cells.

    Parameters
    ----------
    texts
        How many columns from the left are texts.
    """
    return SlideTable(
        tuple(headings),
        tuple(tuple(text for text, _figure in row) for row in rows),
        texts,
        tuple(tuple(figure for _text, figure in row) for row in rows),
    )
