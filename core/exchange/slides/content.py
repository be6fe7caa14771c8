"""What stands on a slide: plain values, colours and texts; how a file says it is told elsewhere.

Colours are ``#RRGGBB``; texts are in the reader's language already. A missing value is None, never zero.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass

from core.colours import US

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
SIDES = ("above", "below", "left", "right")


def _check_colour(colour: str) -> None:
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"Expected a colour like #0072B2, got {colour!r}.")


@dataclass(frozen=True)
class Caption:
    """What a picture says about itself when it has left its page."""

    title: str
    source: str

    def __post_init__(self) -> None:
        if not self.title:
            raise ValueError("Expected a title: a picture without one says nothing on a slide.")


@dataclass(frozen=True)
class Bubble:
    """One bubble.

    Parameters
    ----------
    x, y
        Its place, ratios.
    size
        What its area stands for; 0 where unknown.
    side
        Where its name stands, one of ``SIDES``; empty for no name.
    """

    name: str
    x: float
    y: float
    size: float
    side: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.x) and math.isfinite(self.y) and 0 <= self.size < math.inf):
            raise ValueError("Expected a finite place and a size of zero or more.")
        if self.side and self.side not in SIDES:
            raise ValueError(f"Expected a side of {', '.join(SIDES)}, got {self.side!r}.")


@dataclass(frozen=True)
class Field:
    """One of the four fields and what lies in it.

    Parameters
    ----------
    colour
        Of its bubbles; its ground is a tint of it.
    right, top
        On which side of the upright and of the level line it lies.
    """

    name: str
    words: str
    colour: str
    right: bool
    top: bool
    bubbles: tuple[Bubble, ...] = ()

    def __post_init__(self) -> None:
        _check_colour(self.colour)


@dataclass(frozen=True)
class Axis:
    """One axis and the line that crosses it.

    Parameters
    ----------
    cut
        Where the line stands.
    label
        The line's value and where it comes from.
    number_format
        As a spreadsheet writes it, such as ``0%``.
    """

    title: str
    cut: float
    label: str
    number_format: str = "0%"

    def __post_init__(self) -> None:
        if not math.isfinite(self.cut):
            raise ValueError("Expected a finite place of the line.")


@dataclass(frozen=True)
class FourFields:
    """Bubbles in four fields, with the lines between them."""

    x: Axis
    y: Axis
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        if sorted((f.right, f.top) for f in self.fields) != [
            (False, False),
            (False, True),
            (True, False),
            (True, True),
        ]:
            raise ValueError("Expected one field in each of the four corners.")


@dataclass(frozen=True)
class Series:
    """One row of values, in the order of the categories.

    Parameters
    ----------
    values
        Numbers; None where nothing is known.
    colour
        Of its bars or its line.
    hollow
        True for something wished, not reached: an outline around a tint.
    loud
        True for what the picture is about: a thick line with its last value.
    labelled
        True where each bar carries its value.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    hollow: bool = False
    loud: bool = False
    labelled: bool = False

    def __post_init__(self) -> None:
        _check_colour(self.colour)


@dataclass(frozen=True)
class Bars:
    """Lying bars, the first category on top.

    Parameters
    ----------
    colours
        A colour for each category instead of one for the series.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    title: str = ""
    number_format: str = "0%"
    colours: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_lengths(self.series, len(self.categories))
        if self.colours and len(self.colours) != len(self.categories):
            raise ValueError("Expected no colours, or one for each category.")
        for colour in self.colours:
            _check_colour(colour)


@dataclass(frozen=True)
class Lines:
    """One line per series along the months."""

    months: tuple[dt.date, ...]
    series: tuple[Series, ...]
    number_format: str = "0%"

    def __post_init__(self) -> None:
        _check_lengths(self.series, len(self.months))


def _check_lengths(series: tuple[Series, ...], expected: int) -> None:
    if any(len(row.values) != expected for row in series):
        raise ValueError(f"Expected {expected} values in each series.")


@dataclass(frozen=True)
class Columns:
    """Standing columns, one group for each category; names of many categories are cut to every few.

    Parameters
    ----------
    title
        Name of the upright axis, with its unit.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    title: str = ""
    number_format: str = "#,##0"

    def __post_init__(self) -> None:
        _check_lengths(self.series, len(self.categories))


@dataclass(frozen=True)
class Step:
    """One step of a bridge.

    Parameters
    ----------
    label
        The value as the page writes it.
    is_level
        True for a level that stands on the ground, False for a change from the level before it.
    """

    name: str
    value: float
    label: str
    is_level: bool = False

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError("Expected a finite value of the step.")


@dataclass(frozen=True)
class Bridge:
    """From one level to another: every change stands where the one before it ended.

    Parameters
    ----------
    steps
        The first one is a level.
    colour
        Of the levels.
    """

    steps: tuple[Step, ...]
    title: str = ""
    number_format: str = "#,##0"
    colour: str = US

    def __post_init__(self) -> None:
        _check_colour(self.colour)
        if not self.steps or not self.steps[0].is_level:
            raise ValueError("Expected a bridge to begin with a level.")
        if min(end for _begin, end in self.spans) < 0:
            raise ValueError("Expected no step below zero: columns can't stand on it.")

    @property
    def spans(self) -> tuple[tuple[float, float], ...]:
        """Where each step begins and ends."""
        spans, at = [], 0.0
        for step in self.steps:
            begin, at = (0.0, step.value) if step.is_level else (at, at + step.value)
            spans.append((begin, at))
        return tuple(spans)


Picture = FourFields | Bars | Lines | Columns | Bridge


@dataclass(frozen=True)
class Figure:
    """The number behind a cell of a table, for whoever goes on computing with it.

    Parameters
    ----------
    value
        In the unit of the cell.
    number_format
        As a spreadsheet writes it.
    """

    value: float
    number_format: str


@dataclass(frozen=True)
class SlideTable:
    """A table of texts.

    Parameters
    ----------
    texts
        How many columns from the left are texts; the others are numbers and stand right.
    figures
        The number behind each cell, in the shape of the rows; None for a cell that is a text or empty.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: int = 1
    figures: tuple[tuple[Figure | None, ...], ...] = ()

    def __post_init__(self) -> None:
        if not self.rows or any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"Expected at least one row, and {len(self.headings)} cells in each.")
        if self.figures and [len(row) for row in self.figures] != [len(row) for row in self.rows]:
            raise ValueError("Expected figures in the shape of the rows.")


@dataclass(frozen=True)
class Slide:
    """What stands on a slide, in the reader's language.

    Parameters
    ----------
    answer
        One sentence that says what the data say; the title.
    picture, table
        None where the slide has none; then what it has takes the room.
    notes
        What must be known about them, the most important first.
    points
        Sentences below the table, or in its place where there is none, the first one their heading.
    remarks
        What only the speaker reads, below the slide.
    """

    answer: str
    subject: str
    picture: Picture | None
    table: SlideTable | None
    source: str
    notes: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.answer.strip():
            raise ValueError("Expected an answer: a slide without one says nothing.")
        if self.picture is None and self.table is None and not self.points:
            raise ValueError("Expected a picture, a table or points: a slide without any proves nothing.")
