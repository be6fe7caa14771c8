"""The report as a presentation: a cover, then a slide for each part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn

from core.colours import US
from core.exchange.slides.boxes import Box, inches
from core.exchange.slides.deck import open_deck
from core.exchange.slides.slide import add_slide
from core.exchange.slides.template import open_template
from core.exchange.slides.text import GREY, add_text, fitting, plain, rgb, write

if TYPE_CHECKING:
    from core.exchange.report.content import Cover, Report
    from core.exchange.slides.deck import Deck

COVER_TITLE = inches(1.0, 2.1, 11.3, 1.5)
COVER_SUBJECT = inches(1.0, 3.75, 11.3, 0.6)
COVER_SOURCE = inches(1.0, 6.5, 11.3, 0.5)
BAND = inches(0, 0, 0.35, 7.5)
NUMBERS = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER)
TITLE_SIZES = (40, 36, 32, 28, 24)


def presentation_file(report: Report, template: bytes | None = None) -> bytes:
    """Return the report as the bytes of a ``.pptx`` file.

    Parameters
    ----------
    template
        A company's presentation, whose size, layouts, fonts and colours the report takes.

    Raises
    ------
    InputError
        The template is no presentation, or has no layout with a title.
    """
    deck = open_deck() if template is None else open_template(template)
    if report.has_cover:
        _add_cover(deck, report.cover)
    for part in report.parts:
        add_slide(deck, part.slide)
    return deck.file(f"{report.cover.title} · {report.cover.subject}")


def _add_cover(deck: Deck, cover: Cover) -> None:
    page = deck.new_page(deck.cover_layout)
    if deck.is_template:
        _fill_places(page, cover)
    else:
        _draw(page, cover)
    page.notes_slide.notes_text_frame.text = plain(cover.source)
    deck.look.name_fonts(page)


def _fill_places(page: Any, cover: Cover) -> None:  # noqa: ANN401 - pptx has no public type
    """Fill the places of a company's first slide: title, then subject and source; empty others go."""
    page.shapes.title.text_frame.text = plain(cover.title)
    texts = [
        shape
        for shape in page.placeholders
        if shape.placeholder_format.idx != 0
        and shape.has_text_frame
        and shape.placeholder_format.type not in NUMBERS
    ]
    for shape in texts[1:]:
        shape._element.getparent().remove(shape._element)
    if texts:
        texts[0].text_frame.text = f"{plain(cover.subject)}\n{plain(cover.source)}"
    else:
        title = page.shapes.title
        below = title.top + title.height
        room = Box(title.left, below, title.width, below // 4)
        add_text(page.shapes, room, (cover.subject, cover.source), size=14)


def _draw(page: Any, cover: Cover) -> None:  # noqa: ANN401
    for shape in list(page.placeholders):
        if shape.placeholder_format.idx != 0:
            shape._element.getparent().remove(shape._element)
    band = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *BAND.sides)
    band.fill.solid()
    band.fill.fore_color.rgb = rgb(US)
    band.line.fill.background()
    band._element.remove(band._element.find(qn("p:style")))
    title = page.shapes.title
    title.left, title.top, title.width, title.height = COVER_TITLE.sides
    size = fitting(plain(cover.title), COVER_TITLE.width / 12700, TITLE_SIZES, lines=2)
    write(title.text_frame, (cover.title,), size=size, bold=True)
    title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    add_text(page.shapes, COVER_SUBJECT, (cover.subject,), size=20, colour=GREY)
    add_text(page.shapes, COVER_SOURCE, (cover.source,), size=11, colour=GREY)
