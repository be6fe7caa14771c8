"""What findings propose as tasks, and the regions that are furthest behind a plan."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from core.reports.cycle.tasks.findings import (
    LARGEST_LIST,
    of_action,
    of_change,
    of_customer,
    of_region,
    of_shops,
)
from core.reports.cycle.tasks.listing import TaskRequest, tasks_of
from core.reports.cycle.tasks.plan_readings import furthest_behind, shortfalls
from core.reports.cycle.tasks.proposals import Proposal, make, open_task, propose, working_day
from core.reports.cycle.today import reference_day
from core.reports.market.request import MarketRequest
from core.reports.overview.overview import overview
from core.reports.plans.plan import plan_from_store
from core.reports.plans.request import PlanRequest
from core.store.database import Store
from core.store.scope import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YEAR = MarketRequest("OWN", dt.date(2025, 11, 1), dt.date(2026, 10, 1), "county")


@pytest.fixture(scope="module")
def findings_file(sample_copy) -> Path:
    return sample_copy(300)


@pytest.fixture
def store(findings_file: Path, tmp_path: Path) -> Iterator[Store]:
    """The demonstration region at a small size."""
    shutil.copy(findings_file, tmp_path / "market.duckdb")
    with Store.open(tmp_path / "market.duckdb") as store:
        yield store


def test_the_next_actions_propose_what_they_say(store: Store) -> None:
    """Winning aims at 1.7 times the rival, defending at the ratio of a year before, visiting at 0."""
    found = overview(store, YEAR)
    regions = found.report.regions.set_index("region_id")
    proposals = {action.code: of_action(action, found) for action in found.actions}
    assert len(proposals) == 3
    for action in found.actions:
        proposal = proposals[action.code]
        assert proposal.sentence == action.sentence
        assert proposal.region_id == action.region_id
        row = regions.loc[action.region_id]
        goals = {
            "win": ("ratio", 1.7, row["ratio"]),
            "defend": ("ratio", row["ratio_previous"], row["ratio"]),
        }
        if action.code in goals:
            assert (proposal.measure, proposal.target, proposal.baseline) == goals[action.code]
    assert (proposals["visit"].measure, proposals["visit"].target) == ("unvisited", 0.0)


def test_a_bad_change_proposes_the_ratio_of_a_year_before(store: Store) -> None:
    """Where the ratio fell it is to come back; where it didn't, a manager signs."""
    found = overview(store, YEAR)
    regions = found.report.regions.set_index("region_id")
    bad = [change for change in found.changes if change.direction < 0]
    assert bad
    for change in bad:
        row, proposal = regions.loc[change.region_id], of_change(change, found)
        fell = row["ratio_previous"] > row["ratio"]
        assert proposal.kind == "rival_move"
        assert (proposal.measure, proposal.target) == (
            ("ratio", row["ratio_previous"]) if fell else (None, 0.0)
        )


def test_the_first_measurement_is_that_of_the_finding(store: Store) -> None:
    """Of a task made from the figures of September, the value of October is that of the market page."""
    september = MarketRequest("OWN", dt.date(2025, 10, 1), dt.date(2026, 9, 1), "county")
    rows = overview(store, september).report.regions
    row = rows[rows["state"] == "chasing_in_range"].iloc[0].to_dict()
    row |= {"name": "X", "rival_name": "R"}
    proposal = of_region(row, september, "market-map")
    record, _new = make(store, proposal)
    store.write("back", lambda c: c.execute("UPDATE task SET baseline_day = '2026-09-30'"))
    table = tasks_of(store, TaskRequest(reference_day(store))).tasks.set_index("task_id")
    now = overview(store, YEAR).report.regions.set_index("region_id").loc[row["region_id"], "ratio"]
    assert table.loc[record.task_id, "value"] == pytest.approx(now)


def test_defaults_name_who_answers(store: Store) -> None:
    """A region's task goes to its manager, a shop's to its rep; both are due on a working day."""
    region = propose(store, Proposal("region", "x", "", "x", region_id="990102"))
    shop = store.fetch(
        "SELECT t.terminal_id, t.employee_id FROM terminal AS t INNER JOIN employee AS e"
        " ON e.employee_id = t.employee_id AND e.active WHERE t.status <> 'blank' LIMIT 1"
    ).to_pylist()[0]
    of_shop = propose(store, of_customer(store, "terminal", shop["terminal_id"], "OWN"))
    roles = {
        row["employee_id"]: (row["role"], row["region_id"])
        for row in store.fetch("SELECT e.employee_id, e.role, e.region_id FROM employee AS e").to_pylist()
    }
    assert roles[region.owner_id] == ("manager", "990100")
    assert of_shop.owner_id == shop["employee_id"]
    assert max(region.due.weekday(), of_shop.due.weekday()) < 5


