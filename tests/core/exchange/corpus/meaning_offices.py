"""Files of sales offices: their words for plans and returns, their years, units, paths and summary sheets."""

from tests.core.exchange.corpus.meaning_case import SHOPS, Meaning, sheet

WUHAN, YICHANG, HUBEI = "武汉市", "宜昌市", "湖北省"
HEAD = ("区域", "公司", "月份", "销售额(元)")
BODY = ((WUHAN, "甲公司", "2025-03", 100), (YICHANG, "乙公司", "2025-03", 200))
PLAIN = [("2", "A", "2025-03", 100), ("3", "B", "2025-03", 200)]
LEAVE = {"measure": "leave_out"}

TITLES = [
    Meaning(f"o_{title}.xlsx", sheet((title,), HEAD, *BODY), ("measure",), answers=LEAVE)
    for title in (
        *(
            "压货金额",
            "经销商铺底货",
            "销售缺口",
            "终端陈列费",
            "返货明细",
            "挂账明细",
            "冲账表",
            "不良品退仓",
        ),
        *(
            "2025年3月AOP",
            "25年BGT",
            "FCST 3月",
            "LE2 2025-03",
            "Latest Estimate",
            "下达数",
            "已签未交",
            "GP",
        ),
    )
]
TITLES += [
    Meaning(
        f"o_amount_{number}.xlsx",
        sheet(*((title,) for title in titles), (*HEAD[:3], "金额(元)"), *BODY),
        asked,
        PLAIN,
        answers={"measure": "as_is"},
    )
    for number, (titles, asked) in enumerate(
        (
            ((), ()),
            (("2025年3月各区域数据",), ()),
            (("2025年3月各区域销售",), ()),
            (("2025年3月窜货查处",), ("measure",)),
        )
    )
]


def _shops(
    name: str, header: str, words: tuple[str, str], second: float | None, *asked: str, figure: float = 50
) -> Meaning:
    cells = [
        (word, shop, "甲公司", "2025-03", amount)
        for word, shop, amount in zip(words, ("红星超市", "光明商店"), (100, figure), strict=True)
    ]
    rows = [("T1", "A", "2025-03", 100), *([] if second is None else [("T2", "A", "2025-03", second)])]
    return Meaning(
        f"o_rows_{name}.xlsx",
        sheet((header, "终端", "公司", "月份", "销售额(元)"), *cells),
        [code for code in asked or ("row_kind",) if code],
        rows,
        SHOPS,
    )


ROWS = [
    _shops("有效", "是否有效", ("是", "否"), None),
    _shops("计入", "是否计入业绩", ("Y", "N"), None),
    _shops("出入", "出入库", ("出", "入"), None),
    _shops("红", "冲红标记", ("", "红"), -50),
    _shops("逆向", "交易类型", ("正向", "逆向"), -50),
    _shops("单号", "单据编号", ("XSD-20250301", "XSTH-20250302"), -50),
    _shops("单号负", "单据编号", ("XSD-20250301", "XSTH-20250302"), -50, "", figure=-50),
    Meaning(
        "o_rows_item.xlsx",
        sheet(
            ("行项目类别", "终端", "公司", "月份", "销售额(元)"),
            ("TAN", "红星超市", "甲公司", "2025-03", 100),
            ("REN", "光明商店", "甲公司", "2025-03", 50),
        ),
        ("row_kind",),
    ),
]


def _months(name: str, months: tuple[str, str], *asked: str, **answers: str) -> Meaning:
    cells = [(WUHAN, "甲公司", month, figure) for month, figure in zip(months, (100, 110), strict=True)]
    rows = [("2", "A", "2025-03", 100), ("2", "A", "2025-04", 110)]
    return Meaning(f"o_months_{name}.xlsx", sheet(HEAD, *cells), asked, rows, answers=answers)


