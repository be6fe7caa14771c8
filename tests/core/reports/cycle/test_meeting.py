"""The review of a region and month on a market of five shops, computed by hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from core.errors import InputError
from core.reports.cycle.meeting import MeetingRequest, MonthReview, month_review
from core.reports.cycle.meeting.proposals import proposals
from core.reports.cycle.tasks.proposals import make
from core.reports.terminals.distribution import DistributionRequest, distribution_report
from core.store.caching.sales_window import SalesWindow
from core.store.cycle.review import shop_sums
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OCTOBER = dt.date(2026, 10, 1)
# North: own sales 100 of 500, a year before 60 of 400. B began to carry us; C was closed, it counts nowhere.
WORLD = """
INSERT INTO region (region_id, parent_id, level, name) VALUES
    ('p', NULL, 'province', '省'), ('n', 'p', 'county', '北'), ('s', 'p', 'county', '南'),
    ('n1', 'n', 'town', '镇');
INSERT INTO company (company_id, name, is_self) VALUES ('US', '我们', TRUE), ('R', '对手', FALSE);
INSERT INTO product (product_id, name, company_id, uom) VALUES
    ('x', '茶', 'US', '箱'), ('y', '水', 'US', '箱');
INSERT INTO terminal (terminal_id, name, region_id, status) VALUES
    ('A', '甲', 'n', 'listed'), ('B', '乙', 'n', 'listed'), ('C', '丙', 'n', 'closed'),
    ('D', '丁', 's', 'listed');
INSERT INTO terminal_sales (month, terminal_id, company_id, product_id, amount, quantity) VALUES
    ('2026-10-01', 'A', 'US', 'x', 40, 8), ('2026-10-01', 'A', 'US', 'y', 30, 3),
    ('2026-10-01', 'A', 'R', NULL, 130, NULL),
    ('2026-10-01', 'B', 'US', 'x', 30, 6), ('2026-10-01', 'B', 'R', NULL, 270, NULL),
    ('2026-10-01', 'D', 'US', NULL, 50, NULL), ('2026-10-01', 'D', 'R', NULL, 50, NULL),
    ('2025-10-01', 'A', 'US', 'x', 40, 10), ('2025-10-01', 'A', 'US', 'y', 20, 2),
    ('2025-10-01', 'A', 'R', NULL, 140, NULL),
    ('2025-10-01', 'B', 'R', NULL, 200, NULL),
    ('2025-10-01', 'D', 'US', NULL, 70, NULL), ('2026-09-01', 'A', 'US', NULL, 11, NULL);
INSERT INTO employee (employee_id, name) VALUES ('e', '员');
INSERT INTO visit (visit_id, employee_id, terminal_id, start_at) VALUES
    ('1', 'e', 'A', '2026-10-01 00:00:00'), ('2', 'e', 'A', '2026-10-31 23:59:00'),
    ('3', 'e', 'D', '2026-10-05 09:00:00'),
    ('4', 'e', 'A', '2026-11-01 00:00:00'), ('5', 'e', 'A', '2026-09-30 23:59:00');
INSERT INTO visit_plan VALUES
    ('v1', 'e', '2026-09-28', 4, 1, NULL, 0, 3, 0, 0, 'f', '{}', 1, 'a', '2026-09-20'),
    ('v2', 'e', '2026-09-28', 4, 2, 'v1', 1, 3, 0, 0, 'f', '{}', 1, 'a', '2026-09-21');
INSERT INTO visit_plan_stop VALUES
    ('v1', '2026-10-02', 1, 'B', 0, 0, 0, 0), ('v2', '2026-09-30', 1, 'A', 0, 0, 0, 0),
    ('v2', '2026-10-01', 1, 'A', 0, 0, 0, 0), ('v2', '2026-10-09', 1, 'B', 0, 0, 0, 0),
    ('v2', '2026-10-09', 2, 'D', 0, 0, 0, 0);
INSERT INTO target_plan (plan_id, name, year, version, status, parameters) VALUES
    ('2026-01', 'Approved', 2026, 1, 'approved', '{"own_company": "US"}'),
    ('2026-02', 'Newer draft', 2026, 1, 'draft', '{"own_company": "US"}'),
    ('2026-03', 'South only', 2026, 1, 'approved', '{"own_company": "US", "within": "s"}');
INSERT INTO target_cell (plan_id, month, region_id, category, amount) VALUES
    ('2026-01', '2026-10-01', 'n', 'tea', 70), ('2026-01', '2026-10-01', 'n', 'water', 50),
    ('2026-01', '2026-10-01', 's', 'tea', 60),
    ('2026-02', '2026-10-01', 'n', 'tea', 999), ('2026-03', '2026-10-01', 's', 'tea', 45.5);
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two counties, three open shops, three plans."""
    path: Path = tmp_path_factory.mktemp("meeting") / "m.duckdb"
    with Store.open(path) as opened:
        opened.write("fill", lambda cursor: (cursor.execute(WORLD), refresh_closure(cursor)))
        yield opened


def review(store: Store, region: str | None = "n", **request: object) -> MonthReview:
    """Review October."""
    return month_review(store, MeetingRequest("US", OCTOBER, region, **request))  # type: ignore[arg-type]


def amounts(found: MonthReview, against: str) -> dict[str, float]:
    """Return the parts of a bridge."""
    table = found.bridge(against)
    return dict(zip(table["key"], table["amount"], strict=True))


def test_last_year_explains_the_sales(store: Store) -> None:
    """60 of 400 became 100 of 500: the market 17.50, the door 56.25, the shelf -33.75, no rest."""
    found = amounts(review(store), "year")
    # Market 100 x 17.5 % = 17.5; share 5 points x 450 = 22.5.
    # Distribution 200/400 -> 500/500, share in the shops 30 -> 20 %.
    # Door 0.5 x 0.25 x 450 = 56.25; shelf -0.1 x 0.75 x 450 = -33.75.
    assert found == {
        "market": 17.5,
        "share": 22.5,
        "distribution": 56.25,
        "in_store": -33.75,
        "beyond_shops": 0.0,
    }


def test_the_target_is_reached_by_way_of_last_year(store: Store) -> None:
    """The plan asked for 60 more than last year; what came instead is parted like last year's difference."""
    found = amounts(review(store), "target")
    assert found.pop("asked") == -60.0
    assert found == amounts(review(store), "year")
    leaves = review(store).bridge("target").query("is_leaf")["amount"].sum()
    assert leaves == pytest.approx(100 - 120)


