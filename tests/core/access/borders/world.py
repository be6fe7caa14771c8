"""A store in which every region, shop, dealer and person has a mark of its own, and twelve who look at it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.access import ROLES
from core.access.access import Access
from core.customers.forms.strategy import STRATEGY_CARD
from core.cycle.tasks.task import Finding, Task
from core.store.caching import region_rollup
from core.store.cycle.tasks.records import create
from core.store.forms import approval, forms
from core.store.forms.rows import FormKey
from core.store.plans import versions
from core.store.plans.model import KEYS, Plan
from core.store.read_tracking import stored_tables
from core.store.windows.rules import EVERYTHING, NOTHING

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

MARK = re.compile(r"ZQ[0-9A-Za-z_]+?QZ")
MARKED = {
    "region": ("region_id", ("name", "name_en")),
    "terminal": ("terminal_id", ("name", "address")),
    "dealer": ("dealer_id", ("name",)),
    "employee": ("employee_id", ("name",)),
    "visit": ("visit_id", ("result", "purpose")),
}
"""Tables with the key and the texts that carry its mark."""
AMOUNTS = {
    "terminal_sales": "amount",
    "market_sales": "amount",
    "market_capacity": "amount",
    "expense": "amount",
    "expense_budget": "amount",
    "visit": "order_amount",
    "target_cell": "amount",
    "dealer_sales": "sell_in_amount",
}
"""Tables with the amounts that change out of sight."""


def mark_all(store: Store) -> None:
    """Give every region, shop, dealer, person and visit a mark that nobody else has."""

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        for table, (key, texts) in MARKED.items():
            mark = f"'ZQ{table}_' || REGEXP_REPLACE(t.{key}, '[^0-9A-Za-z]', '', 'g') || 'QZ'"
            said = ", ".join(f"{text} = {mark}" for text in texts)
            cursor.execute(f"UPDATE {table} AS t SET {said}")

    store.write("sample", work)
    _mark_work(store)
    _make_plan(store)


def _mark_work(store: Store) -> None:
    """Make tasks about shops, and strategy cards of regions that wait for approval, under their marks."""
    shops = store.fetch(
        "SELECT t.terminal_id AS id, t.region_id AS region, t.employee_id AS rep, t.name AS mark"
        " FROM terminal AS t ORDER BY HASH(t.terminal_id) LIMIT 20"
    ).to_pylist()
    for shop in shops:
        about = {"customer_type": "terminal", "customer_id": shop["id"], "owner_id": shop["rep"]}
        create(store, Task(shop["mark"], dt.date(2026, 12, 1), Finding("manual", "", ""), **about))
    for region in store.fetch(
        "SELECT r.region_id AS id, r.name AS mark FROM region AS r WHERE r.level IN ('city', 'county')"
    ).to_pylist():
        card = {"start": "2027-01", "end": "2027-06", "owner": region["mark"], "aim": region["mark"]}
        key = FormKey(STRATEGY_CARD, "region", region["id"])
        saved = forms.save(store, key, card, expected_version=0)
        key = replace(key, record_id=saved.record_id)
        approval.move(store, key, "submitted", expected_version=saved.version)


def _make_plan(store: Store) -> None:
    """Make a plan with a target for every county, so that everybody sees a part of it."""
    counties = _column(store, "SELECT r.region_id AS v FROM region AS r WHERE r.level = 'county'")
    index = pd.MultiIndex.from_product([["tea"], counties, [""], [pd.Timestamp("2027-01-01")]], names=KEYS)
    cells = pd.DataFrame({"count": range(1, len(index) + 1), "locked": False}, index=index)
    cells.index = cells.index.set_levels(cells.index.levels[3].astype("datetime64[us]"), level=3)
    versions.create(
        store,
        Plan("", "Plan", 2027, parameters={"unit": "100", "owner": "employee", "level": "county"}),
        cells,
    )


def accesses(store: Store) -> list[Access]:
    """Return twelve users of many roles who see a part, a steward and an administrator."""
    cities = _column(store, "SELECT r.region_id AS v FROM region AS r WHERE r.level = 'city' ORDER BY 1")
    counties = _column(
        store,
        "SELECT t.region_id AS v FROM terminal AS t GROUP BY 1 ORDER BY COUNT(*) DESC, 1",
    )
    reps = _column(
        store,
        "SELECT t.employee_id AS v FROM terminal AS t WHERE t.employee_id IS NOT NULL"
        " GROUP BY 1 ORDER BY COUNT(*) DESC, 1",
    )
    parts = [
        ("manager", (cities[0],), None),
        ("manager", (cities[1], cities[2]), None),
        ("manager", (counties[0],), None),
        ("manager", (counties[1], counties[2]), None),
        ("viewer", (cities[0],), None),
        ("viewer", (counties[3],), None),
        ("planner", (cities[1],), None),
        ("planner", (counties[0],), None),
        ("approver", (cities[2],), None),
        ("rep", None, reps[0]),
        ("rep", None, reps[1]),
        ("rep", (cities[0],), reps[2]),
        ("steward", None, None),
        ("admin", None, None),
    ]
    return [
        Access(f"{role}{number}@example.com", ROLES[role].rights, regions, None, rep)
        for number, (role, regions, rep) in enumerate(parts)
    ]


def hidden_marks(store: Store, access: Access) -> set[str]:
    """Return the marks of regions, shops and visits that an access may not see, by walking the tree.

    Of people and dealers those count that stand in no row of what is seen; the rules for them are held by the
    tests of windows.
    """
    shops = store.fetch(
        "SELECT t.terminal_id AS id, t.region_id AS region, t.employee_id AS rep FROM terminal AS t"
    ).to_pylist()
    covered = store.fetch(
        "SELECT s.terminal_id AS id, s.employee_id AS rep FROM terminal_stand_in AS s"
    ).to_pylist()
    inside = _below(store, access.region_ids)
    stood_in = {row["id"] for row in covered if row["rep"] == access.employee_id}
    own = [
        row
        for row in shops
        if row["region"] in inside
        and (access.employee_id is None or row["rep"] == access.employee_id or row["id"] in stood_in)
    ]
    regions = inside if access.employee_id is None else {row["region"] for row in own}
    seen = {"region": regions, "terminal": {row["id"] for row in own}}
    hidden = {
        _mark(table, key)
        for table, keys in seen.items()
        for key in _column(store, f"SELECT t.{table}_id AS v FROM {table} AS t")
        if key not in keys
    }
    part = store.for_access(access)
    for table in ("dealer", "employee", "visit"):
        text = f"SELECT t.{table}_id AS v FROM {table} AS t"
        hidden |= {_mark(table, key) for key in {*_column(store, text)} - {*_column(part, text)}}
    return hidden


def hidden_keys(store: Store, part: Store, table: str, column: str) -> list[Any]:
    """Return the values of a column that stand in no row a user sees."""
    text = f"SELECT DISTINCT t.{column} AS v FROM {table} AS t WHERE t.{column} IS NOT NULL"
    return sorted({*_column(store, text)} - {*_column(part, text)})


def change_hidden_amounts(store: Store, access: Access) -> None:
    """Make every amount out of sight of an access another one."""
    window = store.for_access(access)._window
    assert window is not None
    conditions = {table: window.condition(table) for table in AMOUNTS}

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        for table, column in AMOUNTS.items():
            cursor.execute(
                f"UPDATE {table} AS t SET {column} = t.{column} + 7000003"
                f" WHERE ({conditions[table]}) IS NOT TRUE AND t.{column} < 1e12"
            )

    store.write("sample", work)
    region_rollup.ensure(store)


def contents(store: Store, access: Access | None = None) -> dict[str, tuple[int, str]]:
    """Return number and hash of the rows of every table but the record of refusals.

    Parameters
    ----------
    access
        Only of the rows that it doesn't see; None for all.
    """
    window = None if access is None else store.for_access(access)._window
    names = sorted(stored_tables() - {"audit_event", "derived_state"})
    if window is not None:
        names = [name for name in names if window.change_condition(name) not in {EVERYTHING, NOTHING}]
    text = " UNION ALL ".join(
        f"SELECT '{name}' AS name, COUNT(*) AS n, CAST(SUM(CAST(HASH(t) AS HUGEINT)) AS VARCHAR) AS h"
        f" FROM {name} AS t"
        + ("" if window is None else f" WHERE ({window.change_condition(name)}) IS NOT TRUE")
        for name in names
    )
    return {row["name"]: (row["n"], row["h"]) for row in store.fetch(text).to_pylist()}


def refusals(store: Store, actor: str) -> int:
    """Return how many refusals the audit has of somebody."""
    text = "SELECT COUNT(*) AS v FROM audit_event AS e WHERE e.kind = 'refusal' AND e.actor = $actor"
    return int(store.fetch(text, {"actor": actor})["v"][0].as_py())


def actions_since(store: Store, version: int) -> list[str]:
    """Return what was done since a data version, by the names the audit log has for it."""
    text = "SELECT l.action AS v FROM audit_log AS l WHERE l.audit_id >= $version ORDER BY l.audit_id"
    return list(store.fetch(text, {"version": version})["v"].to_pylist())


def _mark(table: str, key: str) -> str:
    return f"ZQ{table}_{re.sub('[^0-9A-Za-z]', '', key)}QZ"


def _below(store: Store, tops: tuple[str, ...] | None) -> set[str]:
    parents = {
        row["id"]: row["parent"]
        for row in store.fetch("SELECT r.region_id AS id, r.parent_id AS parent FROM region AS r").to_pylist()
    }
    if tops is None:
        return set(parents)
    found, last = set(tops), set[str]()
    while found != last:
        last = set(found)
        found |= {region for region, parent in parents.items() if parent in found}
    return found


def _column(store: Store, text: str) -> list[Any]:
    return list(store.fetch(text)["v"].to_pylist())
