"""Reading the files people bring into clean rectangular tables of cells.

``read_file`` takes a workbook, a text file or an archive of them and returns a :class:`Reading`: per
sheet a table, everything that was left out of it (titles, totals, footnotes), and questions where the
reader is not sure. ``detect_layout`` looks at the beginning and end of a text file of any size and says
how the bulk path reads it.
"""

from core.exchange.readers.archives import unpacked
from core.exchange.readers.bulk import is_plain, plain_text
from core.exchange.readers.files import detect_layout, read_file
from core.exchange.readers.limits import LIMITS, Limits
from core.exchange.readers.options import ReadOptions
from core.exchange.readers.questions import Note, Question
from core.exchange.readers.reading import SEPARATOR, Comparison, Layout, Reading, SetAside, SheetReading

__all__ = [
    "LIMITS",
    "SEPARATOR",
    "Comparison",
    "Layout",
    "Limits",
    "Note",
    "Question",
    "ReadOptions",
    "Reading",
    "SetAside",
    "SheetReading",
    "detect_layout",
    "is_plain",
    "plain_text",
    "read_file",
    "unpacked",
]
