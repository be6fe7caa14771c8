"""Wide tables turned long: months, products or companies that stand side by side in the header."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.exchange.readers.reading import SEPARATOR
from core.exchange.readers.sheet.cells import Kind, kind_of
from core.exchange.readers.sheet.entities import is_stage, split_off, unknown_level
from core.exchange.readers.sheet.melting import COLUMNS, Across, Long, melted
from core.exchange.readers.sheet.spans import TO_DATE, to_date
from core.exchange.readers.sheet.vocabulary import (
    Period,
    dimension_in,
    is_known_header,
    is_unit,
    measure_in,
    months_in,
    period_of,
    short_period_of,
    split_period,
    total_word,
    unit_in,
    years_in,
)
from core.exchange.readers.sheet.years import start_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.outcome import ReaderOutcome
    from core.exchange.readers.sheet.totals import Body

VALUE = "数值"
_LEAST = 3


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
    plain = Long(_frame(_staged(body, paths, above, outcome)), np.arange(len(body.cells)))
    if outcome.options.wide == "apart":
        return plain
    across = _found(body, paths, above, outcome)
    if across is None:
        if outcome.options.wide is None:
            _ask_alike(body, paths, outcome)
        return plain
    return melted(body, paths, _measured(across, paths, above, outcome), outcome)


def _staged(
    body: Body, paths: Sequence[tuple[str, ...]], above: Sequence[str], outcome: ReaderOutcome
) -> Body:
    """Name figures whose header says of when only (本月, 实际) after the one measure that the title names."""
    measure = outcome.options.measure or _titled(above)
    numeric = _numbers(body)
    staged = {c for c in numeric if paths[c] and _is_stage(paths[c])}
    if not measure or not staged:
        return body
    names = [f"{name}{SEPARATOR}{measure}" if c in staged else name for c, name in enumerate(body.names)]
    return replace(body, names=names)


def _titled(above: Sequence[str]) -> str:
    """Return the one measure that titles name, with its unit; empty where they name none or several."""
    words = list(dict.fromkeys(word for text in above if (word := measure_in(text))))
    # 销售额 says what 销售 in the name of the file leaves open.
    words = [word for word in words if not any(word in other for other in words if other != word)]
    unit = next((unit for text in above if (unit := unit_in(text))), "")
    return (f"{words[0]}({unit})" if unit else words[0]) if len(words) == 1 else ""


def _found(
    body: Body, paths: Sequence[tuple[str, ...]], above: Sequence[str], outcome: ReaderOutcome
) -> Across | None:
    """Find what stands across: months, and companies, products, regions or people above or below them."""
    options = outcome.options
    numeric = set(_numbers(body))
    months = _months(paths, numeric)
    if months is not None:
        across = _dated(months, above, outcome)
        kind, labels, rests = split_off(across.rests, options.lexicon)
        if kind and len(labels) * 2 > len(across.labels):
            return _further(across.along(kind, labels, rests), options)
        return _with_unknown(across, outcome)
    named = _named(body, paths, options)
    if named is not None:
        return named
    own = {c: list(path) for c, path in enumerate(paths) if c in numeric and path}
    own = {c: levels for c, levels in own.items() if not any(total_word(level) for level in levels)}
    kind, labels, rests = split_off(own, options.lexicon)
    if kind and (len(set(labels.values())) > 1 or all(rests.values())):
        return _further(Across(kind, labels, rests), options)
    unknown = Across("", dict.fromkeys(own, ""), own)
    across = _with_unknown(unknown, outcome)
    return None if across is unknown else Across(*across.more[0], across.rests)


def _further(across: Across, options: ReadOptions) -> Across:
    """Split off names of another kind that every column has too: companies below regions."""
    kind, labels, rests = split_off(across.rests, options.lexicon)
    known = {own for own, _labels in across.dimensions}
    return (
        across.along(kind, labels, rests)
        if len(labels) == len(across.labels) and kind not in known
        else across
    )


def _with_unknown(across: Across, outcome: ReaderOutcome) -> Across:
    """Split off names that nobody knows, as a person said what they are; without an answer ask."""
    unknown = unknown_level(across.rests)
    if unknown is None:
        return across
    level, names = unknown
    answer = outcome.options.wide
    if answer is None:
        outcome.ask("wide", ("apart", "company", "product", "region"), "apart", names=", ".join(names))
    if answer not in COLUMNS or answer == across.kind:
        return across
    labels = {c: levels[level] for c, levels in across.rests.items() if len(levels) > level}
    rests = {c: [*across.rests[c][:level], *across.rests[c][level + 1 :]] for c in labels}
    return across.along(answer, labels, rests)


def _numbers(body: Body) -> list[int]:
    """Return the columns that hold numbers for the most part, or nothing."""
    step = max(len(body.cells) // 100, 1)
    found = []
    for column in range(body.cells.shape[1]):
        kinds = [kind_of(cell) for cell in body.cells[::step, column]]
        if kinds.count(Kind.NUMBER) >= kinds.count(Kind.TEXT) + kinds.count(Kind.DATE):
            found.append(column)
    return found


def _months(paths: Sequence[tuple[str, ...]], numeric: Collection[int]) -> Across | None:
    """Find columns whose names say a month, or a year where no month does."""
    labels: dict[int, str] = {}
    rests: dict[int, list[str]] = {}
    ends = to_date({column: path for column, path in enumerate(paths) if column in numeric})
    if ends:
        years = {column: years_in(" ".join(paths[column])) for column in ends}
        labels = {c: f"{min(years[c])}-{m:02d}" if len(years[c]) == 1 else f"{m}月" for c, m in ends.items()}
        return Across("month", labels, {column: [TO_DATE] for column in ends})
    found = {column: _period_in(path) for column, path in enumerate(paths)}
    months = {column: p for column, p in found.items() if p and p[0].month is not None}
    if len({p[0].month for p in months.values()}) < 2:
        # Mar-24 and Mar-25 alone may be days of March.
        months = {column: p for column, p in months.items() if not any(map(short_period_of, paths[column]))}
    chosen = months or {column: p for column, p in found.items() if p}
    distinct = {p[0] for p in chosen.values()}
    if len(distinct) < 2 and not (months and all(column in numeric for column in months)):
        return None
    for column, (period, rest) in chosen.items():
        year = f"{period.year}" if period.year else ""
        labels[column] = (
            (f"{year}-{period.month:02d}" if year else f"{period.month}月") if period.month else f"{year}年"
        )
        rests[column] = rest
    return Across("month", labels, rests)


def _period_in(path: tuple[str, ...]) -> tuple[Period, list[str]] | None:
    """Return the period that the levels of a name say together, and the other levels."""
    year = month = None
    rest = []
    for level in path:
        period, name = period_of(level) or short_period_of(level), ""
        if period is None and (split := split_period(level)):
            period, name = split
        if period is None or name:
            rest.append(name or level)
        if period is None:
            continue
        year = period.year if period.year is not None else year
        month = period.month if period.month is not None else month
    return (Period(year, month), rest) if year or month else None


def _named(body: Body, paths: Sequence[tuple[str, ...]], options: ReadOptions) -> Across | None:
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
            return Across(
                dimension_in(top), labels, {c: [m for m in [measure_in(top)] if m] for c in columns}
            )
    if options.wide in COLUMNS:
        columns = _candidates(body, paths)
        if columns:
            return Across(options.wide or "", {c: paths[c][-1] for c in columns}, {c: [] for c in columns})
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


def _dated(across: Across, above: Sequence[str], outcome: ReaderOutcome) -> Across:
    """Give months without a year theirs: that of the column before, else the one named above, or ask."""
    if all(label.endswith("年") for label in across.labels.values()):
        return _of_one_month(across, above)
    bare = {column: int(label[:-1]) for column, label in across.labels.items() if label.endswith("月")}
    if not bare:
        return across
    first = min(across.labels)
    if first not in bare and all(len(across.labels[c]) == 7 for c in across.labels if c not in bare):
        return replace(across, labels=across.labels | _carried(across.labels))
    # The months of every company and measure run by themselves.
    groups: dict[str, list[int]] = defaultdict(list)
    for column in sorted(bare):
        groups[across.measures[column]].append(column)
    runs = [[bare[column] for column in group] for group in groups.values()]
    start = start_of(max(runs, key=len), above, outcome)
    if start is None:
        return across
    dated = {
        column: label
        for group, run in zip(groups.values(), runs, strict=True)
        for column, label in zip(group, start.dated(run), strict=True)
    }
    return replace(across, labels=across.labels | dated)


def _of_one_month(across: Across, above: Sequence[str]) -> Across:
    """Give years side by side the one month that the title names: 3月销售额 above 2025年, 2024年."""
    months = {month for text in above for month in months_in(text)}
    if len(months) != 1:
        return across
    labels = {column: f"{label[:4]}-{min(months):02d}" for column, label in across.labels.items()}
    return replace(across, labels=labels)


def _carried(labels: Mapping[int, str]) -> dict[int, str]:
    """Give months without a year that of the column before, or the next where they fall back."""
    found: dict[int, str] = {}
    year, before = 0, 0
    for column in sorted(labels):
        label = labels[column]
        if label.endswith("月"):
            month = int(label[:-1])
            year += month < before
        else:
            year, month = int(label[:4]), int(label[5:])
        before = month
        found[column] = f"{year}-{month:02d}"
    return found


def _measured(
    across: Across, paths: Sequence[tuple[str, ...]], above: Sequence[str], outcome: ReaderOutcome
) -> Across:
    """Name values whose header doesn't say what they are after the title, or ask."""
    units = {
        c: levels[0] for c, levels in across.rests.items() if len(levels) == 1 and _is_bare_unit(levels[0])
    }
    rests = {c: [] if c in units else levels for c, levels in across.rests.items()}
    lacking = [c for c, levels in rests.items() if not levels or _is_stage(levels)]
    if not lacking:
        return across
    measure = outcome.options.measure
    if measure is None:
        measure = _titled(above)
        if not measure:
            words = tuple(dict.fromkeys(word for text in above if (word := measure_in(text))))
            names = ", ".join(SEPARATOR.join(paths[c]) for c in lacking)
            outcome.ask("measure", words, None, names=names)
            measure = VALUE
    own = {c: f"{measure}{units[c]}" if c in units and not unit_in(measure) else measure for c in lacking}
    return replace(across, rests=across.rests | {c: [*rests[c], own[c]] for c in lacking})


def _is_bare_unit(level: str) -> bool:
    return level.startswith("(") and level.endswith(")") and is_unit(level[1:-1])


def _is_stage(levels: Sequence[str]) -> bool:
    """Tell whether levels say actual or planned, this year or last, and not of what."""
    return all(is_stage(level) for level in levels)


def _frame(body: Body) -> pd.DataFrame:
    # The block of objects as it is: a table of 200,000 rows mustn't be copied.
    return pd.DataFrame(body.cells, columns=pd.Index(body.names, dtype=object), dtype=object, copy=False)
