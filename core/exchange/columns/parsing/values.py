"""The values of a column, by what the store wants in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.exchange.columns.parsing.choices import parse_booleans, parse_choices, parse_text
from core.exchange.columns.parsing.codes import parse_codes
from core.exchange.columns.parsing.dates import parse_dates
from core.exchange.columns.parsing.number_columns import parse_numbers
from core.exchange.columns.parsing.units import unit_of
from core.tables import BY_NAME, Kind

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.columns.results import Parsed
    from core.tables import Column

_NUMBERS = frozenset((Kind.MONEY, Kind.NUMBER, Kind.INTEGER))
_DATES = frozenset((Kind.DATE, Kind.MONTH, Kind.TIMESTAMP))
_KEYS = frozenset(name for table in BY_NAME.values() for name in table.key if name.endswith("_id"))


@dataclass(frozen=True)
class ReadingOf:
    """What is known about a column before its cells are read.

    Parameters
    ----------
    unit
        Code of its unit.
    year
        Of months without one.
    known
        Codes that exist.
    decisions
        Answers by question.
    named
        Names stand here where the store wants an ID; they are matched, not read as codes.
    formats_read
        Whether the number formats of the file are known.
    semicolons
        Whether semicolons part the columns of the file.
    """

    unit: str | None = None
    year: int | None = None
    known: Collection[str] = frozenset()
    decisions: Mapping[str, str] = field(default_factory=dict)
    named: bool = False
    formats_read: bool = True
    semicolons: bool = False


def parse_column(
    values: pd.Series | Sequence[Any], column: Column, reading: ReadingOf | None = None
) -> Parsed:
    """Read the cells of a column into what the store wants.

    Parameters
    ----------
    values
        Raw cells: texts, numbers, days, None.
    column
        The column of the store.
    reading
        Unit, year and answers.

    Returns
    -------
    Parsed
        Values, findings and questions; every cell that isn't blank has a value, an error, or a question.
    """
    reading = reading or ReadingOf()
    if column.kind in _NUMBERS:
        unit = unit_of(reading.unit) if reading.unit else None
        return parse_numbers(
            values,
            column,
            unit,
            reading.decisions,
            formats_read=reading.formats_read,
            semicolons=reading.semicolons,
        )
    if column.kind in _DATES:
        return parse_dates(values, column, reading.year, reading.decisions)
    if column.kind is Kind.BOOLEAN:
        return parse_booleans(values, column, reading.decisions)
    if column.known:
        return parse_choices(values, column)
    if is_code(column) and not reading.named:
        return parse_codes(values, column, reading.known, reading.decisions)
    return parse_text(values, column)


def is_code(column: Column) -> bool:
    """Tell whether a column of text holds codes."""
    return column.references is not None or column.name in _KEYS or column.name == "adcode"
