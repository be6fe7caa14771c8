"""What a KPI is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """How a value is written."""

    MONEY = "money"
    PERCENT = "percent"
    CHANGE = "change"
    POINTS = "points"
    MULTIPLE = "multiple"
    RATIO = "ratio"
    SCORE = "score"
    INTEGER = "integer"
    DATE = "date"
    FLAG = "flag"
    CODE = "code"
    TEXT = "text"


class Good(StrEnum):
    """Which direction is good news."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


UNITS = {
    Format.MONEY: "yuan",
    Format.PERCENT: "ratio",
    Format.CHANGE: "ratio",
    Format.POINTS: "ratio",
    Format.MULTIPLE: "ratio",
    Format.RATIO: "ratio",
    Format.INTEGER: "count",
}


@dataclass(frozen=True)
class Metric:
    """One KPI or column of a report.

    Parameters
    ----------
    key
        The column it describes; unique in its family.
    label
        English label, a source string.
    formula
        How it is computed, in words; English, a source string.
    explanation
        What it tells, in one or two sentences; English, a source string.
    source
        Where the rule comes from, in the marks of docs/methods.md; empty for what is simply recorded.
    format
        How a value is written; its unit follows from it: yuan, a ratio, a count.
    good
        Which direction is good news.
    worked
        The formula with ``{keys}`` of the values in it; empty where there is nothing to fill in.
    codes
        Of a code, the kind of its words in the family.
    basis
        Over what it is counted, its denominator: which regions, shops or customers; English, a source
        string; empty where the formula says it.
    bar
        Whether a table shows it as a bar from 0 to 100 %.
    export
        Whether ``export`` writes it.
    text_column
        Column with the name to show in place of an id; empty where the value itself is shown.
    family
        Table of which it is a column; set by the registry.
    records
        Names of the records it is made of (:mod:`core.metrics.records`); set by the registry.
    """

    key: str
    label: str
    formula: str
    explanation: str
    source: str = ""
    format: Format = Format.TEXT
    good: Good = Good.NEITHER
    worked: str = ""
    codes: str = ""
    basis: str = ""
    bar: bool = False
    export: bool = True
    text_column: str = ""
    family: str = ""
    records: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """Unit of the stored value: yuan, ratio, count, or nothing."""
        return UNITS.get(self.format, "")
