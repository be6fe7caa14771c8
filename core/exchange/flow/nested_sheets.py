"""A region on one sheet of a file and the regions it holds on another: figures that would be added up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from core.exchange.flow.asking import Asked
from core.exchange.flow.rows.nested import CODE, ROLLED_UP, held, nested_question
from core.exchange.flow.rows.row_words import LEAVE_OUT
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.exchange.flow.knowledge import Known
    from core.exchange.flow.sheets.sheet_flow import SheetFlow

Row = tuple[int, int]
"""Place of a sheet, position of a row in it."""


def nested_between(sheets: Sequence[SheetFlow], known: Known) -> tuple[SheetFlow, ...]:
    """Return sheets without rows of regions that only sum regions of other sheets; ask about each.

    What one sheet says by itself is settled before: sheets with open questions stay as they are.

    Parameters
    ----------
    sheets
        All sheets of a file.
    known
        What the store knows.
    """
    found = list(sheets)
    asked: dict[tuple[int, str], list[tuple[int, list[Row]]]] = defaultdict(list)
    for table in ROLLED_UP:
        places = [at for at, sheet in enumerate(sheets) if _is_settled(sheet, table)]
        rows: dict[tuple[object, ...], dict[str, Row]] = defaultdict(dict)
        for place in places if len(places) > 1 else ():
            for key, region, at in _keyed(sheets[place]):
                rows[key].setdefault(region, (place, at))
        for own in rows.values():
            for region, below in held(own, known).items():
                place, at = own[region]
                parts = [own[each] for each in below]
                if any(other != place for other, _at in parts):
                    asked[place, region].append((at, parts))
    for (place, region), hits in asked.items():
        found[place] = _settled(found, place, region, hits, known)
    return tuple(found)


def _is_settled(sheet: SheetFlow, table: str) -> bool:
    named = sheet.values is not None and {"region_id", "amount"} <= set(sheet.values)
    return sheet.table == table and named and sheet.reading.complete and not sheet.questions


def _keyed(sheet: SheetFlow) -> Iterator[tuple[tuple[object, ...], str, int]]:
    """Yield what a row shares with those of the regions it holds, its region and its position."""
    assert sheet.values is not None
    keys = [name for name in BY_NAME[sheet.table or ""].key if name != "region_id"]
    columns = [
        sheet.values[name].tolist() if name in sheet.values else [None] * len(sheet.values) for name in keys
    ]
    for at, region in enumerate(sheet.values["region_id"].tolist()):
        if region is not None and at not in sheet.left_out:
            yield tuple(column[at] for column in columns), str(region), at


def _settled(
    sheets: Sequence[SheetFlow], place: int, region: str, hits: Sequence[tuple[int, list[Row]]], known: Known
) -> SheetFlow:
    sheet = sheets[place]
    answer = sheet.mapping.decisions.get(f"{CODE} {region}") if sheet.mapping is not None else None
    if answer == LEAVE_OUT:
        return replace(sheet, left_out=sheet.left_out | {at for at, _parts in hits})
    if answer is not None:
        return sheet
    figures = [each.values["amount"].tolist() if each.values is not None else [] for each in sheets]
    wholes = [figures[place][at] for at, _parts in hits if figures[place][at] is not None]
    parts = {row for _at, own in hits for row in own}
    below = [figures[other][at] for other, at in parts if figures[other][at] is not None]
    first = [sheets[other].values for other, _at in hits[0][1]]
    names = [
        str(values["region_id"].iloc[at])
        for values, (_o, at) in zip(first, hits[0][1], strict=True)
        if values is not None
    ]
    question = nested_question(region, names, known, (sum(wholes), sum(below)))
    return replace(sheet, questions=(*sheet.questions, Asked(sheet.name, question)))
