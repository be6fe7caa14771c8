"""The dealer decision tree."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.dealers.decision import DISPOSITIONS, FUNCTIONS, INPUTS, DealerRule, walk
from core.errors import InputError

RULE = DealerRule(attitude=4, usable=3, able=6)
FULL = {"attitude": 4, "capability": 6, "accepts_training": True, **dict.fromkeys(FUNCTIONS, True)}
SCORES = (0.0, 2.9, 3.0, 3.9, 4.0, 5.9, 6.0, 10.0)
YES_NO = (True, False)


def oracle(attitude, capability, training, team, information, channel, can):
    """Return the disposition as the article says it, in one line."""
    if attitude < 4 or capability < 3 or (capability < 6 and not training):
        return "eliminate"
    if capability < 6:
        return "train"
    return "keep" if team and information and channel else "transform" if can else "redraw"


def test_every_combination_at_the_limits() -> None:
    """All scores around the limits with all answers end as the article says, equality passing."""
    seen = set()
    for values in itertools.product(SCORES, SCORES, *[YES_NO] * 5):
        found = walk(dict(zip(INPUTS, values, strict=True)), RULE)
        assert found.disposition == oracle(*values)
        assert found.asks is None
        seen.add(found.disposition)
    assert seen == set(DISPOSITIONS)


@pytest.mark.parametrize(
    ("changed", "asks", "steps"),
    [
        ({"attitude": None}, "attitude", 1),
        ({"attitude": math.nan}, "attitude", 1),
        ({"capability": None}, "capability", 2),
        ({"capability": 5, "accepts_training": None}, "accepts_training", 4),
        ({"information": None}, "information", 5),
        ({"sales_team": False, "can_transform": None}, "can_transform", 7),
    ],
)
def test_the_missing_answer_is_asked_for(changed, asks, steps) -> None:
    """The way ends at the first question without an answer, and that answer is named."""
    found = walk(FULL | changed, RULE)
    assert (found.disposition, found.asks, len(found.steps)) == (None, asks, steps)
    assert found.steps[-1].answer is None


def test_only_what_lies_on_the_way_is_asked() -> None:
    """A dealer with a bad attitude is eliminated whatever else is unknown; training asks no functions."""
    assert walk({"attitude": 1}, RULE).disposition == "eliminate"
    assert walk({"attitude": 9, "capability": 4, "accepts_training": True}, RULE).disposition == "train"


def test_lacking_functions_are_named() -> None:
    """The functions to build are those answered with no."""
    found = walk(FULL | {"information": False, "channel_management": False, "can_transform": True}, RULE)
    assert (found.disposition, found.lacking) == ("transform", ("information", "channel_management"))


def test_the_steps_carry_score_and_limit() -> None:
    """A comparing question shows both numbers, so that the walk can be read without the rule."""
    first, second, third = walk(FULL, RULE).steps[:3]
    assert (first.value, first.limit, first.answer) == (4, 4, True)
    assert (second.limit, third.limit) == (3, 6)


@settings(deadline=None, max_examples=60)
@given(
    st.floats(0, 10),
    st.floats(0, 10),
    st.lists(st.sampled_from([True, False, None]), min_size=5, max_size=5),
    st.floats(0, 10),
)
def test_a_better_attitude_never_eliminates(attitude, capability, answers, more) -> None:
    """Raising the attitude of a dealer that isn't eliminated leaves the result as it is."""
    inputs = dict(zip(INPUTS, (attitude, capability, *answers), strict=True))
    before = walk(inputs, RULE)
    after = walk(inputs | {"attitude": max(attitude, more)}, RULE)
    if before.disposition != "eliminate":
        assert after.disposition == before.disposition
    assert (before.disposition is None) == (before.asks is not None)


@pytest.mark.parametrize("bad", [-0.1, 10.1, math.inf])
def test_a_score_out_of_range_is_refused(bad) -> None:
    """A score outside 0 to 10 is an error, not an answer."""
    with pytest.raises(InputError, match="10"):
        walk({"attitude": bad}, RULE)


@pytest.mark.parametrize("limits", [{"attitude": 11}, {"usable": 7, "able": 6}, {"usable": -1}])
def test_limits_out_of_order_are_refused(limits) -> None:
    """The limits lie in 0 to 10, usable not above able."""
    with pytest.raises(InputError):
        DealerRule(**limits)