MONTHS = [
    _months("m", ("2025M3", "2025M04")),
    _months("m_dash", ("2025-M03", "2025-M04")),
    _months("m_alone", ("M3", "M4"), "year", year="2025"),
    _months("roc", ("民国114年3月", "民國一一四年四月")),
    _months("roc_year", ("114年3月", "114年04月")),
    _months("roc_slash", ("114/03", "114/04")),
    Meaning(
        "o_months_across.xlsx",
        sheet(("区域", "公司", "2025M3", "2025M4"), (WUHAN, "甲公司", 100, 110), name="销售额(元)"),
        (),
        [("2", "A", "2025-03", 100), ("2", "A", "2025-04", 110)],
    ),
    Meaning(
        "o_months_roc_title.xlsx",
        sheet(("民国114年销售额(元)",), HEAD, (WUHAN, "甲公司", "3月", 100)),
        (),
        [("2", "A", "2025-03", 100)],
    ),
    Meaning(
        "o_months_caption.xlsx",
        sheet(
            ("2025年1月销售额（元）",),
            ("区域", "公司", "销售额"),
            (WUHAN, "甲公司", 100),
            ("2月",),
            (WUHAN, "甲公司", 110),
        ),
        ("constant", "missing"),
    ),
]
UNITS = [
    Meaning(
        f"o_unit_{number}.xlsx",
        sheet((*HEAD[:3], header), *BODY),
        asked,
        [(*row[:3], row[3] * factor) for row in PLAIN],
    )
    for number, (header, factor, asked) in enumerate(
        (
            ("销售额（万元，含税）", 10_000, ()),
            ("销售额(含税、万元)", 10_000, ()),
            ("Sales (CNY m)", 1_000_000, ()),
            ("Sales (mn RMB)", 1_000_000, ()),
            ("Sales in '000 RMB", 1_000, ("column",)),
        )
    )
]
SHEETS = [
    Meaning(
        "o_nested_sheets.xlsx",
        {
            "全省": (HEAD, (HUBEI, "甲公司", "2025-03", 30)),
            "武汉": (HEAD, (WUHAN, "甲公司", "2025-03", 10)),
            "宜昌": (HEAD, (YICHANG, "甲公司", "2025-03", 20)),
        },
        ("nested_region",),
        [("2", "A", "2025-03", 10), ("3", "A", "2025-03", 20)],
    ),
    Meaning(
        "o_nested_sheets_beside.xlsx",
        {
            "全省": (HEAD, (HUBEI, "甲公司", "2025-03", 50)),
            "武汉": (HEAD, (WUHAN, "甲公司", "2025-03", 10)),
        },
        ("nested_region",),
        [("1", "A", "2025-03", 50), ("2", "A", "2025-03", 10)],
        answers={"nested_region": "add"},
    ),
    Meaning(
        "o_summary_first.xlsx",
        {
            "202501": (HEAD[:2] + HEAD[3:], (WUHAN, "甲公司", 10)),
            "202502": (HEAD[:2] + HEAD[3:], (WUHAN, "甲公司", 20)),
            "汇总": (HEAD[:2] + HEAD[3:], (WUHAN, "甲公司", 30)),
        },
        ("summary_sheet",),
        [("2", "A", "2025-01", 10), ("2", "A", "2025-02", 20)],
    ),
]
NAMES = [
    Meaning(
        "o_path_in_cell.xlsx",
        sheet(HEAD, ("湖北武汉", "甲公司", "2025-03", 100), ("湖北省/宜昌市", "乙公司", "2025-03", 200)),
        ("name", "name"),
        PLAIN,
    ),
    Meaning(
        "o_companies_with_unit.xlsx",
        sheet(("城市", "月份", "我们(万元)", "乙公司(万元)"), (WUHAN, "2025-03", 10, 20), name="销售额"),
        (),
        [("2", "A", "2025-03", 100_000), ("2", "B", "2025-03", 200_000)],
    ),
    Meaning(
        "o_companies_unnamed.xlsx",
        sheet(("城市", "月份", "我司(万元)", "竞品乙(万元)", "其他(万元)"), (WUHAN, "2025-03", 10, 20, 3)),
        ("measure",),
    ),
]
CASES = [*TITLES, *ROWS, *MONTHS, *UNITS, *SHEETS, *NAMES]
