"""What is wrong with a file, as codes and counts; ``core.exchange.canonical.messages`` puts it in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How bad it is: an error refuses the import, a warning is kept and counted."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


WARNINGS = frozenset(
    {
        "hidden",
        "rounded",
        "unusual",
        "unknown_code",
        "unknown_column",
        "no_region",
        "no_coordinates",
        "half_coordinates",
        "zero_coordinates",
        "several_roots",
        "repaired",
    }
)
INFORMATION = frozenset({"example_row", "no_rows"})


@dataclass(frozen=True)
class Problem:
    """One kind of problem with one value, however many rows have it.

    Parameters
    ----------
    file
        File, and sheet, it is in.
    column
        Name of the column in the store, or in the file where the store doesn't know it.
    value
        The value as it stands in the file; None for an empty one.
    rows
        Numbers of the first rows that have it; a header is row 1.
    occurrences
        How many rows have it.
    context
        What the words need: ``minimum``, ``maximum``, ``allowed``, ``nearest``, ``references`` ...
    """

    code: str
    file: str
    table: str
    column: str | None = None
    value: str | None = None
    rows: tuple[int, ...] = ()
    occurrences: int = 1
    context: Mapping[str, object] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """How bad it is."""
        if self.code in WARNINGS:
            return Level.WARNING
        return Level.INFORMATION if self.code in INFORMATION else Level.ERROR


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of them refuses the import."""
    return any(problem.level is Level.ERROR for problem in problems)
