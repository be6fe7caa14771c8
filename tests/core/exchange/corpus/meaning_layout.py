"""Files whose columns say one thing together, whose rows hold each other, or whose months stand in spans."""

from tests.core.exchange.corpus.meaning_case import Meaning, sheet

WUHAN, YICHANG, HUBEI = "武汉市", "宜昌市", "湖北省"
HEAD = ("月份", "区域", "公司", "销售额(元)")
PLAIN = [("2", "A", "2024-03", 100), ("3", "B", "2024-03", 200)]
BODY = ((WUHAN, "甲公司", 100), (YICHANG, "乙公司", 200))
DATED = tuple(("2024-03", *row) for row in BODY)


def _scaled(factor: float) -> list[tuple[object, ...]]:
    return [(*row[:3], row[3] * factor) for row in PLAIN]


TOGETHER = [
    Meaning(
        f"l_year_{number}.xlsx",
        sheet((*names, *HEAD[1:]), (*cells[0], *BODY[0]), (*cells[1], *BODY[1])),
        (),
        [("2", "A", "2023-12", 100), ("3", "B", "2024-01", 200)],
    )
    for number, (names, cells) in enumerate(
        (
            (("年", "月"), ((2023, 12), (2024, 1))),
            (("年份", "月份"), (("2023年", "12月"), ("2024年", "1月"))),
            (("Year", "Month"), ((2023, "Dec"), (2024, "Jan"))),
        )
    )
]
TOGETHER += [
    Meaning(
        "l_fiscal_year.xlsx",
        sheet(("财年", *HEAD), ("FY2024", "11月", *BODY[0]), ("FY2024", "1月", *BODY[1])),
        ("year",),
    ),
    Meaning(
        "l_unit_of_row.xlsx",
        sheet((*HEAD[:3], "销售额", "单位"), (*DATED[0], "万元"), (*DATED[1], "元")),
        (),
        [("2", "A", "2024-03", 1_000_000), PLAIN[1]],
    ),
    Meaning(
        "l_unit_of_all.xlsx",
        sheet((*HEAD[:3], "销售额", "单位"), (*DATED[0], "千元"), (*DATED[1], "千元")),
        (),
        _scaled(1_000),
    ),
    Meaning(
        "l_currency.xlsx",
        sheet((*HEAD[:3], "销售额", "币种"), (*DATED[0], "USD"), (*DATED[1], "USD")),
        ("exchange_rate",),
    ),
    Meaning(
        "l_currency_beside_unit.xlsx",
        sheet(
            (*HEAD[:3], "单位", "销售额", "币种"),
            (*DATED[0][:3], "箱", 1, "USD"),
            (*DATED[1][:3], "箱", 2, "USD"),
        ),
        ("exchange_rate",),
    ),
    Meaning(
        "l_bare_among_scaled.csv",
        sheet((*HEAD[:3], "销售额"), (*DATED[0][:3], "1.25万元"), (*DATED[1][:3], "0.8")),
        ("unit",),
    ),
]
UNITS = [
    Meaning(f"u_said_{number}.xlsx", sheet(*above, (*HEAD[:3], header), *DATED, *below), (), _scaled(factor))
    for number, (above, header, below, factor) in enumerate(
        (
            ((), "销售额", ((), ("注：金额单位为万元",)), 10_000),
            ((("（金额以万元计）",),), "销售额", (), 10_000),
            ((("金额：万元",),), "销售额", (), 10_000),
            ((("單位：萬元",),), "銷售額", (), 10_000),
            ((("RMB 10,000",),), "Sales", (), 10_000),
            ((), "销售额/万", (), 10_000),
            ((), "销售额(K)", (), 1_000),
            ((), "销售额(百元)", (), 100),
        )
    )
]
UNITS += [
    Meaning(f"u_currency_{number}.xlsx", sheet((line,), (*HEAD[:3], "销售额"), *DATED), ("exchange_rate",))
    for number, line in enumerate(("Currency: USD", "單位：港幣千元"))
]
NESTED = [
    Meaning(
        "n_sum.xlsx",
        sheet(
            HEAD,
            ("2024-03", HUBEI, "甲公司", 30),
            ("2024-03", WUHAN, "甲公司", 10),
            ("2024-03", YICHANG, "甲公司", 20),
        ),
        ("nested_region",),
        [("2", "A", "2024-03", 10), ("3", "A", "2024-03", 20)],
    ),
    Meaning(
        "n_more.xlsx",
        sheet(HEAD, ("2024-03", HUBEI, "甲公司", 50), ("2024-03", WUHAN, "甲公司", 10)),
        ("nested_region",),
    ),
    Meaning(
        "n_other_month.xlsx",
        sheet(HEAD, ("2024-02", HUBEI, "甲公司", 50), ("2024-03", WUHAN, "甲公司", 10)),
        (),
        [("1", "A", "2024-02", 50), ("2", "A", "2024-03", 10)],
    ),
]
QUARTER = [("2", "A", f"2024-{month:02d}", month) for month in (1, 2, 3)]
SPANS = [
    Meaning(
        f"s_{number}.xlsx",
        sheet(
            ("2024年销售额(元)",), ("区域", "公司", "1月", "2月", "3月", name), (WUHAN, "甲公司", 1, 2, 3, 6)
        ),
        (),
        QUARTER,
    )
    for number, name in enumerate(("一季度", "Q1", "1-3月", "累计"))
]
SPANS += [
    Meaning(
        "s_other.xlsx",
        sheet(("2024年销售额(元)",), ("区域", "公司", "1-2月", "3月", "4月"), (WUHAN, "甲公司", 9, 3, 4)),
        ("spans",),
        [("2", "A", "2024-03", 3), ("2", "A", "2024-04", 4)],
    ),
    Meaning(
        "s_to_date.xlsx",
        sheet(("2024年销售额(元)",), ("区域", "公司", "1月", "1-2月", "1-3月"), (WUHAN, "甲公司", 1, 3, 6)),
        ("measure",),
        QUARTER,
    ),
]
ACROSS = [
    Meaning(
        "a_short_years.xlsx",
        sheet(("Sales (CNY)",), ("Region", "Company", "Dec-23", "Jan-24"), (WUHAN, "甲公司", 1, 2)),
        (),
        [("2", "A", "2023-12", 1), ("2", "A", "2024-01", 2)],
    ),
    Meaning(
        "a_years_of_a_month.xlsx",
        sheet(
            ("3月销售额(元)",), ("区域", "公司", "2024年", "2023年", "增长率"), (WUHAN, "甲公司", 10, 8, 0.25)
        ),
        (),
        [("2", "A", "2023-03", 8), ("2", "A", "2024-03", 10)],
    ),
    Meaning(
        "a_regions_and_companies.xlsx",
        sheet(
            ("2024年销售额(元)",),
            ("月份", WUHAN, None, YICHANG, None),
            (None, "甲公司", "乙公司", "甲公司", "乙公司"),
            ("1月", 1, 2, 3, 4),
        ),
        (),
        [(r, c, "2024-01", v) for r, c, v in (("2", "A", 1), ("2", "B", 2), ("3", "A", 3), ("3", "B", 4))],
        merged=((1, 1, 1, 2), (1, 3, 1, 4)),
    ),
]
ACROSS += [
    Meaning(
        f"a_stage_{number}.xlsx",
        sheet(("2024年3月销售额(元)",), ("区域", "公司", *names), *((*row, 7) for row in BODY)),
        ("constant",),
        PLAIN,
    )
    for number, names in enumerate(
        (("本期", "同期"), ("本月", "上月"), ("当月", "累计"), ("本月数", "本年累计数"))
    )
]
BLOCKS = [
    Meaning(
        "b_no_gap.xlsx",
        sheet(
            ("2024年1月(元)", None, None, "2024年2月(元)"),
            ("区域", "公司", "销售额") * 2,
            (WUHAN, "甲公司", 1, WUHAN, "甲公司", 2),
        ),
        ("constant", "constant"),
        [("2", "A", "2024-01", 1), ("2", "A", "2024-02", 2)],
    ),
    Meaning(
        "b_unit_line.xlsx",
        sheet(("2024年3月",), HEAD[1:], BODY[0], ("单位：万元",), BODY[1]),
        ("constant", "unit_conflict"),
        PLAIN,
    ),
    Meaning(
        "b_company_in_title.xlsx",
        sheet(
            ("甲公司 2024年销售额（元）",),
            ("区域", "1月", "2月"),
            (WUHAN, 1, 2),
            (),
            ("乙公司 2024年销售额（元）",),
            ("区域", "1月", "2月"),
            (YICHANG, 3, 4),
        ),
        ("missing", "missing"),
        [
            (r, c, f"2024-0{m}", v)
            for r, c, m, v in (("2", "A", 1, 1), ("2", "A", 2, 2), ("3", "B", 1, 3), ("3", "B", 2, 4))
        ],
    ),
]
FISCAL = [
    Meaning(
        f"y_fiscal_rows_{number}.xlsx",
        sheet((title,), HEAD, *(("1月", *row) for row in BODY)),
        ("year",),
    )
    for number, title in enumerate(("FY2024 销售", "2024财年销售"))
]
CASES: list[Meaning] = [*TOGETHER, *UNITS, *NESTED, *SPANS, *ACROSS, *BLOCKS, *FISCAL]
