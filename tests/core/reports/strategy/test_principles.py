"""The five principles on a world small enough to work out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.reports.market.request import MarketRequest
from core.reports.strategy.principles import LABELS, principle_report
from core.store.database import Store
from core.store.market.regions import refresh_closure

MONTH = dt.date(2026, 10, 1)
REQUEST = MarketRequest("US", MONTH, MONTH, "county")
# Shops in a: s1 led by us, s2 and s3 by the rival within range, s4 without its sales, s5 blank, s6 closed.
WORLD = """
INSERT INTO region (region_id, parent_id, level, name, name_en) VALUES
    ('p', NULL, 'province', '省', 'Province'), ('a', 'p', 'county', '甲县', 'A'),
    ('b', 'p', 'county', '乙县', 'B');
INSERT INTO company (company_id, name, is_self, is_aggregate) VALUES
    ('US', '我们', TRUE, FALSE), ('R', '对手', FALSE, FALSE);
INSERT INTO terminal (terminal_id, name, region_id, grade, status) VALUES
    ('s1', '一', 'a', 'A', 'listed'), ('s2', '二', 'a', 'A', 'listed'), ('s3', '三', 'a', 'B', 'listed'),
    ('s4', '四', 'a', 'A', 'listed'), ('s5', '五', 'a', 'A', 'blank'), ('s6', '六', 'a', 'A', 'closed');
INSERT INTO terminal_sales (month, terminal_id, company_id, amount) VALUES
    ('2026-10-01', 's1', 'US', 100), ('2026-10-01', 's1', 'R', 50),
    ('2026-10-01', 's2', 'US', 100), ('2026-10-01', 's2', 'R', 120),
    ('2026-10-01', 's3', 'US', 100), ('2026-10-01', 's3', 'R', 169),
    ('2026-10-01', 's4', 'US', 100), ('2026-10-01', 's6', 'US', 1), ('2026-10-01', 's6', 'R', 9);
INSERT INTO visit (visit_id, employee_id, terminal_id, start_at) VALUES
    ('v1', 'e', 's1', '2026-10-05 09:00:00'), ('v2', 'e', 's2', '2026-10-28 09:00:00'),
    ('v3', 'e', 's3', '2026-09-01 09:00:00');
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store of two counties, of which one has shops."""
    with Store.open(tmp_path / "principles.duckdb") as opened:

        def fill(cursor) -> None:
            cursor.execute(WORLD)
            refresh_closure(cursor)

        opened.write("test", fill)
        yield opened


def of(store: Store, region: str = "a"):
    """Return the five checks of a region by principle."""
    return principle_report(store, REQUEST).of(region).set_index("principle")


def test_key_customers_are_the_grade_a_shops_whose_leader_is_known(store: Store) -> None:
    """Of s1 and s2 we lead one, which is half and enough; blank, closed and unsurveyed shops don't count."""
    row = of(store).loc["control_key_customers"]
    assert (row["status"], row["value"], row["rows"]) == ("pass", 0.5, 1)


def test_weak_points_are_shops_in_which_the_rival_leads_within_range(store: Store) -> None:
    """Of s2 and s3 one was visited in the cycle, as many as of the four customers."""
    row = of(store).loc["attack_weak_points"]
    assert (row["status"], row["value"], row["threshold"]) == ("pass", 0.5, 0.5)


def test_a_rival_at_k_times_our_sales_is_out_of_range(store: Store) -> None:
    """170 against 100 can't be won: the only weak point left is visited."""
    change = "UPDATE terminal_sales SET amount = 170 WHERE terminal_id = 's3' AND company_id = 'R'"
    store.write("test", lambda cursor: cursor.execute(change))
    assert of(store).loc["attack_weak_points", "value"] == 1


def test_everyone_is_to_be_visited(store: Store) -> None:
    """s3 was visited before the four weeks, s4 never: two customers are missing."""
    row = of(store).loc["visit_everyone"]
    assert (row["status"], row["rows"]) == ("fail", 2)
    assert "2" in row["sentence"]


def test_a_region_without_shops_is_unknown_and_never_kept(store: Store) -> None:
    """Nothing recorded is no pass."""
    statuses = of(store, "b")["status"]
    assert not (statuses == "pass").any()
    assert statuses["visit_everyone"] == "unknown"


def test_without_visits_nothing_is_said_of_visits(store: Store) -> None:
    """Where nobody records visits nobody is called unvisited."""
    store.write("test", lambda cursor: cursor.execute("DELETE FROM visit"))
    report = principle_report(store, REQUEST)
    rows = report.of("a").set_index("principle")
    assert report.cycle is None
    assert rows.loc["visit_everyone", "status"] == "unknown"
    assert rows.loc["attack_weak_points", "status"] == "unknown"
    assert rows.loc["control_key_customers", "status"] == "pass"


def test_the_table_counts_what_the_checks_say(region: Store) -> None:
    """Broken, kept and unknown of a region are those of its five rows, and each has its reason."""
    report = principle_report(region, MarketRequest("OWN", dt.date(2025, 11, 1), MONTH, "county"))
    counts = report.checks.pivot_table(index="region_id", columns="status", aggfunc="size", fill_value=0)
    table = report.table.set_index("region_id")
    for column, status in (("broken", "fail"), ("kept", "pass"), ("unknown", "unknown")):
        expected = counts[status] if status in counts else 0 * counts.iloc[:, 0]
        assert (table[column] == expected.reindex(table.index)).all()
    assert set(report.checks["principle"]) == set(LABELS)
    assert (report.checks["sentence"].str.len() > 0).all()


def test_the_plan_is_the_norm_of_a_fortress(store: Store) -> None:
    """Only the stops of the plan's latest version in the cycle are planned visits."""
    plan = (
        "INSERT INTO visit_plan"
        " SELECT i, 'e', DATE '2026-10-05', 4, v, NULL, 0, 0, 0, 0, '', '', 0, '', now()"
        " FROM (VALUES ('old', 1), ('new', 2)) AS p(i, v)"
    )
    stops = (
        "INSERT INTO visit_plan_stop SELECT p, CAST(d AS DATE), 1, 's1', 0, 0, 0, 0 FROM (VALUES"
        " ('old', '2026-10-06'), ('new', '2026-10-07'), ('new', '2026-10-14'), ('new', '2026-11-20'),"
        " ('new', '2026-10-21')) AS s(p, d)"
    )
    sales = (
        "INSERT INTO terminal_sales (month, terminal_id, company_id, amount) VALUES"
        " ('2025-10-01', 's1', 'US', 9), ('2025-10-01', 's1', 'R', 1)"
    )

    def fill(cursor) -> None:
        for statement in (plan, stops, sales):
            cursor.execute(statement)
        cursor.execute("DELETE FROM terminal_sales WHERE terminal_id <> 's1'")
        cursor.execute(
            "UPDATE terminal_sales SET amount = 900 WHERE company_id = 'US' AND month > DATE '2026-01-01'"
        )

    store.write("test", fill)
    row = of(store).loc["hold_fortress"]
    assert row["value"] > 0
    assert row["status"] == "fail"
    store.write("test", lambda cursor: cursor.execute("DELETE FROM visit_plan_stop WHERE day > '2026-10-10'"))
    assert of(store).loc["hold_fortress", "status"] == "pass"
