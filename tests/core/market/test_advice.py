"""How a region is developed."""

from __future__ import annotations

import pytest

from core.market.advice import development_mode


@pytest.mark.parametrize(
    ("urban", "order", "mode"),
    [
        ("centre", 4, "intensive"),
        ("urban", None, "intensive"),
        ("town", 1, "focus"),
        ("rural", 2, "focus"),
        ("rural", 3, "broad"),
        ("town", None, "broad"),
        (None, 1, ""),
    ],
)
def test_the_way_of_development_follows_the_kind_of_region(urban, order, mode) -> None:
    """Towns are developed intensively, the countryside broadly, or focused where it is attacked first."""
    assert development_mode(urban, order) == mode
