"""Which state can follow which, what a signature needs, when a task is late."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cycle.tasks.measurement import VERDICTS
from core.cycle.tasks.states import (
    ACHIEVED,
    CLOSED,
    STANDINGS,
    STATES,
    TRANSITIONS,
    check_move,
    check_signature,
    is_late,
    standing_of,
)
from core.errors import InputError

DAY = dt.date(2026, 10, 1)
names = st.sampled_from(sorted(STATES))


@given(st.lists(names, max_size=12), st.booleans())
def test_no_way_leads_out_of_a_closed_state(wanted: list[str], explains: bool) -> None:
    """Whatever is tried, a signed or dropped task stays so, and other moves follow the table."""
    state = "open"
    for to in wanted:
        try:
            check_move(state, to, "because" if explains else "")
        except InputError:
            continue
        assert state not in {"signed", "dropped"}
        assert to in TRANSITIONS[state]
        assert explains or (to != "dropped" and (state, to) != ("done", "doing"))
        state = to


def test_a_signature_comes_only_after_the_work_is_reported() -> None:
    """Only a task that awaits its signature can be signed."""
    assert [state for state, after in TRANSITIONS.items() if "signed" in after] == ["done"]


@pytest.mark.parametrize(
    ("signer", "verdict", "reason"),
    [("", "manual", ""), ("  ", "reached", ""), ("Li", "manual", ""), ("Wang", "not_yet", " ")],
)
def test_a_signature_without_its_ground_is_refused(signer: str, verdict: str, reason: str) -> None:
    """Nobody signs without a name, for himself, or against the data without a reason."""
    with pytest.raises(InputError):
        check_signature(signer, "Li", verdict, reason)


@pytest.mark.parametrize("verdict", ["manual", "reached", "unknown"])
def test_somebody_else_may_sign(verdict: str) -> None:
    """What the data don't deny is signed by anybody but the one who did it."""
    check_signature("Wang", "Li", verdict)
    check_signature("Wang", None, "not_yet", "the shop showed its books")


@given(names, st.sampled_from(sorted(VERDICTS)), st.integers(-400, 400))
def test_only_what_should_still_be_done_is_late(state: str, verdict: str, days: int) -> None:
    """A task is late exactly when its day is over and neither people nor data say that it is done."""
    standing = standing_of(state, verdict)
    assert standing in STANDINGS
    expected = days < 0 and state in {"open", "doing"} and verdict != "reached"
    assert is_late(standing, DAY + dt.timedelta(days), DAY) == expected


@given(names, st.sampled_from(["not_yet", "unknown", "manual"]))
def test_missing_data_close_no_task(state: str, verdict: str) -> None:
    """Without the word reached, a task is achieved only when somebody signed it."""
    standing = standing_of(state, verdict)
    assert (standing in ACHIEVED) == (state == "signed")
    assert (standing in CLOSED) == (state in {"signed", "dropped"})
