"""The rows of a large sheet as the store wants them, written piece by piece."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from core.exchange.flow.rows import shaping
from core.exchange.flow.rows.canonical import text_of
from core.exchange.flow.rows.row_kinds import FIGURES, subtracted
from core.exchange.flow.rows.row_table import NUMBER, POSITION
from core.exchange.flow.rows.treatments import treated, treatments
from core.exchange.matching.coordinates import FORM, SWAPPED
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.exchange.columns.mapping import Mapping
    from core.exchange.columns.results import Question
    from core.exchange.flow.issues import Flaw
    from core.exchange.flow.knowledge import Known
    from core.exchange.flow.large.decoding import DecodedColumn
    from core.exchange.flow.rows.row_kinds import Signs
    from core.exchange.readers.text.bulk import Coded

_CHUNK = 200_000


class Writer:
    """Writes a large sheet as Parquet; what only rows can show is found on the way.

    Parameters
    ----------
    sheet
        Name of the sheet.
    mapping
        How it is read.
    columns
        Column of the store -> its values.
    known
        What the store knows.
    signs
        Of every row: 1, -1 where its figures are subtracted, 0 where it doesn't count; None for all 1.
    """

    def __init__(
        self,
        sheet: str,
        mapping: Mapping,
        columns: Pairs[str, DecodedColumn],
        known: Known,
        signs: Signs | None = None,
    ) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._columns = columns
        self._known = known
        self._signs = signs
        self._texts = {
            name: pa.array([text_of(value) for value in decoded.values.tolist()], pa.string())
            for name, decoded in columns.items()
        }
        self._shaped = self._shaped_columns()
        self._flaws: dict[tuple[str, str], Flaw] = {}
        self.questions: dict[tuple[str, str], Question] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the store that are written."""
        return (*self._columns, *sorted(self._shaped - self._columns.keys()))

    @property
    def flaws(self) -> tuple[Flaw, ...]:
        """What was wrong with rows."""
        return tuple(self._flaws.values())

    def _shaped_columns(self) -> set[str]:
        """Return the columns whose values depend on others of their row."""
        mapping, found = self._mapping, set()
        key = BY_NAME[mapping.table].key[0]
        if mapping.decisions.get("identifier") in {"by_name", "by_row"} and key not in self._columns:
            found.add(key)
        if mapping.decisions.get(SWAPPED) == "yes" or mapping.decisions.get(FORM):
            found |= {"lat", "lon"} & self._columns.keys()
        quantity = mapping.source("quantity")
        if quantity is not None and quantity.unit is not None:
            found.add("quantity")
        if self._signs is not None:
            found |= self._columns.keys() & set(FIGURES)
        return found | {target for target, _way in treatments(mapping) if target in self._columns}

    def write(self, coded: Coded, path: Path, step: Callable[[float], None]) -> None:
        """Write all rows.

        Parameters
        ----------
        coded
            The rows.
        path
            The file.
        step
            Called with the share that is done; whatever it raises stops the work.
        """
        names = self.columns
        fields = [(name, pa.string()) for name in names]
        schema = pa.schema([*fields, (POSITION, pa.int64()), (NUMBER, pa.int64())])
        with pq.ParquetWriter(path, schema) as writer:
            for start in range(0, len(coded), _CHUNK):
                rows = slice(start, min(start + _CHUNK, len(coded)))
                own = self._part(rows)
                data = [own[name] for name in names]
                data += [pa.array(np.arange(rows.start, rows.stop)), pa.array(coded.numbers[rows])]
                table = pa.Table.from_arrays(data, schema=schema)
                if self._signs is not None:
                    table = table.filter(pa.array(self._signs[rows] != 0))
                writer.write_table(table)
                step(rows.stop / len(coded))

    def _part(self, rows: slice) -> dict[str, pa.Array]:
        """Return the columns of some rows as texts."""
        found = {}
        for name, texts in self._texts.items():
            which = self._columns[name].which
            if name not in self._shaped:
                at = np.zeros(rows.stop - rows.start, dtype=np.int32) if which is None else which[rows]
                found[name] = texts.take(pa.array(at))
        if self._shaped or {"lat", "lon"} <= self._columns.keys():
            values = self._shape(rows)
            for name in self._shaped:
                found[name] = pa.array([text_of(value) for value in values[name].tolist()], pa.string())
        return found

    def _shape(self, rows: slice) -> pd.DataFrame:
        mapping, known = self._mapping, self._known
        parts = {name: decoded.part(rows) for name, decoded in self._columns.items()}
        values = pd.DataFrame({name: pd.Series(part, dtype=object) for name, part in parts.items()})
        values = shaping.turned(shaping.identified(values, mapping, known), mapping)
        asked = shaping.piece_question(values, mapping, known)
        values, flaws = shaping.counted(self._sheet, values, mapping, known)
        values, _untreated = treated(self._sheet, values, mapping)
        if self._signs is not None:
            values = subtracted(values, self._signs[rows])
        asked += shaping.system_question(values, mapping, known)
        for question in asked:
            self.questions.setdefault((question.code, question.column), question)
        for flaw in flaws:
            self._add(flaw, rows.start)
        return values

    def _add(self, flaw: Flaw, start: int) -> None:
        """Join a finding with those of its kind and value in earlier pieces."""
        before = self._flaws.get((flaw.source.code, flaw.value))
        at = tuple(start + position for position in flaw.positions)
        if before is not None:
            at, count = before.positions + at, before.count + len(flaw.positions)
        else:
            count = len(flaw.positions)
        self._flaws[flaw.source.code, flaw.value] = replace(flaw, positions=at, count=count)
