"""Tasks with what the data say about them, on a market small enough to count by hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from core.cycle.tasks.task import Finding, Goal, Task
from core.reports.cycle.tasks.listing import TaskReport, TaskRequest, tasks_of
from core.store.cycle.tasks.moves import move, sign
from core.store.cycle.tasks.records import create
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AUGUST, TODAY = dt.date(2026, 8, 31), dt.date(2026, 10, 30)
OWN = {"company": "OWN", "months": "1", "k": "1.7"}
# Region N: ours and the rival's sales by month; in October the rival's figure is missing.
MARKET = {
    dt.date(2026, 8, 1): (100, 100),
    dt.date(2026, 9, 1): (150, 100),
    dt.date(2026, 10, 1): (900, None),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Region N with shops T1 to T3 and S with T4; sales of shops and visits of September and October."""

    def fill(cursor: Any) -> None:
        cursor.execute(
            "INSERT INTO region (region_id, level, name) VALUES ('N', 'city', 'N'), ('S', 'city', 'S')"
        )
        cursor.execute(
            "INSERT INTO company (company_id, name, is_self)"
            " VALUES ('OWN', 'Own', TRUE), ('R', 'Rival', FALSE)"
        )
        cursor.execute(
            "INSERT INTO terminal (terminal_id, name, region_id, status) VALUES ('T1', 'a', 'N', 'listed'),"
            " ('T2', 'b', 'N', 'listed'), ('T3', 'c', 'N', 'blank'), ('T4', 'd', 'S', 'listed')"
        )
        cursor.execute("INSERT INTO dealer (dealer_id, name, region_id) VALUES ('D1', 'd', 'N')")
        cursor.execute(
            "INSERT INTO terminal_sales (month, terminal_id, company_id, amount) VALUES"
            " ('2026-08-01', 'T1', 'OWN', 10), ('2026-09-01', 'T1', 'OWN', 20),"
            " ('2026-10-01', 'T1', 'OWN', 30), ('2026-10-01', 'T3', 'OWN', 5), ('2026-08-01', 'T4', 'OWN', 9)"
        )
        cursor.execute(
            "INSERT INTO dealer_sales (month, dealer_id, sell_in_amount) VALUES ('2026-09-01', 'D1', 40),"
            " ('2026-10-01', 'D1', NULL)"
        )
        cursor.execute(
            "INSERT INTO visit (visit_id, employee_id, terminal_id, start_at) VALUES"
            " ('V1', 'E', 'T1', '2026-08-31 09:00'), ('V2', 'E', 'T1', '2026-09-10 09:00'),"
            " ('V3', 'E', 'T1', '2026-09-24 09:00'), ('V4', 'E', 'T2', '2026-10-08 09:00')"
        )
        for month, amounts in MARKET.items():
            for company, amount in zip(("OWN", "R"), amounts, strict=True):
                if amount is not None:
                    cursor.execute(
                        "INSERT INTO market_sales (region_id, month, company_id, amount)"
                        " VALUES ('N', ?, ?, ?)",
                        [month, company, amount],
                    )
        refresh_closure(cursor)

    with Store.open(tmp_path / "market.duckdb") as store:
        store.write("fill", fill)
        yield store


def ask(store: Store, measure: str, target: float, subject: str) -> tuple[str, float | None, object]:
    """Return verdict, value and day of a task that was made with the data of August."""
    kinds = {"T": "terminal", "D": "dealer"}
    customer = kinds.get(subject[0])
    task = Task(
        measure,
        TODAY,
        Finding("manual", "", ""),
        region_id=None if customer else subject,
        customer_type=customer,
        customer_id=subject if customer else None,
        goal=Goal(measure, target, None, AUGUST, OWN),
    )
    record, _new = create(store, task)
    table = tasks_of(store, TaskRequest(TODAY)).tasks
    row = table[table["task_id"] == record.task_id].iloc[0]
    return row["verdict"], row["value"], row["reached_on"] or row["as_of"]


