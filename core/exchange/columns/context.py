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
_MONEY = frozenset(("money", "currency", "number"))
_FISCAL = re.compile(r"(?<![a-z])fy(?![a-z])|财年|财政年度|会计年度|fiscal", re.IGNORECASE)
_ROC_YEAR = re.compile(r"民[国國]\s*(\d{2,3})\s*年")
_CHINESE_YEAR = re.compile(r"[一二][〇○零一二三四五六七八九]{3}(?=年)")
_DIGITS = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)年(?=\s*(?:1[0-2]|0?[1-9])\s*月)")
_OTHER_MONTH = re.compile(r"(?<![\d\-~–—至到.])(1[0-2]|0?[1-9])\s*月(?!\s*[\-~–—至到]\s*\d)")
_LAST_MONTH = re.compile(r"(?<![较比与和同])上个?月(?!相?比|对比|同比|环比)|last month", re.IGNORECASE)
_MADE = re.compile(
    r"(?:打印|导出|制表|制单|填表|填报|上报|审核|生成|更新|编制|下载|printed|exported|generated|created)"
    r"(?:日期|时间|于|\s*on|\s*at)?\s*[:：]?\s*\d{2,4}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?",
    re.IGNORECASE,
)
"""The day a table was made says nothing about the period of its figures."""


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
    periods
        Those of them that name a month or a year.
    units
        Codes of all units they name; of several none counts.
    """

    unit: Unit | None = None
    month: dt.date | None = None
    year: int | None = None
    lines: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()

    @classmethod
    def of(cls, lines: Sequence[str], notes: Sequence[str] = ()) -> Context:
        """Read title lines, names of sheets and files; lines that contradict each other name no month.

        Parameters
        ----------
        lines
            What stands above a table, and its names.
        notes
            What stands below it and speaks of all its figures.
        """
        texts = [_MADE.sub(" ", _arabic(narrow(line))) for line in lines if line.strip()]
        unit = stated_unit(texts)
        below = [own for note in notes if (own := stated_unit((note,))) and own.dimension in _MONEY]
        units = frozenset(own.code for own in (*map(_unit_of, texts), *below) if own)
        # A note below may name another unit than the title.
        unit = None if any(own != unit for own in below) else unit
        months, years = set(), set()
        for text in texts:
            years |= {int(year) for year in _YEAR.findall(text)}
            if not _RANGE.search(text):
                months |= {(int(year), int(month)) for year, month in _MONTH.findall(text)}
        ranged = any(_RANGE.search(text) for text in texts)
        year = next(iter(years)) if len(years) == 1 else None
        if any(_FISCAL.search(text) for text in texts):
            # The months of a fiscal year lie in two years.
            return cls(unit, None, None, tuple(lines), units=units)
        alone = {int(text[: text.index("月")]) for text in texts if _BARE_MONTH.fullmatch(text)}
        if year is not None and not ranged:
            # A sheet called 3月 in a file of 2024; 2月 among the rows below a title of January is another.
            months |= {(year, month) for month in alone}
        month = dt.date(*next(iter(months)), 1) if len(months) == 1 and not ranged else None
        told = [_MADE.sub(" ", _arabic(narrow(note))) for note in notes]
        if month is not None and any(
            _contradicts(text, month) for text in (*texts, *filter(_MONTH.search, told))
        ):
            month = None
        named = [line for line in (*lines, *notes) if _names_period(_arabic(narrow(line)))]
        return cls(unit, month, year, tuple(lines), tuple(dict.fromkeys(named)), units)


def _unit_of(text: str) -> Unit | None:
    return stated_unit((text,))


def names_other(text: str, month: dt.date) -> bool:
    """Tell whether a text such as a header names another month or year than the one of a title."""
    return _contradicts(_arabic(narrow(text)), month)


def _names_period(text: str) -> bool:
    return bool(_YEAR.search(text) or _OTHER_MONTH.search(text))


def _contradicts(text: str, month: dt.date) -> bool:
    years = {int(year) for year in _YEAR.findall(text)}
    others = {int(other) for other in _OTHER_MONTH.findall(text)} - {month.month}
    return bool((years and month.year not in years) or others or _LAST_MONTH.search(text))


def names_span(line: str) -> bool:
    """Tell whether a title names several months as one: a quarter, a half, months to date."""
    return _RANGE.search(_arabic(narrow(line))) is not None


def _arabic(text: str) -> str:
    text = _SHORT_YEAR.sub(r"20\1年", _DIGITS.sub(r"\1年\2月", text))
    plain = _CHINESE_YEAR.sub(lambda found: str(chinese_number(found.group())), text)
    return _ROC_YEAR.sub(lambda found: f"{1911 + int(found[1])}年", plain)
