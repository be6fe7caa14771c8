"""The review of a talk: eight points, of which the next visit is a must [3-27]."""

from __future__ import annotations

import datetime as dt

import pytest

from core.customers.forms import form
from core.customers.forms.relationship import OUTCOMES, REVIEW
from core.customers.forms.validate import check

TALK = form("negotiation_review")
DAY = dt.date(2026, 3, 2)
RIGHT = {"talked_on": DAY, "next_on": dt.date(2026, 3, 9), "next_content": "谈陈列"}


def test_the_form_asks_for_all_eight_points() -> None:
    """Seven points are answered with yes or no, the eighth is the day and the content of the next visit."""
    assert len(REVIEW) == 7
    assert {*REVIEW, "next_on", "next_content"} <= {*TALK.names}


@pytest.mark.parametrize("empty", ["next_on", "next_content"])
def test_the_next_visit_is_a_must(empty: str) -> None:
    """A talk without the day or without the content of the next visit is refused."""
    _values, findings = check(TALK, {**RIGHT, empty: None})
    assert [finding.field for finding in findings] == [empty]


def test_the_outcome_is_one_of_four() -> None:
    """A talk may be agreed, a step forward, no further or refused, and nothing else."""
    assert [check(TALK, {**RIGHT, "outcome": code})[1] for code in OUTCOMES] == [[]] * 4
    _values, findings = check(TALK, {**RIGHT, "outcome": "perhaps"})
    assert [finding.field for finding in findings] == ["outcome"]
