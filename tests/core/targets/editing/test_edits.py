"""Undo, redo, differences and merges of versions."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from core.errors import InputError
from core.targets.editing.edits import Edit, EditLog, difference, merge

KEYS = pd.MultiIndex.from_product([["East", "West"], ["Jan", "Feb"]], names=["region", "month"])
BASE = pd.DataFrame({"count": [1, 2, 3, 4], "locked": [False] * 4}, index=KEYS)


def edited(base: pd.DataFrame, cell: tuple[str, str], count: int, *, locked: bool = False) -> pd.DataFrame:
    """Return the version with one cell changed."""
    result = base.copy()
    result.loc[cell, "count"] = count
    result.loc[cell, "locked"] = locked
    return result


def step(before: pd.DataFrame, after: pd.DataFrame) -> Edit:
    """Return the edit between two versions."""
    return Edit(difference(before, after), "edit", "Li", dt.datetime(2026, 11, 1, tzinfo=dt.UTC))


def test_difference_lists_exactly_the_changed_cells() -> None:
    """Changed counts and changed locks are found, in whatever order the cells come."""
    after = edited(edited(BASE, ("East", "Jan"), 9), ("West", "Feb"), 4, locked=True)
    table = difference(BASE, after.iloc[::-1])
    assert table.index.tolist() == [("East", "Jan"), ("West", "Feb")]
    assert table["change"].tolist() == [8, 0]
    assert table["locked_after"].tolist() == [False, True]
    assert difference(BASE, BASE).empty


def test_a_typed_cell_is_known_until_it_gives_way() -> None:
    """What was typed is told from what followed; until it gives way itself."""
    january, february = ("East", "Jan"), ("East", "Feb")
    typed = edited(edited(BASE, january, 9), february, 1)
    moved = edited(edited(typed, january, 7), february, 3)
    when = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    first = EditLog().add(Edit(difference(BASE, typed), "edit", "Li", when, KEYS[[0]]))
    assert first.typed() is not None
    assert list(first.typed()) == [january]
    then = first.add(Edit(difference(typed, moved), "edit", "Li", when, KEYS[[1]]))
    assert list(then.typed()) == [february]
    assert list(then.undo(moved)[0].typed()) == [january]
    assert EditLog().typed() is None


def test_undo_and_redo_go_there_and_back() -> None:
    """Two steps back and two forward pass through the same versions."""
    first = edited(BASE, ("East", "Jan"), 9)
    second = edited(first, ("East", "Jan"), 7, locked=True)
    log = EditLog().add(step(BASE, first)).add(step(first, second))
    log, cells = log.undo(second)
    pd.testing.assert_frame_equal(cells, first)
    log, cells = log.undo(cells)
    pd.testing.assert_frame_equal(cells, BASE)
    log, cells = log.redo(cells)
    log, cells = log.redo(cells)
    pd.testing.assert_frame_equal(cells, second)
    with pytest.raises(InputError, match="do again"):
        log.redo(cells)
    with pytest.raises(InputError, match="undo"):
        EditLog().undo(BASE)


def test_a_new_step_ends_what_was_undone() -> None:
    """After a new edit the undone one can't come back."""
    first = edited(BASE, ("East", "Jan"), 9)
    log, cells = EditLog().add(step(BASE, first)).undo(first)
    assert not log.add(step(cells, first)).undone


def test_two_planners_edits_are_put_together() -> None:
    """Edits of different cells both stand; a cell both changed is a conflict that keeps both figures."""
    mine = edited(edited(BASE, ("East", "Jan"), 10), ("East", "Feb"), 20)
    theirs = edited(edited(BASE, ("East", "Feb"), 22), ("West", "Jan"), 30)
    result = merge(BASE, mine, theirs)
    assert result.cells["count"].tolist() == [10, 22, 30, 4]
    assert result.theirs.index.tolist() == [("East", "Feb"), ("West", "Jan")]
    assert result.conflicts.index.tolist() == [("East", "Feb")]
    assert result.conflicts[["count_base", "count_mine", "count_theirs"]].iloc[0].tolist() == [2, 20, 22]


def test_the_same_edit_by_both_is_no_conflict() -> None:
    """Two planners who type the same figure agree."""
    both = edited(BASE, ("East", "Jan"), 10)
    result = merge(BASE, both, both)
    assert result.conflicts.empty
    assert result.cells["count"].tolist() == [10, 2, 3, 4]


def test_versions_of_different_plans_are_refused() -> None:
    """A file with other cells is not the same plan."""
    with pytest.raises(InputError, match="different cells; 1 are in one of them only"):
        difference(BASE, BASE.iloc[:3])
    with pytest.raises(InputError, match="given twice"):
        difference(BASE, pd.concat([BASE, BASE.iloc[:1]]))
