"""Builds small markets from what one writes on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from core.market.markets import read_markets

if TYPE_CHECKING:
    from core.market.model import Markets

Case = tuple[float, Sequence[float], float]
Frames = tuple[pd.DataFrame, pd.DataFrame]


def frames(
    cases: Sequence[Case], *, capacity: Sequence[float] | None = None, growth: float | Sequence[float] = 0.0
) -> Frames:
    """Return sales and capacity of regions r0, r1, ... given as (own, rivals, others); NaN = no row."""
    rows = []
    for number, (own, rivals, others) in enumerate(cases):
        region = f"r{number}"
        rows.append((region, "us", False, own))
        rows += [(region, f"rival{i}", False, amount) for i, amount in enumerate(rivals)]
        rows.append((region, "others", True, others))
    sales = pd.DataFrame(rows, columns=["region_id", "company_id", "is_aggregate", "amount"])
    sales["amount"] = sales["amount"].astype("float64")
    sales = sales[sales["amount"].notna()].reset_index(drop=True)
    sales["amount_previous"] = sales["amount"]
    totals = [own + sum(rivals) + others for own, rivals, others in cases] if capacity is None else capacity
    sizes = pd.DataFrame(
        {
            "region_id": [f"r{n}" for n in range(len(cases))],
            "capacity": np.asarray(totals, dtype=np.float64),
        }
    )
    sizes["capacity_previous"] = sizes["capacity"] / (1 + np.asarray(growth))
    return sales, sizes


@pytest.fixture
def make_frames() -> Callable[..., Frames]:
    """Return the builder of sales and capacity tables."""
    return frames


@pytest.fixture
def make_markets() -> Callable[..., Markets]:
    """Return a builder of markets from (own, rivals, others)."""

    def build(*cases: Case, **options: object) -> Markets:
        return read_markets(*frames(cases, **options), "us")

    return build
