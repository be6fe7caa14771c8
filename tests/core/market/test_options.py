"""The options refuse what makes no sense, and say what does."""

import pytest

from core.errors import InputError
from core.market.options import MarketOptions


def test_the_multiple_is_the_documents() -> None:
    """The No.1 multiple is 1.7 unless another one is chosen [S0]."""
    assert MarketOptions("us").k == 1.7


@pytest.mark.parametrize(
    "wrong",
    [
        {"k": 1.0},  # first by nothing
        {"k": float("nan")},
        {"structure_k": 0.5},
        {"tolerance": -0.01},
        {"structure_tolerance": 1.0},
        {"years": 0},
        {"rival_growth": -1.0},  # the rival vanishes
        {"growth_cut": "average"},
        {"share_cut": float("inf")},
        {"growth_cut": float("nan")},
    ],
)
def test_bad_options(wrong: dict[str, object]) -> None:
    """Each impossible value is refused by a message."""
    with pytest.raises(InputError):
        MarketOptions("us", **wrong)


def test_a_mistyped_name_is_answered_with_the_nearest() -> None:
    """The name weighted_averge is answered with the name it must mean, and with all names."""
    with pytest.raises(InputError) as caught:
        MarketOptions("us", growth_cut="weighted_averge")
    assert "Did you mean weighted_average?" in caught.value.hint
    assert "ten_percent" in caught.value.hint
