"""Lists of regions with a column per level (省 | 市 | 县): every step of a path becomes a region."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.exchange.columns.applying import header_in
from core.exchange.columns.header import Header
from core.exchange.columns.levels import LEVELS, path_of
from core.exchange.columns.parsing.values import ReadingOf, parse_column
from core.exchange.columns.placing import BY_CODE, BY_PATH, CODED
from core.exchange.flow.answers import NOBODY
from core.exchange.flow.asking import NameQuestion
from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.flow.names.codes import Codes, Key, Listed, are_official, region_codes
from core.exchange.flow.names.naming import Matched
from core.exchange.matching.keys import name_keys, script_keys
from core.exchange.matching.regions import PATH, match_paths, steps_of
from core.exchange.matching.results import Candidate, NameMatch, Verdict
from core.store.loading.problems import Level
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping as Pairs
    from collections.abc import Sequence

    from core.exchange.columns.mapping import Mapping
    from core.exchange.flow.knowledge import Known
    from core.exchange.readers import SheetReading

BETWEEN = "-"
"""Between the names of an ID made of a path."""
Step = tuple[int, str]


@dataclass(frozen=True)
class LevelCount:
    """How many regions of a level a sheet names, and how many of them the store doesn't have."""

    level: str
    regions: int
    new: int


def is_tree(mapping: Mapping) -> bool:
    """Tell whether a mapping reads a list of regions with a column per level."""
    source = mapping.source("name")
    return mapping.table == "region" and source is not None and bool(source.within)


@dataclass(frozen=True)
class Tree:
    """The regions of a sheet.

    Parameters
    ----------
    table
        Its rows.
    mapping
        How it is read.
    known
        What the store knows.
    told
        Path -> ID, or :data:`NOBODY` for a new region, as the user said.
    """

    table: pd.DataFrame
    mapping: Mapping
    known: Known
    told: Pairs[str, str]

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """Headers of the levels, widest first."""
        source = self.mapping.source("name")
        assert source is not None
        return tuple(header_in(name, self.table, self.mapping) for name in (*source.within, source.header))

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """Their levels."""
        columns = list(map(str, self.table.columns))
        found = path_of([Header.of(name) for name in columns]).levels
        return tuple(found.get(columns.index(name), "custom") for name in self.headers)

    @cached_property
    def paths(self) -> list[tuple[Step, ...]]:
        """Of every row the regions it names, widest first, each with the place of its level."""
        column = BY_NAME["region"].column("name")
        cells = [
            parse_column(self.table[name], column, ReadingOf(named=True)).values for name in self.headers
        ]
        return [tuple(steps_of(path)) for path in zip(*cells, strict=True)]

    @cached_property
    def keys(self) -> list[Key]:
        """Of every row the names of its path as they compare."""
        words = sorted({text for path in self.paths for _place, text in path})
        form = dict(zip(words, script_keys(name_keys(words)), strict=True))
        return [tuple(form[text] for _place, text in path) for path in self.paths]

    @cached_property
    def first(self) -> dict[Key, tuple[Step, ...]]:
        """Every region of the sheet, as it is first written; a region stands behind those above it."""
        found: dict[Key, tuple[Step, ...]] = {}
        for path, key in zip(self.paths, self.keys, strict=True):
            for depth in range(1, len(path) + 1):
                found.setdefault(key[:depth], path[:depth])
        return found

    @cached_property
    def matches(self) -> dict[Key, NameMatch]:
        """Which known region each path leads to; below a region that is known its own name decides."""
        regions, found = self.known.regions, {}
        rows = Counter(key[:depth] for key in self.keys for depth in range(1, len(key) + 1))
        led: dict[Key, tuple[str, ...]] = {(): ()}
        for key, path in sorted(self.first.items(), key=lambda entry: len(entry[0])):
            text, steps = _text(path), (*led[key[:-1]], path[-1][1])
            own = self.told.get(text)
            if own in regions.names:
                candidate = Candidate(str(own), regions.shown(str(own)), 1.0, "confirmed")
                found[key] = NameMatch(text, Verdict.ACCEPTED, (candidate,), rows[key])
            else:
                found[key] = replace(match_paths([steps], regions)[0], name=text, rows=rows[key])
            known = found[key].id
            led[key] = (
                steps if known is None else tuple(map(regions.names.__getitem__, regions.path(known)[::-1]))
            )
        return found

    @cached_property
    def codes(self) -> Codes:
        """Codes of the regions, where the user chose that they are the IDs."""
        if self.mapping.decisions.get("identifier") != BY_CODE:
            return Codes()
        own = next((s.header for name in CODED if (s := self.mapping.source(name)) is not None), None)
        header = header_in(own, self.table, self.mapping) if own is not None else None
        return region_codes(self.table, Listed(self.headers, self.levels, self.paths, self.keys), header)

    def id_of(self, key: Key) -> str | None:
        """Return the ID of a region: its code, that of the known one, else its path."""
        if self.mapping.decisions.get("identifier") not in {BY_CODE, BY_PATH}:
            return None
        return (
            self.codes.own.get(key)
            or self.matches[key].id
            or self.codes.shared.get(key)
            or BETWEEN.join(text for _place, text in self.first[key])
        )

    def parent_of(self, key: Key) -> str | None:
        """Return the ID of the region above: a known region stays where it is."""
        own = self.id_of(key)
        known = own is not None and own in self.known.regions.parents
        if known and (len(key) == 1 or own == self.matches[key].id):
            return self.known.regions.parents[str(own)]
        return self.id_of(key[:-1]) if len(key) > 1 else None

    @property
    def counts(self) -> tuple[LevelCount, ...]:
        """How many regions of each level there are, widest first."""
        known = self.known["region"]
        found: dict[str, list[bool]] = {}
        for key, path in self.first.items():
            new = self.matches[key].id is None and self.id_of(key) not in known
            found.setdefault(self.levels[path[-1][0]], []).append(new)
        order = (*LEVELS, "custom")
        return tuple(
            LevelCount(level, len(found[level]), sum(found[level])) for level in order if level in found
        )

    def values(self, values: pd.DataFrame) -> pd.DataFrame:
        """Return the values of the rows with ID, parent, level and name of their regions."""
        rows = [
            (self.id_of(key), self.parent_of(key), self.levels[path[-1][0]], path[-1][1])
            if path
            else (None,) * 4
            for path, key in zip(self.paths, self.keys, strict=True)
        ]
        names = ("region_id", "parent_id", "level", "name")
        own = pd.DataFrame(rows, index=values.index, columns=list(names), dtype=object)
        if "region_id" in values and "adcode" not in values and not self.codes.own:
            # An administrative code that isn't to be the ID is one all the same.
            codes = values["region_id"]
            if are_official(codes.dropna()):
                own["adcode"] = codes
        return values.drop(columns=[name for name in names if name in values]).join(own)

    def matched(self, sheet: str) -> Matched:
        """Return whom the paths mean; one that resembles none is a new region."""
        shown = tuple(m for m in self.matches.values() if m.verdict is not Verdict.UNKNOWN)
        asked = tuple(
            NameQuestion("region", match, "tree")
            for match in shown
            if match.id is None and self.told.get(match.name) != NOBODY
        )
        ids = pd.Series([self.id_of(key) if key else None for key in self.keys], dtype=object)
        flaws = (*self._gaps(sheet), *self._contradictions(sheet))
        return Matched("name", "region", shown, ids, asked, flaws, by="tree")

    def _contradictions(self, sheet: str) -> tuple[Flaw, ...]:
        """Return the rows that give a region above theirs another code than an earlier row."""
        oddity = Oddity("codes_differ", Level.ERROR)
        return tuple(
            Flaw(sheet, "region", "region_id", _text(self.paths[at]), (at,), oddity) for at in self.codes.odd
        )

    def _gaps(self, sheet: str) -> tuple[Flaw, ...]:
        """Return the rows that leave a level above theirs empty: they hang below the next wider one."""
        found: dict[str, list[int]] = {}
        column = BY_NAME["region"].column("name")
        blank = {
            name: parse_column(self.table[name], column, ReadingOf(named=True)).values.isna().tolist()
            for name in self.headers
        }
        for at, path in enumerate(self.paths):
            deepest = path[-1][0] if path else 0
            for name in self.headers[:deepest]:
                if blank[name][at]:
                    found.setdefault(name, []).append(at)
        oddity = Oddity("level_missing", Level.WARNING)
        return tuple(Flaw(sheet, "region", "name", name, tuple(at), oddity) for name, at in found.items())


