"""The rules of single customers: as people edit them, as the store keeps them."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.reports.visits.rules import appointments, days_of, from_grid, grid, keep, rules_of
from core.store.database import Store
from core.store.visits import plans as store_visits
from core.visits.market_days import MarketDays
from core.visits.rules import VisitRule

SHOPS = pd.DataFrame({"terminal_id": ["T1", "T2"], "name": ["Good Shop", "Best Shop"], "grade": ["A", None]})
FULL = VisitRule(
    "T1",
    visits=8.0,
    reason="new branch",
    minutes=25.0,
    preferred=frozenset({1, 3}),
    forbidden=frozenset({0}),
    hours=((540.0, 720.0), (840.0, 1080.0)),
    min_gap=3,
    max_gap=10,
    fixed=(dt.date(2026, 11, 3), dt.date(2026, 11, 10)),
    times=((dt.date(2026, 11, 10), 600.0),),
    first_by=dt.date(2026, 11, 6),
    not_before=dt.date(2026, 11, 2),
    market=MarketDays("lunar", frozenset({3, 8})),
    employee_id="E1",
    companion="E2",
)
weekdays = st.frozensets(st.integers(0, 6), max_size=3)


@settings(deadline=None, max_examples=30)
@given(
    st.builds(
        VisitRule,
        st.just("T1"),
        visits=st.none() | st.integers(0, 28).map(float),
        reason=st.just("why"),
        preferred=weekdays,
        forbidden=weekdays,
        hours=st.sampled_from([(), ((0.0, 720.0),), ((480.0, 690.0), (840.0, 1440.0))]),
        market=st.none()
        | st.builds(
            MarketDays,
            st.sampled_from(["lunar", "solar", "week"]),
            st.frozensets(st.integers(0, 6), min_size=1),
            st.booleans(),
        ),
        companion=st.none() | st.just("E2"),
        min_gap=st.none() | st.integers(1, 10),
        max_gap=st.none() | st.integers(10, 84),
        first_by=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
    )
)
def test_what_is_shown_says_the_rule_and_nothing_else(rule: VisitRule) -> None:
    """Through the table that people edit and back it is the same; the other customer has none."""
    assert from_grid(grid(SHOPS, [rule])) == [rule, VisitRule("T2")]


def test_every_row_that_cannot_hold_is_named() -> None:
    """Both customers, and nothing is returned of either."""
    table = grid(SHOPS, [])
    table["visits"] = pd.array([8.0, None], dtype="Float64")
    table.at[1, "fixed"] = "2026-13-01"
    with pytest.raises(InputError, match=r"(?s)Good Shop.*without a reason.*Best Shop.*2026-13-01"):
        from_grid(table)


def test_rules_are_kept_replaced_and_taken_away(tmp_path) -> None:
    """Everything a rule says comes back from the store; an empty one leaves no row."""
    with Store.open(tmp_path / "market.duckdb") as store:

        def shops(cursor) -> None:
            cursor.execute(
                "INSERT INTO terminal (terminal_id, name, employee_id)"
                " VALUES ('T1', 'a', 'E1'), ('T2', 'b', 'E2')"
            )

        store.write("terminals", shops)
        keep(store, [FULL, VisitRule("T2", employee_id="E1")])
        kept = {rule.terminal_id: rule for rule in rules_of(store_visits.rules(store, "E1"))}
        assert kept == {"T1": FULL, "T2": VisitRule("T2", employee_id="E1")}
        keep(store, [VisitRule("T1", reason="left over")])
        assert store.fetch("SELECT r.terminal_id FROM visit_rule AS r").to_pylist() == [{"terminal_id": "T2"}]


@pytest.mark.parametrize(
    "text", ["2026-11-10, 2026-11-03", "2026/11/03 2026/11/10", "2026.11.03，2026-11-10、"]
)
def test_appointments_are_read_as_people_write_them(text: str) -> None:
    """Commas of both widths, blanks, slashes and dots; an hour belongs to the day before it."""
    days = (dt.date(2026, 11, 3), dt.date(2026, 11, 10))
    assert days_of(text) == days
    at = days_of(text.rsplit(maxsplit=1)[-1])[-1]
    assert appointments(f"{text.rstrip('、')} 9:30") == {"fixed": days, "times": ((at, 570.0),)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_gap": 0},  # two visits on a day
        {"minutes": 0.0},  # no visit
        {"minutes": 481.0},  # longer than a day
        {"hours": ((-1.0, 700.0),)},  # before the day begins
        {"hours": ((600.0, 1500.0),)},  # after it ends
        {"hours": ((600.0, 720.0), (700.0, 800.0))},  # two at once
        {"times": ((dt.date(2026, 11, 3), 600.0),)},  # an hour without a day
        {"employee_id": "E1", "companion": "E1"},  # with oneself
        {"first_by": dt.date(2026, 11, 3), "not_before": dt.date(2026, 11, 4)},  # due before it may be
    ],
)
def test_rules_that_mean_nothing_are_refused(wrong) -> None:
    """With the name of the customer."""
    with pytest.raises(InputError, match="T1"):
        VisitRule("T1", **wrong)
