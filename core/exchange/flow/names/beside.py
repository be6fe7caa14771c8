"""Names beside codes: where both stand in a row the code counts, unless the name is that of somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.exchange.columns.header import Header
from core.exchange.columns.levels import level_named
from core.exchange.columns.proposal import SURE
from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.matching.names import match_names
from core.store.loading.problems import Level
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.exchange.columns.mapping import Mapping
    from core.exchange.columns.proposal import Proposal
    from core.exchange.flow.knowledge import Known


def columns_beside(proposal: Proposal, mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Yield columns of the store that hold codes, each with the header of the names left out beside it."""
    of = BY_NAME[mapping.table]
    filled = {column.header for column in mapping.columns if column.target is not None}
    for column in proposal.columns:
        for name, score in column.alternatives if column.header not in filled else ():
            source = mapping.source(name)
            if score >= SURE and of.column(name).references and source is not None and source.resolve is None:
                yield name, column.header


def contradictions(
    mapping: Mapping, column: str, header: str, pairs: Sequence[tuple[object, object]], known: Known
) -> dict[int, str]:
    """Return the places of pairs of code and name that mean two different ones, with the name of the code.

    Only a name that is exactly that of one other counts; a region may stand beside one that holds it.

    Parameters
    ----------
    mapping
        How the sheet is read.
    column, header
        The column of the store that holds the codes, and the header of the names.
    pairs
        (ID, cell) of different rows.
    known
        What the store knows.
    """
    table = str(BY_NAME[mapping.table].column(column).references)
    if table not in known:
        return {}
    texts = {text for _own, text in pairs if isinstance(text, str)}
    level = level_named(Header.of(header)) if table == "region" else None
    ids = {
        match.name: match.id for match in match_names(sorted(texts), known.index(table), table, level=level)
    }
    found = {}
    for place, (own, text) in enumerate(pairs):
        other = ids.get(text) if isinstance(text, str) else None
        if other is None or own is None or other == own or own not in known[table]:
            continue
        path = known.regions.path
        if table == "region" and (other in path(str(own)) or own in path(other)):
            continue
        found[place] = known.name_of(table, str(own))
    return found


def name_flaws(
    sheet: str, mapping: Mapping, column: str, pairs: Sequence[tuple[object, object]], found: dict[int, str]
) -> list[Flaw]:
    """Return the rows whose code and name contradict each other, together where both are the same.

    Parameters
    ----------
    sheet
        Its name.
    mapping, column, pairs, found
        As in :func:`contradictions`, with a pair per row.
    """
    rows: dict[tuple[str, str], list[int]] = {}
    for place, name in found.items():
        rows.setdefault((str(pairs[place][1]), name), []).append(place)
    return [
        Flaw(
            sheet, mapping.table, column, text, tuple(at), Oddity("name_differs", Level.ERROR, {"own": name})
        )
        for (text, name), at in rows.items()
    ]


def rows_of_pairs(
    which: np.ndarray, codes: np.ndarray, cells: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the different pairs of two columns, as places in each, and the pair of every row."""
    pairs, inverse = np.unique(which.astype(np.int64) * cells + codes, return_inverse=True)
    return pairs // cells, pairs % cells, inverse
