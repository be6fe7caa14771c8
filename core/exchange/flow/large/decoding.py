"""What the different cells of a large sheet mean: each is read, and each name matched, once."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core.exchange.columns.applying import NamedColumn, apply_mapping
from core.exchange.flow.asking import Asked
from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.flow.large.distinct import Distinct, distinct, frame, sources
from core.exchange.flow.names.beside import columns_beside, contradictions, name_flaws, rows_of_pairs
from core.exchange.flow.names.naming import Matched, match_column, texts_of
from core.exchange.flow.sheets.titles import conflict_answers, open_conflicts, title_conflicts
from core.exchange.flow.understanding import names_told
from core.store.loading.problems import Level

if TYPE_CHECKING:
    from core.exchange.flow.knowledge import Known
    from core.exchange.flow.sheets.sheet_flow import SheetFlow
    from core.exchange.readers.text.bulk import Coded

LISTED = 1_000
"""Rows, and values, of one kind of finding that are listed; all are counted."""


@dataclass(frozen=True)
class DecodedColumn:
    """A column of the store in a large sheet.

    Parameters
    ----------
    which
        Place of every row among the values; None where one value holds for all.
    values
        The different values.
    """

    which: np.ndarray[Any, np.dtype[np.integer[Any]]] | None
    values: np.ndarray[Any, np.dtype[np.object_]]

    def part(self, rows: slice) -> np.ndarray[Any, np.dtype[np.object_]]:
        """Return the values of some rows."""
        if self.which is None:
            return np.full(rows.stop - rows.start, self.values[0], dtype=object)
        return np.asarray(self.values[self.which[rows]])


@dataclass(frozen=True)
class DecodedSheet:
    """What the cells of a large sheet say under its mapping.

    Parameters
    ----------
    columns
        Column of the store -> its values, in the order a small sheet has them.
    questions
        What is open.
    matches
        Names by column.
    flaws
        What is wrong or odd, with the rows concerned.
    """

    columns: Pairs[str, DecodedColumn]
    questions: tuple[Asked, ...]
    matches: tuple[Matched, ...]
    flaws: tuple[Flaw, ...]


def decode(sheet: SheetFlow, coded: Coded, known: Known, most: int) -> DecodedSheet:
    """Read every different cell of a large sheet.

    Parameters
    ----------
    sheet
        What was understood of its sample.
    coded
        All its rows.
    known
        What the store knows.
    most
        So many rows with errors are listed; of other findings :data:`LISTED`.
    """
    mapping = sheet.mapping
    assert mapping is not None
    cells = distinct(coded, mapping)
    understood = apply_mapping(
        frame(cells),
        mapping,
        year=sheet.proposal.year,
        known=known,
        semicolons=sheet.reading.has_semicolons,
    )
    headers = sources(mapping, coded.names)
    columns: dict[str, DecodedColumn] = {}
    for name in understood.values:
        values = understood.values[name].to_numpy()
        entry = cells[headers[name]] if name in headers else None
        columns[name] = (
            DecodedColumn(entry.which, values[: len(entry)]) if entry else DecodedColumn(None, values[:1])
        )
    flaws: list[Flaw] = []
    for name in dict.fromkeys(finding.column for finding in understood.findings):
        own = [f for f in understood.findings if f.column == name]
        found = [Flaw(sheet.name, mapping.table, name, f.value, f.rows, f) for f in own]
        flaws += located(found, cells[headers[name]], most) if name in headers else found
    matches = []
    for name, named in understood.named.items():
        entry = cells[headers[name]]
        told = names_told(mapping, sheet.answers, named.table, known)
        names = _trimmed(named, len(entry))
        matched = match_column(sheet.name, mapping.table, name, names, known, told)
        matched = _counted(matched, names, entry, known)
        columns[name] = DecodedColumn(entry.which, matched.ids.to_numpy())
        flaws += located(list(matched.flaws), entry, most)
        matches.append(matched)
    flaws += _beside(sheet, coded, columns, known, most)
    given = {name: set(column.values) for name, column in columns.items()}
    conflicts = open_conflicts(title_conflicts(sheet.reading, given, mapping, known), mapping)
    for name, turn in conflict_answers(mapping).items():
        titled = np.empty(len(columns[name].values), dtype=object)
        titled[:] = [turn(value) for value in columns[name].values]
        columns[name] = replace(columns[name], values=titled)
    asked = [Asked(sheet.name, question) for question in (*understood.questions, *conflicts)]
    asked += [Asked(sheet.name, question) for matched in matches for question in matched.questions]
    return DecodedSheet(columns, tuple(asked), tuple(matches), tuple(flaws))


def _beside(
    sheet: SheetFlow, coded: Coded, columns: Pairs[str, DecodedColumn], known: Known, most: int
) -> list[Flaw]:
    """Return the rows whose code is another one's than the name beside it."""
    mapping, flaws = sheet.mapping, list[Flaw]()
    assert mapping is not None
    for column, header in columns_beside(sheet.proposal, mapping):
        own = columns.get(column)
        if own is None or own.which is None or header not in coded.names:
            continue
        at = coded.names.index(header)
        ids, cells, pair = rows_of_pairs(own.which, coded.codes[at], len(coded.cells[at]))
        pairs = [(own.values[i], coded.cells[at][c]) for i, c in zip(ids, cells, strict=True)]
        found = contradictions(mapping, column, header, pairs, known)
        for flaw in name_flaws(sheet.name, mapping, column, pairs, found):
            rows = np.flatnonzero(np.isin(pair, flaw.positions))
            flaws.append(replace(flaw, positions=tuple(rows[:most].tolist()), count=len(rows)))
    return flaws


