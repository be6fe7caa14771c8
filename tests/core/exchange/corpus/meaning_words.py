"""Files that say in words what their figures are: in a column, a note, another script, another figure."""

from tests.core.exchange.corpus.meaning_case import Meaning, sheet

HEAD = ("月份", "区域", "公司", "销售额(元)")
WUHAN, YICHANG = "武汉市", "宜昌市"
ROWS = ((("2024-03", WUHAN, "甲公司"), 100), (("2024-03", YICHANG, "乙公司"), 200))
PLAIN = [("2", "A", "2024-03", 100), ("3", "B", "2024-03", 200)]
LEAVE = {"measure": "leave_out"}
FIRST, MINUS = PLAIN[:1], [PLAIN[0], ("3", "B", "2024-03", -200)]


def _rows(header: str, words: tuple[str, str], rows: list[tuple[object, ...]] | None, *asked: str) -> Meaning:
    """Return a file with a column that says of what kind its rows are."""
    cells = [(*keys, figure, word) for (keys, figure), word in zip(ROWS, words, strict=True)]
    return Meaning(
        f"w_{header.replace(' ', '')}.xlsx", sheet((*HEAD, header), *cells), asked or ("row_kind",), rows
    )


IN_ROWS = [
    _rows("口径说明", ("实际", "预算"), FIRST),
    _rows("版本", ("实际", "预测"), FIRST),
    _rows("数据类型", ("实绩", "目标"), FIRST),
    _rows("Scenario", ("Actual", "Budget"), FIRST),
    _rows("科目", ("主营业务收入", "主营业务成本"), FIRST),
    _rows("期间类型", ("本期", "去年同期"), FIRST),
    _rows("出入类型", ("销售出库", "采购入库"), FIRST),
    _rows("交易状态", ("交易成功", "交易关闭"), FIRST),
    _rows("售后", ("无售后", "退款成功"), MINUS),
    _rows("退货标志", ("N", "Y"), MINUS),
    _rows("方向", ("+", "-"), MINUS),
    _rows("單據類型", ("銷售", "銷貨退回"), MINUS),
    _rows("收支", ("收入", "支出"), None),
    _rows("行类型", ("正常", "换货"), None),
    _rows("借贷方向", ("贷", "借"), None),
    _rows("Billing type", ("ZF2", "RE"), None),
]
TITLES = [
    Meaning(
        f"t_{title}.xlsx",
        sheet((title,), HEAD, *((*keys, figure) for keys, figure in ROWS)),
        ("measure",),
        answers=LEAVE,
    )
    for title in (
        *(
            "銷售預測",
            "退貨明細",
            "累計銷售",
            "滚动12个月",
            "近30天",
            "销售增减额",
            "指数",
            "承诺量",
            "返点表",
        ),
        *(
            "铺市金额",
            "销售（旧版）",
            "销售初稿",
            "2024年3月销售KPI",
            "虚拟销售",
            "去年同期销售",
            "上月销售",
            "销售占比",
            "动销率",
            "销售数据备份",
            "Sales (obsolete)",
        ),
        *("年化", "样品", "草稿", "Rolling 3 months", "Run rate", "Stretch", "Index", "Draft"),
    )
]
NOTES = [
    Meaning(
        f"t_note_{number}.xlsx",
        sheet(HEAD, *((*keys, figure) for keys, figure in ROWS), (), (note,)),
        asked,
        None if asked else PLAIN,
        answers=LEAVE,
    )
    for number, (note, asked) in enumerate(
        (("注：以上为预测数", ("measure",)), ("注：表中数据为累计数", ("measure",)), ("注：目标另行下达", ()))
    )
]
BESIDE = [
    Meaning(
        f"f_{number}.xlsx",
        sheet((*HEAD[:3], *names), *((*keys, figure * 1.1, figure) for keys, figure in ROWS)),
        ("column",),
        None,
    )
    for number, names in enumerate(
        (
            ("销售额(元)", "净销售额(元)"),
            ("含税金额(元)", "不含税金额(元)"),
            ("金额(元)", "折后金额(元)"),
            ("销售额(元)", "销售额(万元)"),
        )
    )
]
TOTALS = [
    Meaning(
        f"o_{word}.xlsx",
        sheet(
            ("月份", "区域", "公司", "渠道", "销售额(元)"),
            ("2024-03", WUHAN, "甲公司", "商超", 60),
            ("2024-03", WUHAN, "甲公司", "流通", 40),
            ("2024-03", WUHAN, "甲公司", word, 100),
            ("2024-03", YICHANG, "乙公司", word, 70),
        ),
        ("repeated_keys",),
        None,
    )
    for word in ("全渠道", "所有")
]
TRADITIONAL = [
    Meaning(
        "b_traditional.xlsx",
        sheet(
            ("2024年1月銷售額（萬元）",),
            ("區域", "公司", "銷售額"),
            (WUHAN, "甲公司", 1),
            ("合計", None, 1),
            (),
            ("2024年2月銷售額（元）",),
            ("區域", "公司", "銷售額"),
            (YICHANG, "甲公司", 2),
            ("總計", None, 2),
        ),
        ("constant", "constant"),
        [("2", "A", "2024-01", 10_000), ("3", "A", "2024-02", 2)],
    )
]
BACK = [
    Meaning(
        f"f_back_{number}.xlsx",
        sheet(
            (*HEAD, header),
            *((*keys, figure, back) for (keys, figure), back in zip(ROWS, (10, None), strict=True)),
        ),
        ("returns_beside",),
        [("2", "A", "2024-03", stored), PLAIN[1]],
        answers={"returns_beside": answer},
    )
    for number, (header, answer, stored) in enumerate(
        (("退货额(元)", "deduct", 90), ("退款金额", "deduct", 90), ("退货额(元)", "net", 100))
    )
]
BACK.append(
    Meaning(
        "f_back_wide.xlsx",
        sheet(
            (
                "区域",
                "公司",
                "2024-03销售额(元)",
                "2024-03退货额(元)",
                "2024-04销售额(元)",
                "2024-04退货额(元)",
            ),
            (WUHAN, "甲公司", 100, 10, 200, 20),
        ),
        ("returns_beside",),
        [("2", "A", "2024-03", 90), ("2", "A", "2024-04", 180)],
        answers={"returns_beside": "deduct"},
    )
)
SPANS = [
    Meaning(
        f"t_span_{number}.xlsx",
        sheet((title,), HEAD, *((*keys, figure) for keys, figure in ROWS)),
        ("measure",),
        answers=LEAVE,
    )
    for number, title in enumerate(("2024年一季度销售", "2024年上半年销售", "2024年1-3月销售", "3月5日日报"))
]
UNITS = [
    Meaning(
        f"u_units_{number}.xlsx",
        sheet((*HEAD[:3], header), *((*keys, figure) for keys, figure in ROWS)),
        asked,
        None if code else [("2", "A", "2024-03", 1_000_000), ("3", "B", "2024-03", 2_000_000)],
        answers=answers,
        formats={3: code} if code else {},
    )
    for number, (header, asked, answers, code) in enumerate(
        (
            ("销售(万)(元)", ("unit",), {"unit": "万元"}, ""),
            ("销售额(千元)(万元)", ("unit",), {"unit": "万元"}, ""),
            ("销售额/万元(元)", ("column", "unit"), {"unit": "万元"}, ""),
            ("销售额(元)", ("shown_number",), {}, '0"0000"'),
            ("销售额(元)", ("shown_number",), {}, '0"000"'),
            ("销售额(元)", ("shown_number",), {}, "-0"),
            ("销售额(元)", ("shown_number",), {}, "(0)"),
        )
    )
]
CURRENCIES = [
    Meaning(
        f"u_rate_{number}.xlsx",
        sheet((*HEAD[:3], header), *((*keys, figures[at]) for at, (keys, _figure) in enumerate(ROWS))),
        ("exchange_rate",),
        [("2", "A", "2024-03", 100 * worth), ("3", "B", "2024-03", 200 * worth)],
        answers={"exchange_rate": "7"},
        formats={3: code} if code else {},
    )
    for number, (header, figures, code, worth) in enumerate(
        (
            ("销售额(万美元)", (100, 200), '"$"#,##0.00', 70_000),
            ("销售额(万美元)", ("$100", "$200"), "", 70_000),
            ("销售额", (100, 200), '"$"#,##0.00', 7),
            ("销售额(元)", (100, 200), "[$€-2] 0.00", 7),
        )
    )
]
UNCLAIMED = [
    Meaning(
        "f_unclaimed.xlsx",
        sheet(("月份", "区域", "市场容量(万元)", "甲公司(万元)"), ("2024-03", WUHAN, 100, 30)),
        ("measure",),
    )
]
CASES: list[Meaning] = [
    *IN_ROWS,
    *TITLES,
    *NOTES,
    *BESIDE,
    *TOTALS,
    *TRADITIONAL,
    *BACK,
    *SPANS,
    *UNITS,
    *CURRENCIES,
    *UNCLAIMED,
]
