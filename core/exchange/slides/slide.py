"""One slide: the answer, the picture that shows it, the few figures that prove it.

Everything on it is editable: the picture is a chart of PowerPoint's own with its figures behind it, the
table is a table. All notes also stand below the slide, for the speaker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from core.exchange.slides import charts
from core.exchange.slides.bridge import add_bridge
from core.exchange.slides.content import Bars, Bridge, Columns, FourFields, Lines
from core.exchange.slides.deck import Deck, open_deck
from core.exchange.slides.fit import POINT_GAP
from core.exchange.slides.four_fields import add_four_fields
from core.exchange.slides.layout import lay_out
from core.exchange.slides.table import add_table
from core.exchange.slides.text import GREY, INK, add_text, flatten, plain, write
from core.i18n import _

if TYPE_CHECKING:
    from core.exchange.slides.boxes import Box, Frame
    from core.exchange.slides.content import Picture, Slide

SUBJECT_SIZE = 13


def slide_file(slide: Slide) -> bytes:
    """Return a presentation of one slide, as the bytes of a ``.pptx`` file."""
    deck = open_deck()
    add_slide(deck, slide)
    return deck.file(slide.answer)


def add_slide(deck: Deck, slide: Slide) -> None:
    """Add a slide to a deck."""
    slide, frame = deck.look.recoloured(slide), deck.frame
    layout = lay_out(slide, frame)
    page = deck.new_page(deck.content_layout)
    _title(page, slide.answer, frame, layout.title_size)
    add_text(page.shapes, frame.subject, (slide.subject,), size=SUBJECT_SIZE, colour=GREY)
    if slide.picture is not None and layout.picture is not None:
        _picture(page.shapes, slide.picture, layout.picture)
    if slide.table is not None and layout.table is not None:
        add_table(page.shapes, slide.table, layout.table)
    if layout.points is not None:
        _points(page.shapes, slide.points, layout.points, layout.points_size)
    anchor = MSO_ANCHOR.BOTTOM
    add_text(page.shapes, frame.foot, layout.foot_lines, size=layout.foot_size, colour=GREY, anchor=anchor)
    remarks = (*slide.notes, *slide.remarks, slide.source)
    page.notes_slide.notes_text_frame.text = "\n".join(plain(text) for text in remarks)
    deck.look.name_fonts(page)


def _title(page: Any, answer: str, frame: Frame, size: float) -> None:  # noqa: ANN401 - pptx has no public type
    title = page.shapes.title
    if frame.places_title:
        title.left, title.top, title.width, title.height = frame.title.sides
        flatten(title.text_frame, MSO_ANCHOR.BOTTOM)
    colour = INK if frame.places_title else None
    write(title.text_frame, (answer,), size=size, bold=True, colour=colour)
    title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _points(shapes: Any, points: tuple[str, ...], box: Box, size: float) -> None:  # noqa: ANN401
    frame = add_text(shapes, box, points, size=size)
    frame.paragraphs[0].runs[0].font.bold = True
    for paragraph in frame.paragraphs[1:]:
        paragraph.space_before = Pt(POINT_GAP)


def _is_empty(picture: Picture) -> bool:
    match picture:
        case Lines():
            return not picture.months or not picture.series
        case Bars() | Columns():
            return not picture.categories
        case Bridge():
            return not picture.steps
        case FourFields():
            # The fields and their lines say something without a bubble.
            return False


def _picture(shapes: Any, picture: Picture, box: Box) -> None:  # noqa: ANN401
    if _is_empty(picture):
        # A chart without a single category is none that PowerPoint opens.
        add_text(shapes, box, (_("No company's sales are recorded here."),), size=SUBJECT_SIZE, colour=GREY)
    elif isinstance(picture, FourFields):
        add_four_fields(shapes, picture, box)
    elif isinstance(picture, Bars):
        charts.add_bars(shapes, picture, box)
    elif isinstance(picture, Lines):
        charts.add_lines(shapes, picture, box)
    elif isinstance(picture, Columns):
        charts.add_columns(shapes, picture, box)
    elif isinstance(picture, Bridge):
        add_bridge(shapes, picture, box)
