"""Classes of colour."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.i18n import format_percent
from pages._ui.charts.palette import MISSING
from pages._ui.maps.classes import Classes, Look, kinds, round_limits, steps


def test_a_value_on_a_limit_belongs_above_it() -> None:
    """26.1 % is in the class that begins there, and missing is in a class of its own."""
    values = pd.Series([0.1, 0.261, 0.5, np.nan])
    classes = steps("Share", values, [0.261, 0.4], ["#000000", "#111111", "#222222"], format_percent)
    assert [classes.looks[n].label for n in classes.numbers] == [
        "< 26.1%",
        "26.1% – 40.0%",
        "≥ 40.0%",
        "no data",
    ]
    assert classes.looks[-1].colour == MISSING


def test_an_unknown_code_is_missing() -> None:
    """A region without a zone is grey."""
    classes = kinds("Zone", pd.Series(["a", None, "x"]), {"a": "#000000"}, str.upper)
    assert [classes.looks[n].label for n in classes.numbers] == ["A", "no data", "no data"]


def test_limits_are_round_rising_and_ignore_missing() -> None:
    """Quantiles with two significant digits; equal ones are merged."""
    assert round_limits(pd.Series([1234.0] * 10 + [np.nan]), 4) == [1200.0]
    assert round_limits(pd.Series([np.nan]), 4) == []


def test_one_colour_too_few_is_refused() -> None:
    """Every class has a colour."""
    with pytest.raises(ValueError, match="one colour more"):
        steps("Share", pd.Series([0.1]), [0.2, 0.3], ["#000000"], str)


def test_a_class_without_a_look_is_refused() -> None:
    """Every number names a class."""
    with pytest.raises(ValueError, match="name a look"):
        Classes("Share", (Look("a", "#000000"),), np.array([1]))
