"""The staged path to No.1."""

from collections.abc import Callable

import pandas as pd
import pytest

from core.market.model import Markets
from core.market.staging import STAGES, staged_path

MakeMarkets = Callable[..., Markets]


def test_four_stages_of_a_weak_company(make_markets: MakeMarkets) -> None:
    """A third with 150 against 350 and 300: into range, past 300, past 350, to 595 [B.3]."""
    path = staged_path(make_markets((150, [350, 300], 200)), 1.7)
    assert path["stage"].tolist() == list(STAGES)
    assert path["target"].tolist() == [205.88, 300.01, 350.01, 595.00]
    assert path["gap"].tolist() == [55.88, 150.01, 200.01, 445.00]
    assert path["rival_id"].tolist() == ["rival0", "rival1", "rival0", "rival0"]
    assert not path["reached"].any()


def test_a_leader_has_nobody_above_to_pass(make_markets: MakeMarkets) -> None:
    """A leader in range lacks the last stage only, and no stage names a company above it."""
    path = staged_path(make_markets((500, [300, 150], 50)), 1.7)
    assert path["stage"].tolist() == ["inside_range", "pass_leader", "secure"]
    assert path["reached"].tolist() == [True, True, False]
    assert path["gap"].tolist() == [0, 0, 10]


def test_a_secured_region_has_reached_all(make_markets: MakeMarkets) -> None:
    """Exactly k times the second leaves no gap."""
    path = staged_path(make_markets((510, [300], 0)), 1.7)
    assert path["reached"].all()
    assert (path["gap"] == 0).all()


def test_no_rival_no_path(make_markets: MakeMarkets) -> None:
    """Regions without a named rival have no stages; unknown own sales have no gap."""
    path = staged_path(make_markets((50, [], 0), (float("nan"), [100], 0)), 1.7)
    assert path["region_id"].unique().tolist() == ["r1"]
    assert pd.isna(path["gap"]).all()
    assert path["target"].iloc[3] == pytest.approx(170)
