"""What is odd about a sheet as a whole, and about rows that are longer than its header."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.exchange.flow.issues import Flaw, Oddity
from core.store.loading.problems import Level

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.exchange.flow.sheets.sheet_flow import SheetFlow
    from core.exchange.readers.sheet.grid import Numbers


_LEFT_OUT = {"hidden": Level.WARNING, "hidden_cells": Level.WARNING, "apostrophe": Level.INFORMATION}


def ragged(flow: SheetFlow, numbers: Numbers, over: Collection[int], most: int | None = None) -> list[Flaw]:
    """Return the rows with more cells than the header: a separator in a value shifts those behind it.

    Parameters
    ----------
    flow
        The sheet.
    numbers
        Row of the file of every row.
    over
        Rows of the file with more cells.
    most
        So many are listed; all are counted.
    """
    at = np.flatnonzero(np.isin(numbers, list(over))) if over else np.zeros(0, dtype=np.intp)
    if not len(at):
        return []
    listed = tuple(at[:most].tolist())
    return [Flaw(flow.name, flow.table or "", "", "", listed, Oddity("more_cells", Level.ERROR), len(at))]


def remarks(flow: SheetFlow) -> list[Flaw]:
    """Return what is odd about the sheet as a whole."""
    table = flow.table or ""
    flaws = []
    if flow.found is not None and flow.found.changes.any:
        oddity = Oddity("mapping_changed", Level.WARNING)
        flaws.append(Flaw(flow.name, table, "", flow.found.changes.words, (), oddity))
    if flow.found is not None and flow.mapping is not None and "month" in flow.mapping.constants:
        oddity = Oddity("month_from_title", Level.INFORMATION)
        flaws.append(Flaw(flow.name, table, "month", flow.mapping.constants["month"], (), oddity))
    for note in flow.reading.notes:
        if note.code in _LEFT_OUT:
            oddity = Oddity(note.code, _LEFT_OUT[note.code], note.context)
            flaws.append(Flaw(flow.name, table, "", "", (), oddity))
    for total in flow.reading.set_aside:
        for each in total.comparisons:
            if not each.agrees:
                context = {"row": total.row, "total": f"{each.total:,.2f}", "sum": f"{each.details:,.2f}"}
                oddity = Oddity("total_differs", Level.WARNING, context | {"column": each.column})
                flaws.append(Flaw(flow.name, table, "", total.label, (), oddity))
    return flaws
