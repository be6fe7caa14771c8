"""Open questions of the reader, of the columns and of the names, in one shape."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.exchange.columns import measuring
from core.exchange.columns.figure_words import KINDS_OF_FIGURES
from core.exchange.columns.results import Question as ColumnQuestion
from core.exchange.flow.answers import NOBODY, FileAnswers
from core.exchange.matching.wording import reason_words
from core.exchange.readers import Question as ReadingQuestion
from core.i18n import _, format_percent, ngettext
from core.tables import BY_NAME

if TYPE_CHECKING:
    from core.exchange.matching.results import NameMatch


@dataclass(frozen=True)
class NameQuestion:
    """Whom a name of the file means.

    Parameters
    ----------
    table
        What it names.
    match
        The name and the known ones it could mean.
    by
        What the name is: ``name``, ``address``, or ``tree``, a region of the sheet itself.
    """

    table: str
    match: NameMatch
    by: str = "name"


def nobody_words(by: str) -> str:
    """Return what becomes of rows whose name means none of the known ones, in the current language."""
    if by == "address":
        return _("In none of them: the region stays empty")
    return _("A new region") if by == "tree" else _("None of them: set these rows aside")


@dataclass(frozen=True)
class Asked:
    """A question to the user; while it is open nothing of the file is loaded.

    Parameters
    ----------
    sheet
        The sheet it is about.
    source
        Who asks what.
    also
        Other sheets of the same shape that ask the same: the answer holds for all of them.
    """

    sheet: str
    source: ReadingQuestion | ColumnQuestion | NameQuestion
    also: tuple[str, ...] = ()

    @property
    def step(self) -> str:
        """Where in the flow it is asked: ``reading``, ``mapping`` or ``names``."""
        if isinstance(self.source, ReadingQuestion):
            return "reading"
        return "names" if isinstance(self.source, NameQuestion) else "mapping"

    @property
    def code(self) -> str:
        """What is asked."""
        return "name" if isinstance(self.source, NameQuestion) else self.source.code

    @property
    def key(self) -> str:
        """Tells the question from all others of the file."""
        return f"{self.sheet}|{self.step}|{self.code}|{self.about}"

    @property
    def about(self) -> str:
        """The column, or the table and the name, it is about; empty for the sheet as a whole."""
        if isinstance(self.source, NameQuestion):
            return f"{self.source.table}|{self.source.match.name}"
        return self.source.column if isinstance(self.source, ColumnQuestion) else ""

    @property
    def text(self) -> str:
        """The question in the current language."""
        if isinstance(self.source, ReadingQuestion):
            return self.source.text
        if isinstance(self.source, ColumnQuestion):
            return self.source.words[0]
        if self.source.by == "address":
            return _("In which region does “{name} …” lie?", name=self.source.match.name)
        if self.source.by == "tree":
            return _("Is “{name}” a region that is known, or a new one?", name=self.source.match.name)
        table = _(BY_NAME[self.source.table].label)
        return _("Whom or what does “{name}” mean ({table})?", name=self.source.match.name, table=table)

    @property
    def evidence(self) -> str:
        """What speaks for an answer, in the current language."""
        if isinstance(self.source, ColumnQuestion):
            return self.source.words[1]
        if isinstance(self.source, NameQuestion):
            rows, example = self.source.match.rows, self.source.match.example
            if example:
                return ngettext(
                    "{n} address, such as {example}.",
                    "{n} addresses, such as {example}.",
                    rows,
                    example=example,
                )
            return ngettext("{n} row has this name.", "{n} rows have this name.", rows)
        return ""

    @property
    def example(self) -> str:
        """An answer as it could be written, empty where there is none."""
        if isinstance(self.source, ReadingQuestion):
            return _(KINDS_OF_FIGURES["sales"]) if self.code == "measure" else ""
        return str(self.source.context.get("example", "")) if isinstance(self.source, ColumnQuestion) else ""

    @property
    def choices(self) -> tuple[str, ...]:
        """Keys of the possible answers; empty where any text is one."""
        if isinstance(self.source, ReadingQuestion):
            return self.source.options
        if isinstance(self.source, ColumnQuestion):
            return self.source.choices
        return (*(candidate.id for candidate in self.source.match.candidates), NOBODY)

    @property
    def proposed(self) -> str | None:
        """The likeliest answer, None where nothing speaks for one."""
        if isinstance(self.source, ReadingQuestion):
            return self.source.default
        if isinstance(self.source, ColumnQuestion):
            return self.source.proposed
        best = self.source.match.candidates
        return best[0].id if best and self.source.match.verdict == "proposed" else None

    def label(self, choice: str) -> str:
        """Return a choice in the current language."""
        if not isinstance(self.source, NameQuestion):
            return self.source.label(choice)
        if choice == NOBODY:
            return nobody_words(self.source.by)
        found = next(c for c in self.source.match.candidates if c.id == choice)
        why, score = reason_words(found), format_percent(found.score, 0)
        return f"{found.name} ({found.id}) · {why} · {score}"

    @property
    def sameness(self) -> tuple[object, ...]:
        """What questions of several sheets have in common that are one question to the user."""
        return self.step, self.code, self.about, self.choices, self.proposed

    def answered(self, answers: FileAnswers, choice: str) -> FileAnswers:
        """Return the answers about the file with the answer to this question."""
        for sheet in self.also:
            answers = Asked(sheet, _about_sheet(self.source, sheet)).answered(answers, choice)
        if isinstance(self.source, ReadingQuestion):
            reading = answers.reading.answered(self.source.code, choice, sheet=self.source.sheet)
            return replace(answers, reading=reading)
        own = answers.of(self.sheet)
        if isinstance(self.source, NameQuestion):
            return answers.about(self.sheet, own.called(self.source.table, self.source.match.name, choice))
        own = own.chose(self.source.code, self.source.column, choice)
        if self.code == measuring.CODE and choice == measuring.LEAVE_OUT and self._is_needed():
            # Without its figure nothing of the sheet can be kept.
            own = replace(own, skip=True)
        for header, column in self._figures(choice):
            own = own.chose("column", header, f"{choice}.{column}")
        return answers.about(self.sheet, own)

    def _is_needed(self) -> bool:
        """Tell whether a table can't do without one of the figures in question."""
        context = self.source.context if isinstance(self.source, ColumnQuestion) else {}
        table, targets = BY_NAME.get(str(context.get("table"))), context.get("targets")
        names = targets if isinstance(targets, tuple) else ()
        return table is not None and any(table.column(name).required for name in names)

    def _figures(self, choice: str) -> list[tuple[str, str]]:
        """Return the figures that are those of another table by an answer, and their columns there."""
        context = self.source.context if isinstance(self.source, ColumnQuestion) else {}
        if self.code != measuring.CODE or choice not in BY_NAME or choice == context.get("table"):
            return []
        names = {column.name for column in BY_NAME[choice].columns}
        headers, targets = context.get("headers"), context.get("targets")
        pairs = zip(headers, targets, strict=True) if isinstance(headers, tuple) and targets else ()  # type: ignore[call-overload]
        return [(header, target) for header, target in pairs if target in names]


def _about_sheet(
    source: ReadingQuestion | ColumnQuestion | NameQuestion, sheet: str
) -> ReadingQuestion | ColumnQuestion | NameQuestion:
    return replace(source, sheet=sheet) if isinstance(source, ReadingQuestion) else source
