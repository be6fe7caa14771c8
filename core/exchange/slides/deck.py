"""A deck: a presentation with the layouts that its slides are made from, our own or a company's template."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu

from core.exchange.slides.boxes import FRAME, HEIGHT, WIDTH, Frame
from core.exchange.slides.look import OWN_LOOK, Look
from core.exchange.slides.text import plain

TITLE_SLIDE, TITLE_ONLY = 0, 5


@dataclass(frozen=True)
class Deck:
    """A presentation that slides are added to.

    Parameters
    ----------
    cover_layout, content_layout
        What a first slide and every other one is made from.
    is_template
        True for a company's own: its layouts say how titles look.
    """

    presentation: Any
    cover_layout: Any
    content_layout: Any
    frame: Frame = FRAME
    look: Look = OWN_LOOK
    is_template: bool = False

    def new_page(self, layout: Any) -> Any:  # noqa: ANN401 - pptx has no public type
        """Add an empty slide with its number; places of the layout that nothing fills are taken away."""
        page = self.presentation.slides.add_slide(layout)
        for shape in list(page.placeholders):
            if shape.placeholder_format.idx != 0 and layout is self.content_layout:
                shape._element.getparent().remove(shape._element)
        self._number(page, layout)
        return page

    def _number(self, page: Any, layout: Any) -> None:  # noqa: ANN401
        for shape in layout.placeholders:
            if shape._element.find(f".//{qn('p:ph')}").get("type") == "sldNum":
                page.shapes._spTree.append(_number_field(len(self.presentation.slides), shape))

    def file(self, title: str) -> bytes:
        """Return the presentation as the bytes of a ``.pptx`` file, with a title among its properties."""
        properties = self.presentation.core_properties
        # Who made the template and when is nobody's business.
        properties.title = plain(title)[:250]
        properties.author = properties.last_modified_by = ""
        properties.created = properties.modified = dt.datetime.now(dt.UTC)
        buffer = io.BytesIO()
        self.presentation.save(buffer)
        return buffer.getvalue()


def open_deck() -> Deck:
    """Return an empty deck of 16:9."""
    presentation = Presentation()
    _widen(presentation)
    layouts = presentation.slide_layouts
    return Deck(presentation, layouts[TITLE_SLIDE], layouts[TITLE_ONLY])


def _widen(presentation: Any) -> None:  # noqa: ANN401
    """Make the 4:3 template 16:9, its layouts too, so that a slide added by hand fits."""
    across = WIDTH / presentation.slide_width
    presentation.slide_width, presentation.slide_height = Emu(WIDTH), Emu(HEIGHT)
    for sheet in (presentation.slide_master, *presentation.slide_layouts):
        for shape in sheet.placeholders:
            # A placeholder without a place of its own follows the master's.
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = Emu(round(shape.left * across)), Emu(round(shape.width * across))


def _number_field(number: int, placeholder: Any) -> Any:  # noqa: ANN401
    """Return the number of a slide as a field that follows its place, where the layout has it."""
    sides = (int(getattr(placeholder, side)) for side in ("left", "top", "width", "height"))
    place = '<a:xfrm><a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/></a:xfrm>'.format(*sides)
    idx = placeholder.placeholder_format.idx
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{9000 + number}" name="Slide number"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="sldNum" sz="quarter" idx="{idx}"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{place}</p:spPr><p:txBody><a:bodyPr/><a:p>"
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f"<a:rPr/><a:t>{number}</a:t></a:fld></a:p></p:txBody></p:sp>"
    )
