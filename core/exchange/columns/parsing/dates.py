"""Columns of days, months and times."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.exchange.columns.parsing.cells import Cells, Refusal, narrow, samples, shown
from core.exchange.columns.parsing.moments import FIRST_YEAR, LAST_YEAR, Moment, Open, read_moment
from core.exchange.columns.results import Parsed, Question
from core.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from core.tables import Column

ORDERS = ("ymd", "dmy", "mdy")
_CHOICES = {
    "date_order": ORDERS,
    "month_name": ("year", "day"),
    "october": ("january", "october", "both"),
    "year": (),
    "day_to_month": ("month", "refuse"),
}
_UNREADABLE = {Kind.MONTH: "not_a_month", Kind.DATE: "not_a_date", Kind.TIMESTAMP: "not_a_time"}
_DOTTED = re.compile(r"(?:19|20)\d\d\.(\d{1,2})")


def parse_dates(
    values: pd.Series | Sequence[Any],
    column: Column,
    year: int | None = None,
    decisions: Mapping[str, str] | None = None,
) -> Parsed:
    """Read a column of days, months or times.

    Parameters
    ----------
    values
        Raw cells.
    column
        The column of the store they go into.
    year
        Of cells that don't say it, where title or header do.
    decisions
        Answers by question: ``date_order``, ``month_name``, ``october``, ``year``, ``day_to_month``.

    Returns
    -------
    Parsed
        ``datetime.date``, months as their first day, or ``datetime.datetime``.
    """
    cells = Cells.of(values, column.name)
    answers = dict(decisions or {})
    if year is not None:
        answers.setdefault("year", str(year))
    read = cells.read(read_moment)
    starts = _starts(read, year)
    if starts:
        # Months that fall back belong to two years: which ones is asked.
        answers = {code: answer for code, answer in answers.items() if code != "year"} | dict(decisions or {})
    answers = _evidence(cells, read) | answers
    asked: dict[str, list[Any]] = {}
    results: list[dt.date | None] = []
    for position, cell in enumerate(read):
        result = None if cell is None else _settled(cell, column, answers)
        if isinstance(result, Refusal):
            code = _UNREADABLE[column.kind] if result.code.startswith("not_a_") else result.code
            cells.note(position, code)
            result = None
        elif isinstance(result, str):
            asked.setdefault(result, []).append(cells.raw[position])
            result = None
        results.append(result)
    _rename(cells, column)
    questions = tuple(_question(code, raw, column, read, cells.raw) for code, raw in asked.items())
    questions = tuple(replace(q, choices=starts) if q.code == "year" else q for q in questions)
    return Parsed(cells.spread(results), tuple(cells.findings), questions)


def _starts(read: Sequence[Moment | Open | None], year: int | None) -> tuple[str, ...]:
    """Return what months that fall back once in the order they come up may mean; empty where none do."""
    months = [cell.month for cell in read if isinstance(cell, Moment) and cell.year is None]
    falls = sum(after < before for before, after in itertools.pairwise(months))
    if year is None or falls != 1 or months[-1] >= months[0]:
        return ()
    return (f"{year}-{months[0]:02d}", f"{year - 1}-{months[0]:02d}", str(year))


def _rename(cells: Cells, column: Column) -> None:
    """Say “no month” in a column of months where the cell reader said “no day”."""
    code = _UNREADABLE[column.kind]
    cells.findings = [
        type(f)(code, f.column, f.value, f.rows, f.context) if f.code.startswith("not_a_") else f
        for f in cells.findings
    ]


def _evidence(cells: Cells, read: Sequence[Moment | Open | None]) -> dict[str, str]:
    """Answer what the column itself decides."""
    answers = {}
    short = [cell for cell in read if isinstance(cell, Open) and cell.question == "date_order"]
    if short and all(max(cell.parts) > 99 for cell in short):
        # With four digits of year only day and month can change places; one day above 12 decides it.
        possible = [order for order in ("dmy", "mdy") if all(_ordered(cell, order) for cell in short)]
        if len(possible) == 1:
            answers["date_order"] = possible[0]
    endings = {found[1] for cell in cells.raw if (found := _DOTTED.fullmatch(narrow(shown(cell))))}
    if "10" in endings:
        answers["october"] = "january"
    elif _zero_padded(endings) and not any(isinstance(cell, str) for cell in cells.raw):
        # A number loses the zero of .10 and keeps that of .01; in a text somebody may have left it out.
        answers["october"] = "october"
    return answers


def _zero_padded(endings: Iterable[str]) -> bool:
    return any(ending.startswith("0") for ending in endings)


def _settled(cell: Moment | Open, column: Column, answers: Mapping[str, str]) -> dt.date | Refusal | str:
    """Return the value of a cell, why it is refused, or the question it raises."""
    moment: Moment | None
    if isinstance(cell, Open):
        answer = answers.get(cell.question)
        if answer is None:
            return cell.question
        moment = _answered(cell, answer)
        if moment is None:
            return Refusal("not_a_date")
    else:
        moment = cell
    if moment.year is None:
        answer, _dash, first = answers.get("year", "").partition("-")
        if not (answer.isdecimal() and FIRST_YEAR <= int(answer) <= LAST_YEAR):
            return "year"
        # “2024-04” is the year that begins in April 2024: its March lies in 2025.
        later = first.isdecimal() and moment.month < int(first)
        moment = Moment(int(answer) + later, moment.month, moment.day, moment.time)
    return _value(moment, column.kind, answers)


def _value(moment: Moment, kind: Kind, answers: Mapping[str, str]) -> dt.date | Refusal | str:
    assert moment.year is not None
    if kind is Kind.MONTH:
        if moment.day not in {None, 1}:
            answer = answers.get("day_to_month")
            if answer != "month":
                return Refusal("day_not_month") if answer else "day_to_month"
        return dt.date(moment.year, moment.month, 1)
    if moment.day is None:
        return Refusal("not_a_date")
    try:
        day = dt.date(moment.year, moment.month, moment.day)
    except ValueError:
        return Refusal("no_such_day")
    return day if kind is Kind.DATE else dt.datetime.combine(day, moment.time or dt.time())


def _answered(cell: Open, answer: str) -> Moment | None:
    if cell.question == "date_order":
        return _ordered(cell, answer)
    if cell.question == "october":
        month = {"january": 1, "october": 10}.get(answer)
        return Moment(cell.parts[0], month) if month else None
    month, number = cell.parts
    if answer == "year":
        return Moment(2000 + number, month)
    return Moment(None, month, number) if 1 <= number <= 31 else None


def _ordered(cell: Open, order: str) -> Moment | None:
    """Read three numbers in an order; a month given by its name stands negative in the middle."""
    if sorted(order) != sorted("ymd"):
        return None
    named = cell.parts[1] < 0
    if named and order == "mdy":
        order = "dmy"
    parts = dict(zip(order if not named else order[0] + "m" + order[2], cell.parts, strict=True))
    year, month, day = parts["y"], abs(parts["m"]), parts["d"]
    year += 2000 if year < 100 else 0
    try:
        dt.date(year, month, day)
    except ValueError:
        return None
    return Moment(year, month, day, cell.time) if FIRST_YEAR <= year <= LAST_YEAR else None


def _question(
    code: str,
    raw: Sequence[Any],
    column: Column,
    read: Sequence[Moment | Open | None],
    all_raw: Sequence[Any],
) -> Question:
    choices, proposed = _CHOICES[code], None
    if code == "date_order":
        short = [cell for cell in read if isinstance(cell, Open) and cell.question == code]
        choices = tuple(order for order in ORDERS if all(_ordered(cell, order) for cell in short)) or ORDERS
        years = {cell.year for cell in read if isinstance(cell, Moment) and cell.year}
        likely = [
            order
            for order in choices
            if years and all((found := _ordered(cell, order)) and found.year in years for cell in short)
        ]
        proposed = likely[0] if len(likely) == 1 else None
    if code == "october" and _zero_padded(str(cell).rpartition(".")[2] for cell in all_raw):
        proposed = "october"
    return Question(code, column.name, choices, proposed, samples(raw), {"label": column.label})
