#!/usr/bin/env bash
# reportlab 5.1.0: of two TrueType fonts with one PostScript name that are registered under two names, the second is
# the first. Cuts of one Chinese font, made so that a PDF holds only the letters it needs, are such fonts.
# Seen: no error and no warning; getFont("second") has the letters of the first; text set in it is drawn as empty
# boxes, and searching the PDF finds NUL characters in its place. Each cut needs a PostScript name of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check reportlab==5.1.0 fonttools==4.60.1 pypdf==6.1.3
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas


def cut(path: str, letters: str, name: str) -> None:
    """Write a font with a square for each letter."""
    glyphs = [".notdef", *(f"uni{ord(letter):04X}" for letter in letters)]
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((900, 0), (900, 800), (100, 800)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord(letter): f"uni{ord(letter):04X}" for letter in letters})
    builder.setupGlyf(dict.fromkeys(glyphs, square))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Cut", "styleName": "Regular", "psName": name})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    builder.save(path)


def found(names: tuple[str, str]) -> str:
    """Return what searching finds of a text set in the second of two cuts."""
    first, second = (f"{name}-{number}" for number, name in enumerate(names))
    for font, letters, name in ((first, "市场", names[0]), (second, "份额", names[1])):
        cut(f"{font}.ttf", letters, name)
        pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))
    canvas = Canvas("out.pdf")
    canvas.setFont(second, 12)
    canvas.drawString(50, 50, "份额")
    canvas.save()
    return PdfReader("out.pdf").pages[0].extract_text().strip("\n")


same, different = found(("Same", "Same")), found(("One", "Another"))
print("one PostScript name:", repr(same), "two:", repr(different))
assert same == "\0\0"
assert different == "份额"
PYTHON
