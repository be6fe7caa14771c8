"""Why a target table can't be filled, in the planner's words, and the nearest table where fitting ends early.

A collision inside one total is found by adding up. Collisions between totals are found by linear
programming (HiGHS): the least sum by which the totals would have to give way is zero, or its dual
values name the rows and columns that collide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from core.errors import InfeasibleError
from core.i18n import _

if TYPE_CHECKING:
    from core.targets.arrays import Floats
    from core.targets.fitting.cross_table import CrossTable
    from core.targets.fitting.ipf import Margin

# Cells up to which a collision between totals is searched for, and up to which the nearest table is:
# the second program has three times the variables. Larger ones take minutes.
LARGEST_SEARCH = 250_000
LARGEST_PROGRAM = 40_000
_SHOWN = 3


def _limits(table: CrossTable) -> tuple[Floats, Floats]:
    """Return the least and the largest count each cell can take."""
    seed = table.open_seed()
    grand = float(table.margins[0].totals.sum())
    low = np.where(seed > 0, 0 if table.lower is None else table.lower, 0).astype(np.float64)
    high = np.where(seed > 0, grand if table.upper is None else table.upper, 0).astype(np.float64)
    if table.locked is not None and table.held is not None:
        low = np.where(table.locked, table.held, low)
        high = np.where(table.locked, table.held, high)
    return low, high


def refuse_collisions(table: CrossTable) -> None:
    """Refuse a table in which the cells of a single total can't add up to it.

    Raises
    ------
    InfeasibleError
        Locks or bounds exceed a total, or leave part of it without a place. Up to three such totals
        are named, the worst first.
    """
    low, high = _limits(table)
    findings: list[tuple[float, str]] = []
    for margin in table.margins:
        summed = margin.summed(low.ndim)
        excess = low.sum(axis=summed) - margin.totals
        short = margin.totals - high.sum(axis=summed)
        for gaps, explain in ((excess, _too_much), (short, _too_little)):
            worst = np.argsort(-gaps, axis=None, kind="stable")[:_SHOWN]
            findings += [
                (float(gaps[where]), explain(table, margin, where, float(gaps[where])))
                for where in zip(*np.unravel_index(worst, gaps.shape), strict=True)
                if gaps[where] > 0.5
            ]
    if findings:
        findings.sort(key=lambda finding: -finding[0])
        raise InfeasibleError(
            " ".join(text for _gap, text in findings[:_SHOWN]),
            _("Release a lock, change a bound, or change the total."),
        )


def _held_cells(table: CrossTable, margin: Margin, where: tuple[int, ...]) -> tuple[int, str]:
    """Return how many cells of a total are locked, and the largest of them with their values."""
    if table.locked is None or table.held is None:
        return 0, ""
    index: list[int | slice] = [slice(None)] * table.seed.ndim
    for axis, position in zip(margin.axes, where, strict=True):
        index[axis] = int(position)
    others = margin.summed(table.seed.ndim)
    locked = table.locked[tuple(index)]
    held = np.where(locked, table.held[tuple(index)], -1)
    largest = np.argsort(-held, axis=None, kind="stable")[: min(_SHOWN, int(locked.sum()))]
    named = [
        f"{table.names.cell(cell, others)} {table.names.unit.text(held[cell])}"
        for cell in zip(*np.unravel_index(largest, held.shape), strict=True)
    ]
    return int(locked.sum()), _("; ").join(named) + (_("; ") + "…" if locked.sum() > _SHOWN else "")


def _too_much(table: CrossTable, margin: Margin, where: tuple[int, ...], gap: float) -> str:
    unit = table.names.unit
    name = table.names.cell(where, margin.axes)
    total = unit.text(margin.totals[where])
    count, cells = _held_cells(table, margin, where)
    if not count:
        return _("The lower bounds in {name} exceed its total of {total} by {gap}.",
                 name=name, total=total, gap=unit.text(gap))  # fmt: skip
    return _("The {count} locks in {name} ({cells}) and its bounds exceed its total of {total} by {gap}.",
             count=count, name=name, cells=cells, total=total, gap=unit.text(gap))  # fmt: skip


def _too_little(table: CrossTable, margin: Margin, where: tuple[int, ...], gap: float) -> str:
    unit = table.names.unit
    return _("In {name}, {gap} of the total {total} has no place: its open cells and locks can't take more.",
             name=table.names.cell(where, margin.axes), gap=unit.text(gap),
             total=unit.text(margin.totals[where]))  # fmt: skip


def _program(table: CrossTable) -> tuple[sparse.csr_matrix, Floats]:
    """Return the sums that the margins ask for, as a matrix over the cells, and their totals."""
    shape = table.seed.shape
    cells = np.arange(table.seed.size)
    at = np.unravel_index(cells, shape)
    blocks = []
    for margin in table.margins:
        row = np.ravel_multi_index([at[axis] for axis in margin.axes], margin.totals.shape)
        blocks.append(
            sparse.csr_matrix((np.ones(cells.size), (row, cells)), (margin.totals.size, cells.size))
        )
    totals = np.concatenate([margin.totals.ravel() for margin in table.margins]).astype(np.float64)
    return sparse.vstack(blocks, format="csr"), totals


def nearest_table(table: CrossTable, near: Floats, *, whole: bool = False) -> Floats:
    """Return the table that meets all conditions and differs least from a fitted one.

    Parameters
    ----------
    near
        Fitted amounts of the open cells that do not meet the margins.
    whole
        Whether the amounts must be whole.

    Returns
    -------
    ndarray
        Amounts of the open cells, zero where locked: of all tables that meet the margins and the
        bounds, one with the least sum of differences. A table too large for linear programming
        comes back as fitted, for the rounding to meet the margins.

    Raises
    ------
    InfeasibleError
        There is no such table; the message names the totals that collide.
    """
    low, high = _limits(table)
    if table.seed.size <= LARGEST_SEARCH:
        matrix, totals = _program(table)
        _refuse_collisions_between(table, matrix, totals, (low, high))
    if table.seed.size > LARGEST_PROGRAM:
        if whole:
            raise InfeasibleError(
                _("No rounding that meets all totals was found."),
                _("Use a smaller unit, release a lock, or open a cell that is closed."),
            )
        return near
    identity = sparse.eye_array(low.size, format="csr")
    held = np.zeros(low.shape, np.bool_) if table.locked is None else table.locked
    goal = np.where(held, low, np.clip(near, low, high)).ravel()
    # Variables: the cells, then what each is above and below the fitted amount.
    rows = sparse.vstack(
        [sparse.hstack([matrix, sparse.csr_matrix((matrix.shape[0], 2 * low.size))]),
         sparse.hstack([identity, -identity, identity])],
        format="csr",
    )  # fmt: skip
    cost = np.concatenate([np.zeros(low.size), np.ones(2 * low.size)])
    limits = np.column_stack([
        np.concatenate([low.ravel(), np.zeros(2 * low.size)]),
        np.concatenate([high.ravel(), np.full(2 * low.size, np.inf)]),
    ])  # fmt: skip
    integrality = np.concatenate([np.full(low.size, int(whole)), np.zeros(2 * low.size)])
    solved = linprog(
        cost, A_eq=rows, b_eq=np.concatenate([totals, goal]), bounds=limits, integrality=integrality
    )
    if solved.x is None:
        raise InfeasibleError(
            _("No table of whole units meets all totals, locks and bounds."),
            _("Use a smaller unit, release a lock, or open a cell that is closed."),
        )
    values = np.clip(solved.x[: low.size].reshape(low.shape), low, high)
    return np.where(held, 0.0, values)


def _refuse_collisions_between(
    table: CrossTable, matrix: sparse.csr_matrix, totals: Floats, limits: tuple[Floats, Floats]
) -> None:
    identity = sparse.eye_array(totals.size, format="csr")
    rows = sparse.hstack([matrix, identity, -identity], format="csr")
    low, high = (limit.ravel() for limit in limits)
    cost = np.concatenate([np.zeros(low.size), np.ones(2 * totals.size)])
    free = np.zeros(2 * totals.size)
    bounds = np.column_stack([np.concatenate([low, free]), np.concatenate([high, free + np.inf])])
    solved = linprog(cost, A_eq=rows, b_eq=totals, bounds=bounds, method="highs")
    if solved.fun is None or solved.fun < 0.5:
        return
    raise _explained(table, np.asarray(solved.eqlin.marginals), limits, float(solved.fun))


def _explained(
    table: CrossTable, duals: Floats, limits: tuple[Floats, Floats], least: float
) -> InfeasibleError:
    """Turn the dual values into the totals that ask for too much and those that can't give it.

    Totals with a positive dual ask for ``need``. Their cells can take no more than the totals with a
    negative dual allow, plus the upper bounds of those cells that belong to none of the latter.
    """
    low, high = limits
    names, unit = table.names, table.names.unit
    asking: list[str] = []
    giving: list[str] = []
    need = room = 0.0
    weight = np.zeros(low.shape)
    for margin, dual in zip(table.margins, _plain(table.margins, duals), strict=True):
        weight = weight + np.expand_dims(dual, margin.summed(low.ndim))
        need += float((margin.totals * np.maximum(dual, 0)).sum())
        room += float((margin.totals * np.maximum(-dual, 0)).sum())
        for where in zip(*np.nonzero(dual), strict=True):
            (asking if dual[where] > 0 else giving).append(names.cell(where, margin.axes))
    room += float((high * np.maximum(weight, 0) - low * np.maximum(-weight, 0)).sum())
    if need - room < 0.5 or not giving:
        return InfeasibleError(
            _("Totals, locks and bounds contradict one another; the totals would have to give way by {gap}.",
              gap=unit.text(least)),
            _("Release locks or widen bounds, and try again."),
        )  # fmt: skip
    return InfeasibleError(
        _("{asking} need {need} in total, but {giving} and the other open cells can give them {room} only: "
          "{gap} has no place.",
          asking=_list(asking), giving=_list(giving), need=unit.text(need), room=unit.text(room),
          gap=unit.text(need - room)),
        _("Release a lock or change a bound where they cross, or change one of these totals."),
    )  # fmt: skip


def _plain(margins: tuple[Margin, ...], duals: Floats) -> list[Floats]:
    """Return whole dual values with as many zeros as possible.

    The grand totals are equal, so adding a constant to one margin's duals and taking it off
    another's changes nothing; the commonest value of a margin can be made zero.
    """
    parts: list[Floats] = []
    first = 0
    moved = 0.0
    for margin in margins:
        part = np.rint(duals[first : first + margin.totals.size]).reshape(margin.totals.shape)
        first += margin.totals.size
        values, counts = np.unique(part, return_counts=True)
        shift = moved if margin is margins[-1] else -values[np.argmax(counts)]
        moved -= shift
        parts.append(part + shift)
    step = np.gcd.reduce(np.concatenate([np.abs(part).ravel().astype(np.int64) for part in parts]))
    return [part / max(step, 1) for part in parts]


def _list(names: list[str]) -> str:
    return _(", ").join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
