"""What the lines above a table say about all its rows: the unit, the month, the year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.exchange.columns.parsing.cells import narrow
from core.exchange.columns.parsing.numerals import chinese_number
from core.exchange.columns.parsing.units import Unit, stated_unit

_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:年\s*|[-./])(1[0-2]|0?[1-9])(?:\s*月|(?!\d|[./-]\d))")
_BARE_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])\s*月份?")
_RANGE = re.compile(r"[-~–—至到]\s*(?:\d{4}年)?\d{1,2}\s*月|季度?|半年|q[1-4]|累计|全年", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_FISCAL = re.compile(r"(?<![a-z])fy(?![a-z])|财年|财政年度|会计年度|fiscal", re.IGNORECASE)
_ROC_YEAR = re.compile(r"民[国國]\s*(\d{2,3})\s*年")
_CHINESE_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九]{3}(?=年)")


@dataclass(frozen=True)
class Context:
    """What titles say.

    Parameters
    ----------
    unit
        The unit of amounts; None where none or several are stated.
    month
        The one month all rows belong to.
    year
        The one year named.
    lines
        The titles themselves.
    """

    unit: Unit | None = None
    month: dt.date | None = None
    year: int | None = None
    lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, lines: Sequence[str]) -> Context:
        """Read title lines, names of sheets and files."""
        texts = [_arabic(narrow(line)) for line in lines if line.strip()]
        months, years = set(), set()
        for text in texts:
            years |= {int(year) for year in _YEAR.findall(text)}
            if not _RANGE.search(text):
                months |= {(int(year), int(month)) for year, month in _MONTH.findall(text)}
        ranged = any(_RANGE.search(text) for text in texts)
        year = next(iter(years)) if len(years) == 1 else None
        if any(_FISCAL.search(text) for text in texts):
            # The months of a fiscal year lie in two years.
            return cls(stated_unit(texts), None, None, tuple(lines))
        alone = {int(text[: text.index("月")]) for text in texts if _BARE_MONTH.fullmatch(text)}
        if year is not None and not ranged:
            # A sheet called 3月 in a file of 2024; 2月 among the rows below a title of January is another.
            months |= {(year, month) for month in alone}
        month = dt.date(*next(iter(months)), 1) if len(months) == 1 and not ranged else None
        return cls(stated_unit(texts), month, year, tuple(lines))


def names_span(line: str) -> bool:
    """Tell whether a title names several months as one: a quarter, a half, months to date."""
    return _RANGE.search(_arabic(narrow(line))) is not None


def _arabic(text: str) -> str:
    plain = _CHINESE_YEAR.sub(lambda found: str(chinese_number(found.group())), text)
    return _ROC_YEAR.sub(lambda found: f"{1911 + int(found[1])}年", plain)
