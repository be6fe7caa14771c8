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
    SCORE = "score"
    INTEGER = "integer"
    FLAG = "flag"
    CODE = "code"
    TEXT = "text"


class Good(StrEnum):
    """Which direction is good news."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


@dataclass(frozen=True)
class Metric:
    """One KPI or column.

    Parameters
    ----------
    key
        The column it describes.
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
        For a code, its kind in :mod:`core.market.labels`.
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

    @property
    def unit(self) -> str:
        """Return the unit of the stored value: yuan, ratio, count, or nothing."""
        match self.format:
            case Format.MONEY:
                return "yuan"
            case Format.PERCENT | Format.CHANGE | Format.POINTS | Format.MULTIPLE:
                return "ratio"
            case Format.INTEGER:
                return "count"
            case _:
                return ""
