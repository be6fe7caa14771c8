"""Units in headers, titles and packs."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from core.exchange.columns.context import Context
from core.exchange.columns.parsing.packs import pack_factors
from core.exchange.columns.parsing.units import UNITS, split_unit, stated_unit


@pytest.mark.parametrize(
    ("header", "rest", "unit"),
    [
        ("销售额(万元)", "销售额", "万元"),
        ("销售额（单位：千元）", "销售额", "千元"),
        ("销售额/万元", "销售额", "万元"),
        ("回款 万元", "回款", "万元"),
        ("销售额万元", "销售额", "万元"),
        ("毛利率%", "毛利率", "%"),
        ("销量（箱）", "销量", "箱"),
        ("面积（km²）", "面积", "km²"),
        ("人口(万人)", "人口", "万人"),
        ("Sales (RMB mn)", "sales", "百万元"),
        ("分数", "分数", None),
        ("门店(1-5)", "门店(1-5)", None),
        ("元", "元", None),
    ],
)
def test_a_unit_is_taken_off_a_header(header: str, rest: str, unit: str | None) -> None:
    """The unit stands in brackets, behind a mark, or at the end of a word for money."""
    found = split_unit(header)
    assert (found[0], found[1].code if found[1] else None) == (rest, unit)


def test_two_units_in_the_titles_are_none() -> None:
    """A title with two units states none that holds for all columns."""
    assert stated_unit(["2024年报表", "单位：万元"]) == UNITS["万元"]
    assert stated_unit(["单位：万元", "数量单位：箱"]) is None


@pytest.mark.parametrize(
    ("lines", "month", "year"),
    [
        (["2024年3月销售月报"], "2024-03", 2024),
        (["二〇二四年三月"], None, 2024),
        (["2024年1-3月累计"], None, 2024),
        (["2024年一季度"], None, 2024),
        (["2024年3月与2023年3月对比"], None, None),
        (["sales 2024-03.xlsx"], "2024-03", 2024),
        (["销售日报"], None, None),
    ],
)
def test_a_title_says_month_and_year_or_nothing(lines: list, month: str | None, year: int | None) -> None:
    """Only one month in all titles counts; a range or a comparison is no month."""
    found = Context.of(lines)
    assert (f"{found.month:%Y-%m}" if found.month else None, found.year) == (month, year)


def test_a_case_is_what_the_product_says() -> None:
    """箱 of 24 bottles is 24, of an unknown pack nothing; tonnes become kilograms; 件 is asked."""
    products = pd.DataFrame(
        {
            "product_id": ["P1", "P2", "P3", "P4", "P5"],
            "uom": ["瓶", "箱", "瓶", "公斤", None],
            "units_per_case": [24.0, 12.0, None, None, 6.0],
        }
    )
    assert pack_factors(UNITS["箱"], products).tolist() == [Decimal(24), Decimal(1), None, None, None]
    assert pack_factors(UNITS["吨"], products).tolist() == [None, None, None, Decimal(1000), None]
    assert pack_factors(UNITS["件"], products).tolist() == [None] * 5
    assert pack_factors(UNITS["件"], products, piece_is_case=True).tolist()[:2] == [Decimal(24), Decimal(1)]
    single = pack_factors(UNITS["件"], products, piece_is_case=False).tolist()
    assert single == [Decimal(1), 1 / Decimal(12), Decimal(1), None, None]
    assert pack_factors(UNITS["瓶"], products).tolist()[:2] == [Decimal(1), 1 / Decimal(12)]
