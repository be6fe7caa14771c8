"""What is wrong or odd about rows of a file, whoever found it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from core.exchange.canonical import messages as wording
from core.exchange.canonical.findings import level_words
from core.exchange.columns.results import Finding
from core.exchange.flow.wording import oddity_words
from core.i18n import _
from core.store.loading.problems import Level, Problem
from core.tables import BY_NAME


@dataclass(frozen=True)
class Oddity:
    """Something the flow itself found.

    Parameters
    ----------
    code
        What; :mod:`core.exchange.flow.wording` has the words.
    level
        How bad it is.
    context
        What the words need.
    """

    code: str
    level: Level
    context: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Flaw:
    """Something wrong or odd.

    Parameters
    ----------
    sheet, table, column
        Where; column is empty for the row or sheet as a whole.
    value
        The value as it stands in the file, or as it was read.
    positions
        Positions (from 0) of the rows in the sheet; empty for the sheet as a whole.
    source
        Who found what.
    count
        How many rows there are, where ``positions`` names only the first of them.
    """

    sheet: str
    table: str
    column: str
    value: str
    positions: tuple[int, ...]
    source: Finding | Problem | Oddity
    count: int = 0

    @property
    def level(self) -> Level:
        """An error keeps its rows out; of a whole sheet it keeps the file out."""
        return self.source.level

    @property
    def rows(self) -> int:
        """How many rows it concerns."""
        return max(self.count, len(self.positions))

    @property
    def words(self) -> tuple[str, str]:
        """Message and hint in the current language."""
        if isinstance(self.source, Problem):
            return wording.words(self.source)
        if isinstance(self.source, Finding):
            return self.source.words
        return oddity_words(self.source.code, self.value, self.source.context)

    @property
    def sentence(self) -> str:
        """Column, message and hint in the current language."""
        parts = (f"{self.label}:" if self.label else "", *self.words)
        return " ".join(part for part in parts if part)

    @property
    def label(self) -> str:
        """The column in the current language."""
        columns = {c.name: c.label for c in BY_NAME[self.table].columns} if self.table in BY_NAME else {}
        return " / ".join(_(columns[n]) if n in columns else n for n in self.column.split(", ") if n)


def table_of(flaws: Iterable[Flaw], row_numbers: Mapping[str, Sequence[int]]) -> pd.DataFrame:
    """Return flaws in words, one line each, the worst first.

    Parameters
    ----------
    flaws
        What was found.
    row_numbers
        Sheet -> row of the file of every position.
    """
    order = list(Level)
    lines = []
    for flaw in sorted(flaws, key=lambda flaw: order.index(flaw.level)):
        message, hint = flaw.words
        numbers = sorted({int(row_numbers[flaw.sheet][at]) for at in flaw.positions})
        lines.append(
            {
                _("Level"): level_words(flaw.level),
                _("Sheet"): flaw.sheet,
                _("Row"): ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else ""),
                _("Column"): flaw.label,
                _("Value"): flaw.value,
                _("Finding"): message,
                _("Remedy"): hint,
                _("Rows concerned"): max(flaw.count, len(numbers)),
            }
        )
    return pd.DataFrame(lines)
