"""Which column of a sheet goes where, for one table: the best assignment one to one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from core.exchange.columns.levels import Path, path_of
from core.exchange.columns.measuring import is_plain
from core.exchange.columns.parsing.values import is_code
from core.exchange.columns.proposal import POSSIBLE, SURE
from core.exchange.columns.vocabulary import Likeness, likeness, title_bonus
from core.exchange.measures import Measure, measures_in
from core.tables import Kind, Table

if TYPE_CHECKING:
    from core.exchange.columns.evidence import Sample
    from core.exchange.columns.header import Header
    from core.tables import Column

_UNLIKE = 0.6
"""What is left of a likeness when none of the cells can be read as the column wants them [I]."""
_CONTRADICTED = 0.75
"""What is left when a header says name and the cells are codes, or the other way round [I]."""
_OTHER_MEASURE = 0.93
"""What is left of payments or returns beside plain sales [I]."""
_CODES_FIRST = 0.01
_MEASURES = frozenset((Kind.MONEY, Kind.NUMBER))
_BY_TITLE = 0.12
"""What a title that names the table adds [I]."""
_MEASURE_LOST = 2.0
"""A sheet with an amount is no list of shops, however well its other columns suit one [I]."""
_REGION_KNOWN = 0.3
"""The region beside a shop or a dealer is known already [I]."""
_LISTED = 0.8
"""What a column counts that one value for all rows can fill instead [I]."""


@dataclass(frozen=True)
class Fit:
    """How one column of a sheet fits one column of the store.

    Parameters
    ----------
    likeness
        By its header.
    score
        With what its cells say, 0 to 1.
    suits
        The share of its cells that can be read so.
    resolve
        The table that its names are to be looked up in.
    plain
        Whether its header speaks of nothing but what the table holds.
    """

    likeness: Likeness
    score: float
    suits: float
    resolve: str | None = None
    plain: bool = True


@dataclass(frozen=True)
class Assignment:
    """What a sheet is as one table.

    Parameters
    ----------
    table
        The table.
    score
        0 to 1.
    chosen
        Position in the sheet -> how it fits its column.
    fits
        Position -> all that it could be, best first.
    path
        Columns that lead to the region by its province, city and county.
    missing
        Required columns that nothing fills.
    tree
        Every step of the path is a region of its own: the sheet lists regions.
    address
        Position of the column whose addresses may say the region, where no other column does.
    """

    table: Table
    score: float
    chosen: Mapping[int, Fit]
    fits: Mapping[int, tuple[Fit, ...]]
    path: Path = field(default_factory=Path)
    missing: tuple[str, ...] = ()
    tree: bool = False
    address: int | None = None


@dataclass(frozen=True)
class Sheet:
    """Headers and samples of a sheet, taken apart once for all tables.

    Parameters
    ----------
    headers, samples
        By position.
    lines
        Titles.
    constants
        Columns of the store the titles fill.
    aliases
        Header -> column, learned.
    known
        Table -> IDs that exist.
    """

    headers: tuple[Header, ...]
    samples: tuple[Sample, ...]
    lines: tuple[str, ...]
    constants: Collection[str]
    aliases: Mapping[str, str]
    known: Mapping[str, Collection[str]]


def assign(sheet: Sheet, table: Table) -> Assignment:
    """Find what each column of a sheet would be if the sheet were a table."""
    path, tree = _path(sheet, table)
    names = [column.name for column in table.columns]
    scores = np.zeros((len(sheet.headers), len(names)))
    fits: dict[int, tuple[Fit, ...]] = {}
    for position, header in enumerate(sheet.headers):
        if position in path.above or header.left_out:
            continue
        found = _fits(sheet, position, table)
        if tree and position == path.names[-1]:
            found = [fit for fit in found if fit.likeness.column == "name"]
        fits[position] = tuple(sorted(found, key=lambda fit: -fit.score))
        for fit in found:
            scores[position, names.index(fit.likeness.column)] = fit.score
    # A weak likeness must not push a strong one aside to raise the sum.
    weights = np.where(scores >= POSSIBLE, scores**3, 0)
    rows, columns = linear_sum_assignment(-weights)
    chosen = {}
    for row, column in zip(rows, columns, strict=True):
        if weights[row, column] > 0:
            chosen[int(row)] = next(f for f in fits[int(row)] if f.likeness.column == names[column])
    filled = {fit.likeness.column for fit in chosen.values()} | ({"level"} if tree else set())
    missing = tuple(
        c.name
        for c in table.columns
        if c.required and c.default is None and c.name not in filled and c.name not in sheet.constants
    )
    address = _address(sheet, table, filled)
    found_all = Assignment(table, 0.0, chosen, fits, path, missing, tree, address)
    return replace(found_all, score=_score(sheet, found_all))


def _fits(sheet: Sheet, position: int, table: Table) -> list[Fit]:
    header, sample = sheet.headers[position], sheet.samples[position]
    found = []
    for column_name, like in likeness(header, table.name, sheet.aliases).items():
        column = table.column(column_name)
        if header.derived and not header.says(like.spelling):
            continue
        if (
            header.intended
            and table.name not in {"target_cell", "target_plan", "expense_budget"}
            and column.kind in _MEASURES
        ):
            continue
        if is_code(column) and (header.unit is not None or Measure.CAPACITY in measures_in(header.text)):
            # 市场容量(万元) is no code of a market.
            continue
        suits = sample.suits(column)
        score = like.score * (_UNLIKE + (1 - _UNLIKE) * suits)
        plain = is_plain(header.text, table.name, column_name)
        if not plain:
            score *= _OTHER_MEASURE
        resolve = None
        is_id = is_code(column)
        if is_id and sample.cells:
            known = sample.known_as(sheet.known, column.references or table.name)
            coded = sample.coded or known >= 0.5
            contradicted = coded if like.named else sample.chinese
            if like.named is not None and contradicted and known < 0.5:
                score *= _CONTRADICTED
            names = like.named or sample.chinese or (like.named is None and not coded)
            if column.references and names and known < 0.5:
                resolve = column.references
            if sample.divisions and known < 1 and _points_to_regions(sheet, column, table):
                # Administrative codes where the store has other IDs.
                resolve = "region"
        if is_id and resolve is None:
            # Beside a column of names the codes count.
            score += _CODES_FIRST
        found.append(Fit(like, min(score, 1.0), suits, resolve, plain))
    return found


def _points_to_regions(sheet: Sheet, column: Column, table: Table) -> bool:
    """Tell whether a column holds regions that the store knows; a list of regions has codes of its own."""
    return column.references == "region" and table.name != "region" and bool(sheet.known.get("region"))


def _path(sheet: Sheet, table: Table) -> tuple[Path, bool]:
    """Return the columns of a path to the region of a row, and whether the rows are the regions themselves.

    A list of regions that says parent or level in columns of their own is no path.
    """
    tree = table.name == "region" and not any(
        like.column in {"parent_id", "level"} and like.score >= SURE
        for header in sheet.headers
        for like in likeness(header, table.name, sheet.aliases).values()
    )
    points = any(column.name == "region_id" and column.references for column in table.columns)
    path = path_of(sheet.headers) if tree or points else Path()
    return path, tree and bool(path.names)


def _address(sheet: Sheet, table: Table, filled: Collection[str]) -> int | None:
    """Return the column of addresses where the rows have a region that no column says."""
    has_region = any(column.name == "region_id" and column.references for column in table.columns)
    if not has_region or "region_id" in table.key or "region_id" in filled:
        return None
    return next((position for position, header in enumerate(sheet.headers) if header.address), None)


def _weight(sheet: Sheet, table: Table, position: int) -> float:
    """Return how much it counts against a table that it has no place for a column."""
    header = sheet.headers[position]
    if header.measure:
        return _MEASURE_LOST
    customers = {column.references for column in table.columns} & {"terminal", "dealer"}
    if header.level is not None and customers and "region" not in table.references:
        return _REGION_KNOWN
    return 1.0


def _score(sheet: Sheet, found: Assignment) -> float:
    table, chosen, missing = found.table, found.chosen, found.missing
    known = {*found.path.above, *(() if found.address is None else (found.address,))} - chosen.keys()
    telling = [p for p, h in enumerate(sheet.headers) if not h.left_out and not h.derived and p not in known]
    if not telling or not chosen:
        return 0.0
    weights = {position: _weight(sheet, table, position) for position in telling}
    weights |= dict.fromkeys(chosen, 1.0)
    explained = sum(fit.score for fit in chosen.values()) / sum(weights.values())
    needed = [c for c in table.columns if c.required and c.default is None]
    filled = {fit.likeness.column: fit.score for fit in chosen.values()}
    own_name = "name" in filled
    worth = []
    for column in needed:
        if column.name in filled:
            worth.append(filled[column.name])
        elif column.name not in missing or (own_name and table.key == (column.name,)):
            worth.append(_LISTED)
        else:
            worth.append(0.35 if column.references == "company" else 0.0)
    required = float(np.mean(worth)) if worth else 1.0
    measures = [c.name for c in table.columns if c.kind is Kind.MONEY and c.required]
    if measures and not any(name in filled for name in measures):
        required *= 0.3
    score = min(explained, 1.0) * (0.3 + 0.7 * required)
    return min(1.0, score + _BY_TITLE * title_bonus(table.name, sheet.lines) * (score > 0.3))
