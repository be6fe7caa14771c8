"""Rows of one key in a large sheet: found by their codes, asked about, and added up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.flow.rows.order_lines import SUMMED_TABLES, sum_question
from core.exchange.flow.rows.row_kinds import FIGURES
from core.exchange.flow.rows.row_table import NUMBER, POSITION
from core.store.loading.problems import Level
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.exchange.columns.results import Question
    from core.exchange.flow.large.decoding import DecodedColumn
    from core.exchange.flow.rows.row_kinds import Signs
    from core.exchange.flow.sheets.sheet_flow import SheetFlow
    from core.exchange.readers.text.bulk import Coded

_GROUP, _LISTED, _DIGITS = "_group", 1_000, 38
Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class KeyGroups:
    """The rows of a large sheet by their key.

    Parameters
    ----------
    of
        Group of every row; -1 for rows that don't count.
    whole
        So many groups have a whole key; each other row is a group of its own.
    """

    of: Numbers
    whole: int

    @property
    def repeated(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which rows share their key with others."""
        counts = np.bincount(self.of[self.of >= 0], minlength=self.whole) if len(self.of) else self.of
        return np.asarray((self.of >= 0) & (counts[np.maximum(self.of, 0)] > 1))

    def alike(self, rows: frozenset[int]) -> frozenset[int]:
        """Return rows with all others of their keys."""
        groups = np.unique(self.of[sorted(rows)])
        own = np.flatnonzero(np.isin(self.of, groups[groups >= 0]))
        return rows | frozenset(own.tolist())


def key_groups(
    columns: Mapping[str, DecodedColumn], table: str, count: int, signs: Signs | None
) -> KeyGroups | None:
    """Return the rows of a sheet by their key; None for a table whose rows are never added up.

    Parameters
    ----------
    columns
        Column of the store -> its values.
    table
        The table of the store.
    count
        So many rows.
    signs
        0 for a row that doesn't count; None where all do.
    """
    if table not in SUMMED_TABLES or not any(name in columns for name in FIGURES):
        return None
    of = BY_NAME[table]
    groups, lacking = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool)
    for name in (name for name in of.key if name in columns):
        which, values = columns[name].which, columns[name].values
        # Different cells may mean the same: a name with a blank in it, a month in words.
        codes, different = pd.factorize(np.asarray(values, dtype=object), use_na_sentinel=True)
        own = np.full(count, codes[0], dtype=np.int64) if which is None else codes.astype(np.int64)[which]
        lacking |= (own < 0) if of.column(name).required else False
        groups = pd.factorize(groups * (len(different) + 1) + own + 1)[0].astype(np.int64)
    out = np.zeros(count, dtype=bool) if signs is None else signs == 0
    kept = ~(lacking | out)
    numbers, used = pd.factorize(groups[kept])
    groups[kept], groups[out] = numbers, -1
    alone = lacking & ~out
    groups[alone] = len(used) + np.arange(int(alone.sum()))
    return KeyGroups(groups, len(used))


def repeated_in(groups: KeyGroups, coded: Coded, path: Path, columns: tuple[str, ...]) -> Question | None:
    """Ask whether rows of one key are added up; None where every key stands once.

    Parameters
    ----------
    groups
        The rows by their key.
    coded
        The rows as they stand in the file.
    path
        The rows as the store wants them.
    columns
        Columns of the store.
    """
    repeated = groups.repeated
    if not repeated.any():
        return None
    rows = np.flatnonzero(repeated)
    first = np.flatnonzero(groups.of == groups.of[rows[0]])
    name = next(name for name in FIGURES if name in columns)
    chosen = pc.field(POSITION).isin(first.tolist())
    texts = pq.read_table(path, columns=[name], filters=chosen)[name].to_pylist()
    doubtful = _holds_sums(groups, pq.read_table(path, columns=[name, POSITION]))
    alike = np.zeros(len(rows), dtype=np.int64)
    for codes, cells in zip(coded.codes, coded.cells, strict=True):
        alike = pd.factorize(alike * len(cells) + codes[rows])[0].astype(np.int64)
    counted = (len(rows), len(np.unique(groups.of[rows])), len(rows) - len(np.unique(alike)))
    return sum_question(counted, [Decimal(text) for text in texts if text is not None], doubtful=doubtful)


def _holds_sums(groups: KeyGroups, rows: pa.Table) -> bool:
    """Tell whether a figure of a key is the sum of its others, as a total among its parts is."""
    own = groups.of[rows[POSITION].to_numpy()]
    figures = np.nan_to_num(rows[0].cast(pa.float64()).to_numpy())
    sums = np.bincount(own, weights=figures)[own]
    several = np.bincount(own)[own] > 2
    return bool((several & (figures != 0) & (np.abs(2 * figures - sums) < 1e-9 * np.abs(sums))).any())


