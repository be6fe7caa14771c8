"""Regions by the names of their path."""

from __future__ import annotations

import pandas as pd
import pytest

from core.exchange.matching.regions import address_parts, match_addresses, match_paths

REGIONS = pd.DataFrame(
    [
        ("hb", None, "湖北省"),
        ("wh", "hb", "武汉市"),
        ("ja", "wh", "江岸区"),
        ("wc", "wh", "武昌区"),
        ("js", None, "江苏省"),
        ("nj", "js", "南京市"),
        ("gl", "nj", "鼓楼区"),
        ("xz", "js", "徐州市"),
        ("gx", "xz", "鼓楼区"),
        ("bj", None, "北京市"),
        ("cy", "bj", "朝阳区"),
    ],
    columns=["region_id", "parent_id", "name"],
)


@pytest.mark.parametrize(
    ("path", "verdict", "region"),
    [
        (("湖北省", "武汉市", "江岸区"), "accepted", "ja"),
        (("湖北省", None, "江岸区"), "accepted", "ja"),
        (("湖北", "武汉", "江岸"), "proposed", "ja"),  # endings are missing
        (("江苏省", "徐州市", "鼓楼区"), "accepted", "gx"),
        (("江苏省", "鼓楼区"), "tied", None),
        (("湖北省", "鼓楼区"), "unknown", None),  # no such path
        (("北京市", "北京市", "朝阳区"), "accepted", "cy"),
        (("北京市", "北京市"), "accepted", "bj"),
        (("北京市", "市辖区", "朝阳区"), "accepted", "cy"),  # what official lists write for no city
        (("湖北省", "天门市"), "unknown", None),
    ],
)
def test_a_path_leads_to_one_region_or_is_asked(path: tuple, verdict: str, region: str | None) -> None:
    """Names in full that lead to one region are accepted; short or several are not."""
    match = match_paths([path], REGIONS)[0]
    assert match.verdict.value == verdict
    assert region is None or match.candidates[0].id == region


@pytest.mark.parametrize(
    ("address", "verdict", "region"),
    [
        ("湖北省武汉市江岸区解放大道1号", "proposed", "ja"),
        ("武漢江岸解放大道", "proposed", "ja"),
        ("南京鼓楼区中山路", "proposed", "gl"),
        ("鼓楼区中山路1号", "tied", None),
        ("武汉市南京路12号", "proposed", "wh"),  # a street named after another town
        ("朝阳大街3号", "unknown", None),
        ("上海市人民广场", "unknown", None),
        ("江岸区与武昌区交界", "tied", None),
    ],
)
def test_an_address_is_a_proposal_as_far_as_it_names_regions(
    address: str, verdict: str, region: str | None
) -> None:
    """The region with the longest path in the address is proposed, never accepted."""
    match = match_addresses([address, None], REGIONS)[0]
    assert match.verdict.value == verdict
    assert region is None or match.candidates[0].id == region


def test_addresses_of_one_part_of_a_town_are_one_question() -> None:
    """The part that names the region leads to the same regions as the whole address, whatever follows."""
    addresses = [
        "湖北省武汉市江岸区解放大道1号",
        "湖北省 武汉市 江岸区南京路2号",
        "武汉市南京路3号",
        "人民路4号",
        None,
    ]
    parts = address_parts(addresses, REGIONS)
    assert parts == ["湖北省武汉市江岸区", "湖北省武汉市江岸区", "武汉市", None, None]
    for address, part in zip(addresses[:3], parts[:3], strict=True):
        whole, named = match_addresses([address], REGIONS)[0], match_addresses([part], REGIONS)[0]
        assert (whole.verdict, whole.candidates) == (named.verdict, named.candidates)
