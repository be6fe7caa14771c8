"""What is typed into the target grid."""

from __future__ import annotations

import pytest

from core.errors import InputError
from pages._ui.targets.grid_edits import typed_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("-50", -50),
        ("\N{MINUS SIGN}50", -50),
        ("－５０", -50),
        ("1,200.5", 1200.5),
        ("1，200", 1200),
        (7, 7),
        ("↻ 1,200.50", 1200.5),
        ("✎ -3", -3),
    ],
)
def test_signs_and_separators_are_read(text: object, amount: float) -> None:
    """A minus is a minus in whatever form, and separators of thousands don't count."""
    assert typed_amount(text) == amount


@pytest.mark.parametrize("text", ["-", "abc", "1.2.3", "nan", "inf", "50%"])
def test_what_is_no_number_is_refused(text: str) -> None:
    """A text that is no number is answered in words, never stored as another number."""
    with pytest.raises(InputError):
        typed_amount(text)
