"""Files whose titles, captions and names of sheets say whose figures they are, or contradict the rows."""

from tests.core.exchange.corpus.meaning_case import SHOPS, Meaning, sheet

WUHAN, YICHANG = "武汉市", "宜昌市"
ONE = [("2", "A", "2024-01", 100_000), ("3", "A", "2024-01", 200_000)]
REGIONS = (("区域", "销售额"), (WUHAN, 10), (YICHANG, 20))
COMPANIES = (("公司", "销售额"), ("甲公司", 10), ("乙公司", 20))
FULL = (
    ("区域", "公司", "月份", "销售额(元)"),
    (WUHAN, "甲公司", "2024-01", 1),
    (YICHANG, "甲公司", "2024-01", 2),
)
STORED = [("2", "A", "2024-01", 1), ("3", "A", "2024-01", 2)]

NAMED = [
    Meaning(
        "t_all.xlsx", sheet(("湖北 甲公司 2024年1月销售 单位：万元",), *REGIONS), ("constant", "missing"), ONE
    ),
    Meaning(
        "t_lines.xlsx",
        sheet(("填报：甲公司",), ("2024年1月销售额",), ("单位：万元",), *REGIONS),
        ("constant", "missing"),
        ONE,
    ),
    Meaning(
        "t_region.xlsx",
        sheet(("武汉地区2024年1月销售(万元)",), *COMPANIES),
        ("constant", "missing", "table"),
        [("2", "A", "2024-01", 100_000), ("2", "B", "2024-01", 200_000)],
    ),
    Meaning(
        "t_sheet.xlsx",
        {WUHAN: (("2024年1月销售(万元)",), *COMPANIES)},
        ("constant", "missing", "table"),
        [("2", "A", "2024-01", 100_000), ("2", "B", "2024-01", 200_000)],
    ),
    Meaning(
        "甲公司2024年1月销售.csv",
        sheet(("区域", "销售额(万元)"), (WUHAN, 10), (YICHANG, 20)),
        ("constant", "missing"),
        ONE,
    ),
    Meaning(  # each block has a company of its own
        "t_blocks.xlsx",
        sheet(
            ("甲公司 2024年1月销售 单位：万元",),
            *REGIONS,
            (None,),
            ("乙公司 2024年1月销售 单位：万元",),
            *REGIONS,
        ),
        ("constant", "missing", "missing"),
        [*ONE, ("2", "B", "2024-01", 100_000), ("3", "B", "2024-01", 200_000)],
    ),
    Meaning(
        "t_product.xlsx",
        sheet(("绿茶2024年1月终端销售(元)",), ("终端", "公司", "销售额"), ("红星超市", "甲公司", 5)),
        ("constant", "titled"),
        [("T1", "A", "2024-01", "T", 5)],
        (*SHOPS[:3], "product_id", "amount"),
    ),
    Meaning(
        "t_product_refused.xlsx",
        sheet(("绿茶2024年1月终端销售(元)",), ("终端", "公司", "销售额"), ("红星超市", "甲公司", 5)),
        ("constant", "titled"),
        [("T1", "A", "2024-01", 5)],
        SHOPS,
        {"titled": "none"},
    ),
    Meaning("t_one_product.xlsx", sheet(("绿茶2024年1月销售",), *FULL), ("measure",)),
]
CONFLICTS = [
    Meaning(
        "x_region.xlsx",
        sheet(("武汉市2024年1月销售",), *FULL),
        ("title_conflict",),
        STORED,
        answers={"title_conflict": "rows"},
    ),
    Meaning("x_region_inside.xlsx", sheet(("湖北省2024年1月销售",), *FULL), (), STORED),
    Meaning("x_street.xlsx", sheet(("武汉路店2024年1月销售",), *FULL), (), STORED),
    Meaning(
        "x_company.xlsx",
        sheet(("乙公司2024年1月销售",), *FULL),
        ("title_conflict",),
        [(region, "B", month, amount) for region, _own, month, amount in STORED],
        answers={"title_conflict": "title"},
    ),
    Meaning("x_companies.xlsx", sheet(("甲公司与乙公司2024年1月销售",), *FULL), (), STORED),
    Meaning(
        "x_month.xlsx",
        sheet(("2024年3月销售",), *FULL),
        ("title_conflict",),
        [(region, own, "2024-03", amount) for region, own, _month, amount in STORED],
        answers={"title_conflict": "title"},
    ),
    Meaning(
        "x_month_of_file_2024年3月.csv",
        sheet(*FULL),
        ("title_conflict",),
        STORED,
        answers={"title_conflict": "rows"},
    ),
]
CAPTIONS = [
    Meaning(
        "p_regions.xlsx",
        sheet(
            ("2024年1月销售(万元)",),
            ("公司", "销售额", "备注"),
            (WUHAN,),
            ("甲公司", 10, "a"),
            ("乙公司", 20, "b"),
            (YICHANG,),
            ("甲公司", 30, "c"),
        ),
        ("constant",),
        [("2", "A", "2024-01", 100_000), ("2", "B", "2024-01", 200_000), ("3", "A", "2024-01", 300_000)],
    ),
    Meaning(
        "p_companies.xlsx",
        sheet(
            ("2024年1月销售(万元)",),
            ("区域", "销售额", "备注"),
            ("甲公司",),
            (WUHAN, 10, "a"),
            (YICHANG, 20, "b"),
            ("小计", 30),
            ("乙公司：",),
            (WUHAN, 30, "c"),
            ("小计", 30),
        ),
        ("constant",),
        [("2", "A", "2024-01", 100_000), ("3", "A", "2024-01", 200_000), ("2", "B", "2024-01", 300_000)],
    ),
    Meaning(  # 市场 in a header is no column of cities
        "p_capacity.xlsx",
        sheet(
            ("单位：万元",),
            ("月份", "市场容量", "备注"),
            (WUHAN,),
            ("2024-01", 10, "a"),
            ("2024-02", 20, "b"),
            (YICHANG,),
            ("2024-01", 30, "c"),
        ),
        (),
        [("2", "2024-01", 100_000), ("2", "2024-02", 200_000), ("3", "2024-01", 300_000)],
        ("region_id", "month", "amount"),
    ),
    Meaning(  # rows above the first caption belong to something else
        "p_later.xlsx",
        sheet(
            ("武汉市2024年1月销售(万元)",),
            ("公司", "销售额", "备注"),
            ("甲公司", 10, "a"),
            (YICHANG,),
            ("甲公司", 30, "c"),
        ),
        ("constant", "missing", "missing", "table"),
        [("2", "A", "2024-01", 100_000), ("3", "A", "2024-01", 300_000)],
        answers={"table": "market_sales"},
    ),
]
CASES = [*NAMED, *CONFLICTS, *CAPTIONS]
