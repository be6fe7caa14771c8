"""What a table and a column of the canonical import are."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    MONTH = "month"
    TIMESTAMP = "timestamp"


SQL_TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.MONEY: "DECIMAL(18,2)",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.MONTH: "DATE",
    Kind.TIMESTAMP: "TIMESTAMP",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    label
        English label; its Chinese translation is the header of the templates.
    note
        What to fill in, in one sentence, with the unit.
    references
        ``table`` whose key the value must exist in.
    minimum, maximum
        Allowed range; a value outside is an error, or a warning where ``soft_range`` is set.
    past
        Whether a month can only be one that has begun: that of sales.
    known
        Known codes with the other spellings that mean the same. Another value is kept as it is and
        reported as a warning: vocabularies differ between companies.
    default
        What an absent value means. None means unknown.
    example
        The value of the template's example row.
    """

    name: str
    kind: Kind
    label: str
    note: str
    required: bool = False
    references: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    soft_range: bool = False
    past: bool = False
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    default: str | bool | None = None
    example: str = ""


@dataclass(frozen=True)
class Table:
    """One table of the canonical import.

    Parameters
    ----------
    name
        The name in the store; a file of that name is imported into it.
    label
        English title.
    columns
        In the order of the template.
    key
        The columns that identify a row. A missing value in an optional key column is a value of its
        own (a sale without a product).
    sorted_by
        How the rows are stored, so that the usual reads touch few row groups.
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    sorted_by: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """Return a column by name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def references(self) -> frozenset[str]:
        """Names of the tables this one points to, itself included."""
        return frozenset(column.references for column in self.columns if column.references)