def grown(sheet: SheetReading, mapping: Mapping, known: Known, told: Pairs[str, str]) -> SheetReading:
    """Return a sheet with a row more for every new region that only stands above others in it.

    It has the number of the row that names it first, and only the cells down to its level.
    """
    tree = Tree(sheet.table.reset_index(drop=True), mapping, known, told)
    own = set(tree.keys)
    headers = list(map(str, tree.table.columns))
    codes = path_of([Header.of(name) for name in headers]).codes
    rows: list[Sequence[object]] = []
    numbers: list[int] = []
    done: set[Key] = set()
    cells = tree.table.to_numpy(dtype=object)
    for at, (path, key) in enumerate(zip(tree.paths, tree.keys, strict=True)):
        for depth in range(1, len(path)):
            above = key[:depth]
            if above in own or above in done:
                continue
            done.add(above)
            if tree.matches[above].id is None:
                places = [headers.index(name) for name in tree.headers[: path[depth - 1][0] + 1]]
                kept = {*places, *(codes[place] for place in places if place in codes)}
                rows.append([cell if p in kept else None for p, cell in enumerate(cells[at])])
                numbers.append(int(sheet.row_numbers[at]))
        rows.append(cells[at])
        numbers.append(int(sheet.row_numbers[at]))
    table = pd.DataFrame(rows, columns=tree.table.columns, dtype=object)
    return replace(sheet, table=table, row_numbers=np.array(numbers, dtype=np.int64))


def _text(path: Sequence[Step]) -> str:
    return PATH.join(text for _place, text in path)
