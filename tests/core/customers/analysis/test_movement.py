"""Who moved between two gradings."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.analysis.movement import ABSENT, movement
from core.errors import InputError


def test_every_kind_of_move() -> None:
    """New, lost, up, down and unchanged customers are told apart; one without a grade twice is nowhere."""
    before = pd.Series({"p": "A", "q": "B", "r": "C", "s": "B", "n": None})
    after = pd.Series({"p": "B", "q": "A", "r": None, "s": "B", "t": "C"})
    found = movement(before, after)
    assert found.counts() == {"entered": 1, "up": 1, "stayed": 1, "down": 1, "left": 1}
    assert found.matrix.loc["B", "A"] == found.matrix.loc["C", ABSENT] == found.matrix.loc[ABSENT, "C"] == 1
    assert "n" not in found.moves


def test_an_unknown_grade_is_refused() -> None:
    """A grade that isn't one is named, and so is a customer that is graded twice."""
    with pytest.raises(InputError, match="X"):
        movement(pd.Series({"p": "X"}), pd.Series({"p": "A"}))
    with pytest.raises(InputError, match="twice"):
        movement(pd.Series(["A", "B"], index=["p", "p"]), pd.Series({"p": "A"}))


GRADINGS = st.dictionaries(st.integers(0, 12), st.sampled_from(["A", "B", "C", None]), max_size=12)


@settings(deadline=None, max_examples=40)
@given(GRADINGS, GRADINGS)
def test_the_matrix_adds_up(before: dict[int, str | None], after: dict[int, str | None]) -> None:
    """Rows give the grading before, columns the one after, and the moves are all customers of either."""
    old, new = pd.Series(before, dtype=object), pd.Series(after, dtype=object)
    found = movement(old, new)
    for grade in "ABC":
        assert found.matrix.loc[grade].sum() == (old == grade).sum()
        assert found.matrix[grade].sum() == (new == grade).sum()
    everybody = set(old.dropna().index) | set(new.dropna().index)
    assert found.matrix.to_numpy().sum() == sum(found.counts().values()) == len(everybody)
