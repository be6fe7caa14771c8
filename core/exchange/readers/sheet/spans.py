"""Columns that stand for several months beside columns of months: quarters, halves, months to date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from core.exchange.readers.reading import SEPARATOR, Comparison, SetAside
from core.exchange.readers.sheet.vocabulary import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.exchange.readers.outcome import ReaderOutcome
    from core.exchange.readers.sheet.totals import Body

_QUARTER = re.compile(
    r"第?([一二三四1-4])季(?:度)?|(?<![a-z0-9])q([1-4])(?!\d)|(?<!\d)([1-4])q(?![a-z])", re.IGNORECASE
)
_HALF = re.compile(r"(?:([上下])半年)|(?<![a-z0-9])h([12])(?!\d)|(?<!\d)([12])h(?![a-z])", re.IGNORECASE)
_RANGE = re.compile(r"(1[0-2]|0?[1-9])\s*月?\s*[-~～—–至到]\s*(1[0-2]|0?[1-9])\s*月")
_YEAR = re.compile(r"全年|年度?合计|full year", re.IGNORECASE)
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}
TO_DATE = "累计"


def months_of(label: str) -> range | None:
    """Return the months that a label spans; None where it names no span.

    Examples
    --------
    >>> list(months_of("二季度") or ()), list(months_of("1-2月累计") or ()), months_of("3月")
    ([4, 5, 6], [1, 2], None)
    """
    text = plain(label).strip()
    if found := _QUARTER.search(text):
        digit = next(group for group in found.groups() if group)
        last = 3 * (_NUMBERS.get(digit) or int(digit))
        return range(last - 2, last + 1)
    if found := _HALF.search(text):
        first = 1 if next(group for group in found.groups() if group) in "上1" else 7
        return range(first, first + 6)
    if found := _RANGE.search(text):
        first, last = int(found[1]), int(found[2])
        return range(first, last + 1) if first < last else None
    return range(1, 13) if _YEAR.search(text) else None


def to_date(paths: Mapping[int, Sequence[str]]) -> dict[int, int]:
    """Return the last months of columns that all begin in January: 1月, 1-2月, 1-3月; empty for others."""
    spans: dict[int, int] = {}
    alone: dict[int, int] = {}
    for column, path in paths.items():
        for level in path:
            months = months_of(level)
            text = plain(level).strip()
            if months is not None and _RANGE.search(text) and months[0] == 1:
                spans[column] = months[-1]
            elif re.fullmatch(r"0?1\s*月份?", text):
                alone[column] = 1
    return {**alone, **spans} if len(spans) > 1 else {}


def spans_beside(
    body: Body, paths: Sequence[tuple[str, ...]], labels: Mapping[int, str], outcome: ReaderOutcome
) -> tuple[list[int], list[SetAside]]:
    """Return the columns of spans beside columns of months, which are never data of a month.

    A span that is the sum of its months is a total and is set aside; another is asked about.

    Parameters
    ----------
    body, paths
        The rows, and the levels of every column's name.
    labels
        The columns of months, and the month of each.
    outcome
        Takes the question.
    """
    found: list[int] = []
    aside: list[SetAside] = []
    odd = []
    for column, path in enumerate(paths):
        span = next((months for level in path if (months := months_of(level))), None)
        if column in labels or span is None or np.isnan(body.column(column)).all():
            continue
        found.append(column)
        own = [c for c, label in labels.items() if _month(label) in span]
        whole = len({_month(labels[c]) for c in own}) == len(span)
        compared = Comparison(
            body.names[column],
            float(np.nansum(body.column(column))),
            sum(float(np.nansum(body.column(c))) for c in own),
        )
        if whole and compared.agrees:
            aside.append(SetAside(0, SEPARATOR.join(path), "row", (compared,)))
        else:
            odd.append(body.names[column])
    if odd and outcome.options.spans is None:
        outcome.ask("spans", ("drop",), "drop", names=", ".join(odd))
    return found, aside


def _month(label: str) -> int:
    """Return the month of 2024-03 or 3月; 0 for another label."""
    digits = label[5:] if len(label) == 7 else label.removesuffix("月")
    return int(digits) if digits.isdigit() else 0
