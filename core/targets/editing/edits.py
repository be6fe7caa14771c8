"""Edits of a plan as data: undo and redo, cell-by-cell differences, and two planners at once.

A version is a table with one row per cell, indexed by the cell's keys, with ``count`` (whole units)
and ``locked``. All functions return new objects.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from core.errors import InputError
from core.i18n import _


@dataclass(frozen=True)
class Edit:
    """One step of a planner: the cells it changed, before and after.

    Parameters
    ----------
    changes
        Result of :func:`difference`.
    what
        What was done, in the planner's language.
    when
        When it was done, with its time zone.
    typed
        The cells whose own figure was typed; the others followed. None where none was.
    """

    changes: pd.DataFrame
    what: str
    who: str
    when: dt.datetime
    typed: pd.Index | None = None


@dataclass(frozen=True)
class EditLog:
    """The steps done and those undone.

    Parameters
    ----------
    done
        Steps in effect, the last one at the end.
    undone
        Steps that can be done again, the next one at the end.
    """

    done: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()

    def add(self, edit: Edit) -> EditLog:
        """Return the log with a new step; what was undone can't be done again after it."""
        return EditLog((*self.done, edit))

    def typed(self) -> pd.Index | None:
        """Return the cells that hold what was typed; one that gave way to a later edit is none of them."""
        found: pd.Index | None = None
        for edit in self.done:
            if found is not None:
                found = found.difference(edit.changes.index)
            if edit.typed is not None:
                found = edit.typed if found is None else found.union(edit.typed)
        return found

    def undo(self, cells: pd.DataFrame) -> tuple[EditLog, pd.DataFrame]:
        """Take the last step back.

        Returns
        -------
        tuple of EditLog and DataFrame
            The log and the version before that step.

        Raises
        ------
        InputError
            Nothing is left to undo.
        """
        if not self.done:
            raise InputError(_("There is nothing to undo."))
        last = self.done[-1]
        return EditLog(self.done[:-1], (*self.undone, last)), _applied(cells, last.changes, "before")

    def redo(self, cells: pd.DataFrame) -> tuple[EditLog, pd.DataFrame]:
        """Do the step undone last again.

        Returns
        -------
        tuple of EditLog and DataFrame
            The log and the version after that step.

        Raises
        ------
        InputError
            Nothing was undone.
        """
        if not self.undone:
            raise InputError(_("There is nothing to do again."))
        following = self.undone[-1]
        return EditLog((*self.done, following), self.undone[:-1]), _applied(cells, following.changes, "after")


def _applied(cells: pd.DataFrame, changes: pd.DataFrame, side: str) -> pd.DataFrame:
    result = cells.copy()
    result.loc[changes.index, "count"] = changes[f"count_{side}"]
    result.loc[changes.index, "locked"] = changes[f"locked_{side}"]
    return result


def difference(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Compare two versions cell by cell.

    Parameters
    ----------
    before, after
        Versions of the same plan with the same cells, in any order.

    Returns
    -------
    DataFrame
        One row per cell that differs, in the order of ``before``: ``count_before``, ``count_after``,
        ``change``, ``locked_before``, ``locked_after``.

    Raises
    ------
    InputError
        The versions have different cells, or a cell twice.
    """
    if before.index.has_duplicates or after.index.has_duplicates:
        raise InputError(_("A cell of the plan is given twice."))
    extra = before.index.symmetric_difference(after.index)
    if len(extra):
        raise InputError(
            _("The two versions have different cells; {count} are in one of them only, such as {cell}.",
              count=len(extra), cell=extra[0]),
            _("Compare versions of the same plan."),
        )  # fmt: skip
    other = after.reindex(before.index)
    table = pd.DataFrame(
        {
            "count_before": before["count"],
            "count_after": other["count"],
            "change": other["count"] - before["count"],
            "locked_before": before["locked"],
            "locked_after": other["locked"],
        }
    )
    return table[(table["change"] != 0) | (table["locked_before"] != table["locked_after"])]


@dataclass(frozen=True)
class Merge:
    """Two planners' edits of one version, put together.

    Parameters
    ----------
    cells
        The version with all edits that do not collide; colliding cells hold the other planner's.
    theirs
        What the other planner changed.
    conflicts
        Cells both changed to different values: ``count_base``, ``count_mine``, ``count_theirs`` and
        the locks likewise. Nothing of mine is lost: it stands here until it is chosen or dropped.
    """

    cells: pd.DataFrame
    theirs: pd.DataFrame
    conflicts: pd.DataFrame


def merge(base: pd.DataFrame, mine: pd.DataFrame, theirs: pd.DataFrame) -> Merge:
    """Put my edits on top of what another planner saved in the meantime.

    Totals that both kept on their own may differ after the merge; the checks show it.

    Parameters
    ----------
    mine
        My edited version, not saved yet.

    Returns
    -------
    Merge
        The merged version, what the other changed, and the conflicts.
    """
    my_changes, their_changes = difference(base, mine), difference(base, theirs)
    both = my_changes.index.intersection(their_changes.index, sort=False)
    columns = ["count_after", "locked_after"]
    differ = (my_changes.loc[both, columns] != their_changes.loc[both, columns]).any(axis=1)
    colliding = both[differ.to_numpy(dtype=bool)]
    cells = _applied(theirs, my_changes.drop(colliding), "after")
    conflicts = pd.DataFrame(
        {
            f"{what}_{who}": source.loc[colliding, f"{what}_{side}"]
            for what in ("count", "locked")
            for who, source, side in (
                ("base", my_changes, "before"),
                ("mine", my_changes, "after"),
                ("theirs", their_changes, "after"),
            )
        }
    )
    return Merge(cells, their_changes, conflicts)
