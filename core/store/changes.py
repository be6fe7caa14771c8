"""When tables last changed, by the audit log: what is derived from them need not follow every write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.store.database import Store

KNOWN = frozenset(
    {
        *BY_NAME,
        "customer_form",
        "grade_judgement",
        "grade_run",
        "grade_template",
        "quarantine",
        "region_boundary",
        "setting",
        "terminal_selection",
        "visit_group",
        "visit_lock",
        "visit_plan",
        "visit_rule",
        "visit_prospect",
    }
)
"""Names of tables that a write may say it changed."""


def last_change(store: Store, tables: Collection[str]) -> int:
    """Return the number of the last write that may have changed some tables.

    Parameters
    ----------
    store
        The open store.
    tables
        Names of tables.

    Returns
    -------
    int
        Its number in the audit log, 0 where there was none. A write that doesn't say which tables it
        changed may have changed any.
    """
    rows = store.fetch(
        "SELECT a.entity AS entity, MAX(a.audit_id) AS last FROM audit_log AS a GROUP BY a.entity"
    ).to_pylist()
    wanted = frozenset(tables)
    found = 0
    for row in rows:
        names = frozenset(name.strip() for name in (row["entity"] or "").split(","))
        if names & wanted or not names <= KNOWN:
            found = max(found, int(row["last"]))
    return found
