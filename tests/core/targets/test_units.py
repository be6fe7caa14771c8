"""Units of a plan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.errors import InputError
from core.i18n import language
from core.targets.units import Unit


def test_counts_and_amounts_are_inverse() -> None:
    """1,234,500 元 are 12,345 counts of 100 元, and back; 0.1 万元 is exact in counts of 0.01."""
    assert Unit(Decimal(100)).counts([1_234_500]).tolist() == [12_345]
    assert Unit(Decimal(100)).amounts([12_345]).tolist() == [1_234_500]
    assert Unit(Decimal("0.01")).counts([0.1, 0.29]).tolist() == [10, 29]


def test_an_amount_between_two_counts_is_refused_with_the_nearest() -> None:
    """An amount that can't be written in the unit is named with its nearest neighbour."""
    with pytest.raises(
        InputError, match=r"12345.0 is not a whole multiple of 100 yuan. The nearest one is 12300"
    ):
        Unit(Decimal(100)).counts([12_345])


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), 1e18])
def test_missing_and_endless_amounts_are_refused(amount: float) -> None:
    """A missing amount is not zero."""
    with pytest.raises(InputError):
        Unit().counts([amount])


def test_text_names_amount_and_unit() -> None:
    """Messages show amounts, not counts, in the user's language."""
    assert Unit(Decimal(1000)).text(120) == "120,000 yuan"
    with language("zh_CN"):
        assert Unit(Decimal(1000)).text(120) == "120,000 元"
    with pytest.raises(InputError, match="above zero"):
        Unit(Decimal(0))
