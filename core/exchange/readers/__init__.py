"""Reading the files people bring into clean rectangular tables of cells.

``read_file`` takes a workbook, a text file or an archive of them and returns a :class:`Reading`: per
sheet a table, everything that was left out of it (titles, totals, footnotes), and questions where the
reader is not sure. Of a large text file it reads both ends; ``bulk`` and ``large`` read all of it.
"""

from core.exchange.readers.files import read_file
from core.exchange.readers.limits import LIMITS, Limits
from core.exchange.readers.options import ReadOptions
from core.exchange.readers.questions import Note, Question
from core.exchange.readers.reading import SEPARATOR, Comparison, Layout, Reading, SetAside, SheetReading
from core.exchange.readers.workbook.archives import unpacked

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
    "read_file",
    "unpacked",
]
