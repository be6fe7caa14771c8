"""A company's presentation as the base of a deck: its size, layouts, fonts and colours."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches

from core.errors import InputError
from core.exchange.slides.boxes import Box, Frame
from core.exchange.slides.deck import Deck
from core.exchange.slides.look import Look
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST = 200_000_000
"""Bytes that a template may have when it is unpacked."""
SMALLEST = Inches(6), Inches(3.5)
FOOT_PLACES = {"dt", "ftr", "sldNum"}
UNREADABLE = (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, SyntaxError)
COVER_KINDS, CONTENT_KINDS = ("title",), ("titleOnly", "obj", "tx", "cust")
ACCENTS = ("accent1", "accent2")
SUBJECT_HEIGHT, FOOT_HEIGHT, GAP = Inches(0.3), Inches(0.55), Inches(0.08)


def open_template(data: bytes) -> Deck:
    """Return an empty deck made from a company's presentation; slides that it holds are left out.

    Raises
    ------
    InputError
        It is no ``.pptx`` file, is too large or too small a sheet, or has no layout with a title.
    """
    presentation = _opened(data)
    width, height = presentation.slide_width, presentation.slide_height
    if width < SMALLEST[0] or height < SMALLEST[1]:
        raise InputError(
            _("The slides of the template are too small: {width:.1f} × {height:.1f} inches.",
              width=width / Inches(1), height=height / Inches(1)),
            _("Use at least {width:.0f} × {height:.1f} inches, best 13.3 × 7.5 (16:9).",
              width=SMALLEST[0] / Inches(1), height=SMALLEST[1] / Inches(1)),
        )  # fmt: skip
    _drop_slides(presentation)
    content = _layout(presentation, CONTENT_KINDS)
    cover = _layout(presentation, COVER_KINDS, otherwise=content)
    frame = _frame(presentation, content)
    return Deck(presentation, cover, content, frame, _look(presentation), is_template=True)


def _opened(data: bytes) -> Any:  # noqa: ANN401 - pptx has no public type
    refused = InputError(
        _("The template is no PowerPoint presentation."),
        _("Save it in PowerPoint or WPS as “.pptx” (not .ppt and not .potx)."),
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if sum(each.file_size for each in file.infolist()) > LARGEST:
                raise InputError(
                    _("The template is too large."), _("Leave out its pictures: keep layouts and logo.")
                )
        return Presentation(io.BytesIO(data))
    except InputError:
        raise
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        SyntaxError,
    ) as error:
        raise refused from error


def _drop_slides(presentation: Any) -> None:  # noqa: ANN401
    ids = presentation.slides._sldIdLst
    for each in list(ids):
        presentation.part.drop_rel(each.rId)
        ids.remove(each)


def _layout(presentation: Any, kinds: Iterable[str], *, otherwise: Any = None) -> Any:  # noqa: ANN401
    """Return the first layout of the first kind that there is and that has a title."""
    layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    titled = [layout for layout in layouts if any(p.placeholder_format.idx == 0 for p in layout.placeholders)]
    for kind in kinds:
        for layout in titled:
            if layout._element.get("type") == kind:
                return layout
    if otherwise is not None:
        return otherwise
    if not titled:
        raise InputError(
            _("No layout of the template has a place for a title."),
            _("Add a layout such as “Title Only” in PowerPoint: View, Slide Master."),
        )
    # The one that asks for the least beside its title.
    return min(titled, key=lambda layout: len(list(layout.placeholders)))


def _frame(presentation: Any, layout: Any) -> Frame:  # noqa: ANN401
    """Return the room between the layout's title and its foot; where that is too small, that of our own."""
    width, height = presentation.slide_width, presentation.slide_height
    title = next(p for p in layout.placeholders if p.placeholder_format.idx == 0)
    feet = [p.top for p in layout.placeholders if _kind(p) in FOOT_PLACES and p.top > height // 2]
    bottom = min([*feet, height - Inches(0.15)]) - GAP
    box = Box(title.left, title.top, title.width, title.height)
    top = box.top + box.height + GAP
    room = bottom - FOOT_HEIGHT - GAP - (top + SUBJECT_HEIGHT + GAP)
    if room < height * 0.45 or box.width < width * 0.5:
        side, places = round(width * 0.034), False
        box = Box(side, round(height * 0.037), width - 2 * side, round(height * 0.123))
        top, places = box.top + box.height + GAP, True
    else:
        places = False
    area_top = top + SUBJECT_HEIGHT + GAP
    area = Box(box.left, area_top, box.width, bottom - FOOT_HEIGHT - GAP - area_top)
    return Frame(
        box,
        Box(box.left, top, box.width, SUBJECT_HEIGHT),
        area,
        Box(box.left, bottom - FOOT_HEIGHT, box.width, FOOT_HEIGHT),
        places_title=places,
    )


def _kind(placeholder: Any) -> str | None:  # noqa: ANN401
    kind: str | None = placeholder._element.find(f".//{qn('p:ph')}").get("type")
    return kind


def _look(presentation: Any) -> Look:  # noqa: ANN401
    master = presentation.slide_masters[0].part
    theme = next((r.target_part for r in master.rels.values() if r.reltype.endswith("/theme")), None)
    if theme is None:
        return Look()
    root = parse_xml(theme.blob)
    fonts = {
        script: name
        for script in ("latin", "ea")
        if (found := root.find(f".//{qn('a:minorFont')}/{qn('a:' + script)}")) is not None
        and (name := found.get("typeface"))
    }
    colours = [root.find(f".//{qn('a:clrScheme')}/{qn('a:' + name)}") for name in ACCENTS]
    accents = [colour[0].get("val") or "" for colour in colours if colour is not None and len(colour)]
    valid = tuple(f"#{each.upper()}" for each in accents if len(each) == 6)
    return Look.of_theme(fonts, valid if len(valid) == len(ACCENTS) else ())
