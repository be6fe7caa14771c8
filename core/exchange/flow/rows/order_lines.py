"""Several rows of one shop, product and month: lines of orders, added up once a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from core.exchange.columns.results import Question
from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.flow.rows.row_kinds import FIGURES
from core.i18n import format_number
from core.store.loading.problems import Level
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from decimal import Decimal

    from core.exchange.columns.mapping import Mapping as SheetMapping

CODE = "repeated_keys"
SUMMED_TABLES = frozenset(("market_sales", "terminal_sales", "dealer_sales"))
"""Tables of sales of a month; of a capacity or a target a second row is an error."""
SUM, REFUSE = "sum", "refuse"


Groups = dict[tuple[Any, ...], list[int]]
"""Key -> positions of its rows."""


def groups_of(values: pd.DataFrame, table: str, out: Collection[int] = ()) -> Groups:
    """Return key -> positions of its rows, of the rows that stay in and have a whole key."""
    of = BY_NAME[table]
    keys = [name for name in of.key if name in values]
    needed = [name for name in keys if of.column(name).required]
    if table not in SUMMED_TABLES or not any(name in values for name in FIGURES):
        return {}
    groups: Groups = {}
    columns = [values[name].tolist() for name in keys]
    required = [keys.index(name) for name in needed]
    for at, key in enumerate(zip(*columns, strict=True)):
        if at not in out and all(key[place] is not None for place in required):
            groups.setdefault(key, []).append(at)
    return groups


def groups_to_add(values: pd.DataFrame, table: str, out: Collection[int] = ()) -> Groups:
    """Return key -> positions of its rows; a row without a whole key stands alone, for the check to find."""
    groups = groups_of(values, table, out)
    seen = {at for rows in groups.values() for at in rows} | set(out)
    return groups | {(None, at): [at] for at in range(len(values)) if at not in seen}


def incomplete_sums(
    sheet: str, values: pd.DataFrame, mapping: SheetMapping, out: Collection[int]
) -> list[Flaw]:
    """Return the sums that stay empty because some of their rows have no figure.

    Parameters
    ----------
    sheet
        Its name.
    values
        The rows as the store wants them.
    mapping
        How they are read.
    out
        Positions of rows that don't count.
    """
    if mapping.decisions.get(CODE) != SUM:
        return []
    table = BY_NAME[mapping.table]
    groups = [rows for rows in groups_of(values, mapping.table, out).values() if len(rows) > 1]
    flaws = []
    for name in (name for name in FIGURES if name in values and not table.column(name).required):
        cells = values[name].tolist()
        partial = [rows for rows in groups if 0 < sum(cells[at] is None for at in rows) < len(rows)]
        rows = tuple(at for own in partial for at in own if cells[at] is None)
        if rows:
            oddity = Oddity("incomplete_sum", Level.WARNING, {"sums": len(partial)})
            flaws.append(Flaw(sheet, mapping.table, name, "", rows, oddity))
    return flaws


def repeated_question(
    values: pd.DataFrame, mapping: SheetMapping, raw: pd.DataFrame, out: Collection[int]
) -> tuple[Question, ...]:
    """Ask whether rows of one key are added up; nothing where every key stands once.

    Parameters
    ----------
    values
        The rows as the store wants them.
    mapping
        How they are read.
    raw
        The rows as they stand in the file.
    out
        Positions of rows that don't count.
    """
    if CODE in mapping.decisions:
        return ()
    groups = groups_of(values, mapping.table, out)
    several = [rows for rows in groups.values() if len(rows) > 1]
    if not several:
        return ()
    name = next(name for name in FIGURES if name in values)
    figures = values[name].tolist()
    first = [figures[at] for at in several[0] if figures[at] is not None]
    same = int(raw.iloc[sorted(at for rows in several for at in rows)].astype(str).duplicated().sum())
    # One of a key that is the sum of its others is a total among them: 全渠道 beside each channel.
    summed = any(_holds_its_sum([figures[at] for at in rows if figures[at] is not None]) for rows in several)
    return (sum_question((sum(map(len, several)), len(several), same), first, doubtful=summed),)


def sum_question(counted: tuple[int, int, int], first: Sequence[Decimal], *, doubtful: bool) -> Question:
    """Return the question whether rows of one key are added up.

    Parameters
    ----------
    counted
        Rows that share their key, keys of several rows, and rows that are the same as another.
    first
        The figures of the rows of one key.
    doubtful
        One of a key seems to be the sum of its others: adding up isn't proposed.
    """
    context: dict[str, object] = dict(zip(("rows", "keys", "same"), counted, strict=True))
    parts = " + ".join(format_number(number, 2) for number in first[:4])
    context |= {"parts": parts + (" + …" if first[4:] else ""), "total": format_number(sum(first), 2)}
    proposed = None if counted[2] or doubtful else SUM
    return Question(CODE, "", (SUM, REFUSE), proposed, (), context)


def _holds_its_sum(figures: Sequence[Any]) -> bool:
    return len(figures) > 2 and any(figure and 2 * figure == sum(figures) for figure in figures)


def added_up(values: pd.DataFrame, groups: Groups) -> tuple[pd.DataFrame, list[int]]:
    """Return one row per key with the sums of its figures, and the position of the first row of each.

    A figure that a row of a key lacks is missing: the others don't make its sum. Another column keeps what
    all rows of the key agree on.
    """
    firsts = [rows[0] for rows in groups.values()]
    data: dict[str, list[Any]] = {}
    for name in map(str, values.columns):
        cells = values[name].tolist()
        data[name] = [_joined([cells[at] for at in rows], name) for rows in groups.values()]
    frame = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in data.items()})
    return frame, firsts


def _joined(cells: list[Any], name: str) -> Any:  # noqa: ANN401 - a cell of any column
    given = [cell for cell in cells if cell is not None]
    if name in FIGURES:
        return sum(given[1:], given[0]) if given and len(given) == len(cells) else None
    return given[0] if given and len(given) == len(cells) and len(set(given)) == 1 else None
