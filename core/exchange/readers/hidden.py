"""Sheets without characters that nobody sees; what was left out is told, and so are apostrophes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from core.exchange.readers.questions import Note
from core.visible_text import has_hidden, without_hidden

if TYPE_CHECKING:
    from core.exchange.readers.reading import SheetReading


def _note(code: str, found: list[tuple[int, str]]) -> tuple[Note, ...]:
    """Return what is said of some cells, by row and column: how many they are, and where the first stands."""
    if not found:
        return ()
    row, column = min(found)
    return (Note(code, {"count": len(found), "row": row, "column": column}),)


def with_visible_text(sheet: SheetReading) -> SheetReading:
    """Return a sheet whose headers and cells hold only what can be seen.

    An apostrophe before a value, which keeps Excel from making a number of it, is left out where the value is
    read; here it is told.
    """
    names = [without_hidden(str(name)) if has_hidden(str(name)) else name for name in sheet.table.columns]
    found: list[tuple[int, str]] = []
    marked: list[tuple[int, str]] = []
    table = sheet.table
    for at, name in enumerate(names):
        cells = table.iloc[:, at].to_numpy(object)
        # One look at all of a column spares the look at each of its cells.
        joined = "\n".join(cell for cell in cells if isinstance(cell, str))
        if "'" in joined:
            rows = [n for n, cell in enumerate(cells) if isinstance(cell, str) and cell.startswith("'")]
            marked += [(int(sheet.row_numbers[row]), str(name)) for row in rows]
        if not has_hidden(joined):
            continue
        rows = [n for n, cell in enumerate(cells) if isinstance(cell, str) and has_hidden(cell)]
        cleaned = cells.copy()
        for row in rows:
            cleaned[row] = without_hidden(cells[row]) or None
        table = table.copy() if table is sheet.table else table
        table.isetitem(at, pd.Series(cleaned, index=table.index, dtype=object))
        found += [(int(sheet.row_numbers[row]), str(name)) for row in rows]
    notes = (*_note("hidden", found), *_note("apostrophe", marked))
    if names != list(sheet.table.columns):
        table = table.set_axis(_apart(names), axis=1)
    return replace(sheet, table=table, notes=(*sheet.notes, *notes))


def _apart(names: list[object]) -> list[object]:
    """Return names that are unique also without what nobody sees."""
    taken: set[object] = set()
    unique = []
    for name in names:
        fresh, number = name, 1
        while fresh in taken:
            number += 1
            fresh = f"{name} ({number})"
        taken.add(fresh)
        unique.append(fresh)
    return unique
