"""Sheets of one file that name each other: what one lists is known to the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.flow.knowledge import Known
from core.exchange.matching.regions import RegionNames
from core.store.loading.problems import Level, Problem
from core.store.market import names as stored
from core.tables import BY_NAME

if TYPE_CHECKING:
    from core.exchange.flow.sheets.sheet_flow import SheetFlow

_ORDER = list(BY_NAME)


class KnownTogether(Known):
    """What the store knows, and what the sheets of a file list beside it.

    Parameters
    ----------
    known
        What the store knows.
    listed
        Table -> rows of the file with its columns.
    """

    def __init__(self, known: Known, listed: Mapping[str, pd.DataFrame]) -> None:
        super().__init__(known.store)
        self.base = known
        self.listed = listed

    def names(self, table: str) -> pd.DataFrame:
        """Return id and name of a table, of the store and of the file; an ID may have two names."""
        own = self.listed.get(table)
        if own is None:
            return self.base.names(table)
        if table not in self._names:
            columns = self.base.names(table).columns
            rows = own.rename(columns={BY_NAME[table].key[0]: "id"}).reindex(columns=columns)
            both = pd.concat([self.base.names(table), rows], ignore_index=True)
            self._names[table] = both.drop_duplicates()
        return self._names[table]

    @cached_property
    def regions(self) -> RegionNames:
        """The names of all regions with their parents; the file says where its regions lie."""
        own = self.listed.get("region")
        if own is None:
            return self.base.regions
        columns = ["region_id", "parent_id", "name", "level", "adcode"]
        both = pd.concat([stored.regions(self.store), own.reindex(columns=columns)])
        return RegionNames.of(both.drop_duplicates("region_id", keep="last"))

    @cached_property
    def products(self) -> pd.DataFrame:
        """product_id, uom, units_per_case."""
        own = self.listed.get("product")
        if own is None:
            return self.base.products
        columns = ["product_id", "uom", "units_per_case"]
        both = pd.concat([self.base.products, own.reindex(columns=columns)])
        return both.drop_duplicates("product_id", keep="last")


def understood_together(
    sheets: Sequence[SheetFlow], known: Known, again: Callable[[SheetFlow, Known], SheetFlow]
) -> tuple[SheetFlow, ...]:
    """Return sheets understood with what the others list, lists first.

    A name of a list counts as one of the store: it is accepted under the same rules. Whether its row can
    be loaded is the check's to say: what points to a bad row is bad as well.

    Parameters
    ----------
    sheets
        As each is understood by itself.
    known
        What the store knows.
    again
        Understands a sheet with what is known.
    """
    found = list(sheets)
    listed: dict[str, pd.DataFrame] = {}
    order = sorted(range(len(found)), key=lambda at: _ORDER.index(found[at].table or _ORDER[-1]))
    for at in order:
        table = found[at].table
        if table is None:
            continue
        if _pointed_to(table) & listed.keys():
            found[at] = again(found[at], KnownTogether(known, dict(listed)))
        own = _rows(found[at])
        if own is not None and any(m.table == table and m.by == "name" for m in found[at].matches):
            # Superiors and suppliers are named in the list itself.
            found[at] = again(found[at], KnownTogether(known, _with(listed, table, own)))
            own = _rows(found[at])
        if own is not None:
            listed = _with(listed, table, own)
    return tuple(found)


def explained(
    flaws: Sequence[Flaw], sheets: Sequence[SheetFlow], bad: Mapping[str, Collection[int]]
) -> tuple[Flaw, ...]:
    """Say of rows that point to a row of the file that stays out itself which one it is.

    Parameters
    ----------
    flaws
        Of one sheet.
    sheets
        All sheets of the file.
    bad
        Sheet -> positions of the rows that stay out.
    """
    aside: dict[tuple[str, str], dict[str, object]] = {}
    for sheet in sheets:
        rows = _rows(sheet)
        for at in sorted(bad[sheet.name]) if rows is not None else ():
            if rows is not None and at in rows.index:
                key = (sheet.table or "", str(rows.at[at, BY_NAME[sheet.table or ""].key[0]]))
                where = {"listed": sheet.name, "row": sheet.row_numbers[at]}
                aside[key] = {"name": rows.at[at, "name"], **where}
    found = []
    for flaw in flaws:
        source = flaw.source
        if isinstance(source, Problem) and source.code == "unknown_reference":
            table = str(source.context.get("references"))
            own = aside.get((table, flaw.value))
            if own is not None:
                oddity = Oddity("own_row_bad", Level.ERROR, {"what": BY_NAME[table].label, **own})
                flaw = replace(flaw, source=oddity, value=str(own["name"]))  # noqa: PLW2901
        found.append(flaw)
    return tuple(found)


def _pointed_to(table: str) -> frozenset[str]:
    columns = {column.name for column in BY_NAME[table].columns}
    customers = {"dealer", "terminal"} if {"customer_type", "customer_id"} <= columns else set()
    return BY_NAME[table].references | customers


def _with(listed: Mapping[str, pd.DataFrame], table: str, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    parts = [listed[table], rows] if table in listed else [rows]
    return {**listed, table: pd.concat(parts, ignore_index=True)}


def _rows(flow: SheetFlow) -> pd.DataFrame | None:
    """Return the rows of a list with ID and name; None where the sheet is none."""
    table, values = flow.table or "", flow.values
    if table not in stored.NAMED or values is None:
        return None
    key = BY_NAME[table].key[0]
    if not {key, "name"} <= set(values):
        return None
    named = values[values[key].notna() & values["name"].notna()]
    return named if len(named) else None
