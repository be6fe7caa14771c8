"""A file of the corpus in the plainest form there is: the rows it should mean, as templates."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from core.exchange.canonical.importing import load
from core.store.database import Store
from core.tables import BY_NAME, TABLES, Column, Kind

if TYPE_CHECKING:
    from core.exchange.flow import SheetFlow

Rows = list[dict[str, object]]
_BOTTLES = 24
YEAR, MONTH = "2024", "2024-03"
"""What is answered where a file doesn't say its year or month."""
YUAN = {None: 1, "元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000}
_PACKS = frozenset(("箱", "件"))
_FIGURES = ("amount", "quantity", "sell_in_amount", "sell_out_amount")
_NOTHING = frozenset(("", "-", "—", "–", "/", "无", "N/A", "n/a", "None"))
_FILLED = {
    "region": {"level": "city"},
    "product": {"uom": "瓶", "units_per_case": _BOTTLES},
    "company": {"is_self": "false"},
    "target_plan": {"year": YEAR, "version": 1},
}
"""What a thing has, besides ID and name, that only has to be there."""


def store_of(empty: Path, path: Path, rows: Mapping[str, Rows]) -> Store:
    """Make a store of rows by table, from a copy of an empty one."""
    shutil.copy2(empty, path)
    store = Store.open(path)
    folder = path.parent / f"{path.stem}_plain"
    folder.mkdir()
    files = []
    for table, own in rows.items():
        names = [column.name for column in BY_NAME[table].columns if any(column.name in row for row in own)]
        if own:
            files.append(folder / f"{table}.csv")
            with files[-1].open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.DictWriter(file, names, extrasaction="ignore")
                writer.writeheader()
                writer.writerows(own)
    load(store, files)
    return store


def content(store: Store) -> dict[str, list[dict[str, object]]]:
    """Return all rows of all tables but for the imports they came with; empty tables are left out."""
    found = {}
    for table in TABLES:
        rows = store.fetch(f"SELECT t.* EXCLUDE (batch_id) FROM {table.name} AS t ORDER BY ALL").to_pylist()
        if rows:
            found[table.name] = rows
    return found


def things(named: Mapping[str, Iterable[str]]) -> dict[str, Rows]:
    """Return a region, company, dealer … for every name, its ID the name; and a company and dealer beside."""
    rows: dict[str, Rows] = {"company": [{"company_id": "OWN", "name": "自家", "is_self": "true"}]}
    rows["dealer"] = [{"dealer_id": "OWN", "name": "自营"}]
    for table, names in named.items():
        key = BY_NAME[table].key[0]
        new = sorted({name for name in names if name} - {str(row[key]) for row in rows.get(table, ())})
        rows.setdefault(table, []).extend({key: name, "name": name, **_FILLED.get(table, {})} for name in new)
    return rows


def plain_rows(sheet: SheetFlow, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Rows:
    """Return what rows mean, read by hand: texts as they are, amounts times their unit, months as months.

    A row that lacks something its table must have, or says it in no plain way, is left out; figures of equal
    keys are added up.

    Parameters
    ----------
    sheet
        What its columns are, and what all rows have in common.
    header, rows
        As they have to be read.
    """
    assert sheet.mapping is not None
    of = BY_NAME[sheet.table or ""]
    sources = {column.target: column for column in sheet.mapping.columns if column.target is not None}
    # Names of sheets stand before the columns of the file; a measure that was asked names its column.
    before = len(sheet.headers) - len(header)
    found: Rows = []
    for at, row in enumerate(rows):
        cells = dict(zip(sheet.headers, (*sheet.reading.table.iloc[at, :before], *row), strict=True))
        own: dict[str, object] = dict(sheet.mapping.constants)
        try:
            for target, source in sources.items():
                comma = sheet.answers.choices.get(("decimal_mark", target)) == "comma"
                own[target] = _value(cells[source.header], of.column(target), source.unit, comma=comma)
        except (InvalidOperation, ValueError):
            continue
        found.append(own)
    return added(of.name, [unpacked(sheet, own) for own in found])


def unpacked(sheet: SheetFlow, row: dict[str, object]) -> dict[str, object]:
    """Return a row with its cases in bottles; cases of no product are no quantity."""
    source = sheet.mapping.source("quantity") if sheet.mapping is not None else None
    if source is None or source.unit not in _PACKS or row.get("quantity") is None:
        return row
    whole = row["quantity"] * _BOTTLES if row.get("product_id") else None  # type: ignore[operator]
    return {**row, "quantity": whole}


def added(table: str, rows: Rows) -> Rows:
    """Return rows that have all they must have, the figures of equal keys added up.

    A sum of which one part is missing is no sum.
    """
    of = BY_NAME[table]
    found: dict[tuple[object, ...], dict[str, object]] = {}
    lacking = set()
    for own in rows:
        key = tuple(own.get(name) for name in of.key)
        if any(column.required and own.get(column.name) is None for column in of.columns):
            lacking.add(key)
            continue
        before = found.setdefault(key, own)
        for name in _FIGURES if before is not own else ():
            if own.get(name) is not None:
                before[name] = (before.get(name) or 0) + own[name]  # type: ignore[operator]
    return [own for key, own in found.items() if key not in lacking]


def _value(cell: object, column: Column, unit: str | None, *, comma: bool) -> object:
    text = "" if cell is None else str(cell).strip()
    if text in _NOTHING:
        return None
    if column.kind is Kind.MONTH:
        return _month(cell)
    if column.kind in {Kind.MONEY, Kind.NUMBER, Kind.INTEGER}:
        plain = text.replace(".", "").replace(",", ".") if comma else text.replace(",", "")
        figure = Decimal(plain.strip("¥￥"))
        return figure * YUAN[unit] if column.kind is Kind.MONEY else figure
    return text.removesuffix(".0") if isinstance(cell, float) else text


def _month(cell: object) -> str:
    if isinstance(cell, dt.date):
        return f"{cell:%Y-%m}"
    said = re.fullmatch(r"(?:(\d{4})[-./年])?(\d{1,2})月?(?:[-./]\d+)?", str(cell))
    if said is None:
        raise ValueError(cell)
    return f"{said[1] or YEAR}-{int(said[2]):02d}"
