"""The fonts of a report on paper: cut to its letters and kept for the next one."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

from core.exchange.report.paper.font_files import find_font
from core.exchange.report.paper.subset import cut_font

if TYPE_CHECKING:
    from pathlib import Path

BUILT_IN = "STSong-Light"
"""Not in the file: the reader's program has a font for it, or fetches one."""
LATIN = "".join(map(chr, range(32, 127)))
FREQUENT_FROM = 3
"""From this many cuts on, the frequent characters are cut all at once: many reports are being made."""
_lock = threading.Lock()


@dataclass(frozen=True)
class Letters:
    """Names of the registered fonts.

    Parameters
    ----------
    is_embedded
        False where this computer has no Chinese font.
    """

    regular: str
    bold: str
    is_embedded: bool

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return how wide a text is, in points."""
        return float(pdfmetrics.stringWidth(text, self.bold if bold else self.regular, size))


class _Cut:
    """One font file and the letters cut out of it so far."""

    def __init__(self, file: Path, name: str) -> None:
        self.file, self.name, self.letters, self.cuts = file, name, set(LATIN), 0

    def holding(self, letters: set[str]) -> str:
        """Return the name of a registered font with some letters."""
        if not self.cuts or not letters <= self.letters:
            self.letters |= letters
            self.cuts += 1
            if self.cuts >= FREQUENT_FROM:
                self.letters |= set(frequent_characters())
            name = f"{self.name}-{self.cuts}"
            data = io.BytesIO(cut_font(self.file, self.letters, name))
            pdfmetrics.registerFont(TTFont(name, data))
        return f"{self.name}-{self.cuts}"


_cuts: dict[tuple[str, Path], _Cut] = {}


def letters_for(regular: set[str], bold: set[str]) -> Letters:
    """Return fonts that have the letters of a report.

    Parameters
    ----------
    regular, bold
        Its letters in each of the two.
    """
    files = find_font()
    with _lock:
        if files is None:
            pdfmetrics.registerFont(UnicodeCIDFont(BUILT_IN))
            return Letters(BUILT_IN, BUILT_IN, is_embedded=False)
        names = []
        for name, file, letters in (("Report", files.regular, regular), ("ReportBold", files.bold, bold)):
            cut = _cuts.setdefault((name, file), _Cut(file, name))
            names.append(cut.holding(letters))
        return Letters(names[0], names[1], is_embedded=True)


def frequent_characters() -> str:
    """Return the 3,755 most frequent Chinese characters, the first level of GB 2312."""
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)
