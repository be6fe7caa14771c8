"""Columns that say one thing together: a year beside a month, a unit or a currency beside a number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.exchange.readers.questions import Note
from core.exchange.readers.sheet.cells import label_of, number_of
from core.exchange.readers.sheet.vocabulary import is_additive, is_unit, period_of, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from core.exchange.readers.reading import SheetReading

_YEAR = re.compile(r"(?:会计|自然)?年(?:份|度)?|year|yr", re.IGNORECASE)
_MONTH = re.compile(r"(?:会计)?(?:月(?:份|度)?|期间)|month|mth|period", re.IGNORECASE)
_UNIT = re.compile(
    r"(?:计量|数量|金额|货币|销售|计价)?单位|币种|币别|货币|units?|uom|curr(?:ency|\.)?|ccy", re.IGNORECASE
)
_COUNTED = re.compile(r"数量|销量|件数|库存|出库数|发货数|qty|quantity|volume", re.IGNORECASE)
_OF_MONEY = re.compile(r"元|rmb|cny|人民币|yuan|[a-z]{3}|[美欧港台日韩新]元|[美日港台]币|英镑", re.IGNORECASE)
_OWN = re.compile(r"元|%|[(（].*[)）]|usd|rmb|cny", re.IGNORECASE)
"""Of a header that says its unit itself."""
_CURRENCY = re.compile(r"币种|币别|货币|curr(?:ency|\.)?|ccy", re.IGNORECASE)
_YUAN = re.compile(r"([十百千万亿]*元)(?![/／])")
_OF_YUAN = re.compile(r"元|人民币|rmb|cny|yuan", re.IGNORECASE)
_FIRST, _LAST = 1990, 2099


def with_joined(sheet: SheetReading) -> SheetReading:
    """Return a sheet whose months have the years, and whose numbers the units, of the column beside."""
    if not sheet.is_table or not sheet.complete or sheet.outlines is not None:
        return sheet
    sheet = _with_years(sheet)
    for header in unit_columns(map(str, sheet.table.columns)):
        sheet = _with_units(sheet, header)
    return sheet


def unit_columns(headers: Iterable[str]) -> list[str]:
    """Return the headers of columns that say a unit or a currency."""
    return [header for header in headers if _UNIT.fullmatch(plain(header).strip())]


def changes_numbers(cells: Iterable[Any], headers: Iterable[str]) -> bool:
    """Tell whether a column of units makes numbers beside it others than they stand there.

    Parameters
    ----------
    cells
        Its different cells.
    headers
        Of all columns: units of goods, 箱 and 瓶, concern those that count them.
    """
    given = {plain(label_of(cell)).strip() for cell in cells if cell is not None} - {""}
    if not all(is_unit(cell) or _OF_MONEY.fullmatch(cell) for cell in given):
        return False
    others = {cell for cell in given if not _OF_YUAN.fullmatch(cell)}
    if any(_OF_MONEY.search(cell) for cell in others) or (others and others != given):
        return True
    return len(others) > 1 and any(_COUNTED.search(plain(header)) for header in headers)


def _with_years(sheet: SheetReading) -> SheetReading:
    years, months = _headed(sheet, _YEAR), _headed(sheet, _MONTH)
    if years is None or months is None:
        return sheet
    pairs = list(zip(map(_year, sheet.table[years]), map(_month, sheet.table[months]), strict=True))
    if not pairs or any((year is None) != (month is None) for year, month in pairs):
        return sheet
    if all(year is None for year, _month_of in pairs):
        return sheet
    cells = [None if year is None else f"{year}-{month:02d}" for year, month in pairs]
    at = list(map(str, sheet.table.columns)).index(years)
    table = sheet.table.assign(**{months: _column(cells, sheet)}).drop(columns=years)
    note = Note("years_joined", {"column": months, "years": years})
    positions = sheet.positions and (*sheet.positions[:at], *sheet.positions[at + 1 :])
    return replace(sheet, table=table, positions=positions, notes=(*sheet.notes, note))


def _year(cell: object) -> int | None:
    period = period_of(cell)
    number = number_of(cell)
    year = period.year if period and period.month is None else int(number) if number is not None else None
    return year if year is not None and _FIRST <= year <= _LAST else None


def _month(cell: object) -> int | None:
    period = period_of(cell)
    if period is not None:
        return period.month if period.year is None else None
    number = number_of(cell)
    return int(number) if number is not None and number in range(1, 13) else None


def _with_units(sheet: SheetReading, header: str) -> SheetReading:
    """Write the unit of each row behind its number, or once in the header where all rows have the same."""
    cells = [None if cell is None else plain(label_of(cell)).strip() for cell in sheet.table[header]]
    given = {cell for cell in cells if cell}
    if not given or not all(is_unit(cell) or _OF_MONEY.fullmatch(cell) for cell in given):
        return sheet
    money = [_OF_MONEY.search(cell) is not None for cell in given]
    names = [str(name) for name in sheet.table.columns if name != header]
    numbers = [name for name in names if _is_number(sheet.table[name].tolist())]
    counted = [name for name in numbers if _COUNTED.search(plain(name))]
    # Of 箱 and 元 in turn neither a quantity nor an amount is sure: every number bears the unit of its row.
    chosen = numbers if any(money) and not all(money) else counted
    chosen = [name for name in numbers if name not in counted] if all(money) else chosen
    currency = _CURRENCY.fullmatch(plain(header).strip()) is not None
    own = {name: _own_unit(name) for name in chosen}
    chosen = [name for name in chosen if is_additive(name) and _may_join(given, own[name], currency=currency)]
    if not chosen:
        return sheet
    table, note = sheet.table, Note("units_joined", {"column": ", ".join(chosen), "units": header})
    if len(given) == 1 and all(cells) and not any(own[name] for name in chosen):
        table = table.rename(columns={name: f"{name}({next(iter(given))})" for name in chosen})
    else:
        for name in chosen:
            pairs = zip(table[name], cells, strict=True)
            said = own[name] or ""
            scale = said.removesuffix("元") if currency else ""
            joined = [
                f"{_text(cell)}{scale}{unit}"
                if cell is not None and unit and _counts(unit, said, currency=currency)
                else cell
                for cell, unit in pairs
            ]
            table = table.assign(**{name: _column(joined, sheet)})
    return replace(sheet, table=table, notes=(*sheet.notes, note))


def _own_unit(name: str) -> str | None:
    """Return the unit of yuan that a header says; empty for no unit, None for another one."""
    text = plain(name)
    if not _OWN.search(text):
        return ""
    found = _YUAN.search(text)
    return found[1] if found else None


def _may_join(given: Collection[str], own: str | None, *, currency: bool) -> bool:
    return own == "" or (own is not None and any(_counts(unit, own, currency=currency) for unit in given))


def _counts(unit: str, own: str, *, currency: bool) -> bool:
    """Tell whether the unit of a row counts beside the one of the header: a currency says no thousands."""
    if not own:
        return True
    return _OF_YUAN.fullmatch(unit) is None if currency else unit != own


def _headed(sheet: SheetReading, pattern: re.Pattern[str]) -> str | None:
    """Return the one column with such a header; None where there is none or several."""
    found = [str(name) for name in sheet.table.columns if pattern.fullmatch(plain(str(name)).strip())]
    return found[0] if len(found) == 1 else None


def _is_number(cells: list[Any]) -> bool:
    given = [cell for cell in cells if cell is not None]
    return bool(given) and 2 * sum(number_of(cell) is not None for cell in given) > len(given)


def _text(cell: object) -> str:
    return format(cell, ".15g") if isinstance(cell, float) else str(cell)


def _column(cells: list[Any], sheet: SheetReading) -> pd.Series:
    return pd.Series(cells, index=sheet.table.index, dtype=object)
