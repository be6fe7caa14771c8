"""Two figures with different denominators stand together with the bridge between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.i18n import use_language
from core.market.options import MarketOptions
from core.market.table import market_table
from core.reports.market.bridges import bridges, with_standing
from tests.core.market.conftest import frames

if TYPE_CHECKING:
    import pandas as pd

NAN = float("nan")


def table(*cases: tuple[float, list[float], float]) -> pd.DataFrame:
    """Return the market table of regions given as own sales, rivals and others."""
    return market_table(*frames(list(cases), growth=0.1), MarketOptions("us"))


def test_regions_without_a_standing_are_counted_apart() -> None:
    """Of three regions two have a share; one of them has no rival, so one counts as secured or not."""
    regions = table((250, [400], 0), (50, [], 50), (NAN, [100], 0))
    note = next(n for n in bridges(regions, regions[:1]) if n.code == "regions_counted")
    assert "3 regions in all: 2 have a share and 2 a zone; in 1 our" in note.sentence
    assert note.regions == ("r1", "r2")
    assert with_standing(regions)["region_id"].tolist() == ["r0"]


def test_own_sales_of_the_regions_and_the_rest_make_the_whole() -> None:
    """3 million in the regions and 0.2 outside them are the 3.2 of the whole."""
    use_language("zh_CN")
    regions, whole = table((1e6, [4e6], 0), (2e6, [4e6], 0)), table((3.2e6, [8e6], 0))
    note = next(n for n in bridges(regions, whole) if n.code == "whole_and_regions")
    assert re.findall(r"[\d,.]+ 万元", note.sentence) == ["300 万元", "20.0 万元", "320 万元"]


def test_the_sum_of_gaps_and_the_gap_of_the_whole_stand_together() -> None:
    """Where two regions lack something, both gaps are named; where all figures agree nothing is."""
    regions = table((250e3, [400e3], 0), (100e3, [400e3], 0))
    whole = table((350e3, [800e3], 0))
    note = next(n for n in bridges(regions, whole) if n.code == "gap_of_regions_and_whole")
    assert "No.1 in each of 2 regions" in note.sentence
    one = table((600, [300], 100))
    assert bridges(one, one) == []
