"""The letters of a report cut out of a font, with outlines that every PDF reader draws."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.ttCollection import TTCollection
from fontTools.varLib import instancer

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

# Of the fonts in one file, the one with the mainland's letters.
MAINLAND = ("SC", "GB", "CN", "YaHei", "Hei")
NAMES = (1, 4, 6)
"""Records of family, full and PostScript name."""
REGULAR = 400
DROPPED = ["vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "GDEF", "kern", "HVAR", "MVAR", "STAT", "DSIG"]
LARGEST_ERROR = 1.0
"""Units of the font that an outline may be off; an em has a thousand or more."""


def cut_font(file: Path, letters: Collection[str], name: str) -> bytes:
    """Return a TrueType font that has only some letters.

    The cubic outlines of PostScript, which most of Linux' Chinese fonts have, become quadratic ones: the PDF
    library takes no others. It also takes two fonts of one PostScript name for the same one, whatever letters
    they have.

    Parameters
    ----------
    name
        Of the cut, different for each.
    """
    font = _opened(file)
    options = subset.Options()
    options.layout_features = []
    options.notdef_outline = options.desubroutinize = True
    options.hinting = False
    options.name_IDs = [*NAMES, 2]
    options.drop_tables += DROPPED
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(letter) for letter in letters])
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in NAMES:
            record.string = name
    if "fvar" in font:
        # The default of a variable font may be its thinnest.
        instancer.instantiateVariableFont(
            font, {axis.axisTag: _place(axis) for axis in font["fvar"].axes}, inplace=True
        )
    if "CFF " in font or "CFF2" in font:
        _turn_quadratic(font)
    buffer = io.BytesIO()
    font.save(buffer)
    font.close()
    return buffer.getvalue()


def _opened(file: Path) -> Any:  # noqa: ANN401 - fontTools is untyped
    if file.suffix.lower() != ".ttc":
        return TTFont(file, lazy=True)
    with file.open("rb") as stream:
        count = len(TTCollection(stream, lazy=True).fonts)
    fonts = [TTFont(file, fontNumber=number, lazy=True) for number in range(count)]
    names = [str(font["name"].getDebugName(1) or "").replace("-", " ").split() for font in fonts]
    for mark in MAINLAND:
        for font, words in zip(fonts, names, strict=True):
            if mark in words:
                return font
    return fonts[0]


def _place(axis: Any) -> float:  # noqa: ANN401
    wanted = REGULAR if axis.axisTag == "wght" else axis.defaultValue
    return float(min(max(wanted, axis.minValue), axis.maxValue))


def _turn_quadratic(font: Any) -> None:  # noqa: ANN401
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], table = newTable("loca"), newTable("glyf")
    table.glyphOrder, table.glyphs = order, outlines
    font["glyf"] = table
    for name in ("CFF ", "CFF2"):
        if name in font:
            del font[name]
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    limits.maxZones = 1
    for name in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(limits, f"max{name}", 0)
    limits.maxSizeOfInstructions = 0
    limits.maxComponentElements = max(
        (len(getattr(g, "components", [])) for g in outlines.values()), default=0
    )
    names = font["post"]
    names.formatType, names.extraNames, names.mapping, names.glyphOrder = 2.0, [], {}, order
    font.sfntVersion = "\x00\x01\x00\x00"
