"""What a task made from a finding begins with: who answers for it, where it lies, whether it exists."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.store.database import Store


def responsible(
    store: Store, *, region_id: str | None, shops: Sequence[str] = (), dealer_id: str | None = None
) -> str | None:
    """Return the employee who answers for shops or a dealer, else for a region; None where nobody is named.

    Parameters
    ----------
    shops
        Terminal ids; the one who looks after most of them.
    """
    rows = store.read("cycle/responsible", region=region_id, shops=list(shops), dealer=dealer_id).to_pylist()
    return rows[0]["employee_id"] if rows else None


def common_region(store: Store, shops: Sequence[str]) -> str | None:
    """Return the lowest region in which all the shops lie; None where there is none."""
    ids = sorted(set(shops))
    rows = store.read("cycle/common_region", shops=ids, count=len(ids)).to_pylist()
    return rows[0]["region_id"] if rows else None


def open_task_ids(store: Store, kind: str, key: str, *, scope: Scope = EVERYTHING) -> list[str]:
    """Return the tasks of a finding that nobody signed or dropped, the latest first."""
    rows = store.read("cycle/open_tasks", scope=scope, kind=kind, key=key).to_pylist()
    return [row["task_id"] for row in rows]


def last_visit(store: Store, terminal_id: str) -> dt.date | None:
    """Return the last day on which a shop was visited; None where it never was."""
    day: dt.date | None = store.read("cycle/last_visit", terminal=terminal_id).to_pylist()[0]["last_day"]
    return day


def people(store: Store) -> dict[str, str]:
    """Return the names of active employees by employee_id, managers before reps."""
    rows = store.read("cycle/people").to_pylist()
    return {row["employee_id"]: row["name"] for row in rows}
