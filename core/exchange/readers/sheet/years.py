"""The years of months that stand side by side without one: of the title, or asked where they fall back."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.exchange.readers.sheet.vocabulary import is_footnote, plain, years_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.readers.outcome import ReaderOutcome

_FISCAL = re.compile(r"(?<![a-z])fy(?![a-z])|财年|财政年度|会计年度|fiscal", re.IGNORECASE)
_SHORT_FISCAL = re.compile(r"(?<![a-z])fy\s*'?(\d\d)(?!\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Start:
    """Where the months of a header begin: in January of a year, or in another month of it."""

    year: int
    month: int = 1

    @classmethod
    def of(cls, answer: str) -> Start:
        """Read “2024” or “2024-04”."""
        year, _dash, month = answer.partition("-")
        return cls(int(year), int(month or 1))

    def dated(self, months: Sequence[int]) -> list[str]:
        """Return months in the order of their columns as YYYY-MM; where they fall back a year begins."""
        found, year, before = [], self.year, self.month
        for month in months:
            year += month < before and self.month > 1
            before = month
            found.append(f"{year}-{month:02d}")
        return found

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}" if self.month > 1 else str(self.year)


def start_of(months: Sequence[int], above: Sequence[str], outcome: ReaderOutcome) -> Start | None:
    """Return where months without a year begin; None with a question where that is open.

    Parameters
    ----------
    months
        In the order of their columns, each as often as it has columns.
    above
        Texts that may tell the year: lines above the header, the sheet, the file.
    outcome
        Takes the question and the note; ``year`` of its options answers.
    """
    if outcome.options.year is not None:
        start = Start.of(outcome.options.year)
        return start if start.month > 1 or not _falls(months) else Start(start.year, months[0])
    source, years = _named(above)
    falls = _falls(months)
    first = min(years, default=0)
    if len(years) == 1 and not falls and not _is_fiscal(source):
        outcome.note("year", year=first, source=source)
        return Start(first)
    if falls == 1 and years == {first, first + 1}:
        outcome.note("year", year=f"{first}–{first + 1}", source=source)
        return Start(first, months[0])
    names = ", ".join(dict.fromkeys(f"{month}月" for month in months))
    outcome.ask("year", _choices(years, months, falls), None, names=names, source=source)
    return None


def _choices(years: set[int], months: Sequence[int], falls: int) -> tuple[str, ...]:
    """Return what the months may mean, for every year that is named."""
    found: list[str] = []
    for year in sorted(years):
        if falls:
            found += [str(Start(year, months[0])), str(Start(year - falls, months[0]))]
        found += [str(year)] if falls < 2 else []
        found += [str(year - 1)] if not falls and len(years) == 1 else []
    return tuple(dict.fromkeys(found))


def _falls(months: Sequence[int]) -> int:
    return sum(after < before for before, after in itertools.pairwise(months))


def _is_fiscal(text: str) -> bool:
    return _FISCAL.search(plain(text)) is not None


def _named(above: Sequence[str]) -> tuple[str, set[int]]:
    """Return the text that names the year, and the years; of several texts above the header all count."""
    *titles, sheet, file = above
    texts = [text for text in titles if not is_footnote(text) and _years(text)]
    nearest = texts or [text for text in (sheet, file) if _years(text)][:1]
    years = {year for text in nearest for year in _years(text)}
    for name in (sheet, file) if years else ():
        if _years(name) and not _years(name) & years:
            # A title that was copied from another sheet or file says the wrong year.
            years |= _years(name)
    return (nearest[0] if nearest else ""), years


def _years(text: str) -> set[int]:
    return years_in(text) or {2000 + int(year) for year in _SHORT_FISCAL.findall(plain(text))}
