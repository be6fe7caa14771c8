"""What is found on the way through a sheet: open questions and notes, beside the answers given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.exchange.readers.questions import Note, Question

if TYPE_CHECKING:
    from core.exchange.readers.options import ReadOptions


@dataclass
class ReaderOutcome:
    """The findings about one sheet.

    Parameters
    ----------
    file, sheet
        Where it is.
    options
        The answers of a person.
    questions, notes
        What is asked, and what was noticed; they grow while the sheet is read.
    """

    file: str
    sheet: str
    options: ReadOptions
    questions: list[Question] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def ask(self, code: str, options: tuple[str, ...], default: str | None, **context: object) -> None:
        """Ask about this sheet."""
        self.questions.append(Question(code, options, default, self.sheet, context))

    def note(self, code: str, **context: object) -> None:
        """Note something about this sheet."""
        self.notes.append(Note(code, context))
