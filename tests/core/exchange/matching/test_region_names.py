"""Regions by short names, by codes, by names that changed, and by the level a header says."""

from __future__ import annotations

import pandas as pd
import pytest

from core.exchange.matching.changes import adcode, all_changes, changes_by_code
from core.exchange.matching.index import NameIndex
from core.exchange.matching.names import match_names
from core.exchange.matching.region_names import code_candidates
from core.exchange.matching.regions import match_paths
from core.exchange.matching.results import Verdict
from core.exchange.matching.short_names import formal_short_name, is_short_for

ROWS = """420000 湖北省 - province|422800 恩施土家族苗族自治州 420000 city|422801 恩施市 422800 county
422822 建始县 422800 county|532500 红河哈尼族彝族自治州 - city|532529 红河县 532500 county
150000 内蒙古自治区 - province|150223 达尔罕茂明安联合旗 150000 county|150121 土默特左旗 150000 county
150122 托克托县 150000 county|152200 兴安盟 150000 city|152222 科尔沁右翼中旗 152200 county
152221 科尔沁右翼前旗 152200 county|152500 锡林郭勒盟 150000 city|152525 东乌珠穆沁旗 152500 county
150321 阿鲁科尔沁旗 150000 county|150721 阿荣旗 150000 county|211324 喀喇沁左翼蒙古族自治县 - county
210921 阜新蒙古族自治县 - county|510117 郫都区 - county|420600 襄阳市 420000 city|310106 静安区 - county
530800 普洱市 - city|530802 思茅区 530800 county|150600 鄂尔多斯市 150000 city|511902 巴州区 - county
652800 巴音郭楞蒙古自治州 - city|411100 漯河市 - city|220000 吉林 - province|220200 吉林市 220000 city"""
REGIONS = pd.DataFrame(
    [row.split() for line in ROWS.splitlines() for row in line.split("|")],
    columns=["id", "name", "parent_id", "level"],
).assign(adcode=lambda rows: rows["id"])
INDEX = NameIndex.of(REGIONS, "region")


def best(name, level=None):
    """Return verdict, first candidate and reason of a name."""
    match = match_names([name], INDEX, "region", level=level)[0]
    return match.verdict.value, match.candidates[0].id, match.candidates[0].reason


@pytest.mark.parametrize(
    ("name", "verdict", "region"),
    [
        ("恩施州", "accepted", "422800"),
        ("红河州", "accepted", "532500"),
        ("喀喇沁左翼县", "accepted", "211324"),
        ("达茂旗", "proposed", "150223"),
        ("土左旗", "proposed", "150121"),
        ("科右中旗", "proposed", "152222"),
        ("科右前旗", "proposed", "152221"),
        ("喀左县", "proposed", "211324"),
        ("喀左", "proposed", "211324"),
        ("阜蒙县", "proposed", "210921"),
        ("锡盟", "proposed", "152500"),
        ("东乌旗", "proposed", "152525"),
    ],
)
def test_short_names_of_offices(name, verdict, region) -> None:
    """A self-governed region's short name is its name; what leaves characters out is proposed."""
    assert best(name)[:2] == (verdict, region)


@pytest.mark.parametrize(("name", "ids"), [("阿旗", {"150321", "150721"}), ("巴州", {"511902", "652800"})])
def test_short_names_that_several_have_are_asked(name, ids) -> None:
    """A shortened name that stands for two regions is a tie."""
    match = match_names([name], INDEX, "region")[0]
    assert (match.verdict, {candidate.id for candidate in match.candidates[:2]}) == (Verdict.TIED, ids)


def test_ordinary_names_are_not_shortened() -> None:
    """Only banners, leagues and self-governed regions have shortened names, of the same level."""
    assert formal_short_name("大通回族土族自治县") == "大通县"
    assert formal_short_name("广西壮族自治区") is None
    assert not is_short_for("武市", "武汉市")
    assert not is_short_for("土左县", "土默特左旗")
    assert not is_short_for("左旗", "土默特左旗")


