"""Files of outlines: whose outline each row is, and in which coordinate system the outlines are."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from core.exchange.columns.applying import NamedColumn, header_in
from core.exchange.columns.header import Header
from core.exchange.columns.levels import path_of
from core.exchange.columns.proposal import ColumnProposal, Proposal
from core.exchange.columns.results import Question
from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.flow.names.naming import Matched, match_column, texts_of
from core.exchange.flow.outlines.systems import detect_outline_system, to_wgs84
from core.i18n import _
from core.store.loading.problems import Level, Problem
from core.tables.boundary import BOUNDARY

if TYPE_CHECKING:
    from core.exchange.columns.mapping import MappedColumn, Mapping
    from core.exchange.flow.knowledge import Known
    from core.exchange.readers import SheetReading

SYSTEM = "outline_system"
"""Decision of a mapping: the coordinate system of the outlines."""
SYSTEM_QUESTION = ("crs", "outline")
_SAMPLES = 5


@dataclass(frozen=True)
class OutlineRows:
    """What a file of outlines says.

    Parameters
    ----------
    reading
        Its rows, without those that are nobody's outline; a region of several rows has the first of them.
    values
        region_id, geometry_wkb (WGS-84) and origin of each; None while the system is open.
    matched
        Whom the names and codes mean.
    questions
        The coordinate system, where it is open.
    flaws
        Rows that are nobody's, that have no polygon, or that were joined.
    """

    reading: SheetReading
    values: pd.DataFrame | None
    matched: Matched
    questions: tuple[Question, ...]
    flaws: tuple[Flaw, ...]


def propose_outlines(sheet: SheetReading, known: Known) -> Proposal:
    """Propose which column says whose outline a row is: the one that tells the most different regions.

    Codes come before names, and names of province, city and county side by side before a name alone.
    """
    headers = [str(name) for name in sheet.table.columns]
    path = path_of([Header.of(header) for header in headers])
    ways: list[tuple[int, tuple[int, ...]]] = [(position, ()) for position in range(len(headers))]
    ways += [(path.names[-1], path.names[:-1])] if path.names else []
    best: tuple[int, tuple[int, ...]] | None = None
    most = 0
    for position, within in ways:
        column = _names(sheet.table, headers[position], tuple(headers[above] for above in within))
        regions = len(set(_matched(sheet, column, known, {}).ids.dropna()))
        if regions > most or (regions == most and regions and within):
            best, most = (position, within), regions
    columns = []
    for position, header in enumerate(headers):
        samples = tuple(str(cell) for cell in sheet.table[header].dropna().head(_SAMPLES))
        proposal = ColumnProposal(position, header, samples=samples)
        if best is not None and best[0] == position:
            reason = _("Tells {count} regions.", count=most)
            proposal = replace(
                proposal, target="region_id", resolve="region", within=best[1], confidence=1.0, reason=reason
            )
        columns.append(proposal)
    asked: tuple[Question, ...] = ()
    if best is None and headers:
        choices = (f"{BOUNDARY.name}.region_id", "leave_out")
        asked = (Question("column", headers[0], choices, None, (), {"label": headers[0]}),)
    return Proposal(
        BOUNDARY.name, 1.0, tuple(columns), missing=() if best else ("region_id",), questions=asked
    )


def with_system(mapping: Mapping, choices: Pairs[tuple[str, str], str]) -> Mapping:
    """Return a mapping with the coordinate system the user said."""
    told = choices.get(SYSTEM_QUESTION)
    return mapping if told is None else replace(mapping, decisions={**mapping.decisions, SYSTEM: told})


def outline_rows(sheet: SheetReading, mapping: Mapping, known: Known, told: Pairs[str, str]) -> OutlineRows:
    """Read the outlines of a file.

    Parameters
    ----------
    told
        Name -> ID, or nobody, as the user said.
    """
    outlines = sheet.outlines or ()
    matched = _match(sheet, mapping, known, told)
    regions = matched.ids.tolist()
    joined: dict[str, list[int]] = {}
    flaws = list(_unmatched(sheet, matched, outlines))
    for at, region in enumerate(regions):
        if region is not None and outlines[at] is not None:
            joined.setdefault(region, []).append(at)
    shapes = {}
    for region, rows in joined.items():
        shapes[region] = (
            shapely.union_all([outlines[at] for at in rows]) if len(rows) > 1 else outlines[rows[0]]
        )
        if len(rows) > 1:
            context = {"count": len(rows)}
            flaws.append(_flaw(sheet, "joined_outlines", matched, rows[0], Level.INFORMATION, context))
    if outlines and not joined and not matched.questions:
        flaws.append(Flaw(sheet.name, BOUNDARY.name, "region_id", "", (), Oddity("no_outline", Level.ERROR)))
    keep = [rows[0] for rows in joined.values()]
    reading = replace(
        sheet,
        table=sheet.table.iloc[keep].reset_index(drop=True),
        row_numbers=sheet.row_numbers[keep],
        outlines=tuple(shapes.values()),
    )
    finding = detect_outline_system(shapes, sheet, known)
    system = mapping.decisions.get(SYSTEM)
    if system not in finding.choices:
        if not finding.choices and shapes:
            flaws.append(_not_degrees(sheet))
        asked = (finding.question,) if finding.choices and shapes else ()
        return OutlineRows(reading, None, matched, asked, tuple(flaws))
    values = pd.DataFrame(
        {
            "region_id": list(shapes),
            "geometry_wkb": [to_wgs84(shape, str(system)) for shape in shapes.values()],
            "origin": ["imported"] * len(shapes),
        },
        dtype=object,
    )
    return OutlineRows(reading, values, matched, (), tuple(flaws))


def _names(table: pd.DataFrame, header: str, within: Sequence[str]) -> NamedColumn:
    texts = [_text(cell) for cell in table[header]]
    steps = [[_text(cell) for cell in table[name]] for name in within]
    paths = tuple(zip(*steps, texts, strict=True)) if steps else ()
    return NamedColumn("region", pd.Series(texts, dtype=object), paths)


def _text(cell: object) -> str | None:
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return None
    return str(cell).strip() or None


def _matched(sheet: SheetReading, column: NamedColumn, known: Known, told: Pairs[str, str]) -> Matched:
    return match_column(sheet.name, BOUNDARY.name, "region_id", column, known, told)


def _match(sheet: SheetReading, mapping: Mapping, known: Known, told: Pairs[str, str]) -> Matched:
    """Find whose outlines the rows are; where the chosen column tells nothing, by the next best one."""
    source = mapping.source("region_id")
    count = len(sheet.table)
    if source is None:
        nothing = pd.Series([None] * count, dtype=object)
        return Matched("region_id", "region", (), nothing, (), ())
    column = _column(sheet, source, mapping)
    own = _matched(sheet, column, known, told)
    asked = {question.match.name for question in own.questions}
    texts = texts_of(column, known)
    open_rows = [at for at in range(count) if own.ids.iloc[at] is None and texts[at] not in asked]
    if not open_rows:
        return own
    rest = replace(sheet, table=sheet.table.iloc[open_rows].reset_index(drop=True))
    others = [str(name) for name in sheet.table.columns if str(name) != source.header]
    tried = [_matched(rest, _names(rest.table, header, ()), known, told) for header in others]
    best = max(tried, key=lambda other: len(set(other.ids.dropna())), default=None)
    if best is None or best.ids.isna().all():
        return own
    ids = own.ids.copy()
    ids.iloc[open_rows] = best.ids.to_numpy()
    accepted = tuple(match for match in best.matches if match.id is not None)
    return replace(own, ids=ids.where(ids.notna(), None), matches=(*own.matches, *accepted))


def _column(sheet: SheetReading, source: MappedColumn, mapping: Mapping) -> NamedColumn:
    within = tuple(header_in(name, sheet.table, mapping) for name in source.within)
    return _names(sheet.table, header_in(source.header, sheet.table, mapping), within)


def _unmatched(
    sheet: SheetReading, matched: Matched, outlines: Sequence[shapely.Geometry | None]
) -> list[Flaw]:
    """List the rows that are no region's outline, and those of a region without a polygon."""
    asked = {question.match.name for question in matched.questions}
    flaws = []
    for at, region in enumerate(matched.ids):
        if region is not None and outlines[at] is None:
            flaws.append(_flaw(sheet, "no_polygon", matched, at, Level.WARNING))
        elif region is None and not asked & set(map(_text, sheet.table.iloc[at])):
            flaws.append(_flaw(sheet, "outline_of_nobody", matched, at, Level.WARNING))
    return flaws


def _flaw(
    sheet: SheetReading,
    code: str,
    matched: Matched,
    at: int,
    level: Level,
    context: Pairs[str, object] | None = None,
) -> Flaw:
    cells = [text for text in map(_text, sheet.table.iloc[at]) if text][:3]
    number = int(sheet.row_numbers[at])
    oddity = Oddity(code, level, {"number": number, **(context or {})})
    return Flaw(sheet.name, BOUNDARY.name, matched.column, " ".join(cells), (), oddity, 1)


def _not_degrees(sheet: SheetReading) -> Flaw:
    problem = Problem("not_degrees", sheet.file, BOUNDARY.name, "geometry_wkb", sheet.name)
    return Flaw(sheet.name, BOUNDARY.name, "geometry_wkb", sheet.name, (), problem)
