"""Wide tables turned long: months, products or companies that stand side by side in the header."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.exchange.readers.reading import SEPARATOR, Comparison, SetAside
from core.exchange.readers.sheet.cells import Kind, kind_of, label_of
from core.exchange.readers.sheet.grid import filled
from core.exchange.readers.sheet.vocabulary import (
    Period,
    dimension_in,
    is_known_header,
    measure_in,
    period_of,
    split_period,
    total_word,
    unit_in,
    years_in,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.outcome import ReaderOutcome
    from core.exchange.readers.sheet.totals import Body

COLUMNS = {"month": "月份", "product": "产品", "company": "公司"}
"""What the new column is called: a header that the understanding of columns knows."""
VALUE = "数值"
_LEAST = 3


@dataclass(frozen=True)
class _Across:
    """What stands across: by column its label in the new column, and the rest of its name."""

    kind: str
    labels: dict[int, str]
    measures: dict[int, str]


@dataclass(frozen=True)
class Long:
    """A table after wide columns became rows.

    Parameters
    ----------
    table
        The cells.
    origin
        Position of the row each row came from.
    set_aside
        Total columns that were taken out.
    changed
        Whether columns became rows.
    """

    table: pd.DataFrame
    origin: np.ndarray
    set_aside: tuple[SetAside, ...] = ()
    changed: bool = False


def to_long(
    body: Body, paths: Sequence[tuple[str, ...]], above: Sequence[str], outcome: ReaderOutcome
) -> Long:
    """Turn columns that stand for months, products or companies into rows.

    Parameters
    ----------
    body
        The rows, without totals.
    paths
        The levels of every column's name.
    above
        Texts that may tell year and measure: the lines above the header, the sheet, the file.
    outcome
        Takes the questions and notes; ``wide``, ``measure`` and ``year`` of its options answer them.
    """
    plain = Long(_frame(body), np.arange(len(body.cells)))
    if outcome.options.wide == "apart":
        return plain
    across = _months(paths) or _named(body, paths, outcome.options)
    if across is None:
        if outcome.options.wide is None:
            _ask_alike(body, paths, outcome)
        return plain
    if across.kind == "month":
        across = _dated(across, above, outcome)
    return _melted(body, paths, _measured(across, paths, above, outcome), outcome)


def _months(paths: Sequence[tuple[str, ...]]) -> _Across | None:
    """Find columns whose names say a month, or a year where no month does."""
    labels: dict[int, str] = {}
    measures: dict[int, str] = {}
    found = {column: _period_in(path) for column, path in enumerate(paths)}
    months = {column: p for column, p in found.items() if p and p[0].month is not None}
    chosen = months or {column: p for column, p in found.items() if p}
    distinct = {p[0] for p in chosen.values()}
    if len(distinct) < 2:
        return None
    for column, (period, rest) in chosen.items():
        year = f"{period.year}" if period.year else ""
        labels[column] = (
            (f"{year}-{period.month:02d}" if year else f"{period.month}月") if period.month else f"{year}年"
        )
        measures[column] = SEPARATOR.join(rest)
    return _Across("month", labels, measures)


def _period_in(path: tuple[str, ...]) -> tuple[Period, list[str]] | None:
    """Return the period that the levels of a name say together, and the other levels."""
    year = month = None
    rest = []
    for level in path:
        period, name = period_of(level), ""
        if period is None and (split := split_period(level)):
            period, name = split
        if period is None or name:
            rest.append(name or level)
        if period is None:
            continue
        year = period.year if period.year is not None else year
        month = period.month if period.month is not None else month
    return (Period(year, month), rest) if year or month else None


def _named(body: Body, paths: Sequence[tuple[str, ...]], options: ReadOptions) -> _Across | None:
    """Find columns below a name that says products or companies, or those a person named so."""
    groups: dict[str, list[int]] = defaultdict(list)
    for column, path in enumerate(paths):
        if len(path) < 2 or is_known_header(path[-1]) or total_word(path[-1]):
            continue
        if dimension_in(path[0]):
            groups[path[0]].append(column)
    for top, columns in groups.items():
        if len(columns) > 1:
            labels = {column: paths[column][-1] for column in columns}
            measures = {c: SEPARATOR.join([m for m in [measure_in(top)] if m]) for c in columns}
            return _Across(dimension_in(top), labels, measures)
    if options.wide in COLUMNS:
        columns = _candidates(body, paths)
        if columns:
            return _Across(options.wide or "", {c: paths[c][-1] for c in columns}, dict.fromkeys(columns, ""))
    return None


def _candidates(body: Body, paths: Sequence[tuple[str, ...]]) -> list[int]:
    """Return columns of numbers whose names are no header one knows."""
    found = []
    step = max(len(body.cells) // 100, 1)
    for column, path in enumerate(paths):
        if not path or is_known_header(path[-1]) or total_word(path[-1]):
            continue
        kinds = [kind_of(cell) for cell in body.cells[::step, column]]
        numbers = kinds.count(Kind.NUMBER)
        if numbers and numbers >= kinds.count(Kind.TEXT) + kinds.count(Kind.DATE):
            found.append(column)
    return found


def _ask_alike(body: Body, paths: Sequence[tuple[str, ...]], outcome: ReaderOutcome) -> None:
    columns = _candidates(body, paths)
    if len(columns) >= _LEAST:
        names = ", ".join(body.names[column] for column in columns)
        outcome.ask("wide", ("apart", "product", "company"), "apart", names=names)


def _dated(across: _Across, above: Sequence[str], outcome: ReaderOutcome) -> _Across:
    """Give months without a year the one that is named above them, or ask."""
    bare = {column: label for column, label in across.labels.items() if label.endswith("月")}
    if not bare:
        return across
    year = outcome.options.year
    if year is None:
        # The nearest text that names a year counts; one that names two leaves it open.
        source = next((text for text in above if years_in(text)), "")
        years = years_in(source)
        if len(years) != 1:
            offered = tuple(str(each) for each in sorted(years))
            outcome.ask("year", offered, None, names=", ".join(dict.fromkeys(bare.values())))
            return across
        year = years.pop()
        outcome.note("year", year=year, source=source)
    dated = {column: f"{year}-{int(label[:-1]):02d}" for column, label in bare.items()}
    return _Across(across.kind, {**across.labels, **dated}, across.measures)


def _measured(
    across: _Across, paths: Sequence[tuple[str, ...]], above: Sequence[str], outcome: ReaderOutcome
) -> _Across:
    """Name values whose header doesn't say what they are after the title, or ask."""
    if all(across.measures.values()):
        return across
    measure = outcome.options.measure
    if measure is None:
        words = list(dict.fromkeys(word for text in above if (word := measure_in(text))))
        unit = next((unit for text in above if (unit := unit_in(text))), "")
        if len(words) == 1:
            measure = f"{words[0]}({unit})" if unit else words[0]
        else:
            names = ", ".join(SEPARATOR.join(paths[c]) for c, name in across.measures.items() if not name)
            outcome.ask("measure", tuple(words), None, names=names)
            measure = VALUE
    return _Across(across.kind, across.labels, {c: m or measure for c, m in across.measures.items()})


