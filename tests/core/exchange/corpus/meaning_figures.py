"""Files whose title, header, format or currency says what a figure is."""

from tests.core.exchange.corpus.meaning_case import SHOPS, Meaning, sheet

WUHAN, YICHANG = "武汉市", "宜昌市"
JAN, FEB = "2024-01", "2024-02"
WIDE = (("区域", "公司", "1月", "2月"), (WUHAN, "甲公司", 10, 18), (YICHANG, "甲公司", 20, 36))


def _rows(*figures: float) -> list[tuple[object, ...]]:
    """Return the four stored rows of :data:`WIDE`, by region and month."""
    places = [("2", JAN), ("2", FEB), ("3", JAN), ("3", FEB)]
    return [(region, "A", month, figure) for (region, month), figure in zip(places, figures, strict=True)]


PLAIN = _rows(100_000, 180_000, 200_000, 360_000)
"""What the figures are as they stand, in 万元."""
PLANS = (
    "销售预算",
    "销售目标",
    "销售计划",
    "销售任务",
    "销售预测",
    "销售额预估",
    "sales budget",
    "sales forecast",
)
STAGES = ("订单金额", "发货金额", "开票金额", "出库金额", "回款金额", "合同金额", "invoiced sales")
OTHERS = ("销售毛利", "销售成本", "销售费用", "店均销售额")
TURNED = {
    "退货金额": ("subtract", _rows(-100_000, -180_000, -200_000, -360_000)),
    "红字冲销金额": ("subtract", _rows(-100_000, -180_000, -200_000, -360_000)),
    "累计销售额": ("difference", _rows(100_000, 80_000, 200_000, 160_000)),
    "日均销售额": ("times_days", _rows(3_100_000, 5_220_000, 6_200_000, 10_440_000)),
}


def _titled(word: str, **more: object) -> list[Meaning]:
    """Return files that say a word in the title, and in the name of the sheet."""
    title = sheet((f"2024年{word}(万元)",), *WIDE)
    named = {f"2024年{word}": (("单位：万元",), *WIDE)}
    return [
        Meaning(f"t_{word}.xlsx", title, ("measure",), **more),
        Meaning(f"s_{word}.xlsx", named, ("measure",), **more),
    ]


TITLES = [case for word in PLANS for case in _titled(word, answers={"measure": "as_is"}, rows=PLAIN)]
TITLES += [case for word in STAGES for case in _titled(word, answers={"measure": "as_is"}, rows=PLAIN)]
TITLES += [
    case
    for word, (way, rows) in TURNED.items()
    for case in _titled(word, answers={"measure": way}, rows=rows)
]
TITLES += [case for word in OTHERS for case in _titled(word, answers={"measure": "leave_out"})]

HEADERS = [
    Meaning(
        f"h_{word}.xlsx",
        sheet(
            ("区域", "公司", "月份", f"{word}(元)"), (WUHAN, "甲公司", JAN, 10), (WUHAN, "甲公司", FEB, 18)
        ),
        ("measure",),
        [("2", "A", JAN, first), ("2", "A", FEB, second)],
        answers={"measure": way},
    )
    for word, way, first, second in (
        ("发货金额", "as_is", 10, 18),
        ("回款金额", "as_is", 10, 18),
        ("累计销售额", "difference", 10, 8),
        ("日均销售额", "times_days", 310, 522),
        ("退货金额", "subtract", -10, -18),
        ("出库金额", "as_is", 10, 18),
        ("订单金额", "as_is", 10, 18),
    )
]