def write_sums(groups: KeyGroups, path: Path, table: str, columns: tuple[str, ...]) -> Path:
    """Write one row per key with the sums of its figures under the position of its first row.

    A figure that a row of a key lacks is missing; another column keeps what all rows of the key agree on.

    Parameters
    ----------
    groups
        The rows by their key.
    path
        All rows, in order.
    table, columns
        The table of the store and its columns.

    Returns
    -------
    Path
        The new file, beside the old one.
    """
    rows = pq.read_table(path, read_dictionary=list(columns))
    own = pa.array(groups.of[rows[POSITION].to_numpy()])
    firsts = _grouped(own, rows[POSITION], "min").sort_by("value_min")
    sorted_groups = firsts[_GROUP]
    place = pc.index_in(firsts["value_min"], rows[POSITION])
    data = {POSITION: firsts["value_min"], NUMBER: rows[NUMBER].take(place)}
    for name in columns:
        if name in BY_NAME[table].key:
            data[name] = rows[name].take(place).cast(pa.string())
        else:
            joined = _sums(own, rows[name]) if name in FIGURES else _common(own, rows[name])
            data[name] = joined["value"].take(pc.index_in(sorted_groups, joined[_GROUP]))
    target = path.with_name("sums.parquet")
    pq.write_table(pa.table({name: data[name] for name in (*columns, POSITION, NUMBER)}), target)
    return target


def _grouped(groups: pa.Array, values: pa.ChunkedArray, *ways: str) -> pa.Table:
    grouped = pa.table({_GROUP: groups, "value": values}).group_by(_GROUP)
    return grouped.aggregate([("value", way) for way in ways])


def _sums(groups: pa.Array, texts: pa.ChunkedArray) -> pa.Table:
    """Return the sum of every group, none where one of its rows has no figure."""
    plain = texts.cast(pa.string())
    pointed = (text for text in pc.unique(plain).to_pylist() if text and "." in text)
    decimals = max((len(text.rpartition(".")[2]) for text in pointed), default=0)
    found = _grouped(groups, plain.cast(pa.decimal128(_DIGITS, decimals)), "sum", "count")
    rows = _grouped(groups, pa.chunked_array([pa.array(np.ones(len(groups), dtype=np.int64))]), "sum")
    rows = rows.take(pc.index_in(found[_GROUP], rows[_GROUP]))
    every = pc.equal(found["value_count"], rows["value_sum"])
    sums = pc.if_else(every, found["value_sum"].cast(pa.string()), pa.scalar(None, pa.string()))
    return pa.table({_GROUP: found[_GROUP], "value": sums})


def _common(groups: pa.Array, texts: pa.ChunkedArray) -> pa.Table:
    """Return what all rows of every group have, none where they differ or one has nothing."""
    found = _grouped(groups, texts.cast(pa.string()), "min", "max", "count")
    rows = _grouped(groups, pa.chunked_array([pa.array(np.ones(len(groups), dtype=np.int64))]), "sum")
    rows = rows.take(pc.index_in(found[_GROUP], rows[_GROUP]))
    same = pc.and_(
        pc.equal(found["value_min"], found["value_max"]), pc.equal(found["value_count"], rows["value_sum"])
    )
    return pa.table(
        {_GROUP: found[_GROUP], "value": pc.if_else(same, found["value_min"], pa.scalar(None, pa.string()))}
    )


def incomplete_in(groups: KeyGroups, sheet: SheetFlow, path: Path, columns: tuple[str, ...]) -> list[Flaw]:
    """Return the sums that stay empty because some of their rows have no figure.

    Parameters
    ----------
    groups
        The rows by their key.
    sheet
        The sheet.
    path
        All rows, in order.
    columns
        Columns of the store.
    """
    flaws, table = [], sheet.table or ""
    for name in (n for n in FIGURES if n in columns and not BY_NAME[table].column(n).required):
        rows = pq.read_table(path, columns=[name, POSITION])
        at = rows[POSITION].to_numpy()
        own, empty = groups.of[at], rows[name].is_null().to_numpy()
        counts = np.bincount(own, minlength=1)
        empties = np.bincount(own[empty], minlength=len(counts))
        partial = (empties > 0) & (empties < counts)
        lacking = at[empty & partial[own]]
        if len(lacking):
            oddity = Oddity("incomplete_sum", Level.WARNING, {"sums": int(partial.sum())})
            listed = tuple(lacking[:_LISTED].tolist())
            flaws.append(Flaw(sheet.name, table, name, "", listed, oddity, count=len(lacking)))
    return flaws
