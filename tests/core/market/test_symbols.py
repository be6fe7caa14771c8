"""The seven share symbols and Lanchester's laws."""

import numpy as np
import pytest

from core.market.symbols import (
    SYMBOL_CODES,
    force_ratio,
    next_symbol,
    share_symbols,
    symbol_reached,
)


def test_koopman_ratios() -> None:
    """No strategic force is left at 1 / (2 √2), a third of the tactical one at 0.8^1.5 [B.1]."""
    assert force_ratio(0) == pytest.approx(1 / (2 * np.sqrt(2)))
    assert force_ratio(1 / 3) == pytest.approx(0.8**1.5)


@pytest.mark.parametrize(
    ("name", "percent"),
    [
        ("upper_limit", 73.880),
        ("stable", 41.709),
        ("lower_limit", 26.120),
        ("upper_rank", 19.30),
        ("influence", 10.89),
        ("presence", 6.82),
        ("foothold", 2.85),
    ],
)
def test_the_published_targets_come_out(name: str, percent: float) -> None:
    """Each of the seven published share targets is reproduced by the derivation [W:4,5,6]."""
    assert share_symbols()[name] * 100 == pytest.approx(percent, abs=0.006)


def test_limits_are_a_rival_2828_times_as_large() -> None:
    """Upper and lower limit add up to 1 and stand 2.828 to 1, "about 3" [W:3,8]."""
    symbols = share_symbols()
    assert symbols["upper_limit"] + symbols["lower_limit"] == pytest.approx(1)
    assert symbols["upper_limit"] / symbols["lower_limit"] == pytest.approx(2.828, abs=5e-4)


def test_practice_values() -> None:
    """Practice rounds the upper three to 75, 40 and 25 % and multiplies on [W:7]."""
    values = list(share_symbols(practice=True).values())
    assert values == pytest.approx([0.75, 0.40, 0.25, 0.1875, 0.10, 0.0625, 0.025])


def test_symbol_reached_includes_its_limit() -> None:
    """A share exactly on a symbol has reached it, one just below has the next lower one."""
    stable = share_symbols()["stable"]
    codes = symbol_reached(np.array([stable, stable - 1e-6, 0.0, 1.0, np.nan]))
    assert [SYMBOL_CODES[c] if c >= 0 else None for c in codes] == [
        "stable",
        "lower_limit",
        "below_foothold",
        "upper_limit",
        None,
    ]


def test_next_symbol_is_the_fallback_without_rivals() -> None:
    """With 5 % the next step is presence at 6.8 %; above the upper limit there is none [B.3 case 8]."""
    codes, shares = next_symbol(np.array([0.05, 0.30, 0.80, np.nan]))
    assert [SYMBOL_CODES[c] if c >= 0 else None for c in codes] == ["presence", "stable", None, None]
    np.testing.assert_allclose(shares, [0.26120**2, 0.41709, np.nan, np.nan], atol=2e-5)