def _trimmed(named: NamedColumn, count: int) -> NamedColumn:
    """Leave out what a short column repeats of its last cell."""
    return replace(named, names=named.names.iloc[:count], paths=named.paths[:count])


def _counted(matched: Matched, names: NamedColumn, entry: Distinct, known: Known) -> Matched:
    """Say of every name how many rows have it."""
    rows: dict[str | None, int] = {}
    for text, count in zip(texts_of(names, known), entry.counts.tolist(), strict=True):
        rows[text] = rows.get(text, 0) + count
    matches = {match.name: replace(match, rows=rows[match.name]) for match in matched.matches}
    questions = tuple(replace(q, match=matches[q.match.name]) for q in matched.questions)
    return replace(matched, matches=tuple(matches.values()), questions=questions)


def located(flaws: list[Flaw], entry: Distinct, most: int) -> list[Flaw]:
    """Say in which rows findings about different cells stand.

    Parameters
    ----------
    flaws
        Their positions are places among the different cells.
    entry
        The cells.
    most
        So many rows with errors are listed; of each other kind of finding :data:`LISTED` rows and values.
    """
    done: list[Flaw] = []
    for code in dict.fromkeys(flaw.source.code for flaw in flaws):
        own = [flaw for flaw in flaws if flaw.source.code == code]
        # Two flaws of one kind never share a cell.
        owner = np.full(len(entry) + 1, -1, dtype=np.int32)
        for number, flaw in enumerate(own):
            owner[[place for place in flaw.positions if place < len(entry)]] = number
        owners = owner[entry.which]
        rows = np.flatnonzero(owners >= 0)
        counts = np.bincount(owners[rows], minlength=len(own))
        listed: dict[int, list[int]] = {}
        for row in rows[: most if own[0].level is Level.ERROR else LISTED].tolist():
            listed.setdefault(int(owners[row]), []).append(row)
        shown = [
            replace(own[number], positions=tuple(at), count=int(counts[number]))
            for number, at in sorted(listed.items())
        ]
        done += shown
        rest = int(counts.sum()) - sum(flaw.count for flaw in shown)
        if rest and own[0].level is not Level.ERROR:
            oddity = Oddity("more_of_these", own[0].level, {"like": own[0].words[0]})
            done.append(replace(own[0], value="", positions=(), source=oddity, count=rest))
    return done
