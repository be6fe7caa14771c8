"""From a file as people have it to rows in the store: read, understood, matched, checked, loaded.

``open_file`` reads a file and says of every sheet what it seems to be; what it isn't sure of is a question
(:class:`Asked`). ``prepare`` checks what was understood against the store, and ``load_file`` loads the good
rows and sets the others aside. Answers are kept in :class:`FileAnswers`; while a question is open nothing
is loaded.
"""

from core.exchange.flow.answers import FileAnswers, SheetAnswers
from core.exchange.flow.asking import Asked
from core.exchange.flow.check.checking import Prepared, PreparedSheet, prepare
from core.exchange.flow.files import FileFlow, mapping_folder, open_file
from core.exchange.flow.issues import Flaw
from core.exchange.flow.knowledge import Known
from core.exchange.flow.load.loading import LoadResult, load_file
from core.exchange.flow.sheets.sheet_flow import SheetFlow

__all__ = [
    "Asked",
    "FileAnswers",
    "FileFlow",
    "Flaw",
    "Known",
    "LoadResult",
    "Prepared",
    "PreparedSheet",
    "SheetAnswers",
    "SheetFlow",
    "load_file",
    "mapping_folder",
    "open_file",
    "prepare",
]
