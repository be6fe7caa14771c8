"""Texts on a slide: plain, in fonts that PowerPoint and WPS have, and as large as their place allows."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.text.text import TextFrame

    from core.exchange.slides.boxes import Box

# Named for both scripts: a program that knows only one of the two names shows the same letters.
FONT = "Microsoft YaHei"
INK, GREY = "#1B2430", "#5A626E"
CLOSING = "，。；：！？、）】》”’%,.;:!?)"
"""What no line begins with."""
OPENING = "（《【“‘(["
"""What no line ends with."""
# Characters of categories that no slide shows: controls, halves of pairs, private and unassigned ones.
_ODD = {"Cc", "Cs", "Co", "Cn", "Cf"}
# What a spreadsheet takes for a formula or a link.
_ACTIVE = ("=", "{=", "+", "-", "@", "http:", "https:", "ftp:", "mailto:", "internal:", "external:", "file:")


def plain(text: str) -> str:
    r"""Return a text on one line, without characters that a file of this kind can't hold.

    >>> plain("a\x00 b\n c")
    'a b c'
    """
    return " ".join("".join(" " if c in "\n\r\t" else c for c in text if _shown(c)).split())


def _shown(letter: str) -> bool:
    return letter in "\n\r\t" or unicodedata.category(letter) not in _ODD


def cell_text(text: str) -> str:
    """Return a name for the chart's own sheet, where a leading sign would make it a formula or a link."""
    shown = plain(text)
    return f" {shown}" if shown.lower().startswith(_ACTIVE) else shown


def text_width(text: str, points: float) -> float:
    """Estimate a text's width in points; a Chinese character is square, a Latin one half as wide."""
    return sum(points if ord(letter) > 0x2E80 else points * 0.56 for letter in text)


def pieces(text: str) -> list[str]:
    """Part a text where a line may end: behind each Chinese character and each space.

    >>> pieces("占有率 23.5% of all")
    ['占', '有', '率 ', '23.5% ', 'of ', 'all']
    >>> pieces("市场（+365）")
    ['市', '场', '（+365）']
    """
    result: list[str] = []
    for letter in text:
        wide = ord(letter) > 0x2E80
        if result and (letter in CLOSING or result[-1][-1] in OPENING):
            result[-1] += letter
        elif wide or not result or result[-1][-1] == " " or ord(result[-1][-1]) > 0x2E80:
            if letter == " " and result:
                result[-1] += letter
            else:
                result.append(letter)
        else:
            result[-1] += letter
    return result


def fitting(text: str, width: float, sizes: Sequence[float], *, lines: int) -> float:
    """Return the largest size at which a text fits into some lines of a width.

    Parameters
    ----------
    width
        Points.
    sizes
        Sizes to choose from, the largest first; the last one is taken where none fits.
    """
    # Words don't break anywhere: a line is rarely full.
    fits = [size for size in sizes if text_width(text, size) <= width * lines * 0.94]
    return fits[0] if fits else sizes[-1]


def rgb(colour: str) -> RGBColor:
    """Return ``#RRGGBB`` as the library's colour."""
    return RGBColor.from_string(colour[1:].upper())


def mixed(colour: str, strength: float) -> RGBColor:
    """Return a colour mixed with white, 1 for the colour itself."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return RGBColor(*(round(255 - (255 - part) * strength) for part in parts))


def write(
    frame: TextFrame, paragraphs: Sequence[str], *, size: float, colour: str | None = INK, bold: bool = False
) -> None:
    """Write paragraphs into a frame, which then wraps and keeps its size."""
    frame.word_wrap = True
    for number, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = plain(text)
        run.font.size = Pt(size)
        # What isn't said here is the layout's.
        if colour is not None:
            run.font.bold, run.font.color.rgb = bold, rgb(colour)


def flatten(frame: TextFrame, anchor: MSO_ANCHOR) -> None:
    """Let a text begin where its box does."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = anchor


def add_text(
    shapes: Any,  # noqa: ANN401 - pptx has no public type
    box: Box,
    paragraphs: Sequence[str],
    *,
    size: float,
    colour: str = INK,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> TextFrame:
    """Write paragraphs into a box of their own."""
    frame: TextFrame = shapes.add_textbox(*box.sides).text_frame
    flatten(frame, anchor)
    write(frame, paragraphs, size=size, colour=colour)
    for paragraph in frame.paragraphs:
        paragraph.alignment = align
    return frame


def name_fonts(element: object, scripts: Sequence[str] = ("latin", "ea")) -> None:
    """Name the font on every piece of text below an XML element, by default for Latin and Chinese letters."""
    tags = [qn(f"a:{name}") for name in ("rPr", "defRPr", "endParaRPr")]
    for properties in element.iter(*tags):  # type: ignore[attr-defined]
        for script in scripts:
            for old in properties.findall(qn(f"a:{script}")):
                properties.remove(old)
            properties.append(parse_xml(f'<a:{script} {nsdecls("a")} typeface="{FONT}"/>'))
