"""Working off rows that were set aside: corrected, read once more as their file was, and loaded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.exchange.columns import mapping as mappings
from core.exchange.flow.answers import FileAnswers
from core.exchange.flow.check.checking import Prepared, prepare
from core.exchange.flow.files import FileFlow
from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.flow.load.loading import LoadResult, load_file
from core.exchange.flow.understanding import reread
from core.exchange.readers import Reading, ReadOptions, SheetReading
from core.i18n import LANGUAGES, language
from core.store.loading import quarantine
from core.store.loading.problems import Level

if TYPE_CHECKING:
    from core.exchange.flow.knowledge import Known
    from core.store.progress import Watch


@dataclass(frozen=True)
class Retry:
    """Corrected rows of one sheet after their check.

    Parameters
    ----------
    items
        Item of the quarantine of every row.
    prepared
        What was understood, and what is still wrong.
    """

    items: tuple[int, ...]
    prepared: Prepared

    @property
    def good(self) -> tuple[int, ...]:
        """Items whose row is right now."""
        bad = self.prepared.sheets[0].bad
        return tuple(item for at, item in enumerate(self.items) if at not in bad)


def payloads(items: pd.DataFrame, headers: Sequence[str] = ()) -> pd.DataFrame:
    """Return the rows set aside as they stood in the file, by item.

    Parameters
    ----------
    items
        Rows of :func:`core.store.loading.quarantine.items` of one sheet of one run.
    headers
        The order of the columns.
    """
    rows = [json.loads(text) for text in items["payload"]]
    table = pd.DataFrame(rows, index=pd.Index(items["item_id"], name="item_id"), dtype=object)
    first = [name for name in headers if name in table]
    return table[[*first, *(name for name in table if name not in first)]]


def headers_of(known: Known, items: pd.DataFrame) -> tuple[str, ...]:
    """Return the headers of the sheet that rows were set aside from, in its order."""
    return mappings.loads(_kept(known, items)[0]).headers


def _kept(known: Known, items: pd.DataFrame) -> tuple[str, int | None]:
    """Return how a sheet was read: its mapping, and the year of months without one."""
    first = items.iloc[0]
    return quarantine.sheet_of(known.store, int(first["run_id"]), str(first["sheet_name"]))


def try_again(
    known: Known, items: pd.DataFrame, corrected: pd.DataFrame, answers: FileAnswers | None = None
) -> Retry:
    """Read and check corrected rows.

    Parameters
    ----------
    known
        What the store knows.
    items
        Rows of :func:`core.store.loading.quarantine.items` of one sheet of one run.
    corrected
        The rows as :func:`payloads` returns them, corrected; rows left out are not tried.
    answers
        What the user said about their names.
    """
    tried = items[items["item_id"].isin(corrected.index)]
    first = tried.iloc[0]
    text, year = _kept(known, tried)
    mapping = mappings.loads(text)
    answers = answers or FileAnswers()
    name, file = str(first["sheet_name"]), str(first["file_name"])
    rows = corrected.loc[tried["item_id"]].map(_cell).reset_index(drop=True)
    sheet = SheetReading(file, name, "table", rows, tried["row_number"].to_numpy(np.int64))
    sheet = replace(sheet, over=_shifted(tried, rows))
    flow = reread(sheet, mapping, answers.of(name), known, year=year)
    reading = Reading(file, (sheet,))
    whole = FileFlow(Path(file), reading, ReadOptions(), answers, (flow,))
    return Retry(tuple(int(item) for item in tried["item_id"]), prepare(whole, known))


def _shifted(items: pd.DataFrame, corrected: pd.DataFrame) -> frozenset[int]:
    """Return the rows of the file whose cells a separator too many has shifted, and that are as they were."""
    flaw = Flaw("", "", "", "", (), Oddity("more_cells", Level.ERROR))
    marks = set()
    for code in LANGUAGES:
        with language(code):
            marks.add(flaw.sentence)
    before = payloads(items).reindex(columns=corrected.columns).map(_cell)
    same = (before.astype(str).to_numpy() == corrected.astype(str).to_numpy()).all(axis=1)
    told = [not marks.isdisjoint(json.loads(text)) for text in items["findings"]]
    return frozenset(items["row_number"][same & np.array(told)].tolist())


def load_again(retry: Retry, known: Known, watch: Watch | None = None, *, actor: str = "local") -> LoadResult:
    """Load the corrected rows that are right now; the others stay in the quarantine.

    Raises
    ------
    QuestionsOpenError
        Whom a name means is still open.
    """
    return load_file(retry.prepared, known, watch, actor=actor, resolves=retry.good)


def from_table(items: pd.DataFrame, table: pd.DataFrame, marker: str) -> pd.DataFrame:
    """Return the corrected rows of a table that came back, by item.

    Parameters
    ----------
    items
        Rows of the quarantine of one sheet.
    table
        What was read of the file: the columns of the sheet, and ``marker`` with the item.
    marker
        Name of that column.
    """
    own = payloads(items)
    numbers = pd.to_numeric(table[marker], errors="coerce")
    known = table[numbers.isin(own.index)]
    headers = [name for name in own.columns if name in known.columns]
    found: Mapping[str, Sequence[Any]] = {name: known[name].tolist() for name in headers}
    index = pd.Index(numbers[numbers.isin(own.index)].astype(int), name="item_id")
    changed = pd.DataFrame(found, index=index, dtype=object)
    return own.loc[index].assign(**{name: changed[name] for name in headers})


def _cell(cell: Any) -> Any:  # noqa: ANN401 - what a cell may hold
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return None
    return (cell.strip() or None) if isinstance(cell, str) else cell