CITIES = [
    Meaning(
        f"c_{number}.csv",
        sheet(*rows),
        ("measure",),
        [("2", "A", JAN, 200_000), ("2", "A", FEB, 220_000)],
        answers={"measure": "own_sales"},
    )
    for word in ("订单金额", "开票金额", "出库金额")
    for number, rows in (
        (
            f"wide_{word}",
            ((f"2024年各城市{word}（万元）", None, None), ("城市", "1月", "2月"), (WUHAN, 20, 22)),
        ),
        (f"list_{word}", (("城市", "月份", f"{word}（万元）"), (WUHAN, JAN, 20), (WUHAN, FEB, 22))),
    )
]
CITIES += [
    Meaning(
        "c_sales.csv",
        sheet(("城市", "月份", "销售额（万元）"), (WUHAN, JAN, 20)),
        ("missing",),
        [("2", "A", JAN, 200_000)],
        answers={"missing": "A"},
    ),
    Meaning(
        "c_bare.csv",
        sheet(("城市", "月份", "金额（万元）"), (WUHAN, JAN, 20)),
        ("measure",),
        [("2", JAN, 200_000)],
        ("region_id", "month", "amount"),
        {"measure": "market_capacity"},
    ),
    Meaning(
        "c_capacity.csv",
        sheet(("城市", "月份", "市场容量（万元）"), (WUHAN, JAN, 20)),
        (),
        [("2", JAN, 200_000)],
        ("region_id", "month", "amount"),
    ),
]


def _shown(
    name: str, header: str, code: str, stored: float, yuan: float | None, *asked: str, **more: str
) -> Meaning:
    cells = sheet(("区域", "公司", "月份", header), (WUHAN, "甲公司", JAN, stored))
    rows = None if yuan is None else [("2", "A", JAN, yuan)]
    file = name if "." in name else f"{name}.xlsx"
    return Meaning(f"f_{file}", cells, asked, rows, answers=more, formats={3: code})


