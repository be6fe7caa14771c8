"""Running every read query on two engines."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from core.cluster.check.comparison import first_difference
from core.cluster.check.parts import MADE_TABLES, PARTS
from core.cluster.check.values import Values
from core.cluster.statement import statement
from core.cluster.translation import translate
from core.errors import AppError
from core.store.queries import FOLDER, query

if TYPE_CHECKING:
    from pathlib import Path

    from core.cluster.engine import Engine

_ORDERED = re.compile(r"\nORDER BY(?!.*\n\))", re.DOTALL)
NOT_COMPARED = ("parts/", "tiles/lens_tables", "access/", "audit/")
"""Beginnings of files left out: pieces of others, tables that others fill, who did what."""


@dataclass(frozen=True)
class Outcome:
    """What became of one query.

    Parameters
    ----------
    query
        ``topic/name``.
    variant
        ``all`` for the whole market, ``narrow`` for one user's regions and one category.
    state
        ``same``, ``different`` or ``fails``.
    rows
        Rows of the store's engine.
    seconds
        Seconds that each engine took, the store's first; 0 where it failed.
    detail
        Where they differ, or why it failed.
    """

    query: str
    variant: str
    state: str
    rows: int
    seconds: tuple[float, float]
    detail: str = ""


def queries() -> list[str]:
    """Return the names of all query files that read, those that make tables for others first."""
    names = sorted(str(path.relative_to(FOLDER).with_suffix("").as_posix()) for path in FOLDER.rglob("*.sql"))
    others = [name for name in names if name not in MADE_TABLES and not name.startswith(NOT_COMPARED)]
    return [*MADE_TABLES, *others]


def compare(reference: Engine, engine: Engine, folder: Path) -> Iterator[Outcome]:
    """Run every query on both engines, for the whole market and narrowed, and compare the rows.

    Parameters
    ----------
    reference
        The store's engine, with the tables.
    engine
        The engine to prove, with the same tables.
    folder
        Where tables that queries make go; both see it.
    """
    values = Values(reference)
    for name in queries():
        text, given = filled(name, values.of(name))
        yield _compared(name, "all", text, given, reference, engine)
        if name in MADE_TABLES:
            file = folder / f"{MADE_TABLES[name]}.parquet"
            pq.write_table(reference.run_text(translate(text).source, given), file)
            for one in (reference, engine):
                one.register(MADE_TABLES[name], [str(file)])
        narrow = {key: value for key, value in values.narrow().items() if key in given}
        if narrow:
            yield _compared(name, "narrow", text, {**given, **narrow}, reference, engine)


def filled(name: str, values: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """Return the text of a query with its parts filled in, and its values; NULL where none is known."""
    parts = PARTS.get(name)
    values = {**dict.fromkeys(query(name)[1]), **values}
    if name == "customers/dealer_totals":
        rows, given = filled("customers/dealer_rows", values)
        return statement(name, given, {"rows": rows})
    text, given = statement(name, values, parts)
    kinds = translate(text).types
    # A name that is a number in one query may be a list in another.
    misfits = {
        key
        for key, value in given.items()
        if kinds.get(key, "").startswith("ARRAY") and not isinstance(value, list)
    }
    return text, {key: None if key in misfits else value for key, value in given.items()}


def _compared(
    name: str, variant: str, text: str, given: Mapping[str, object], reference: Engine, engine: Engine
) -> Outcome:
    made = translate(text)
    expected, first = None, 0.0
    try:
        expected, first = _timed(lambda: reference.run_text(made.source, given))
        found, second = _timed(lambda: engine.run_text(text, given))
    except AppError as error:
        rows = expected.num_rows if expected is not None else 0
        return Outcome(name, variant, "fails", rows, (first, 0.0), str(error))
    difference = first_difference(expected, found, ordered=bool(_ORDERED.search(made.source)))
    state = "same" if difference is None else "different"
    return Outcome(name, variant, state, expected.num_rows, (first, second), difference or "")


def _timed(work: Callable[[], pa.Table]) -> tuple[pa.Table, float]:
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun
