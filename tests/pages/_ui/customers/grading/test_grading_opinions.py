"""What was changed in the grid of opinions."""

from __future__ import annotations

import pandas as pd

from core.customers.grading.scale import Element, Option
from pages._ui.customers.grading.grading_opinions import changes

WILL = Element("will", "Will", (Option("yes", 1), Option("no", 0)))


def test_only_what_was_changed_is_saved() -> None:
    """A new word, a taken-back one and an unchanged one give two changes."""
    before = pd.DataFrame({"will": [None, "no", "yes", None]}, index=list("pqrs"), dtype=object)
    after = pd.DataFrame({"will": ["no", None, "yes", None]}, index=list("pqrs"), dtype=object)
    assert changes(before, after, (WILL,)) == [("p", "will", 1), ("q", "will", None)]
    assert changes(before, before, (WILL,)) == []
