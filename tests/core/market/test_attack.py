"""One order of attack over all regions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.market.attack import ATTACK_VIEWS, attack_rank, order_regions
from core.market.number_one import STATES


def code(*names: str) -> np.ndarray:
    """Return the codes of states."""
    return np.array([STATES.index(name) for name in names])


def test_regions_in_range_come_before_those_out_of_range() -> None:
    """A region out of range in the first zone ranks behind one in range in the last."""
    state = code("out_of_range", "chasing_in_range", "tied")
    assert attack_rank(state, np.array([0, 3, 2]), np.array([1.0, 1, 1])).tolist() == [3, 2, 1]


def test_zones_follow_the_document_and_the_rank_inside() -> None:
    """Within range the zone decides, then the rank inside it; equal regions share a rank."""
    state = code(*["chasing_in_range"] * 4)
    ranks = attack_rank(state, np.array([1, 0, 0, 0]), np.array([1.0, 2, 1, 1]))
    assert ranks.tolist() == [4, 3, 1, 1]


def test_what_is_secured_or_unknown_is_not_attacked() -> None:
    """A secured region, one without rivals' figures and one without a zone have no rank."""
    state = code("secured", "no_rival_data", "own_unknown", "tied")
    assert np.isnan(attack_rank(state, np.array([0, 0, 0, -1]), np.array([1.0, 1, 1, np.nan]))).all()
    assert attack_rank(code().astype(int), np.array([], dtype=int), np.array([])).size == 0


def test_every_view_orders_the_same_regions() -> None:
    """Each view has the regions with a gap, the nearest and the largest view being opposite."""
    regions = pd.DataFrame(
        {"region_id": ["a", "b", "c", "d"], "gap": [3.0, 1, 2, 0], "attack_rank": [1, pd.NA, 2, pd.NA]}
    )
    ids = {view: order_regions(regions, view)["region_id"].tolist() for view in ATTACK_VIEWS}
    assert ids == {"attack": ["a", "c", "b"], "nearest": ["b", "c", "a"], "largest": ["a", "c", "b"]}
