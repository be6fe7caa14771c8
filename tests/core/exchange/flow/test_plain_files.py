"""Files of the reader's corpus as they stand and as plain files of their rows: both give the same values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.errors import AppError
from core.exchange.flow import FileAnswers, Known, SheetAnswers, open_file
from core.exchange.flow.rows.canonical import text_of
from tests.core.exchange.corpus.case import book
from tests.core.exchange.readers.test_corpus import CASES

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.flow import SheetFlow
    from core.store.database import Store
    from tests.core.exchange.corpus.case import Case


def texts(values: pd.DataFrame) -> dict[str, list[str]]:
    """Return values as texts by column; a column that is empty throughout says nothing."""
    found = {str(name): [text_of(value) for value in values[name]] for name in values}
    return {name: column for name, column in found.items() if any(column)}


def plain(path: Path, case: Case, at: int, sheet: SheetFlow, known: Known) -> SheetFlow:
    """Return what is understood of one table of a case as a workbook of nothing but its header and rows."""
    header, rows = case.tables[at]
    book([header, *rows])(path)
    assert sheet.mapping is not None
    # Its title is gone, and with it what the table is, the unit and what all rows have in common.
    units = {("unit", column.header): column.unit for column in sheet.mapping.columns if column.unit}
    told = SheetAnswers(table=sheet.table, choices={**sheet.answers.choices, **units})
    read = replace(case.options, header_row=1, header_rows=1, wide="apart", keep_totals=True)
    answers = FileAnswers(read, {"Sheet1": told})
    return open_file(path, known, answers).sheets[0]


@pytest.mark.parametrize("case", [case for case in CASES if case.tables], ids=str)
def test_a_file_as_it_stands_means_what_its_rows_mean(case: Case, market: Store, tmp_path: Path) -> None:
    """Every column that a plain file of the expected rows fills has the same values in the file as it is."""
    known = Known(market)
    path = tmp_path / case.name
    case.write(path)
    try:
        flow = open_file(path, known, FileAnswers(case.options))
    except AppError:
        pytest.skip("no table for the store")
    order = {id(sheet.reading.table): sheet for sheet in flow.sheets}
    tables = [sheet for sheet in flow.reading.sheets if sheet.is_table]
    for at, reading in enumerate(tables[: len(case.tables)]):
        sheet = order.get(id(reading.table))
        if sheet is None or sheet.mapping is None or sheet.values is None:
            continue
        other = plain(tmp_path / f"plain{at}.xlsx", case, at, sheet, known)
        assert other.mapping is not None
        mine, theirs = texts(sheet.values), texts(other.values)
        assert {name: mine.get(name) for name in theirs} == theirs
