"""Today's route: the plan first, then what was agreed on, then what was visited beside it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cycle.day.route import following_day, next_working_day, today_route

DAY = dt.date(2026, 3, 2)


def shops(**next_on: str | None) -> pd.DataFrame:
    """Return shops last seen on 1 February, with what the last talk agreed on."""
    return pd.DataFrame(
        {
            "terminal_id": list(next_on),
            "last_visit": pd.to_datetime(["2026-02-01"] * len(next_on)),
            "next_on": pd.to_datetime(list(next_on.values())),
            "next_content": [None if day is None else "谈陈列" for day in next_on.values()],
        }
    )


def plan(*terminals: str) -> pd.DataFrame:
    """Return planned visits in order."""
    return pd.DataFrame(
        {
            "terminal_id": pd.Series(terminals, dtype="str"),
            "position": range(len(terminals)),
            "begins": [540.0] * len(terminals),
        }
    )


def test_a_worked_route() -> None:
    """Planned shops keep their order; appointments of today and of the last week follow; visits come last."""
    known = shops(a=None, b="2026-03-02", c="2026-02-26", d="2026-02-20", e="2026-03-03", f=None)
    route = today_route(plan("b", "a"), known, pd.Index(["f", "a"]), DAY)
    assert list(zip(route["terminal_id"], route["reason"], strict=True)) == [
        ("b", "planned"),
        ("a", "planned"),
        ("c", "late"),
        ("f", "extra"),
    ]
    assert route["position"].tolist() == [1, 2, 3, 4]
    assert route["next_content"].tolist()[0] == "谈陈列"


def test_an_appointment_that_was_kept_is_not_missed() -> None:
    """A shop visited on the day agreed on, or later, is not in the route for it."""
    known = shops(a="2026-02-26").assign(last_visit=pd.Timestamp("2026-02-27"))
    assert len(today_route(plan(), known, pd.Index([]), DAY)) == 0


LETTERS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@settings(max_examples=80, deadline=None)
@given(LETTERS, LETTERS, LETTERS)
def test_every_shop_stands_once(planned: list[str], agreed: list[str], visited: list[str]) -> None:
    """The route holds exactly the planned, agreed and visited shops, each once, planned ones first."""
    known = shops(**{shop: "2026-03-02" if shop in agreed else None for shop in "abcdefgh"})
    route = today_route(plan(*planned), known, pd.Index(visited), DAY)
    assert sorted(route["terminal_id"]) == sorted({*planned, *agreed, *visited})
    assert route["terminal_id"].tolist()[: len(planned)] == planned


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_the_next_working_day_is_a_weekday(day: dt.date) -> None:
    """It is the first Monday to Friday after the day."""
    found = next_working_day(day)
    between = [day + dt.timedelta(n) for n in range(1, (found - day).days)]
    assert found > day
    assert found.weekday() < 5
    assert all(other.weekday() >= 5 for other in between)


def test_the_following_day_has_something_planned() -> None:
    """A planned Saturday comes before the Monday; without a plan it is the next working day."""
    friday = dt.date(2026, 3, 6)
    assert following_day(friday, [friday, dt.date(2026, 3, 7)]) == dt.date(2026, 3, 7)
    assert following_day(friday, []) == dt.date(2026, 3, 9)
