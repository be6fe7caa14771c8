"""Customers' expected output against three years."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.targets.customers import expected_output


def test_a_steady_rise_goes_on() -> None:
    """100, 110, 120 lie on a line, so 130 follows and the band is 100 to 130."""
    output = expected_output([[100.0, 110.0, 120.0]])
    assert (output.expected[0], output.low[0], output.high[0]) == pytest.approx((130.0, 100.0, 130.0))


def test_scatter_widens_the_band() -> None:
    """90, 120, 90: the line is flat at 100, the deviation is sqrt(200), the band 100 -+ 2 of it."""
    output = expected_output([[90.0, 120.0, 90.0]])
    assert output.expected[0] == pytest.approx(100.0)
    assert output.high[0] == pytest.approx(100 + 2 * np.sqrt(200))


def test_one_known_year_is_repeated_and_none_is_unknown() -> None:
    """A missing year is not zero."""
    output = expected_output([[np.nan, np.nan, 80.0], [np.nan, np.nan, np.nan]])
    assert output.expected[0] == 80.0
    assert np.isnan(output.expected[1])
    assert np.isnan([output.low[1], output.high[1]]).all()


def test_nobody_is_expected_to_bring_less_than_nothing() -> None:
    """A falling line ends at zero."""
    assert expected_output([[100.0, 50.0, 0.0]]).expected[0] == 0.0


def test_years_are_a_table() -> None:
    """One list of years is refused."""
    with pytest.raises(InputError):
        expected_output([1.0, 2.0])
