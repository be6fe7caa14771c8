"""The five strategic principles as checks."""

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.market.options import MarketOptions
from core.market.principles import PRINCIPLES, PrincipleOptions, principle_checks
from core.market.table import market_table
from tests.core.market.conftest import frames


def table(own_previous: float = 600.0) -> pd.DataFrame:
    """Return a secured growing region r0 and a weak shrinking one r1."""
    sales, size = frames([(600, [300], 100), (100, [600], 300)], growth=[0.2, -0.1])
    sales.loc[0, "amount_previous"] = own_previous
    return market_table(sales, size, MarketOptions("us"))


def status(checks: pd.DataFrame, region: str) -> dict[str, str]:
    """Return the status by principle of one region."""
    rows = checks[checks["region_id"] == region]
    return dict(zip(rows["principle"], rows["status"], strict=True))


def test_nothing_recorded_is_unknown() -> None:
    """Without activity data every check that needs it is unknown, never passed."""
    checks = principle_checks(table(), k=1.7)
    assert checks["principle"].tolist() == [*PRINCIPLES, *PRINCIPLES]
    assert status(checks, "r0") == {
        "concentrate": "unknown",
        "attack_weak_points": "unknown",
        "hold_fortress": "pass",
        "control_key_customers": "unknown",
        "visit_everyone": "unknown",
    }


def test_all_five_checks() -> None:
    """Facts decide each check; value, threshold and the rows at fault come with it."""
    activity = pd.DataFrame(
        {
            "region_id": ["r1", "r0"],
            "effort": [60.0, 40.0],
            "winnable_terminals": [10, 20],
            "winnable_visited": [9, 10],
            "a_customers": [4, 10],
            "a_customers_first": [1, 6],
            "active_customers": [50, 100],
            "unvisited_customers": [0, 10],
        }
    )
    checks = principle_checks(table(), activity, k=1.7)
    assert status(checks, "r0") == {
        "concentrate": "fail",  # all the opportunity, 40 % of the effort
        "attack_weak_points": "fail",  # 50 % of the winnable, 90 % of all visited
        "hold_fortress": "pass",
        "control_key_customers": "pass",
        "visit_everyone": "fail",
    }
    assert status(checks, "r1") == {
        "concentrate": "not_applicable",  # attack order 4
        "attack_weak_points": "fail",  # 90 % of the winnable, 100 % of all visited
        "hold_fortress": "not_applicable",
        "control_key_customers": "fail",
        "visit_everyone": "pass",
    }
    first = checks.iloc[:5]
    np.testing.assert_allclose(first["value"], [0.4, 0.5, 0.0, 0.6, 10])
    np.testing.assert_allclose(first["threshold"], [1.0, 0.9, -0.05, 0.5, 0])
    assert first["rows"].tolist() == [pd.NA, 10, pd.NA, 4, 10]


@pytest.mark.parametrize(("before", "expected"), [(620.0, "pass"), (700.0, "fail")])
def test_a_fortress_must_not_crumble(before: float, expected: str) -> None:
    """A secured region whose ratio fell by more than 5 % is an alarm."""
    assert status(principle_checks(table(before), k=1.7), "r0")["hold_fortress"] == expected


def test_a_lost_fortress_fails() -> None:
    """A region that was secured a year earlier and isn't any more fails."""
    sales, size = frames([(500, [300], 100)])
    sales["amount_previous"] = [530.0, 300.0, 100.0]
    lost = market_table(sales, size, MarketOptions("us"))
    assert status(principle_checks(lost, k=1.7), "r0")["hold_fortress"] == "fail"


def test_a_fortress_below_its_visit_norm_fails() -> None:
    """Less effort than planned fails the fortress, even with a steady ratio."""
    activity = pd.DataFrame({"region_id": ["r0"], "effort": [9.0], "visit_norm": [10.0]})
    assert status(principle_checks(table(), activity, k=1.7), "r0")["hold_fortress"] == "fail"


def test_what_is_refused() -> None:
    """A repeated region and impossible limits are refused."""
    with pytest.raises(InputError, match="twice"):
        principle_checks(table(), pd.DataFrame({"region_id": ["r0", "r0"]}), k=1.7)
    with pytest.raises(InputError, match="limits"):
        PrincipleOptions(key_customers=0)
