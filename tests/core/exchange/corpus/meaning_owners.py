"""Figures that are nobody's beside a column of owners, scores called amounts, and units that disagree."""

from tests.core.exchange.corpus.meaning_case import SHOPS, Meaning, sheet

HEAD = ("月份", "区域", "公司")
FIRST, SECOND = ("2025-01", "武汉市", "甲公司"), ("2025-01", "宜昌市", "乙公司")
LEAVE = {"measure": "leave_out"}


def stored(first: float, second: float) -> list[tuple[object, ...]]:
    """Return what two rows leave."""
    return [("2", "A", "2025-01", first), ("3", "B", "2025-01", second)]


OWNED = [
    Meaning(
        f"n_{header}.xlsx", sheet((*HEAD[:2], owner, header), (*FIRST, 10), (*SECOND, 20)), ("measure",), None
    )
    for owner, header in (
        ("公司", "行业规模(万元)"),
        ("品牌", "大盘(万元)"),
        ("公司", "市场容量(万元)"),
        ("公司", "品类总量(元)"),
    )
]
OWNED.append(
    Meaning(
        "n_dealer.xlsx",
        sheet(("月份", "区域", "经销商", "市场容量(万元)"), ("2025-01", "武汉市", "华兴", 10)),
        ("measure",),
    )
)
OWNED.append(
    Meaning(
        "n_of_company.xlsx",
        sheet((*HEAD, "大盘(元)"), (*FIRST, 10), (*SECOND, 20)),
        ("measure",),
        stored(10, 20),
        answers={"measure": "market_sales"},
    )
)
NO_SALES = [
    Meaning(
        f"n_{number}.xlsx",
        sheet((title,), (*HEAD[1:], "金额(元)"), (*FIRST[1:], 90), (*SECOND[1:], 80)),
        ("constant", "measure"),
        answers=LEAVE,
    )
    for number, title in enumerate(
        (
            "2025年1月门店得分",
            "2025年1月评分",
            "2025年1月应收账款",
            "2025年1月授信",
            "2025年1月奖金",
            "2025年1月样表",
            "2025年1月同期",
        )
    )
]
SPANS = [
    Meaning(
        f"n_span_{number}.xlsx",
        sheet((*HEAD, f"{header}(元)"), (*FIRST, 90), (*SECOND, 80)),
        ("measure",),
        answers=LEAVE,
    )
    for number, header in enumerate(("季度销售额", "全年销售额", "本周销售额"))
]
UNITS = [
    Meaning(  # the note says another unit than the title
        "n_note_unit.xlsx",
        sheet(("单位：万元",), (*HEAD, "销售额"), (*FIRST, 1), (*SECOND, 2), (), ("注：上表单位为千元",)),
        ("unit",),
    ),
    Meaning("n_cases.xlsx", sheet((*HEAD, "销售额(箱)"), (*FIRST, 1), (*SECOND, 2)), ("unit",)),
    Meaning(
        "n_thousands.xlsx",
        sheet(("in thousands",), (*HEAD, "Sales"), (*FIRST, 1), (*SECOND, 2)),
        (),
        stored(1_000, 2_000),
    ),
    Meaning(
        "n_row_of_one_unit.xlsx",
        sheet((*HEAD, "销售额"), (None, None, None, "万元"), (*FIRST, 1), (*SECOND, 2)),
        (),
        stored(10_000, 20_000),
    ),
    Meaning(  # the unit of a row counts before the one of the header
        "n_unit_of_row.xlsx",
        sheet((*HEAD, "单位", "销售额(元)"), (*FIRST, "元", 1), (*SECOND, "万元", 2)),
        (),
        stored(1, 20_000),
    ),
    Meaning(
        "n_thousand_bottles.xlsx",
        sheet(
            ("月份", "门店", "公司", "产品", "销量(千瓶)", "销售额(元)"),
            ("2025-01", "红星超市", "甲公司", "纯净水", 2, 48),
        ),
        (),
        [("T1", "A", "2025-01", "W", 2_000, 48)],
        (*SHOPS[:3], "product_id", "quantity", "amount"),
    ),
    Meaning(  # figures in rows of a name each are no factors of a region
        "n_measures_in_rows.xlsx",
        sheet(("2025年1月",), ("区域", "指标", "数值"), ("武汉市", "销售额", 1), ("武汉市", "市场容量", 10)),
        ("table",),
    ),
    Meaning(
        "n_yuan_of_row.xlsx",
        sheet((*HEAD, "币种", "销售额(万元)"), (*FIRST, "CNY", 1), (*SECOND, "人民币", 2)),
        (),
        stored(10_000, 20_000),
    ),
]
CASES = [*OWNED, *NO_SALES, *SPANS, *UNITS]
