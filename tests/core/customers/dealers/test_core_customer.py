"""The core-customer test."""

import numpy as np
import pandas as pd
import pytest

from core.customers.dealers.core_customer import CoreRule, core_test, future_score, percentile_score
from core.errors import InputError

NAN = np.nan


def verdict(*parts):
    """Return the result for network, capability, present, future."""
    return core_test(pd.DataFrame([parts], columns=["network", "capability", "present", "future"])).iloc[0]


def test_all_four_must_hold() -> None:
    """Scores exactly on the pass marks make a core customer; any one below doesn't [S0]."""
    marks = (5, 5, 5, 4)
    assert verdict(*marks)["verdict"] == "core"
    assert verdict(*marks)["score"] == pytest.approx((5 * 25 + 5 * 25 + 5 * 30 + 4 * 20) / 100)
    for place, name in enumerate(("network", "capability", "present", "future")):
        below = [m - 0.1 * (i == place) for i, m in enumerate(marks)]
        found = verdict(*below)
        assert (found["verdict"], found["failed"]) == ("not_core", name)


def test_unknown_parts_are_named() -> None:
    """With a part unknown there is neither a verdict nor a score, unless another part already fails."""
    found = verdict(9, NAN, 9, NAN)
    assert (found["verdict"], found["missing"]) == ("unknown", "capability,future")
    assert np.isnan(found["score"])
    assert verdict(1, NAN, 9, 9)["verdict"] == "not_core"


def test_percentiles() -> None:
    """The least known scores 0, the most 10, equals alike; nothing is 0 and unknown stays unknown."""
    found = percentile_score(pd.Series([1.0, 2, 2, 4, NAN]))
    assert found.iloc[:4].tolist() == [0, 5, 5, 10]
    assert np.isnan(found.iloc[4])
    assert percentile_score(pd.Series([0.0, 0.0, 3.0])).tolist() == [0, 0, 10]
    assert percentile_score(pd.Series([7.0])).tolist() == [10]


def test_future() -> None:
    """Growing like everybody scores 5, 20 points more 10, 20 less 0."""
    assert future_score(pd.Series([0.1, 0.3, -0.1, 0.9, NAN]), 0.1).fillna(-1).tolist() == pytest.approx(
        [5, 10, 0, 10, -1]
    )


def test_rules_are_checked() -> None:
    """Marks lie in 0 to 10 and weights have a sum."""
    with pytest.raises(InputError):
        CoreRule(pass_marks=(5, 5, 5, 11))
    with pytest.raises(InputError):
        CoreRule(weights=(0, 0, 0, 0))
