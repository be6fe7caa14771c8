"""What a planner holds fast in visit plans: customers kept together, locked visits and days, nights away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

WHOLE_DAY = ""
"""Stands for the customer where a whole day is locked."""


def groups(store: Store, employee_id: str, scope: Scope = EVERYTHING) -> list[tuple[str, ...]]:
    """Return the customers of a rep that are kept together, group by group."""
    found: dict[str, list[str]] = {}
    for row in store.read("visits/groups", scope=scope, employee=employee_id).to_pylist():
        found.setdefault(row["group_id"], []).append(row["terminal_id"])
    return [tuple(members) for members in found.values()]


def locks(store: Store, employee_id: str, scope: Scope = EVERYTHING) -> list[tuple[str, dt.date]]:
    """Return customer and day of a rep's locked visits; a locked day has the customer :data:`WHOLE_DAY`."""
    rows = store.read("visits/locks", scope=scope, employee=employee_id).to_pylist()
    return [(row["terminal_id"], row["day"]) for row in rows]


def nights(store: Store, employee_id: str, scope: Scope = EVERYTHING) -> list[tuple[dt.date, str]]:
    """Return the nights away of a rep: after which day, near which terminal."""
    rows = store.read("visits/nights", scope=scope, employee=employee_id).to_pylist()
    return [(row["day"], row["terminal_id"]) for row in rows]


def office(store: Store, employee_id: str) -> tuple[float, float] | None:
    """Return latitude and longitude where the days of a rep end; None for home."""
    rows = store.read("visits/office", employee=employee_id).to_pylist()
    return (rows[0]["lat"], rows[0]["lon"]) if rows else None


def save_night(
    store: Store, employee_id: str, day: dt.date, terminal_id: str | None, *, actor: str = "local"
) -> None:
    """Have the night after a day spent near a terminal, or at home."""

    def save(cursor: duckdb.DuckDBPyConnection) -> None:
        values = {"employee": employee_id, "day": day}
        cursor.execute("DELETE FROM visit_night WHERE employee_id = $employee AND day = $day", values)
        if terminal_id is not None:
            cursor.execute(
                "INSERT INTO visit_night (employee_id, day, terminal_id) VALUES ($employee, $day, $terminal)",
                {**values, "terminal": terminal_id},
            )

    store.write(
        "visit_night", save, actor=actor, details={"entity": "visit_night", "entity_key": employee_id}
    )


def save_office(
    store: Store, employee_id: str, place: tuple[float, float] | None, *, actor: str = "local"
) -> None:
    """Have the days of a rep end at latitude and longitude, or at home."""

    def save(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("DELETE FROM visit_office WHERE employee_id = $employee", {"employee": employee_id})
        if place is not None:
            cursor.execute(
                "INSERT INTO visit_office (employee_id, lat, lon) VALUES ($employee, $lat, $lon)",
                {"employee": employee_id, "lat": place[0], "lon": place[1]},
            )

    store.write(
        "visit_office", save, actor=actor, details={"entity": "visit_office", "entity_key": employee_id}
    )


def save_group(store: Store, members: Sequence[str], *, actor: str = "local") -> None:
    """Keep customers together; they leave the groups they were in, and a group of one is none."""
    together = sorted(set(members))

    def save(cursor: duckdb.DuckDBPyConnection) -> None:
        _leave(cursor, together)
        for member in together:
            cursor.execute(
                "INSERT INTO visit_group (terminal_id, group_id) VALUES ($member, $first)",
                {"member": member, "first": together[0]},
            )
        # Whoever is left alone is in no group.
        cursor.execute(
            "DELETE FROM visit_group WHERE group_id IN"
            " (SELECT g.group_id FROM visit_group AS g GROUP BY g.group_id HAVING COUNT(*) = 1)"
        )

    store.write("visit_group", save, actor=actor, details={"entity": "visit_group"})


def part(store: Store, members: Collection[str], *, actor: str = "local") -> None:
    """Keep customers together no longer."""

    def save(cursor: duckdb.DuckDBPyConnection) -> None:
        _leave(cursor, members)

    store.write("visit_group", save, actor=actor, details={"entity": "visit_group"})


def _leave(cursor: duckdb.DuckDBPyConnection, members: Collection[str]) -> None:
    # The name of a group is the id of a member, who may leave while the others stay: they are named anew.
    cursor.execute(
        "DELETE FROM visit_group WHERE terminal_id IN (SELECT UNNEST(CAST($members AS VARCHAR[])))",
        {"members": list(members)},
    )
    cursor.execute(
        "UPDATE visit_group SET group_id ="
        " (SELECT MIN(g.terminal_id) FROM visit_group AS g WHERE g.group_id = visit_group.group_id)"
    )


def lock(
    store: Store, employee_id: str, visits: Collection[tuple[str, dt.date]], *, actor: str = "local"
) -> None:
    """Lock visits of a rep, or with :data:`WHOLE_DAY` for the customer a day."""
    _change(store, employee_id, visits, insert=True, actor=actor)


def unlock(
    store: Store, employee_id: str, visits: Collection[tuple[str, dt.date]], *, actor: str = "local"
) -> None:
    """Unlock visits or days."""
    _change(store, employee_id, visits, insert=False, actor=actor)


def _change(
    store: Store, employee_id: str, visits: Collection[tuple[str, dt.date]], *, insert: bool, actor: str
) -> None:
    def save(cursor: duckdb.DuckDBPyConnection) -> None:
        for terminal_id, day in sorted(visits):
            row = {"employee": employee_id, "day": day, "terminal": terminal_id}
            cursor.execute(
                "DELETE FROM visit_lock"
                " WHERE employee_id = $employee AND day = $day AND terminal_id = $terminal",
                row,
            )
            if insert:
                cursor.execute(
                    "INSERT INTO visit_lock (employee_id, day, terminal_id)"
                    " VALUES ($employee, $day, $terminal)",
                    row,
                )

    store.write("visit_lock", save, actor=actor, details={"entity": "visit_lock", "entity_key": employee_id})
