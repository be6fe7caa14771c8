"""Budget and expenses of regions, the expense ratio and the year's forecast from raw facts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from tests.core.metrics.independent.families.raw import END, YEAR

if TYPE_CHECKING:
    from tests.core.metrics.independent.families.raw import Raw

KINDS = ("advertising", "promotion", "people")
WHOLE = "*"


def expenses(raw: Raw, level: str) -> pd.DataFrame:
    """Return every KPI of the family of the regions of a level and of everything together, by region_id."""
    regions = raw["region"]
    listed = list(regions.loc[regions["level"] == level, "region_id"])
    places = {region: [key for key in regions["region_id"] if region in raw.path(key)] for region in listed}
    places[WHOLE] = list(regions["region_id"])
    kept = [raw[table] for table in ("expense_budget", "expense")]
    sold = raw.dealer_months.merge(raw["dealer"][["dealer_id", "region_id"]], on="dealer_id")
    found = {}
    for region, inside in places.items():
        budget, actual = (_at(cells, set(inside)) for cells in kept)
        mine = sold if region == WHOLE else sold[sold["region_id"].isin(inside)]
        sales = mine.groupby("month")["sell_in"].sum(min_count=1).dropna().to_dict()
        found[region] = _compared(budget, actual) | _ratio(actual, sales) | _year(budget, actual)
    return pd.DataFrame(found).T


def _at(cells: pd.DataFrame, inside: set[str]) -> dict[Any, float]:
    """Sum a region's cells by month and kind."""
    return cells[cells["region_id"].isin(inside)].groupby(["month", "kind"])["amount"].sum().to_dict()


def _sum(amounts: Any) -> float | None:
    known = list(amounts)
    return sum(known) if known else None


def _compared(budget: dict[Any, float], actual: dict[Any, float]) -> dict[str, Any]:
    budget, actual = ({key: a for key, a in cells.items() if key[0] in YEAR} for cells in (budget, actual))
    both = budget.keys() & actual.keys()
    planned, spent = _sum(budget[key] for key in both), _sum(actual[key] for key in both)
    over = None if planned is None or spent is None else spent - planned
    return {
        "budget": _sum(budget.values()), "actual": _sum(actual.values()), "difference": over,
        "compared_budget": planned, "compared_actual": spent,
        "used": spent / planned if planned and spent is not None else None,
        "state": "unknown" if over is None else "over" if over > 0 else "within",
        "unbudgeted": _sum(a for key, a in actual.items() if key not in budget),
        "unbooked": _sum(a for key, a in budget.items() if key not in actual),
    } | {kind: _sum(a for key, a in actual.items() if key[1] == kind) for kind in KINDS}  # fmt: skip


def _ratio(actual: dict[Any, float], sales: dict[dt.date, float]) -> dict[str, Any]:
    whole = [m for m in YEAR if m in sales and all((m, kind) in actual for kind in KINDS)]
    spent, sold = _sum(actual[m, kind] for m in whole for kind in KINDS), _sum(sales[m] for m in whole)
    return {"expense": spent, "sales": sold, "ratio": spent / sold if spent is not None and sold else None,
            "ratio_months": len(whole) or None}  # fmt: skip


def _year(budget: dict[Any, float], actual: dict[Any, float]) -> dict[str, Any]:
    year, count = END.year, END.month
    months = {ago: [dt.date(year - ago, number, 1) for number in range(1, 13)] for ago in range(3)}
    spent: list[float | None] = []
    parts: dict[str, list[float | None]] = {"forecast": [], "earlier": [], "last": []}
    for kind in KINDS:
        cells = {ago: [actual.get((month, kind)) for month in months[ago]] for ago in months}
        if all(cell is None for cell in cells[0] + cells[1]):
            continue
        now, last, before = (_known(cells[ago][:count]) for ago in range(3))
        spent.append(now)
        for name, begun, ago, season in (("forecast", now, 1, last), ("earlier", last, 2, before)):
            whole = _known(cells[ago])
            parts[name].append(None if None in (begun, whole) or not season else begun * whole / season)
        parts["last"].append(_known(cells[1]))
    sums = {name: _known(values) if values else None for name, values in (parts | {"spent": spent}).items()}
    reason = "complete" if count == 12 else "short" if count < 3 else "gap" if sums["spent"] is None else (
        "no_last_year" if sums["forecast"] is None else "")  # fmt: skip
    told = sums["earlier"] is not None and sums["last"] and not reason
    return {
        "spent": sums["spent"], "forecast": None if reason else sums["forecast"],
        "forecast_error": sums["earlier"] / sums["last"] - 1 if told else None, "forecast_reason": reason,
        "year_budget": _sum(a for (month, _kind), a in budget.items() if month.year == year),
    }  # fmt: skip


def _known(values: list[float | None]) -> float | None:
    """Sum values of which none is missing."""
    return (
        None
        if any(value is None for value in values)
        else sum(value for value in values if value is not None)
    )
