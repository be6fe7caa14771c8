"""What becomes of figures that aren't sales of a month: returns, running totals, averages per day."""

from __future__ import annotations

import calendar
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.exchange.columns import measuring
from core.exchange.columns.applying import header_in
from core.exchange.columns.figures_beside import DEDUCT, RETURNS_BESIDE
from core.exchange.columns.header import Header
from core.exchange.columns.parsing.values import ReadingOf, parse_column
from core.exchange.flow.issues import Flaw, Oddity
from core.store.loading.problems import Level
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.exchange.columns.mapping import Mapping

_FIGURES = ("amount", "quantity", "sell_in_amount", "sell_out_amount")
_FEN = Decimal("0.01")


def treatments(mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Yield the columns of the store that aren't taken as they stand, and how each is turned."""
    for code, way in mapping.decisions.items():
        if not code.startswith(f"{measuring.CODE} ") or way not in {"subtract", "difference", "times_days"}:
            continue
        header = code.partition("|")[2]
        for column in mapping.columns:
            if column.target in _FIGURES and header in {"", column.header}:
                yield str(column.target), way


def treated(sheet: str, values: pd.DataFrame, mapping: Mapping) -> tuple[pd.DataFrame, tuple[Flaw, ...]]:
    """Turn figures into those of the month.

    Returns
    -------
    pandas.DataFrame
        The values; the first running total of a key is missing unless it is that of January.
    tuple of Flaw
        Figures that can't be turned.
    """
    flaws: list[Flaw] = []
    for target, way in treatments(mapping):
        if target not in values or "month" not in values:
            continue
        if way == "difference":
            figures, lost = _differences(values, target, mapping.table)
            oddity = Oddity("no_month_before", Level.ERROR)
            flaws += [
                Flaw(sheet, mapping.table, target, str(values[target].iloc[at]), (at,), oddity) for at in lost
            ]
        else:
            turn = _TURNS[way]
            pairs = zip(values[target], values["month"], strict=True)
            figures = [None if v is None or m is None else turn(v, m) for v, m in pairs]
        values = values.assign(**{target: pd.Series(figures, index=values.index, dtype=object)})
    return values, tuple(flaws)


def returns_taken_off(mapping: Mapping) -> tuple[str, ...]:
    """Return the headers of the columns of returns that are taken off the sales beside them."""
    code = f"{RETURNS_BESIDE} "
    return tuple(
        said.removeprefix(code)
        for said, answer in mapping.decisions.items()
        if said.startswith(code) and answer == DEDUCT
    )


def deducted(
    sheet: str, table: pd.DataFrame, values: pd.DataFrame, mapping: Mapping
) -> tuple[pd.DataFrame, tuple[Flaw, ...]]:
    """Take returns that stand in a column of their own off the first amount of each row.

    Returns
    -------
    pandas.DataFrame
        The values; an amount stays where its row has no returns.
    tuple of Flaw
        Returns that can't be read.
    """
    flaws: list[Flaw] = []
    of = BY_NAME[mapping.table]
    for header in returns_taken_off(mapping):
        source = next((s for name in _FIGURES[:1] + _FIGURES[2:] if (s := mapping.source(name))), None)
        if source is None or source.target is None:
            continue
        own = Header.of(header).unit
        unit = own.code if own is not None else source.unit
        cells = table[header_in(header, table, mapping)]
        parsed = parse_column(cells, of.column(source.target), ReadingOf(unit=unit))
        flaws += [Flaw(sheet, of.name, f.column, f.value, f.rows, f) for f in parsed.findings]
        pairs = zip(values[source.target], parsed.values, strict=True)
        figures = [v if v is None or back is None else v - abs(back) for v, back in pairs]
        values = values.assign(**{source.target: pd.Series(figures, index=values.index, dtype=object)})
    return values, tuple(flaws)


def _negative(value: Any, _month: Any) -> Any:  # noqa: ANN401 - a number, exact or not
    return -abs(value)


def _times_days(value: Any, month: Any) -> Any:  # noqa: ANN401 - a number, exact or not
    return value * calendar.monthrange(month.year, month.month)[1]


_TURNS: dict[str, Callable[[Any, Any], Any]] = {"subtract": _negative, "times_days": _times_days}


def _differences(values: pd.DataFrame, target: str, table: str) -> tuple[list[Any], list[int]]:
    """Return the figures of the months of running totals since January, and the rows that have none."""
    keys = [name for name in BY_NAME[table].key if name in values and name != "month"]
    months = values["month"].tolist()
    totals = values[target].tolist()
    known: dict[tuple[object, ...], Any] = {}
    places = list(zip(*(values[name].tolist() for name in keys), strict=True)) or [()] * len(values)
    for place, month, total in zip(places, months, totals, strict=True):
        if month is not None and total is not None:
            known[(*place, month.year, month.month)] = total
    figures: list[Any] = []
    lost: list[int] = []
    for at, (place, month, total) in enumerate(zip(places, months, totals, strict=True)):
        figure = None
        if month is not None and total is not None:
            before = 0 if month.month == 1 else known.get((*place, month.year, month.month - 1))
            figure = None if before is None else total - before
            lost += [at] if figure is None else []
        figures.append(figure)
    return figures, lost
