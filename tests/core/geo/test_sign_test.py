"""The sign test against counting."""

from __future__ import annotations

import math

import pytest

from core.geo.sign_test import sign_test


@pytest.mark.parametrize(("gained", "lost"), [(0, 3), (5, 0), (7, 2), (40, 31), (1, 1)])
def test_the_chance_is_that_of_counting_all_outcomes(gained: int, lost: int) -> None:
    """Of 2ⁿ equally likely outcomes those with at least so many gains."""
    n = gained + lost
    assert sign_test(gained, lost) == pytest.approx(sum(math.comb(n, k) for k in range(gained, n + 1)) / 2**n)
