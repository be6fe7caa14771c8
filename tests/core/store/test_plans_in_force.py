"""Plans of a rep that overlap: the one that begins last holds from its first day on, as long as it lasts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from core.store.cycle.review import visit_counts
from core.store.database import Store
from core.store.scope import EVERYTHING
from core.store.territories.shops import promised_visits
from core.store.visits.plans import board

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
# Plan, its first day, weeks, version; its stops at the one shop.
PLANS = {
    ("long", "2026-10-05", 4, 1): ("2026-10-06", "2026-10-13", "2026-10-20", "2026-10-27"),
    ("anew", "2026-10-12", 1, 1): ("2026-10-14",),
    ("anew2", "2026-10-12", 1, 2): ("2026-10-15",),
}
IN_FORCE = ["2026-10-06", "2026-10-15", "2026-10-20", "2026-10-27"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store with one rep, one shop, and a plan that another one cuts into."""
    with Store.open(tmp_path / "market.duckdb") as opened:

        def fill(cursor) -> None:
            cursor.execute("INSERT INTO region (region_id, name, level) VALUES ('r', 'r', 'county')")
            cursor.execute(
                "INSERT INTO region_closure (ancestor_id, region_id, distance) VALUES ('r', 'r', 0)"
            )
            cursor.execute("INSERT INTO employee (employee_id, name) VALUES ('e', 'e')")
            cursor.execute(
                "INSERT INTO terminal (terminal_id, name, region_id, employee_id, status)"
                " VALUES ('s', 's', 'r', 'e', 'listed')"
            )
            for (plan, start, weeks, version), days in PLANS.items():
                cursor.execute(
                    "INSERT INTO visit_plan"
                    " VALUES (?, 'e', CAST(? AS DATE), ?, ?, NULL, 0, 0, 0, 0, '', '', 0, '', now())",
                    [plan, start, weeks, version],
                )
                for day in days:
                    cursor.execute(
                        "INSERT INTO visit_plan_stop VALUES (?, CAST(? AS DATE), 1, 's', 0, 0, 0, 0)",
                        [plan, day],
                    )

        opened.write("test", fill)
        yield opened


def test_a_day_has_one_plan(store: Store) -> None:
    """Month, day, board, shop and hand-over count the visits of the plan in force, none of two plans."""
    assert visit_counts(store, OCTOBER, None)["planned"] == len(IN_FORCE)
    days = store.read(
        "cycle/day_planned", scope=EVERYTHING, employee="e", first_day=OCTOBER, end_day=NOVEMBER
    ).to_pylist()
    assert [row["day"].isoformat() for row in days] == IN_FORCE
    assert board(store, OCTOBER, NOVEMBER)["due"].to_list() == [len(IN_FORCE)]
    [shop] = store.read(
        "terminal_analysis/evidence", scope=EVERYTHING, terminal="s", start=OCTOBER, end=NOVEMBER
    ).to_pylist()
    assert shop["planned"] == len(IN_FORCE)
    promised = promised_visits(store, ["s"], OCTOBER)
    assert [f"{day:%Y-%m-%d}" for day in sorted(promised["day"])] == IN_FORCE
