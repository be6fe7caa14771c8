"""Limits on parts of a plan."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.targets.editing.constraints import (
    CellConstraint,
    Constraint,
    as_values,
    broken_constraints,
    cell_constraints,
    from_values,
    settle,
    with_constraint,
)
from core.targets.units import Unit

YUAN = Unit()
EAST, WEST = Constraint((("region", "E"),), 60, None), Constraint((("region", "W"),), None, 30)


def version(counts: list[int], locked: list[bool] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a plan of 2 regions x 2 months and what is known about its cells."""
    facts = pd.MultiIndex.from_product(
        [["E", "W"], pd.to_datetime(["2027-01-01", "2027-02-01"])], names=["region_id", "month"]
    ).to_frame(index=False)
    facts["region_1"] = "all"
    return pd.DataFrame({"count": counts, "locked": locked or [False] * 4}), facts


def whole(cells: pd.DataFrame) -> CellConstraint:
    """Return the limit that the total stays."""
    total = int(cells["count"].sum())
    return CellConstraint(np.ones(len(cells), np.bool_), total, total, "Plan", firm=True)


def limits(facts: pd.DataFrame, *holds: Constraint) -> list[CellConstraint]:
    """Return limits by their keys."""
    return cell_constraints(holds, facts, {hold: " ".join(key for _d, key in hold.where) for hold in holds})


def test_a_row_below_its_least_takes_from_the_others_in_proportion() -> None:
    """East must have 60 of 100: its 10 and 30 become 15 and 45, West's 20 and 40 become 13 and 27."""
    cells, facts = version([10, 30, 20, 40])
    after = settle(cells, [*limits(facts, EAST), whole(cells)], YUAN)
    assert after["count"].tolist() == [15, 45, 13, 27]


def test_a_locked_total_stays_while_its_cells_move() -> None:
    """East's total is locked at 40 and its January limited to 5: February takes the 5, West doesn't move."""
    cells, facts = version([10, 30, 20, 40])
    east = Constraint((("region", "E"),), 40, 40)
    january = Constraint((("region", "E"), ("month", "2027-01")), None, 5)
    assert east.exact
    after = settle(cells, [*limits(facts, east, january), whole(cells)], YUAN)
    assert after["count"].tolist() == [5, 35, 20, 40]


def test_only_the_cells_that_may_move_do() -> None:
    """With West fixed, East can't be raised while the plan's total stays, and the limit is named."""
    cells, facts = version([10, 30, 20, 40])
    movable = np.array([True, True, False, False])
    with pytest.raises(InfeasibleError, match=r"E: at least 60 yuan \(20 yuan\)"):
        settle(cells, [*limits(facts, EAST), whole(cells)], YUAN, movable=movable)


def test_locks_that_exceed_a_limit_are_explained() -> None:
    """West may have 30 at most, but 40 of it are locked: 10 too much."""
    cells, facts = version([10, 30, 20, 40], [False, False, False, True])
    with pytest.raises(InfeasibleError, match=r"W: at most 30 yuan \(10 yuan\)"):
        settle(cells, [*limits(facts, WEST), whole(cells)], YUAN)


def test_a_version_within_its_limits_is_left_alone() -> None:
    """The same table comes back, not a copy."""
    cells, facts = version([30, 40, 10, 20])
    assert settle(cells, limits(facts, EAST, WEST), YUAN) is cells


def test_limits_on_a_region_hold_for_those_below_it() -> None:
    """The region above is found by its id in any of the columns of the regions."""
    _cells, facts = version([1, 1, 1, 1])
    assert Constraint((("region", "all"), ("month", "2027-02")), 1, None).members(facts).tolist() == [
        False, True, False, True,
    ]  # fmt: skip


def test_limits_are_saved_and_replaced() -> None:
    """Plain values come back as they were; a limit without bounds takes the one on the same part away."""
    assert from_values(as_values((EAST, WEST))) == (EAST, WEST)
    assert with_constraint((EAST, WEST), Constraint(EAST.where, 1, 2)) == (WEST, Constraint(EAST.where, 1, 2))
    assert with_constraint((EAST, WEST), Constraint(EAST.where)) == (WEST,)


@pytest.mark.parametrize(("lower", "upper"), [(-1, None), (5, 4), (None, -1)])
def test_an_impossible_limit_is_refused(lower, upper) -> None:
    """Below zero, or upside down."""
    with pytest.raises(InputError, match="bound"):
        Constraint((), lower, upper)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_limits_hold_and_totals_tie_or_the_refusal_is_right(data) -> None:
    """Every limit holds, locks don't move, the total ties; a refusal is confirmed by trying all row sums."""
    counts = data.draw(st.lists(st.integers(0, 6), min_size=4, max_size=4))
    locked = data.draw(st.lists(st.booleans(), min_size=4, max_size=4))
    cells, facts = version(counts, locked)
    parts = [(("region", "E"),), (("month", "2027-01"),), (("region", "W"), ("month", "2027-02"))]
    holds = []
    for part in parts:
        low, more = data.draw(st.integers(0, 8)), data.draw(st.integers(0, 8))
        holds.append(Constraint(part, low, low + more))
    bounds = [*limits(facts, *holds), whole(cells)]
    total = sum(counts)
    ways = [range(total + 1) if not lock else [count] for count, lock in zip(counts, locked, strict=True)]
    possible = any(
        not any(bound.missed(np.array([a, b, c, d])) for bound in bounds)
        for a in ways[0] for b in ways[1] for c in ways[2] for d in ways[3] if a + b + c + d == total
    )  # fmt: skip
    try:
        after = settle(cells, bounds, YUAN)
    except InfeasibleError:
        assert not possible
        return
    assert possible
    assert not broken_constraints(after, bounds)
    assert (after["count"] >= 0).all()
    assert (after["count"] == cells["count"])[cells["locked"]].all()
    assert settle(cells, bounds, YUAN)["count"].tolist() == after["count"].tolist()
