"""Figures that can be read and stored and are odd all the same; none of them keeps a row out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.matching.duplicates import find_duplicates
from core.i18n import format_number, format_percent
from core.store.loading import plausibility as plausible
from core.store.loading.problems import Level
from core.store.market.names import NAMED
from core.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.database import Store
    from core.store.loading.source_table import RawTable

JUMP = 5.0
"""From this multiple of the month before on a figure is asked after [I]."""
_LEAST = 1_000.0
"""Yuan: smaller figures jump all the time [I]."""
_MOST_NAMES = 20_000
_SHOWN = 50
"""So many of one kind are listed; a file in another unit would list every row."""
_PEOPLE = 1_000


def oddities(sheet: str, raw: RawTable, number: Callable[[int], int], store: Store) -> list[Flaw]:
    """Return what is odd about the figures of a sheet, beside each other and beside the store.

    Parameters
    ----------
    sheet
        Name of the sheet.
    raw
        Its good rows, numbered by their position.
    number
        Returns the row of the file of a position.
    store
        The open store.
    """
    table = raw.table
    columns = {column.name: column for column in table.columns}
    found: list[Flaw] = []
    if "amount" in raw.columns and "month" in columns and columns["amount"].kind is Kind.MONEY:
        found += _jumps(sheet, raw, store)
    if table.name in {"market_capacity", "market_sales"} and {"amount", "month", "region_id"} <= set(
        raw.columns
    ):
        found += _beside_capacity(sheet, raw, store)
    if table.name == "employee" and "region_id" in raw.columns:
        odd = Oddity("rep_without_region", Level.WARNING)
        for row, name, _place in plausible.named(store, raw, most=_PEOPLE, lacking="region_id"):
            found.append(Flaw(sheet, table.name, "region_id", str(name), (row,), odd))
    if table.name in NAMED and "name" in raw.columns:
        found += _duplicates(sheet, raw, number, store)
    return found


def _jumps(sheet: str, raw: RawTable, store: Store) -> list[Flaw]:
    """Compare every figure with the month before, of the file or else of the store."""
    found = []
    for pair in plausible.jumps(store, raw, times=JUMP, least=_LEAST, most=_SHOWN):
        times = pair.figure / pair.other
        code = "jump" if times >= JUMP else "drop"
        shown = format_number(times if times >= JUMP else 1 / times, 0)
        oddity = Oddity(code, Level.WARNING, {"times": shown, "before": format_number(pair.other, 0)})
        value = format_number(pair.figure, 0)
        found.append(Flaw(sheet, raw.table.name, "amount", value, (pair.row,), oddity))
    return found


def _beside_capacity(sheet: str, raw: RawTable, store: Store) -> list[Flaw]:
    """Compare capacities with the sales of all companies, of the file or else of the store."""
    found = []
    for pair in plausible.above_capacity(store, raw, most=_SHOWN):
        sold, room = format_number(pair.figure, 0), format_number(pair.other, 0)
        if raw.table.name == "market_capacity":
            oddity, value = Oddity("capacity_below_sales", Level.WARNING, {"sales": sold}), room
        else:
            share = format_percent(pair.figure / pair.other) if pair.other > 0 else "∞"
            oddity = Oddity("share_above_one", Level.WARNING, {"capacity": room, "share": share})
            value = sold
        found.append(Flaw(sheet, raw.table.name, "amount", value, (pair.row,), oddity))
    return found


def _duplicates(sheet: str, raw: RawTable, number: Callable[[int], int], store: Store) -> list[Flaw]:
    within = "parent_id" if "parent_id" in raw.columns else ""
    rows = plausible.named(store, raw, most=_MOST_NAMES + 1, within=within)
    if len(rows) > _MOST_NAMES:
        return []
    found = []
    pairs = find_duplicates([name for _row, name, _place in rows], raw.table.name)
    # Two counties of one name in different cities are two.
    for pair in [pair for pair in pairs if rows[pair.first][2] == rows[pair.second][2]][:_SHOWN]:
        first, second = rows[pair.first][0], rows[pair.second][0]
        oddity = Oddity("duplicate_name", Level.WARNING, {"other": pair.other, "row": number(second)})
        found.append(Flaw(sheet, raw.table.name, "name", pair.name, (first,), oddity))
    return found
