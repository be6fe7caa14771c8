"""Figures that can be read and stored and are odd all the same; none of them keeps a row out."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.exchange.flow.flaws import Flaw, Oddity
from core.exchange.matching.duplicates import find_duplicates
from core.i18n import format_number, format_percent
from core.store import known as stored
from core.store.problems import Level
from core.tables import BY_NAME, Kind

if TYPE_CHECKING:
    from core.exchange.flow.knowledge import Known
    from core.exchange.flow.understanding import SheetFlow

JUMP = 5.0
"""From this multiple of the month before on a figure is asked after [I]."""
_LEAST = 1_000.0
"""Yuan: smaller figures jump all the time [I]."""
_MOST_NAMES = 20_000
_SHOWN = 50
"""So many of one kind are listed; a file in another unit would list every row."""


def oddities(sheet: SheetFlow, bad: Collection[int], known: Known) -> list[Flaw]:
    """Return what is odd about the figures of a sheet, beside each other and beside the store.

    Parameters
    ----------
    sheet
        What was understood of it.
    bad
        Positions of rows that are set aside anyway.
    known
        What the store knows.
    """
    if sheet.values is None or sheet.table is None:
        return []
    good = sheet.values.drop(index=list(bad))
    found: list[Flaw] = []
    columns = {column.name: column for column in BY_NAME[sheet.table].columns}
    if "amount" in good and "month" in columns and columns["amount"].kind is Kind.MONEY:
        found += _jumps(sheet, good, known)
    if sheet.table in {"market_capacity", "market_sales"} and {"amount", "month", "region_id"} <= set(good):
        found += _beside_capacity(sheet, good, known)
    if sheet.table == "employee" and "region_id" in good:
        odd = Oddity("rep_without_region", Level.WARNING)
        for at, region in good["region_id"].items():
            if region is None:
                found.append(_flaw(sheet, "region_id", str(good.at[at, "name"]), at, odd))
    if sheet.table in stored.NAMED and "name" in good and len(good) <= _MOST_NAMES:
        found += _duplicates(sheet, good)
    return found


def _flaw(sheet: SheetFlow, column: str, value: str, at: object, oddity: Oddity) -> Flaw:
    return Flaw(sheet.name, sheet.table or "", column, value, (int(str(at)),), oddity)


def _jumps(sheet: SheetFlow, good: pd.DataFrame, known: Known) -> list[Flaw]:
    """Compare every figure with the month before, of the file or else of the store."""
    table = BY_NAME[sheet.table or ""]
    keys = tuple(name for name in table.key if name != "month")
    own = _keyed(good, table.key)
    before = pd.concat([_keyed(stored.monthly(known.store, table.name, keys), table.key), own])
    before = before.drop_duplicates(list(table.key), keep="last")
    before = before.assign(month=before["month"] + pd.DateOffset(months=1))
    both = own.reset_index().merge(before, on=list(table.key), suffixes=("", "_before"))
    both = both[(both["amount"].abs() >= _LEAST) & (both["amount_before"].abs() >= _LEAST)]
    ratio = (both["amount"] / both["amount_before"]).to_numpy(np.float64)
    found = []
    for at, value, earlier, times in zip(
        both["index"], both["amount"], both["amount_before"], ratio, strict=True
    ):
        if times >= JUMP or 0 < times <= 1 / JUMP:
            code = "jump" if times >= JUMP else "drop"
            shown = format_number(times if times >= JUMP else 1 / times, 0)
            context = {"times": shown, "before": format_number(earlier, 0)}
            oddity = Oddity(code, Level.WARNING, context)
            found.append(_flaw(sheet, "amount", format_number(value, 0), at, oddity))
    return found[:_SHOWN]


def _keyed(rows: pd.DataFrame, key: Collection[str]) -> pd.DataFrame:
    """Return key and amount as they compare: texts, months, floats."""
    data = {}
    for name in key:
        if name not in rows:
            data[name] = pd.Series("all" if name == "market_id" else "", index=rows.index)
        elif name == "month":
            data[name] = pd.to_datetime(rows[name])
        else:
            data[name] = (
                rows[name].where(rows[name].notna(), "all" if name == "market_id" else "").astype(str)
            )
    data["amount"] = pd.to_numeric(rows["amount"].astype(float))
    return pd.DataFrame(data, index=rows.index)


def _beside_capacity(sheet: SheetFlow, good: pd.DataFrame, known: Known) -> list[Flaw]:
    """Compare capacities with the sales of all companies, of the file or else of the store."""
    place = ["market_id", "region_id", "month"]
    keys = {"market_capacity": place, "market_sales": [*place, "company_id"]}
    tables = {
        name: _keyed(stored.monthly(known.store, name, tuple(k for k in key if k != "month")), key)
        for name, key in keys.items()
    }
    own = _keyed(good, keys[sheet.table or ""])
    key = keys[sheet.table or ""]
    tables[sheet.table or ""] = pd.concat([tables[sheet.table or ""], own]).drop_duplicates(key, keep="last")
    sales = tables["market_sales"].groupby(place)["amount"].sum().rename("sales")
    capacity = tables["market_capacity"].set_index(place)["amount"].rename("capacity")
    beside = own.reset_index().merge(sales, on=place).merge(capacity, on=place)
    beside = beside[beside["sales"] > beside["capacity"]]
    found = []
    for row in beside.drop_duplicates(place).itertuples(index=False):
        sold, room = format_number(row.sales, 0), format_number(row.capacity, 0)
        if sheet.table == "market_capacity":
            oddity, value = Oddity("capacity_below_sales", Level.WARNING, {"sales": sold}), room
        else:
            share = format_percent(row.sales / row.capacity) if row.capacity > 0 else "∞"
            oddity = Oddity("share_above_one", Level.WARNING, {"capacity": room, "share": share})
            value = sold
        found.append(_flaw(sheet, "amount", value, row.index, oddity))
    return found[:_SHOWN]


def _duplicates(sheet: SheetFlow, good: pd.DataFrame) -> list[Flaw]:
    positions = list(good.index)
    found = []
    numbers = sheet.row_numbers
    above = good["parent_id"].tolist() if "parent_id" in good else [None] * len(good)
    pairs = find_duplicates(good["name"].tolist(), sheet.table or "")
    # Two counties of one name in different cities are two.
    for pair in [pair for pair in pairs if above[pair.first] == above[pair.second]][:_SHOWN]:
        context = {"other": pair.other, "row": numbers[positions[pair.second]]}
        oddity = Oddity("duplicate_name", Level.WARNING, context)
        found.append(_flaw(sheet, "name", pair.name, positions[pair.first], oddity))
    return found
