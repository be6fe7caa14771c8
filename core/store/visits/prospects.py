"""Prospects in the store: how far each is, how it got there, and saves that overwrite nobody's work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import AppError
from core.i18n import _
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from core.store.database import Store
    from core.store.visits.plans import RepWindow

PROSPECT_COLUMNS = ("terminal_id", "possibility", "progress", "source", "no_go", "decision")
_FIELDS = PROSPECT_COLUMNS[1:]


@dataclass(frozen=True)
class ProspectConflict:
    """One prospect that somebody else saved meanwhile.

    Parameters
    ----------
    changed_by, changed_at
        Who, and when.
    theirs
        The fields as they are now.
    version
        The version they are; saving on it takes the place of theirs.
    """

    terminal_id: str
    changed_by: str
    changed_at: dt.datetime
    theirs: dict[str, Any]
    version: int


class ProspectConflictError(AppError):
    """Somebody else saved some of the same prospects in the meantime; nothing was saved.

    Parameters
    ----------
    conflicts
        Each of them.
    """

    def __init__(self, conflicts: list[ProspectConflict]) -> None:
        super().__init__(
            _(
                "{actor} saved {n} of these prospects after you opened them.",
                actor=", ".join(sorted({conflict.changed_by for conflict in conflicts})),
                n=len(conflicts),
            ),
            _("Compare both; nothing of yours is lost."),
        )
        self.conflicts = conflicts


def prospects(store: Store, employee_id: str, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return PROSPECT_COLUMNS and version (0 before the first save) of a rep's prospects."""
    return store.read("visits/prospects", scope=scope, employee=employee_id).to_pandas()


def prospect_history(
    store: Store,
    *,
    terminal_id: str | None = None,
    employee_id: str | None = None,
    region_id: str | None = None,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return every record of every prospect, per terminal in order.

    Parameters
    ----------
    terminal_id, employee_id, region_id
        Only this prospect, those of a rep, and of a region with those below it.

    Returns
    -------
    DataFrame
        terminal_id, number, changed_at, changed_by, possibility, progress, source, no_go, decision.
    """
    return store.read(
        "visits/prospect_history",
        scope=scope,
        terminal=terminal_id,
        employee=employee_id,
        region=region_id,
    ).to_pandas()


def prospect_shops(store: Store, window: RepWindow, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the shops that ever were prospects.

    Returns
    -------
    DataFrame
        terminal_id, name, region_id, region, employee_id, employee, value (what the largest rival sells
        there, yuan a month; NaN unknown), last_visit.
    """
    return store.read(
        "visits/prospect_shops",
        scope=scope,
        own=window.own,
        first_month=window.first_month,
        last_month=window.last_month,
        months=window.months,
        until=window.until,
    ).to_pandas()


def save_prospects(
    store: Store, rows: pd.DataFrame, *, actor: str = "local", now: dt.datetime | None = None
) -> None:
    """Save how far some prospects are, all of them or none; each change joins the history.

    Parameters
    ----------
    rows
        PROSPECT_COLUMNS and version, the one the work began from.
    now
        When it happened; the present unless given.

    Raises
    ------
    ProspectConflictError
        Somebody saved some of them since.
    """
    columns = [*PROSPECT_COLUMNS, "version"]
    values = rows[columns].astype(object).where(rows[columns].notna(), None).to_dict("records")
    moment = now or dt.datetime.now()

    def save(cursor: duckdb.DuckDBPyConnection) -> None:
        latest = {row["terminal_id"]: _latest(cursor, row["terminal_id"]) for row in values}
        conflicts = [
            theirs
            for row in values
            if (theirs := latest[row["terminal_id"]]) and theirs.version != int(row["version"] or 0)
        ]
        if conflicts:
            raise ProspectConflictError(conflicts)
        for row in values:
            _save_one(cursor, row, actor, moment)

    store.write("visit_prospect", save, actor=actor, details={"entity": "visit_prospect"})


def _latest(cursor: duckdb.DuckDBPyConnection, terminal_id: str) -> ProspectConflict | None:
    found = cursor.execute(
        f"SELECT s.number, s.changed_by, s.changed_at, {', '.join('s.' + name for name in _FIELDS)}"
        " FROM prospect_stage AS s WHERE s.terminal_id = $id ORDER BY s.number DESC LIMIT 1",
        {"id": terminal_id},
    ).fetchall()
    if not found:
        return None
    number, who, when, *fields = found[0]
    return ProspectConflict(terminal_id, who, when, dict(zip(_FIELDS, fields, strict=True)), number)


def _save_one(
    cursor: duckdb.DuckDBPyConnection, row: dict[str, Any], actor: str, moment: dt.datetime
) -> None:
    fields = {name: row[name] for name in PROSPECT_COLUMNS} | {"no_go": bool(row["no_go"])}
    named = ", ".join("$" + name for name in PROSPECT_COLUMNS)
    cursor.execute("DELETE FROM visit_prospect WHERE terminal_id = $id", {"id": row["terminal_id"]})
    cursor.execute(f"INSERT INTO visit_prospect ({', '.join(PROSPECT_COLUMNS)}) VALUES ({named})", fields)
    cursor.execute(
        "INSERT INTO prospect_stage (terminal_id, number, changed_at, changed_by,"
        f" {', '.join(_FIELDS)}) VALUES ($terminal_id, $number, $moment, $actor,"
        f" {', '.join('$' + name for name in _FIELDS)})",
        {**fields, "number": int(row["version"] or 0) + 1, "moment": moment, "actor": actor},
    )