FORMATS = [
    _shown("wan", "销售额(万元)", "0!.0,", 450_000, 450_000),
    _shown("wan_escaped", "销售额(万元)", "0\\.0,", 450_000, 450_000),
    _shown("wan_quoted", "销售额(万元)", '0"."0,', 450_000, 450_000),
    _shown("wan_named", "销售额(万元)", '0!.0,"万元"', 450_000, 450_000),
    _shown("thousands", "销售额(千元)", "#,##0,", 450_000, 450_000),
    _shown("millions", "销售额(百万元)", "0.00,,", 4_500_000, 4_500_000),
    _shown("unit", "销售额", '0"万元"', 45, 450_000),
    _shown("unit_general", "销售额", 'General"万元"', 45, 450_000),
    _shown("unit_yuan", "销售额", '#,##0.00"元"', 45, 45),
    _shown("unit_same", "销售额(万元)", '0"万元"', 45, 450_000),
    _shown("plain", "销售额(万元)", "#,##0.00_ ", 45, 450_000),
    _shown("plain_red", "销售额(元)", "#,##0.00;[Red]-#,##0.00", 45, 45),
    _shown("by_size", "销售额(元)", '[>=10000]0!.0,"万元";0"元"', 450_000, 450_000),
    _shown("no_unit", "销售额", "0!.0,", 450_000, 450_000, "unit"),
    _shown("against_yuan", "销售额(元)", "0!.0,", 450_000, 450_000, "shown_number", shown_number="10000"),
    _shown("against_named", "销售额(元)", '0"万元"', 45, 450_000, "shown_number", shown_number="10000"),
    _shown("against_stored", "销售额(万元)", "#,##0,", 450_000, 450_000, "shown_number", shown_number="1000"),
    _shown("dollars", "销售额", "[$$-409]#,##0.00", 45, 315, "exchange_rate", exchange_rate="7"),
    Meaning(
        "f_mixed.xlsx",
        sheet(
            ("区域", "公司", "月份", "销售额(万元)"),
            (WUHAN, "甲公司", JAN, 450_000),
            (WUHAN, "甲公司", FEB, 52),
        ),
        ("shown_number_beside",),
        [("2", "A", JAN, 450_000), ("2", "A", FEB, 520_000)],
        answers={"shown_number_beside": "10000"},
        formats={(1, 3): "0!.0,"},
    ),
    _shown(
        "factor.ods",
        "销售额(万元)",
        "no code",
        450_000,
        450_000,
        "shown_number_unread",
        shown_number_unread="1",
    ),
    _shown("factor_yuan.ods", "销售额(元)", "no code", 450_000, 450_000),
]
FORMATS += [
    _shown(f"words_{name}", "销售额(元)", code, stored, yuan, "shown_number_words", shown_number_words=answer)
    for name, code, stored, yuan, answer in (
        ("before", '"退"0', 45, -45, "-1"),
        ("before_escaped", "\\退0.00", 45, -45, "-1"),
        ("before_general", '"退货："General', 45, 45, "1"),
        ("behind", '0"退"', 45, -45, "-1"),
        ("negative", '0;"退"0;"-"', -45, -45, "1"),
        ("instead", '"赠品"', 45, 45, "1"),
        ("hidden", ";;;", 45, 45, "1"),
        ("hidden_negative", "0;;0", -45, -45, "1"),
    )
]
FORMATS += [
    _shown(f"neutral_{name}", "销售额(元)", code, 45, 45)
    for name, code in (
        ("about", '"约"0'),
        ("total", '"合计：￥"#,##0.00'),
        ("accounts", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '),
        ("zero_hidden", "0;-0;;@"),
        ("text", "@"),
        ("dash", '#,##0;-#,##0;"—"'),
        ("small_hidden", '[=0]"";0'),
    )
]
FORMATS += [
    case
    for container in ("xls", "xlsb", "ods", "xml")
    for case in (
        _shown(f"wan.{container}", "销售额(万元)", "0!.0,", 450_000, 450_000),
        _shown(f"thousands.{container}", "销售额(千元)", "#,##0,", 450_000, 450_000),
        _shown(f"unit.{container}", "销售额", '0"万元"', 45, 450_000),
        _shown(f"plain.{container}", "销售额(万元)", "#,##0.00", 45, 450_000),
        _shown(
            f"against.{container}",
            "销售额(元)",
            "0!.0,",
            450_000,
            450_000,
            "shown_number",
            shown_number="10000",
        ),
    )
]


def _text(
    name: str, header: str, cells: tuple[str, ...], yuan: tuple[float, ...], *asked: str, **more: str
) -> Meaning:
    rows = [(WUHAN, "甲公司", f"2024-{month:02d}", cell) for month, cell in enumerate(cells, 1)]
    stored = [("2", "A", f"2024-{month:02d}", amount) for month, amount in enumerate(yuan, 1)]
    return Meaning(
        f"n_{name}.csv", sheet(("区域", "公司", "月份", header), *rows), asked, stored, answers=more
    )


NUMBERS = [
    _text(
        "comma_yuan", "销售额", ("1052,75元", "11,50万元", "9,90元"), (1052.75, 115_000, 9.9), "decimal_mark"
    ),
    _text("comma", "销售额(元)", ("1052,75", "9,90"), (1052.75, 9.9), "decimal_mark"),
    _text("dots_comma", "销售额(元)", ("1.052,75", "9,90"), (1052.75, 9.9), "decimal_mark"),
    _text("dots", "销售额(元)", ("1.052", "11.500"), (1052, 11_500), "decimal_mark", decimal_mark="comma"),
    _text(
        "dots_point", "销售额(元)", ("1.052", "11.500"), (1.05, 11.5), "decimal_mark", decimal_mark="point"
    ),
    _text("two_dots", "销售额(元)", ("1.052.300", "11"), (1_052_300, 11), "decimal_mark"),
    _text("thousands", "销售额(元)", ("1,052.75", "11,500"), (1052.75, 11_500)),
    _text("decimals", "销售额(元)", ("1.052", "11.5"), (1.05, 11.5)),
    _text("usd", "销售额(万美元)", ("1.5", "2"), (105_000, 140_000), "exchange_rate", exchange_rate="7"),
    _text("usd_code", "销售额(USD)", ("15", "20"), (105, 140), "exchange_rate", exchange_rate="7"),
    _text("eur_cells", "销售额", ("€15", "€20"), (120, 160), "exchange_rate", exchange_rate="8"),
    _text("hkd", "销售额（港元）", ("15", "20"), (13.5, 18), "exchange_rate", exchange_rate="0.9"),
]


def _lines(
    name: str,
    header: str,
    kinds: tuple[str, ...],
    *asked: str,
    way: str,
    rows: list[tuple[object, ...]],
    figures: tuple[float, ...] = (100, 30, 7),
) -> Meaning:
    shops = ("红星超市", "光明商店", "光明商店")
    cells = [
        (kind, shop, "甲公司", month, figure)
        for kind, shop, month, figure in zip(kinds, shops, (JAN, JAN, FEB), figures, strict=True)
    ]
    head = (header, "终端", "公司", "月份", "销售额(元)")
    answers = {"row_kind": way} if way else {}
    return Meaning(f"r_{name}.csv", sheet(head, *cells), asked, rows, SHOPS, answers)


KEPT = [("T1", "A", JAN, 100), ("T2", "A", FEB, 7)]
MINUS, ZERO = [KEPT[0], ("T2", "A", JAN, -30), KEPT[1]], KEPT
ROWS = [
    _lines("退货", "单据类型", ("销售出库", "销售退货", "销售出库"), "row_kind", way="", rows=MINUS),
    _lines("红字", "发票类型", ("蓝字", "红字", "蓝字"), "row_kind", way="", rows=MINUS),
    _lines("冲销", "业务类型", ("销售", "冲销", "销售"), "row_kind", way="", rows=MINUS),
    _lines("return", "type", ("sale", "return", "sale"), "row_kind", way="", rows=MINUS),
    _lines("是否退货", "是否退货", ("否", "是", "否"), "row_kind", way="", rows=MINUS),
    _lines("备注", "备注", ("", "退货", ""), "row_kind", way="", rows=MINUS),
    _lines("作废", "单据状态", ("已审核", "作废", "已审核"), "row_kind", way="", rows=ZERO),
    _lines("取消", "订单状态", ("已完成", "已取消", "已完成"), "row_kind", way="", rows=ZERO),
    _lines("赠品", "业务类型", ("销售", "赠品", "销售"), "row_kind", way="", rows=ZERO),
    _lines(
        "调拨",
        "业务类型",
        ("销售", "退货", "调拨"),
        "row_kind",
        "row_kind",
        way="subtract",
        rows=[KEPT[0], MINUS[1], ("T2", "A", FEB, -7)],
    ),
    _lines(
        "算正",
        "单据类型",
        ("销售出库", "销售退货", "销售出库"),
        "row_kind",
        way="add",
        rows=[KEPT[0], ("T2", "A", JAN, 30), KEPT[1]],
    ),
    _lines(
        "已是负数",
        "单据类型",
        ("销售出库", "销售退货", "销售出库"),
        way="",
        rows=MINUS,
        figures=(100, -30, 7),
    ),
    _lines(
        "只有销售",
        "单据类型",
        ("销售出库", "销售出库", "销售出库"),
        way="",
        rows=[KEPT[0], ("T2", "A", JAN, 30), KEPT[1]],
    ),
]
ORDERS = [
    Meaning(
        f"o_{name}.csv",
        sheet(("单号", "终端", "公司", header, "销售额(元)"), *cells),
        asked,
        [("T1", "A", JAN, 75), ("T2", "A", JAN, 10)],
        SHOPS,
        {"day_to_month": "month"},
    )
    for name, header, asked, cells in (
        (
            "days",
            "下单日期",
            ("day_to_month", "repeated_keys"),
            (
                ("A1", "红星超市", "甲公司", "2024-01-05", 30),
                ("A2", "红星超市", "甲公司", "2024-01-15", 45),
                ("A3", "光明商店", "甲公司", "2024-01-15", 10),
            ),
        ),
        (
            "months",
            "月份",
            ("repeated_keys",),
            (
                ("A1", "红星超市", "甲公司", JAN, 30),
                ("A2", "红星超市", "甲公司", JAN, 45),
                ("A3", "光明商店", "甲公司", JAN, 10),
            ),
        ),
    )
]
CASES = [*TITLES, *HEADERS, *CITIES, *FORMATS, *NUMBERS, *ROWS, *ORDERS]
