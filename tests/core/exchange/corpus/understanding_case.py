"""A difficult sheet as the reader hands it on: what is hard to understand in it, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Understanding:
    """One sheet.

    Parameters
    ----------
    name
        What it is called in the test.
    hard
        What is hard about it, in a sentence.
    headers, rows
        As the reader hands them on.
    table
        The table of the store it is.
    expected
        Column of the store -> its values after the answers; of columns of names the names.
    lines
        Titles above it.
    asked
        Codes of all questions while nothing is answered, sorted.
    answers
        (code, column) -> choice.
    findings
        Codes of the findings after the answers, sorted.
    """

    name: str
    hard: str
    headers: Sequence[str]
    rows: Sequence[Sequence[object]]
    table: str
    expected: Mapping[str, Sequence[object]]
    lines: Sequence[str] = ()
    asked: Sequence[str] = ()
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    findings: Sequence[str] = ()

    def __str__(self) -> str:
        return self.name