@pytest.mark.parametrize(
    ("measure", "target", "subject", "expected"),
    [
        # Of the three visits the first is of the day the task began from.
        ("visits", 2, "T1", ("reached", 2.0, dt.date(2026, 9, 24))),
        ("visits", 3, "T1", ("not_yet", 2.0, dt.date(2026, 10, 8))),
        ("visits", 1, "T3", ("not_yet", 0.0, dt.date(2026, 10, 8))),
        ("visits", 1, "T4", ("unknown", None, None)),  # nobody was visited in S
        ("shop_sells", 1, "T3", ("reached", 1.0, dt.date(2026, 10, 31))),
        ("shop_sells", 1, "T2", ("not_yet", 0.0, dt.date(2026, 10, 31))),
        ("shop_sells", 1, "T4", ("unknown", None, None)),  # no sales of S after August are in
        ("customer_sales", 50, "T1", ("reached", 50.0, dt.date(2026, 10, 31))),
        ("customer_sales", 51, "T1", ("not_yet", 50.0, dt.date(2026, 10, 31))),
        ("customer_sales", 41, "D1", ("not_yet", 40.0, dt.date(2026, 9, 30))),
        # 31 August to 27 September: T1 visited, T2 not; T3 is blank and no customer.
        ("unvisited", 1, "N", ("reached", 1.0, dt.date(2026, 9, 1))),
        # T1 on 24 September and T2 on 8 October lie within 28 days.
        ("unvisited", 0, "N", ("reached", 0.0, dt.date(2026, 10, 8))),
        ("ratio", 1.5, "N", ("reached", 1.5, dt.date(2026, 9, 30))),
        # In October nine times of nothing: the rival's figure is missing, so that month doesn't count.
        ("ratio", 1.7, "N", ("not_yet", 1.5, dt.date(2026, 9, 30))),
        ("share", 0.6, "N", ("reached", 0.6, dt.date(2026, 9, 30))),
        ("cushion", 0, "N", ("not_yet", -20.0, dt.date(2026, 9, 30))),
        ("ratio", 0.1, "S", ("unknown", None, None)),
        ("plan_shortfall", 0, "N", ("unknown", None, None)),  # there is no such plan
    ],
)
def test_measures_count_what_can_be_counted_by_hand(
    store: Store, measure: str, target: float, subject: str, expected: tuple[str, float | None, object]
) -> None:
    """Verdict, value and day are those of a small market, and what isn't recorded reaches nothing."""
    verdict, value, day = ask(store, measure, target, subject)
    assert (verdict, day) == (expected[0], expected[2])
    assert value == (None if expected[1] is None else pytest.approx(expected[1]))


@pytest.fixture
def report(store: Store) -> TaskReport:
    """Six tasks: late, due this week, awaiting, signed in October, reached in September, dropped."""

    def make(title: str, due: dt.date, owner: str, goal: Goal | None = None) -> Any:
        task = Task(title, due, Finding("manual", "", ""), region_id="N", owner_id=owner, goal=goal)
        return create(store, task)[0]

    store.write(
        "fill",
        lambda c: c.execute("INSERT INTO employee (employee_id, name) VALUES ('A', 'Li'), ('B', 'Wang')"),
    )
    make("late", TODAY - dt.timedelta(1), "A")
    make("week", TODAY, "A")
    move(store, make("awaiting", AUGUST, "A"), "done")
    sign(store, move(store, make("signed", TODAY, "B"), "done"), "Zhao", on=TODAY)
    make("reached", TODAY, "B", Goal("share", 0.6, None, AUGUST, OWN))
    move(store, make("dropped", TODAY, "B"), "dropped", reason="sold", on=dt.date(2026, 9, 1))
    return tasks_of(store, TaskRequest(TODAY))


def titles(table: Any) -> list[str]:
    return sorted(table["title"])


def test_the_list_says_what_is_open_late_due_and_done(report: TaskReport) -> None:
    """30 October is a Friday: one task is late, one due by Sunday, one was signed in October."""
    assert titles(report.open) == ["awaiting", "late", "week"]
    assert titles(report.late) == ["late"]
    assert titles(report.due_this_week) == ["week"]
    assert titles(report.achieved(TODAY)) == ["signed"]
    assert titles(report.achieved(dt.date(2026, 9, 1))) == ["reached"]


@pytest.mark.parametrize("by", ["standing", "owner", "region"])
def test_counts_tie_with_the_list(report: TaskReport, by: str) -> None:
    """Whatever tasks are counted by, open, achieved and dropped ones add up to all six."""
    table = report.counts(by)
    assert table["tasks"].sum() == 6
    assert (table["open"] + table["achieved"] + table["dropped"]).tolist() == table["tasks"].tolist()
    assert (table["late"].sum(), table["awaiting"].sum()) == (1, 1)


def test_a_persons_counts_stand_beside_the_name(report: TaskReport) -> None:
    """Li has three open tasks, one of them late; Wang none, two achieved."""
    table = report.counts("owner").set_index("owner")
    assert table.loc["Li", ["open", "late", "achieved"]].tolist() == [3, 1, 0]
    assert table.loc["Wang", ["open", "late", "achieved"]].tolist() == [0, 0, 2]


def test_a_month_has_the_tasks_that_lived_in_it(store: Store, report: TaskReport) -> None:
    """What was made by the end of a month and not closed before it began belongs to it."""
    store.write("back", lambda c: c.execute("UPDATE task SET created_at = '2026-08-31'"))
    shown = {
        month: titles(tasks_of(store, TaskRequest(TODAY, month=dt.date(2026, month, 1))).tasks)
        for month in (7, 8, 9, 10)
    }
    rest = ["awaiting", "late", "signed", "week"]
    assert shown == {
        7: [],
        8: ["awaiting", "dropped", "late", "reached", "signed", "week"],
        9: ["awaiting", "dropped", "late", "reached", "signed", "week"],
        10: rest,
    }


def test_a_request_narrows_the_list(store: Store, report: TaskReport) -> None:
    """Region, person, customer and scope each leave out what isn't asked for."""
    assert tasks_of(store, TaskRequest(TODAY, region_id="S")).tasks.empty
    assert titles(tasks_of(store, TaskRequest(TODAY, owner_id="A")).tasks) == ["awaiting", "late", "week"]
    assert tasks_of(store, TaskRequest(TODAY, customer=("terminal", "T1"))).tasks.empty
    assert tasks_of(store, TaskRequest(TODAY, scope=Scope(("S",)))).tasks.empty
