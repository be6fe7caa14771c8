"""Making one row of every row and label of a wide table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.exchange.readers.reading import SEPARATOR, Comparison, SetAside
from core.exchange.readers.sheet.cells import label_of
from core.exchange.readers.sheet.grid import filled
from core.exchange.readers.sheet.spans import spans_beside
from core.exchange.readers.sheet.vocabulary import total_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.exchange.readers.outcome import ReaderOutcome
    from core.exchange.readers.sheet.totals import Body

COLUMNS = {"month": "月份", "product": "产品", "company": "公司", "region": "区域", "employee": "业务员"}
"""What the new column is called: a header that the understanding of columns knows."""


@dataclass(frozen=True)
class Across:
    """What stands across: by column its label in the new column, and the levels that are left of its name."""

    kind: str
    labels: dict[int, str]
    rests: dict[int, list[str]]
    more: tuple[tuple[str, dict[int, str]], ...] = ()

    @property
    def measures(self) -> dict[int, str]:
        """By column what it measures."""
        return {column: SEPARATOR.join(levels) for column, levels in self.rests.items()}

    @property
    def dimensions(self) -> tuple[tuple[str, dict[int, str]], ...]:
        """What each new column says, and its labels by column of the sheet."""
        return ((self.kind, self.labels), *self.more)

    def along(self, kind: str, labels: Mapping[int, str], rests: Mapping[int, Sequence[str]]) -> Across:
        """Return the columns that have another label too, with it."""
        kept = {column: label for column, label in self.labels.items() if column in labels}
        more = tuple((name, {c: own[c] for c in kept}) for name, own in self.more)
        left = {column: list(levels) for column, levels in rests.items() if column in kept}
        return Across(self.kind, kept, left, (*more, (kind, dict(labels))))


@dataclass(frozen=True)
class Long:
    """A table after wide columns became rows.

    Parameters
    ----------
    table
        The cells.
    origin
        Position of the row each row came from.
    set_aside
        Total columns that were taken out.
    changed
        Whether columns became rows.
    """

    table: pd.DataFrame
    origin: np.ndarray
    set_aside: tuple[SetAside, ...] = ()
    changed: bool = False


def melted(body: Body, paths: Sequence[tuple[str, ...]], across: Across, outcome: ReaderOutcome) -> Long:
    """Make one row of every row and label that has a value."""
    totals = [
        column
        for column, path in enumerate(paths)
        if column not in across.labels and path and any(total_word(level) for level in path)
    ]
    spans: list[int] = []
    summed: list[SetAside] = []
    months = dict(across.dimensions).get("month")
    if months is not None:
        spans, summed = spans_beside(body, paths, months, outcome)
    fixed = [c for c in range(len(paths)) if c not in {*across.labels, *totals, *spans}]
    across = _apart(across)
    slots = {c: tuple(own[c] for _kind, own in across.dimensions) for c in across.labels}
    labels = list(dict.fromkeys(slots.values()))
    measures = list(dict.fromkeys(across.measures.values()))
    values = np.full((len(body.cells), len(labels), len(measures)), None, dtype=object)
    for column, label in slots.items():
        values[:, labels.index(label), measures.index(across.measures[column])] = body.cells[:, column]
    given = np.asarray(filled(values).any(axis=2), dtype=bool)
    row, label_at = np.nonzero(given)
    data = {body.names[column]: body.cells[row, column] for column in fixed}
    names = ", ".join(body.names[column] for column in across.labels)
    for place, (kind, _own) in enumerate(across.dimensions):
        name = COLUMNS[kind]
        while name in data:
            name += "_"
        data[name] = np.array([label[place] for label in labels], dtype=object)[label_at]
        outcome.note("long", names=names, column=name)
    for position, measure in enumerate(measures):
        data[measure if measure not in data else f"{measure} (2)"] = values[row, label_at, position]
    frame = pd.DataFrame({key: pd.Series(column, dtype=object) for key, column in data.items()})
    aside = [_column_total(body, column, across) for column in totals if column not in spans]
    return Long(frame, row, (*aside, *summed), changed=True)


def _apart(across: Across) -> Across:
    """Tell columns of one label and measure apart: none is written over another."""
    seen: dict[tuple[str, ...], int] = {}
    rests = {}
    for column in sorted(across.labels):
        measure = across.measures[column]
        slot = (*(own[column] for _kind, own in across.dimensions), measure)
        seen[slot] = seen.get(slot, 0) + 1
        rests[column] = across.rests[column] if seen[slot] == 1 else [f"{measure} ({seen[slot]})"]
    return replace(across, rests=rests)


def _column_total(body: Body, column: int, across: Across) -> SetAside:
    """Compare a total column with the columns it sums: all of its measure."""
    own = next((m for m in across.measures.values() if m in body.names[column]), None)
    columns = [c for c in across.labels if own is None or across.measures[c] == own]
    details = sum(float(np.nansum(body.column(c))) for c in columns)
    compared = Comparison(body.names[column], float(np.nansum(body.column(column))), details)
    return SetAside(0, label_of(body.names[column]), "row", (compared,))
