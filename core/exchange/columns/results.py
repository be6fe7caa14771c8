"""What understanding a column yields: values, findings, and questions where it isn't sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.exchange.columns.wording import choice_label, finding_words, question_words
from core.store.loading.problems import Level

if TYPE_CHECKING:
    import pandas as pd

WARNINGS = frozenset(
    {
        "formula_error",
        "own_unit",
        "rounded",
        "unknown_choice",
    }
)
INFORMATION = frozenset({"excel_number", "excel_quote"})


@dataclass(frozen=True)
class Finding:
    """One raw value of a column that can't be taken as it is, however many rows have it.

    Parameters
    ----------
    code
        What is wrong; :mod:`core.exchange.columns.wording` has the words.
    column
        The column of the store.
    value
        The raw value as it stands in the file.
    rows
        Positions (from 0) in the column handed in; the caller knows the row numbers of the file.
    context
        What the words need, such as ``allowed`` and ``nearest``.
    """

    code: str
    column: str
    value: str
    rows: tuple[int, ...]
    context: Mapping[str, object] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """An error leaves the value out; a warning or information keeps what it could be read as."""
        if self.code in WARNINGS:
            return Level.WARNING
        return Level.INFORMATION if self.code in INFORMATION else Level.ERROR

    @property
    def words(self) -> tuple[str, str]:
        """Message and hint (what is allowed) in the current language."""
        return finding_words(self.code, self.value, self.context)


@dataclass(frozen=True)
class Question:
    """Something only the user knows. Until it is answered the values it concerns are missing.

    Parameters
    ----------
    code
        What is asked; the answer goes into the mapping under this code.
    column
        The column of the store, or the header, it is about; empty for the whole sheet.
    choices
        Keys of the possible answers. A choice may be any text where it is empty.
    proposed
        The likeliest answer, None where there is no evidence.
    values
        A few raw values it is about.
    context
        What the words need.
    """

    code: str
    column: str
    choices: tuple[str, ...] = ()
    proposed: str | None = None
    values: tuple[str, ...] = ()
    context: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, str]:
        """The question and the evidence in the current language."""
        return question_words(self.code, self.column, self.values, self.context)

    def label(self, choice: str) -> str:
        """Return the words of a choice in the current language."""
        return choice_label(self.code, choice, self.context)


@dataclass(frozen=True)
class Parsed:
    """The values of a column.

    Parameters
    ----------
    values
        One per raw cell, the index of the raw column. Money and numbers are ``Decimal``, days and
        months ``datetime.date``, times ``datetime.datetime``, truth ``bool``, text ``str``; None where
        a cell is missing, wrong or asked about.
    findings
        What could not be taken as it is.
    questions
        What has to be answered first.
    """

    values: pd.Series
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()
