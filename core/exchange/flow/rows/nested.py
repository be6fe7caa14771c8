"""A region among the regions it holds: figures of both would be added up for everything above them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.exchange.columns.results import Question
from core.exchange.flow.rows.row_words import ADD, LEAVE_OUT
from core.i18n import _, format_number
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from decimal import Decimal

    import pandas as pd

    from core.exchange.columns.mapping import Mapping
    from core.exchange.flow.knowledge import Known
    from core.exchange.flow.rows.row_kinds import Signs

Places = np.ndarray[Any, np.dtype[np.integer[Any]]]
CODE = "nested_region"
ROLLED_UP = frozenset(("market_sales", "market_capacity"))
"""Tables whose figures are added up along the tree of regions."""
_SHOWN = 3


def nested(
    values: pd.DataFrame, mapping: Mapping, known: Known, out: frozenset[int]
) -> tuple[frozenset[int], tuple[Question, ...]]:
    """Return the rows that don't count, with those of regions that only sum others, and what is to be asked.

    Parameters
    ----------
    values
        The rows as the store wants them.
    mapping
        How they are read, with the decisions.
    known
        What the store knows.
    out
        Positions of rows that don't count anyway.
    """
    if mapping.table not in ROLLED_UP or not {"region_id", "amount"} <= set(values):
        return out, ()
    keys = [name for name in BY_NAME[mapping.table].key if name in values and name != "region_id"]
    others = list(zip(*(values[name].tolist() for name in keys), strict=True)) or [()] * len(values)
    rows: dict[tuple[object, ...], dict[str, int]] = {}
    for at, (key, region) in enumerate(zip(others, values["region_id"].tolist(), strict=True)):
        if at not in out and region is not None:
            rows.setdefault(key, {})[region] = at
    above: dict[str, list[tuple[int, list[int]]]] = {}
    for own in rows.values():
        for region, below in held(own, known).items():
            above.setdefault(region, []).append((own[region], [own[each] for each in below]))
    figures = values["amount"].tolist()
    asked, more = [], set(out)
    for region, found in above.items():
        answer = mapping.decisions.get(f"{CODE} {region}")
        if answer == LEAVE_OUT:
            more.update(at for at, _below in found)
        elif answer is None:
            wholes = [figures[at] for at, _below in found if figures[at] is not None]
            parts = [figures[at] for _at, below in found for at in below if figures[at] is not None]
            names = [str(values["region_id"].iloc[at]) for at in found[0][1]]
            asked.append(nested_question(region, names, known, (sum(wholes), sum(parts))))
    return frozenset(more), tuple(asked)


def nested_signs(
    names: Sequence[str | None], which: Places, signs: Signs | None, mapping: Mapping, known: Known
) -> tuple[Signs | None, tuple[Question, ...]]:
    """Return the signs of the rows of a large sheet, 0 for regions that only sum others, and what is asked.

    Parameters
    ----------
    names
        The different regions.
    which
        Place of the region of every row among them, (n_rows,).
    signs
        (n_rows,); None where all rows simply count.
    mapping
        How they are read, with the decisions.
    known
        What the store knows.
    """
    if mapping.table not in ROLLED_UP:
        return signs, ()
    asked = []
    for region, below in held([own for own in names if own is not None], known).items():
        answer = mapping.decisions.get(f"{CODE} {region}")
        if answer is None:
            asked.append(nested_question(region, below, known, None))
        elif answer == LEAVE_OUT:
            signs = np.ones(len(which), dtype=np.int8) if signs is None else signs
            # Several spellings may mean the same region.
            signs[np.isin(which, [at for at, own in enumerate(names) if own == region])] = 0
    return signs, tuple(asked)


def held(regions: Iterable[str], known: Known) -> dict[str, list[str]]:
    """Return the regions that hold others of the same set, with those."""
    own = set(regions)
    found: dict[str, list[str]] = {}
    for region in sorted(own):
        for above in known.regions.path(region)[1:]:
            if above in own:
                found.setdefault(above, []).append(region)
    return found


def nested_question(
    region: str, below: Collection[str], known: Known, sums: tuple[Decimal, Decimal] | None
) -> Question:
    """Ask whether the figure of a region is the total of those below it, with both sums where known."""
    names = known.regions.names
    listed = [names[each] for each in sorted(below)[:_SHOWN]]
    context = {
        "value": names[region],
        "below": _(", ").join(listed) + (" …" if len(below) > _SHOWN else ""),
        "total": "–" if sums is None else format_number(sums[0], 2),
        "parts": "–" if sums is None else format_number(sums[1], 2),
    }
    proposed = LEAVE_OUT if sums is not None and sums[0] == sums[1] else None
    return Question(CODE, region, (LEAVE_OUT, ADD), proposed, tuple(listed), context)