def _melted(body: Body, paths: Sequence[tuple[str, ...]], across: _Across, outcome: ReaderOutcome) -> Long:
    """Make one row of every row and label that has a value."""
    totals = [
        column
        for column, path in enumerate(paths)
        if column not in across.labels and path and any(total_word(level) for level in path)
    ]
    fixed = [c for c in range(len(paths)) if c not in across.labels and c not in totals]
    labels = list(dict.fromkeys(across.labels.values()))
    measures = list(dict.fromkeys(across.measures.values()))
    shape = (len(body.cells), len(labels), len(measures))
    values = np.full(shape, None, dtype=object)
    for column, label in across.labels.items():
        values[:, labels.index(label), measures.index(across.measures[column])] = body.cells[:, column]
    given = np.asarray(filled(values).any(axis=2), dtype=bool)
    row, label_at = np.nonzero(given)
    name = COLUMNS[across.kind]
    while name in body.names:
        name += "_"
    data = {body.names[column]: body.cells[row, column] for column in fixed}
    data[name] = np.array(labels, dtype=object)[label_at]
    for position, measure in enumerate(measures):
        data[measure if measure not in data else f"{measure} (2)"] = values[row, label_at, position]
    names = ", ".join(body.names[column] for column in across.labels)
    outcome.note("long", names=names, column=name)
    frame = pd.DataFrame({key: pd.Series(column, dtype=object) for key, column in data.items()})
    aside = tuple(_column_total(body, column, across) for column in totals)
    return Long(frame, row, aside, changed=True)


def _column_total(body: Body, column: int, across: _Across) -> SetAside:
    """Compare a total column with the columns it sums: all of its measure."""
    own = next((m for m in across.measures.values() if m in body.names[column]), None)
    columns = [c for c in across.labels if own is None or across.measures[c] == own]
    details = sum(float(np.nansum(body.column(c))) for c in columns)
    compared = Comparison(body.names[column], float(np.nansum(body.column(column))), details)
    return SetAside(0, label_of(body.names[column]), "row", (compared,))


def _frame(body: Body) -> pd.DataFrame:
    # The block of objects as it is: a table of 200,000 rows mustn't be copied.
    return pd.DataFrame(body.cells, columns=pd.Index(body.names, dtype=object), dtype=object, copy=False)
