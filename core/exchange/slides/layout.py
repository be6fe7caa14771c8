"""Where each part of a slide stands and how large its letters are, the same on slides and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pptx.util import Inches, Pt

from core.exchange.slides.boxes import Box
from core.exchange.slides.fit import line_count, points_height, points_size, table_fit

if TYPE_CHECKING:
    from core.exchange.slides.boxes import Frame
    from core.exchange.slides.content import Slide, SlideTable

TITLE_SIZES = (24, 22, 20, 18, 16, 14)
TITLE_LINES = 2
# How much wider bold letters are.
BOLD = 1.06
FOOT_SIZES = (9.5, 9, 8.5, 8, 7.5, 7)
NAMED_NOTES = 2
GAP = Inches(0.2)
READABLE = (11, 10, 9, 8)
"""Sizes of the points below a table, tried in turn until both fit."""


@dataclass(frozen=True)
class Layout:
    """Where the parts of one slide stand.

    Parameters
    ----------
    picture, table, points
        None where the slide has none.
    foot_lines
        The notes with the most to say, and the source.
    misfits
        Names of the parts whose texts are longer than their boxes.
    """

    title_size: float
    picture: Box | None
    table: Box | None
    points: Box | None
    points_size: float
    foot_lines: tuple[str, ...]
    foot_size: float
    misfits: tuple[str, ...]


def lay_out(slide: Slide, frame: Frame) -> Layout:
    """Return where the parts of a slide stand in a frame: what is alone takes the whole room."""
    picture, table, points, misfits = None, None, None, []
    alone = (slide.picture is not None) + (slide.table is not None) + bool(slide.points) == 1
    left, right = (frame.area, frame.area) if alone else (frame.picture, frame.aside)
    if slide.picture is not None:
        picture = left
    # Without a picture the sentences take the larger part.
    rest = right if picture is not None else left
    if slide.table is not None:
        table = right if picture is None else _above_points(slide, slide.table, right)
        fit = table_fit(slide.table, _points(table.width), _points(table.height))
        if not fit.fits:
            misfits.append("table")
        if picture is not None:
            ends = table.top + round(fit.height * Pt(1)) + GAP
            rest = Box(right.left, ends, right.width, max(right.top + right.height - ends, 0))
    size = 0.0
    if slide.points:
        points = rest
        width, height = _points(points.width), _points(points.height)
        size = points_size(slide.points, width, height)
        if points_height(slide.points, size, width) > height + 0.5:
            misfits.append("points")
    title_size, is_short = _title_size(slide.answer, _points(frame.title.width))
    if not is_short:
        misfits.append("title")
    foot = (*slide.notes[:NAMED_NOTES], slide.source)
    foot_size = _foot_size(foot, frame.foot)
    if points_height(foot, foot_size, _points(frame.foot.width), gap=0) > _points(frame.foot.height) + 0.5:
        misfits.append("foot")
    return Layout(title_size, picture, table, points, size, foot, foot_size, tuple(misfits))


def _title_size(answer: str, width: float) -> tuple[float, bool]:
    """Return the largest size at which a title keeps to its lines, and whether the smallest one does."""
    for size in TITLE_SIZES:
        if line_count(answer, size * BOLD, width) <= TITLE_LINES:
            return size, True
    return TITLE_SIZES[-1], False


def _above_points(slide: Slide, table: SlideTable, box: Box) -> Box:
    """Return the part of a box that a table may take, so that the points below it can be read as well."""
    room = box
    for size in READABLE if slide.points else ():
        wanted = points_height(slide.points, size, _points(box.width)) * Pt(1) + GAP
        room = Box(box.left, box.top, box.width, max(box.height - round(wanted), 1))
        if table_fit(table, _points(room.width), _points(room.height)).fits:
            break
    return room


def _foot_size(lines: tuple[str, ...], box: Box) -> float:
    width, height = _points(box.width), _points(box.height)
    sizes = (size for size in FOOT_SIZES if points_height(lines, size, width, gap=0) <= height)
    return next(sizes, FOOT_SIZES[-1])


def _points(length: int) -> float:
    return float(length / Pt(1))