@pytest.mark.parametrize(
    ("name", "level", "verdict", "region"),
    [
        ("恩施", None, "tied", "422800"),
        ("恩施", "city", "proposed", "422800"),
        ("恩施", "county", "proposed", "422801"),
        ("红河", "county", "proposed", "532529"),
        ("吉林", None, "accepted", "220000"),
        ("吉林", "city", "tied", "220200"),  # the province is called exactly so, and the header says city
        ("郫都区", "city", "accepted", "510117"),  # no city is near: a county among the cities
        ("恩施", "town", "tied", "422800"),  # no region has the level: it says nothing
    ],
)
def test_a_header_settles_the_level(name, level, verdict, region) -> None:
    """The level a header says decides between regions of one name; a sure name stays what it is."""
    assert best(name, level)[:2] == (verdict, region)


@pytest.mark.parametrize(
    ("name", "region", "reason", "year"),
    [
        ("郫县", "510117", "changed", 2016),
        ("襄樊市", "420600", "changed", 2010),
        ("襄樊", "420600", "changed", 2010),
        ("闸北区", "310106", "changed", 2015),
        ("伊克昭盟", "150600", "changed", 2001),
        ("伊盟", "150600", "changed", 2001),
    ],
)
def test_names_that_changed_are_proposed_with_the_year(name, region, reason, year) -> None:
    """A region that was renamed or merged is proposed, never taken."""
    match = match_names([name], INDEX, "region")[0]
    assert match.verdict is Verdict.PROPOSED
    assert (match.candidates[0].id, match.candidates[0].reason, match.candidates[0].year) == (
        region,
        reason,
        year,
    )


def test_a_name_of_two_regions_in_turn_is_asked() -> None:
    """思茅市 was a prefecture (today 普洱市) and a county-level city (today 思茅区): both are offered."""
    match = match_names(["思茅市"], INDEX, "region")[0]
    assert (match.verdict, {c.id for c in match.candidates}) == (Verdict.TIED, {"530800", "530802"})


def test_a_store_with_old_names_is_found_by_new_ones() -> None:
    """A file of today finds the 郫县 of a store that was filled before 2016."""
    old = pd.DataFrame({"id": ["P"], "name": ["郫县"], "level": ["county"], "adcode": ["510124"]})
    match = match_names(["郫都区"], old, "region")[0]
    assert (match.verdict, match.candidates[0].reason) == (Verdict.PROPOSED, "earlier")


@pytest.mark.parametrize(
    ("path", "level", "verdict", "region"),
    [
        (["湖北省", "恩施州", "恩施市"], None, "accepted", "422801"),
        (["湖北省", "恩施州", "建始"], None, "proposed", "422822"),
        (["湖北", "恩施", "恩施"], "county", "proposed", "422801"),
        (["湖北", "恩施"], "city", "proposed", "422800"),
        (["内蒙古自治区", "锡盟", "东乌旗"], None, "proposed", "152525"),
        (["湖北省", "襄樊市"], None, "proposed", "420600"),
        (["湖北省", "闸北区"], None, "unknown", "310106"),  # the names above say something else
    ],
)
def test_paths_know_short_and_changed_names(path, level, verdict, region) -> None:
    """Names in neighbouring columns may be short or of another year; what they say above is kept."""
    regions = REGIONS.rename(columns={"id": "region_id"}).assign(
        parent_id=REGIONS["parent_id"].where(REGIONS["parent_id"] != "-")
    )
    match = match_paths([path], regions, level=level)[0]
    assert (match.verdict.value, match.candidates[0].id) == (verdict, region)


def test_codes_of_the_offices() -> None:
    """A code has six digits, twelve with those of the towns, or stands behind 156; an old one is proposed."""
    assert [adcode(t) for t in ("420100", "420100000", "420100000000", "156420100")] == ["420100"] * 4
    assert [adcode(t) for t in ("4201", "42010000", "W1", "420100123456")] == [None] * 4
    assert [c.reason for c in code_candidates(INDEX, "510117")] == ["code"]
    old = code_candidates(INDEX, "510124")
    assert [(c.id, c.reason, c.year) for c in old] == [("510117", "changed", 2016)]
    assert code_candidates(INDEX, "999999") == ()


def test_the_table_of_changes_is_sound() -> None:
    """Every change has a year, six digits, a province and successors; merged districts lead to each."""
    changes = all_changes()
    assert len(changes) > 1_500
    assert all(1995 <= change.year <= 2024 and change.province for change in changes)
    assert all(len(code) == 6 and name for change in changes for code, name in change.successors)
    assert {name for _code, name in changes_by_code("341400")[0].successors} == {
        "合肥市",
        "芜湖市",
        "马鞍山市",
    }
