"""What becomes of figures that aren't sales of a month: returns, running totals, averages per day."""

from __future__ import annotations

import calendar
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.exchange.columns import measuring
from core.exchange.flow.issues import Flaw, Oddity
from core.store.loading.problems import Level
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.exchange.mapping import Mapping

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