def test_price_and_mix_of_the_products(store: Store) -> None:
    """X from 4 to 5 yuan brings 12, y at 10 none; 5 cases more bring quantity and mix of 28."""
    found = amounts(review(store), "consists")
    # Price: x (5 - 4) x (10 + 14) / 2 = 12; y 0. Quantities: x 4 x 4.5 = 18; y 1 x 10 = 10.
    # In all 12 -> 17 cases at (60/12 + 100/17) / 2 = 5.4412: 27.21; mix 0.79.
    assert found == {"quantity": 27.21, "mix": 0.79, "price": 12.0, "range": 0.0, "unitemised": 0.0}


def test_plan_and_do_stand_beside_each_other(store: Store) -> None:
    """The approved plan's 120, 100 sold; of the plan's latest version 2 stops, 2 visits made."""
    lines = review(store).lines
    assert lines.loc["sales", ["planned", "actual", "previous", "difference", "change"]].to_list() == [
        120,
        100,
        60,
        -20,
        40,
    ]
    assert lines.loc["sales", "reached"] == pytest.approx(100 / 120)
    assert lines.loc["visits", ["planned", "actual"]].to_list() == [2, 2]
    assert lines.loc["visits"].isna()["previous"]


def test_a_target_of_some_months_is_none_of_the_year(store: Store) -> None:
    """The plan has October alone: the year so far has sales and no target."""
    row = review(store).lines.loc["sales_to_date"]
    assert row["actual"] == 111
    assert row.isna()["planned"]
    assert row.isna()["reached"]


def test_a_plan_of_a_part_is_none_of_the_whole(store: Store) -> None:
    """The newest approved plan covers the south: there it counts, for the whole the other does."""
    assert review(store, "s").lines.loc["sales", "planned"] == 45.5
    assert review(store, "s").plan.name == "South only"  # type: ignore[union-attr]
    assert review(store, None).lines.loc["sales", "planned"] == 180
    assert review(store, "n1").plan is None
    assert next(note.code for note in review(store, "n1").notes) == "no_target"


def test_the_regions_below_tie_to_the_whole(store: Store) -> None:
    """Targets, sales and differences of the counties sum to those of the province."""
    found = review(store, "p")
    line = found.lines.loc["sales"]
    sums = found.parts[["target", "actual", "previous", "difference", "change"]].sum()
    expected = line[["planned", "actual", "previous", "difference", "change"]]
    assert sums.to_list() == expected.to_list()
    assert found.parts["name"].to_list() == ["北", "南"]


def test_nobody_meets_about_a_region_of_others(store: Store) -> None:
    """A region outside the scope is refused; everything together is what one may see."""
    scope = Scope(("s",))
    with pytest.raises(InputError, match="region"):
        review(store, "n", scope=scope)
    seen = review(store, None, scope=scope)
    assert seen.lines.loc["sales", "actual"] == 50
    assert seen.lines.loc["sales", "planned"] == 45.5
    assert seen.lines.loc["visits", "actual"] == 1


def test_unknown_shops_leave_the_share_in_one_piece(store: Store) -> None:
    """South: no rival's sales a year ago, and all ours; the share is parted all the same, or says why not."""
    table = review(store, "s").bridge("year")
    assert table.loc[table["parent"] == "", "amount"].sum() == pytest.approx(-20)


def test_a_part_that_hurt_becomes_a_task_of_the_meeting(store: Store) -> None:
    """The shelf cost 33.75: a task of it is among the month's actions, and is made once."""
    found = review(store)
    assert list(proposals(found, "year")) == ["in_store"]
    proposal = proposals(found, "year")["in_store"]
    assert "Share in the shops" in proposal.sentence
    assert proposal.measure is None
    made, is_new = make(store, proposal)
    assert is_new
    assert review(store).act.open["task_id"].to_list() == [made.task_id]
    assert make(store, proposal) == (made, False)
    earlier = month_review(store, MeetingRequest("US", dt.date(2026, 7, 1), "n"))
    assert earlier.act.tasks.empty


def test_the_shops_are_those_of_the_page_of_terminals(store: Store) -> None:
    """Distribution and share in the shops are what the page of terminals shows for region and month."""
    window = SalesWindow("US", OCTOBER, OCTOBER)
    sums = shop_sums(store, window, "n")["now"]
    shown = distribution_report(store, DistributionRequest(window, "county")).groups["region"].loc["n"]
    assert sums["carried"] / sums["category"] == pytest.approx(shown["wd"])
    assert sums["own"] / sums["carried"] == pytest.approx(shown["sih"])


def test_a_month_without_sales_has_no_bridge(store: Store) -> None:
    """In a month without any row nothing is explained, and nothing is zero."""
    found = month_review(store, MeetingRequest("US", dt.date(2026, 3, 1), "n"))
    assert found.check.year is None
    assert found.bridge("year").empty
    assert found.lines["actual"].isna()["visits"]
