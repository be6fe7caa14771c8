"""Sheets of one shape in a workbook: what their names say of their rows, and which of them sum the others."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.exchange.columns import mapping as mappings
from core.exchange.columns.context import Context
from core.exchange.readers import Question
from core.exchange.readers.sheet.cells import number_of
from core.exchange.readers.sheet.entities import kind_of_label
from core.exchange.readers.sheet.melting import COLUMNS
from core.exchange.readers.sheet.vocabulary import is_additive, is_known_header, period_of, years_in
from core.i18n import format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.exchange.readers import ReadOptions, SheetReading

_SUMMARY = re.compile(
    r".*(?:汇总|合计|总计|总表|总览|全年|年度|累计|小计).*|[1-4一二三四]季度?|q[1-4]|[上下]半年|h[12]"
    r"|.*(?<![a-z])(?:total|summary|ytd|overall|all)(?![a-z]).*|\d{1,2}\s*[-~至到—]\s*\d{1,2}\s*月.*",
    re.IGNORECASE,
)
_TARGETS = {"month": "month", "company": "company_id", "region": "region_id", "employee": "employee_id"}


def groups(tables: Sequence[SheetReading]) -> list[list[SheetReading]]:
    """Return the sheets of equal headers, two or more together."""
    found: dict[str, list[SheetReading]] = defaultdict(list)
    for sheet in tables:
        found[mappings.fingerprint([str(name) for name in sheet.table.columns])].append(sheet)
    return [group for group in found.values() if len(group) > 1]


def without_summaries(tables: Sequence[SheetReading], options: ReadOptions) -> list[SheetReading]:
    """Return sheets without those that sum others; each is asked about once, and left out where so answered.

    Parameters
    ----------
    tables
        The tables of a file.
    options
        ``summary_sheet`` answers, sheet by sheet.
    """
    names = {sheet.name for sheet in tables}
    details = [sheet for sheet in tables if not _SUMMARY.fullmatch(sheet.name)]
    if len(details) < 2 or len(details) == len(names) or not groups(details):
        return list(tables)
    kept = []
    for sheet in tables:
        answer = options.of(sheet.name).summary_sheet
        if sheet in details or answer == "keep":
            kept.append(sheet)
        elif answer is None:
            context = {"name": sheet.name, "figures": _compared(sheet, details)}
            asked = Question("summary_sheet", ("drop", "keep"), "drop", sheet.name, context)
            kept.append(replace(sheet, questions=(*sheet.questions, asked)))
    return kept


def _compared(sheet: SheetReading, details: Sequence[SheetReading]) -> str:
    """Return the sum of a figure of a sheet beside that of the others, in words."""
    for name in map(str, sheet.table.columns):
        totals = [_total(each.table[name]) for each in (sheet, *details) if name in each.table]
        if is_additive(name) and len(totals) == len(details) + 1 and totals[0]:
            parts = " + ".join(format_number(total, 2) for total in totals[1:7])
            more = " + …" if totals[7:] else ""
            return (
                f"{name}: {format_number(totals[0], 2)}; {parts}{more} = {format_number(sum(totals[1:]), 2)}"
            )
    return "–"


def _total(column: pd.Series) -> float:
    numbers = [number for cell in column.tolist() if (number := number_of(cell)) is not None]
    return float(np.sum(numbers)) if numbers else 0.0


def with_sheet_names(
    tables: Sequence[SheetReading],
    filled: Callable[[SheetReading], frozenset[str]],
    lexicon: Mapping[str, str],
) -> list[SheetReading]:
    """Give sheets of one shape a column with what their names say, where nothing else says it.

    Parameters
    ----------
    tables
        The tables of a file.
    filled
        Returns the columns of the store that the columns of a sheet fill.
    lexicon
        Known name -> what it names.
    """
    changed: dict[str, SheetReading] = {}
    open_ones = {s.name for s in tables if any(q.code == "summary_sheet" for q in s.questions)}
    for group in groups([sheet for sheet in tables if sheet.name not in open_ones]):
        kind = _kind([sheet.name for sheet in group], lexicon)
        if not kind or _TARGETS[kind] in filled(group[0]):
            continue
        for sheet in group:
            value = _value(sheet, kind)
            if value is not None:
                changed[sheet.name] = _with_column(sheet, COLUMNS[kind], value)
    return [changed.get(sheet.name, sheet) for sheet in tables]


def _kind(names: Sequence[str], lexicon: Mapping[str, str]) -> str:
    """Return what the names of sheets say: months, or companies, regions or people that are known."""
    if all((period := period_of(name)) and period.month for name in names):
        return "month"
    kinds = {kind_of_label(name, lexicon) for name in names}
    kind = kinds.pop() if len(kinds) == 1 else ""
    return kind if kind in _TARGETS and not any(map(_is_header, names)) else ""


def _is_header(name: str) -> bool:
    return len(name) <= 2 and is_known_header(name)


def _value(sheet: SheetReading, kind: str) -> str | None:
    """Return what the name of a sheet says; None where its title says another month."""
    if kind != "month":
        return sheet.name
    period = period_of(sheet.name)
    assert period is not None
    titled = Context.of(sheet.title_lines).month
    if titled is not None and titled.month != period.month:
        return None
    years = {year for text in sheet.title_lines for year in years_in(text)} or years_in(sheet.file)
    year = period.year or (years.pop() if len(years) == 1 else None)
    return f"{year}-{period.month:02d}" if year else f"{period.month}月"


def _with_column(sheet: SheetReading, header: str, value: str) -> SheetReading:
    while header in sheet.table.columns:
        header += "_"
    table = sheet.table.copy()
    table.insert(0, header, pd.Series([value] * len(table), index=table.index, dtype=object))
    return replace(sheet, table=table)
