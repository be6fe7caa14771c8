"""What recorded visits and sales tell about the response."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.visits.response.curves import Response
from core.visits.response.evidence import LEAST_SHOPS, response_evidence


def levels(visits: np.ndarray, share: np.ndarray) -> pd.DataFrame:
    """Return the sums by number of visits."""
    table = pd.DataFrame({"visits": visits, "share": share, "squares": share**2})
    return (
        table.groupby("visits")
        .agg(shops=("share", "size"), share_sum=("share", "sum"), share_squares=("squares", "sum"))
        .reset_index()
    )


def test_a_response_in_the_data_is_read() -> None:
    """Shares that follow a curve with noise give that curve back within their noise."""
    random = np.random.default_rng(1)
    visits = random.integers(0, 9, 4_000)
    truth = Response(0.10, 0.50, 2.0, 1.0)
    found = response_evidence(levels(visits, truth(visits / visits.mean()) + random.normal(0, 0.08, 4_000)))
    assert found.reason == ""
    assert found.curve is not None
    assert found.today == pytest.approx(visits.mean())
    for effort in (0.5, 1.0, 1.5):
        assert float(found.curve(effort)) == pytest.approx(float(truth(effort)), abs=0.015)


def test_visits_that_have_nothing_to_do_with_sales_give_no_curve() -> None:
    """In 40 regions of pure chance at most three pass a test of one percent."""
    passed = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        found = response_evidence(levels(random.integers(0, 6, 600), random.uniform(0, 1, 600)))
        passed += found.curve is not None
        assert found.curve is None or found.chance <= 0.01
    assert passed <= 3


def test_more_visits_with_fewer_sales_are_no_response() -> None:
    """A falling relation is none: nobody is told to visit less in order to sell more."""
    random = np.random.default_rng(2)
    visits = random.integers(0, 6, 1_000)
    found = response_evidence(levels(visits, 0.6 - 0.08 * visits + random.normal(0, 0.05, 1_000)))
    assert (found.curve, found.reason) == (None, "flat")


def test_too_few_shops_say_nothing() -> None:
    """A mean counts with thirty shops, and a curve needs four of them; neighbours are put together first."""
    table = levels(np.repeat([0, 1, 2, 3], LEAST_SHOPS), np.linspace(0, 1, 4 * LEAST_SHOPS))
    assert response_evidence(table).curve is not None
    table.loc[1, "shops"] -= 1
    found = response_evidence(table)
    assert (found.curve, found.reason, len(found.points)) == (None, "levels", 3)
    assert found.points["shops"].sum() == 4 * LEAST_SHOPS - 1
    assert found.points["visits"].tolist() == pytest.approx([0, 89 / 59, 3])
    assert response_evidence(table.head(0)).reason == "levels"
