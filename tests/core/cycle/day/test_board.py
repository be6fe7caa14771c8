"""The manager's board: one row per rep, totals that tie, nothing made up where nothing is known."""

from __future__ import annotations

import math

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cycle.day.board import STATES, DayTables, board, sums

REPS = pd.DataFrame({"employee_id": ["e1", "e2", "e3", "e4"], "name": ["甲", "乙", "丙", "丁"]})
PAIRS = st.lists(st.tuples(st.sampled_from(["e1", "e2", "e3", "e4"]), st.sampled_from("abcd")), max_size=20)


def tables(
    planned: list[tuple[str, str]],
    visits: list[tuple[str, str]],
    reported: list[str] = (),
    arrived: list[str] = (),
) -> DayTables:
    """Return a day; every visit takes 20 minutes, shop d belongs to e4."""
    count = len(visits)
    start = pd.to_datetime(["2026-03-02 09:00"] * count)
    made = pd.DataFrame(visits, columns=["employee_id", "terminal_id"])
    made = made.assign(
        owner=["e4" if shop == "d" else rep for rep, shop in visits],
        start_at=start,
        end_at=start + pd.Timedelta(minutes=20),
        order_amount=[100.0] * count,
    )
    pairs = pd.DataFrame(planned, columns=["employee_id", "terminal_id"])
    time = pd.DataFrame({"employee_id": list(reported), "minutes": 480.0, "effective": 300.0})
    return DayTables(
        REPS,
        pairs,
        made,
        pd.DataFrame(
            {"employee_id": list(arrived), "name": "一店", "arrived_at": pd.Timestamp("2026-03-02 10:00")}
        ),
        time.assign(handed_in_at=pd.Timestamp("2026-03-02 18:00")),
        pairs,
    )


def test_a_worked_day() -> None:
    """Two of three planned shops, one beside the plan in another's shop; the silent one is named."""
    day = tables(
        [("e1", "a"), ("e1", "b"), ("e1", "c"), ("e2", "a")],
        [("e1", "a"), ("e1", "b"), ("e1", "d"), ("e1", "a")],
        reported=["e1"],
        arrived=["e3"],
    )
    rows = board(day).set_index("employee_id")
    first = rows.loc["e1"]
    assert (first["planned"], first["done"], first["extra"], first["elsewhere"], first["visits"]) == (
        3,
        2,
        1,
        1,
        4,
    )
    assert (first["dwell"], first["order_amount"], first["effective_share"]) == (80.0, 400.0, 0.625)
    assert rows["state"].to_dict() == {"e1": "reported", "e2": "silent", "e3": "out", "e4": "free"}
    assert rows.loc["e3", "at_shop"] == "一店"
    total = sums(board(day), day.time)
    assert (total.out, total.unreported, total.silent, total.planned, total.done) == (2, 2, 1, 4, 2)
    assert total.done_rate == 0.5


def test_what_is_unknown_stays_unknown() -> None:
    """Without plan, log, order or departure there is no rate, no share, no sum and no time in shops."""
    rows = board(tables([], [("e1", "a")])).set_index("employee_id")
    assert math.isnan(rows.loc["e1", "done_rate"])
    assert pd.isna(rows.loc["e1", "extra"])
    assert math.isnan(rows.loc["e1", "effective_share"])
    assert math.isnan(rows.loc["e2", "dwell"])
    assert math.isnan(rows.loc["e2", "order_amount"])
    day = tables([], [])
    assert math.isnan(sums(board(day), day.time).done_rate)


@settings(max_examples=80, deadline=None)
@given(PAIRS, PAIRS, st.lists(st.sampled_from(["e1", "e2"]), unique=True))
def test_the_board_agrees_with_sets(
    planned: list[tuple[str, str]], visits: list[tuple[str, str]], reported: list[str]
) -> None:
    """Planned, done and extra are those of sets of pairs, and the totals are the sums of the rows."""
    day = tables(planned, visits, reported)
    table = board(day)
    for row in table.itertuples():
        mine = {shop for rep, shop in planned if rep == row.employee_id}
        made = [shop for rep, shop in visits if rep == row.employee_id]
        assert (row.planned, row.done, row.visits) == (len(mine), len(mine & set(made)), len(made))
        if mine:
            assert row.extra == sum(shop not in mine for shop in made)
        assert row.state in STATES
    total = sums(table, day.time)
    assert total.planned == len(set(planned))
    assert total.done == len(set(planned) & set(visits))
    assert total.visits == len(visits)
    states = table["state"].value_counts().to_dict()
    assert sum(states.values()) == total.reps == 4
    assert total.unreported == states.get("out", 0) + states.get("silent", 0)