def test_a_due_day_is_never_on_a_weekend() -> None:
    """Saturday and Sunday become the Friday before; other days stay."""
    friday = dt.date(2026, 10, 30)
    assert [working_day(friday + dt.timedelta(n)) for n in range(4)] == [
        friday, friday, friday, friday + dt.timedelta(3),
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["blank", "listed"])
def test_a_customers_proposal_follows_its_state(store: Store, status: str) -> None:
    """A blank shop is to be won; a customer that nobody visited to be visited."""
    shop = store.fetch(
        "SELECT t.terminal_id FROM terminal AS t WHERE t.status = ? AND NOT EXISTS"
        " (SELECT 1 FROM visit AS v WHERE v.terminal_id = t.terminal_id) LIMIT 1".replace("?", f"'{status}'")
    ).to_pylist()[0]["terminal_id"]
    proposal = of_customer(store, "terminal", shop, "OWN")
    expected = {"blank": ("blank_shop", "shop_sells"), "listed": ("overdue_visit", "visits")}
    assert (proposal.kind, proposal.measure) == expected[status]
    assert of_customer(store, "terminal", "none", "OWN") is None


def test_a_list_is_measured_shop_by_shop(store: Store) -> None:
    """Of thirty shops, those visited in October count; too long a list and an empty one are no task."""
    shops = store.fetch(
        "SELECT t.terminal_id, t.status FROM terminal AS t WHERE t.status = 'listed' LIMIT 30"
    )
    table = shops.to_pandas()
    proposal = of_shops(table, "OWN", sentence="", page="terminals", query={})
    record, _new = make(store, proposal)
    store.write("back", lambda c: c.execute("UPDATE task SET baseline_day = '2026-09-30'"))
    row = tasks_of(store, TaskRequest(reference_day(store), only=(record.task_id,))).tasks.iloc[0]
    visited = store.fetch(
        "SELECT COUNT(DISTINCT v.terminal_id) AS n FROM visit AS v WHERE v.start_at >= '2026-10-01'"
        " AND v.terminal_id IN (SELECT UNNEST(CAST($ids AS VARCHAR[])))",
        {"ids": list(table["terminal_id"])},
    )["n"][0].as_py()
    assert row["value"] == visited
    assert 0 < visited < 30
    assert of_shops(table.head(0), "OWN", sentence="", page="", query={}) is None
    long = table.loc[[0] * (LARGEST_LIST + 1)]
    assert of_shops(long, "OWN", sentence="", page="", query={}) is None


def test_a_finding_leads_to_its_open_task_until_the_data_close_it(store: Store) -> None:
    """The task of a finding is told until it is reached; then the finding makes a new one."""
    # The summit of the demonstration: any share is above nothing.
    reachable = Proposal(
        "region", "r", "", "x", region_id="990102", measure="share", target=2.0,
        parameters=(("company", "OWN"), ("months", "1")),
    )  # fmt: skip
    record, is_new = make(store, reachable)
    assert is_new
    assert make(store, reachable) == (record, False)
    assert open_task(store, "region", "r").task_id == record.task_id
    store.write("reach", lambda c: c.execute("UPDATE task SET target = 0, baseline_day = '2026-08-31'"))
    assert open_task(store, "region", "r") is None
    assert make(store, reachable)[1]


def test_the_regions_behind_a_plan_are_those_of_its_progress(store: Store) -> None:
    """The shortfall of each region is the one that its task is measured by."""
    request = PlanRequest("OWN", 2026, dt.date(2025, 12, 1), "county", target=9e8, within="990100")
    plan = plan_from_store(store, request, "Plan")
    table = furthest_behind(store, plan.plan_id, 100)
    assert len(table) > 3
    for row in table.head(5).itertuples():
        rows = shortfalls(store, plan.plan_id, row.region_id, EVERYTHING)
        assert rows["shortfall"].iloc[-1] == pytest.approx(row.shortfall)
    assert list(table["shortfall"]) == sorted(table["shortfall"], reverse=True)
