"""The corpus of difficult files: each is read to exactly the table in it, or the reader asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.exchange.readers import read_file
from tests.core.exchange.corpus import across, encoded, formats, heads, sums, titles

if TYPE_CHECKING:
    from tests.core.exchange.corpus.case import Case

CASES: list[Case] = [
    case for family in (titles, heads, sums, across, encoded, formats) for case in family.CASES
]


def test_names_are_unique() -> None:
    """Every difficulty has a file of its own."""
    assert len({case.name for case in CASES}) == len(CASES) >= 25


@pytest.mark.parametrize("case", CASES, ids=str)
def test_difficult_file(case: Case, tmp_path: Path) -> None:
    """A difficult file is read to exactly the expected rows, and every doubt is asked about."""
    path = tmp_path / case.name
    case.write(path)
    reading = read_file(path, options=case.options)
    found = [sheet for sheet in reading.sheets if sheet.is_table]
    tables = [(tuple(sheet.table.columns), [tuple(row) for row in sheet.table.to_numpy()]) for sheet in found]
    assert tables == [(tuple(head), [tuple(row) for row in rows]) for head, rows in case.tables]
    assert [question.code for question in reading.questions] == list(case.questions)
    aside = [(each.row, each.label, each.agrees) for sheet in found for each in sheet.set_aside]
    assert aside == list(case.totals)
    if case.numbers:
        assert tuple(found[0].row_numbers) == tuple(case.numbers)
    notes = {note.code for note in (*reading.notes, *(note for sheet in found for note in sheet.notes))}
    assert set(case.notes) <= notes
    for each in (*reading.questions, *reading.notes, *(note for sheet in found for note in sheet.notes)):
        assert each.text
