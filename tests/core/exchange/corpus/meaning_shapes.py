"""Files whose shape says whose figures they are: headers of any depth, blocks, fiscal years, equal sheets."""

from itertools import permutations

from tests.core.exchange.corpus.meaning_case import Meaning, sheet

WUHAN, YICHANG = "武汉市", "宜昌市"
HEAD = ("区域", "公司", "月份", "销售额(元)")


def _deep(order: tuple[str, ...], *, merged: bool, own: str = "甲公司") -> Meaning:
    """Return a file with company, month and unit of three levels in any order above two measures."""
    labels = {"公司": (own, "乙公司"), "月份": ("1月", "2月"), "年": ("2024年",)}
    columns: list[tuple[str, ...]] = [()]
    for level in order:
        columns = [(*path, label) for path in columns for label in labels[level]]
    head: list[list[object]] = [["区域", *(path[depth] for path in columns)] for depth in range(len(order))]
    spans: list[tuple[int, int, int, int]] = []
    for depth, row in enumerate(head):
        at = 1
        while at < len(row):
            end = at
            while end + 1 < len(row) and [r[end + 1] for r in head[: depth + 1]] == [
                r[at] for r in head[: depth + 1]
            ]:
                end += 1
            if end > at and depth < len(order) - 1:
                spans += [(depth + 1, at, depth + 1, end)]
            at = end + 1
    for top, left, _bottom, right in spans:
        head[top - 1][left + 1 : right + 1] = [None] * (right - left)
    for row in head[1:]:
        row[0] = None
    figures = {
        (company, month): 10 * (1 + at) + place
        for at, company in enumerate(labels["公司"])
        for place, month in enumerate(labels["月份"], 1)
    }
    names = [{level: path[place] for place, level in enumerate(order)} for path in columns]
    body = [WUHAN, *(figures[name["公司"], name["月份"]] for name in names)]
    stored = [
        ("2", company, f"2024-{month:02d}", figures[label, f"{month}月"])
        for label, company in zip(labels["公司"], "AB", strict=True)
        for month in (1, 2)
    ]
    title = ["销售额(元)" if "年" in order else "2024年销售额(元)"]
    name = f"i_{''.join(order)}{'_merged' if merged else ''}{'_us' if own != '甲公司' else ''}.xlsx"
    return Meaning(name, sheet(title, *head, body), (), stored, merged=spans if merged else ())


DEPTHS = [
    _deep(order, merged=merged)
    for levels in (("公司", "月份"), ("公司", "月份", "年"))
    for order in permutations(levels)
    if "年" not in order or order.index("年") < order.index("月份")
    for merged in (True, False)
]
DEPTHS += [_deep(order, merged=True, own="我司") for order in permutations(("公司", "月份"))]
PERIODS = [
    Meaning(
        f"i_{upper[1]}{'_merged' if merged else ''}.xlsx",
        sheet(
            ("2024年3月销售(元)",),
            ("区域", "公司", upper[0], None, upper[1], None),
            (None, None, "销售额", "增幅", "销售额", "增幅"),
            (WUHAN, "甲公司", 10, 0.1, 8, 0.2),
            (YICHANG, "甲公司", 20, 0.1, 18, 0.2),
        ),
        ("constant",),
        [("2", "A", "2024-03", 10), ("3", "A", "2024-03", 20)],
        merged=((1, 2, 1, 3), (1, 4, 1, 5)) if merged else (),
    )
    for upper in (("本期", "同期"), ("本年", "去年"), ("实际", "上年同期"))
    for merged in (True, False)
]
ACROSS = [
    Meaning(
        f"a_{number}.xlsx",
        sheet(("区域", "月份", *heads), (WUHAN, "2024-03", 10, 8), (YICHANG, "2024-03", 20, 18)),
        (),
        [
            ("2", "A", "2024-03", 10),
            ("2", "B", "2024-03", 8),
            ("3", "A", "2024-03", 20),
            ("3", "B", "2024-03", 18),
        ],
    )
    for number, heads in enumerate(
        (
            ("我司销售额(元)", "乙公司销售额(元)"),
            ("甲公司销售额(元)", "乙公司销售额(元)"),
            ("销售额（我司）(元)", "销售额（乙公司）(元)"),
            ("本公司-销售额(元)", "乙公司-销售额(元)"),
        )
    )
]
ACROSS.append(
    Meaning(
        "a_unknown.xlsx",
        sheet(
            ("2024年3月销售(元)",),
            ("区域", "红牌", None, "绿牌", None),
            (None, "销售额", "增幅", "销售额", "增幅"),
            (WUHAN, 10, 1, 8, 1),
            (YICHANG, 20, 2, 18, 2),
        ),
        ("table", "wide"),
        None,
    )
)


def _blocks(
    name: str, rows: tuple[tuple[object, ...], ...], stored: list[tuple[object, ...]], *asked: str
) -> Meaning:
    return Meaning(f"b_{name}.xlsx", sheet(*rows), asked, stored)


MONTHS = ("区域", "公司", "1月", "2月")
BOTH = [
    ("2", "A", "2023-01", 1),
    ("2", "A", "2023-02", 2),
    ("3", "A", "2024-01", 7),
    ("3", "A", "2024-02", 8),
]
BLOCKS = [
    _blocks(
        f"years_{gap}",
        (
            ("2023年销售(元)",),
            MONTHS,
            (WUHAN, "甲公司", 1, 2),
            *between,
            ("2024年销售(元)",),
            MONTHS,
            (YICHANG, "甲公司", 7, 8),
        ),
        BOTH,
    )
    for gap, between in (
        ("gap", ((),)),
        ("no_gap", ()),
        ("note", (("注：含税",), ())),
        ("total", (("合计", None, 1, 2), ())),
    )
]
BLOCKS += [
    _blocks(
        "units",
        (
            ("2023年销售(万元)",),
            MONTHS,
            (WUHAN, "甲公司", 1, 2),
            (),
            ("2024年销售(元)",),
            MONTHS,
            (YICHANG, "甲公司", 7, 8),
        ),
        [("2", "A", "2023-01", 10_000), ("2", "A", "2023-02", 20_000), *BOTH[2:]],
    ),
    _blocks(
        "swapped",
        (
            HEAD,
            (WUHAN, "甲公司", "2024-01", 10),
            ("区域", "月份", "公司", "销售额(元)"),
            (YICHANG, "2024-01", "甲公司", 30),
        ),
        [("2", "A", "2024-01", 10), ("3", "A", "2024-01", 30)],
    ),
    _blocks(
        "swapped_figures",
        (
            ("区域", "公司", "月份", "销售额(元)", "份额"),
            (WUHAN, "甲公司", "2024-01", 10, 0.5),
            ("区域", "公司", "月份", "份额", "销售额(元)"),
            (YICHANG, "甲公司", "2024-01", 0.3, 30),
        ),
        [("2", "A", "2024-01", 10), ("3", "A", "2024-01", 30)],
    ),
    _blocks(
        "pages",
        (
            ("2024年销售(元)",),
            MONTHS,
            (WUHAN, "甲公司", 1, 2),
            ("第 1 页",),
            ("2024年销售(元)",),
            MONTHS,
            (YICHANG, "甲公司", 7, 8),
            ("第 2 页",),
        ),
        [("2", "A", "2024-01", 1), ("2", "A", "2024-02", 2), *BOTH[2:]],
    ),
    _blocks(
        "captions",
        (
            ("2024年销售(元)",),
            ("区域", "公司", "销售额(元)"),
            ("1月",),
            (WUHAN, "甲公司", 1),
            ("2月",),
            (WUHAN, "甲公司", 3),
        ),
        [("2", "A", "2024-01", 1), ("2", "A", "2024-02", 3)],
        "constant",
        "constant",
    ),
    _blocks(
        "beside",
        (
            ("2023年销售(元)", None, None, None, "2024年销售(元)"),
            ("区域", "公司", "1月", None, "区域", "公司", "1月"),
            (WUHAN, "甲公司", 1, None, YICHANG, "甲公司", 3),
        ),
        [("2", "A", "2023-01", 1), ("3", "A", "2024-01", 3)],
    ),
    _blocks(
        "beside_at_once",
        ((*HEAD, *HEAD), (WUHAN, "甲公司", "2024-01", 1, YICHANG, "甲公司", "2024-01", 3)),
        [("2", "A", "2024-01", 1), ("3", "A", "2024-01", 3)],
    ),
]


def _years(
    name: str, title: str, months: tuple[str, ...], dated: tuple[str, ...], *asked: str, answer: str = ""
) -> Meaning:
    cells = sheet((title,), ("区域", "公司", *months), (WUHAN, "甲公司", *range(1, len(months) + 1)))
    stored = [("2", "A", month, at) for at, month in enumerate(dated, 1)]
    return Meaning(f"d_{name}.xlsx", cells, asked, stored, answers={"year": answer} if answer else {})


AUTUMN = ("10月", "11月", "12月", "1月", "2月")
FALL = ("2024-10", "2024-11", "2024-12", "2025-01", "2025-02")
YEARS = [
    _years("fy", "FY2024销售额(元)", AUTUMN, FALL, "year", answer="2024-10"),
    _years("fy_before", "FY2025销售额(元)", AUTUMN, FALL, "year", answer="2024-10"),
    _years("plain_fall", "2024年销售额(元)", AUTUMN, FALL, "year", answer="2024-10"),
    _years("fiscal_words", "2024财年销售额(元)", AUTUMN, FALL, "year", answer="2024-10"),
    _years("two_years", "2024–2025年度销售额(元)", AUTUMN, FALL),
    _years("two_years_slash", "2024/2025年度销售额(元)", AUTUMN, FALL),
    _years("first_dated", "销售额(元)", ("2024年10月", *AUTUMN[1:]), FALL),
    _years("calendar", "2024年销售额(元)", ("1月", "2月"), ("2024-01", "2024-02")),
    _years(
        "fiscal_no_fall", "FY2024销售额(元)", ("4月", "5月"), ("2023-04", "2023-05"), "year", answer="2023"
    ),
    _years("one_month", "2024年销售额(元)", ("1月",), ("2024-01",)),
    Meaning(
        "d_rows.xlsx",
        sheet(
            ("FY2024销售(元)",), HEAD, *((WUHAN, "甲公司", month, at) for at, month in enumerate(AUTUMN, 1))
        ),
        ("year",),
        [("2", "A", month, at) for at, month in enumerate(FALL, 1)],
        answers={"year": "2024-10"},
    ),
]
NO_MONTH, NO_REGION, NO_COMPANY = (
    ("区域", "公司", "销售额(元)"),
    ("公司", "月份", "销售额(元)"),
    ("区域", "月份", "销售额(元)"),
)
EVERY = {"1月": (NO_MONTH, (WUHAN, "甲公司", 1)), "2月": (NO_MONTH, (WUHAN, "甲公司", 2))}
SUMMED = [("2", "A", "2024-01", 1), ("2", "A", "2024-02", 2)]
SHEETS = [
    Meaning("j_2024_months.xlsx", EVERY, (), SUMMED),
    Meaning(
        "j_2024_summary.xlsx",
        {**EVERY, "汇总": (NO_MONTH, (WUHAN, "甲公司", 3))},
        ("summary_sheet",),
        SUMMED,
        answers={"missing": "2024-03"},
    ),
    Meaning("j_no_year.xlsx", EVERY, ("year",), SUMMED, answers={"year": "2024"}),
    Meaning(
        "j_regions.xlsx",
        {WUHAN: (NO_REGION, ("甲公司", "2024-01", 1)), YICHANG: (NO_REGION, ("甲公司", "2024-01", 2))},
        (),
        [("2", "A", "2024-01", 1), ("3", "A", "2024-01", 2)],
    ),
    Meaning(
        "j_companies.xlsx",
        {"甲公司": (NO_COMPANY, (WUHAN, "2024-01", 1)), "乙公司": (NO_COMPANY, (WUHAN, "2024-01", 2))},
        (),
        [("2", "A", "2024-01", 1), ("2", "B", "2024-01", 2)],
    ),
    Meaning(
        "j_equal.xlsx",
        {
            "甲": (HEAD, (WUHAN, "甲公司", "2024-01", 1)),
            "乙": (HEAD, (YICHANG, "甲公司", "2024-01", 2)),
            "丙": (HEAD, (YICHANG, "乙公司", "2024-01", 3)),
        },
        (),
        [("2", "A", "2024-01", 1), ("3", "A", "2024-01", 2), ("3", "B", "2024-01", 3)],
    ),
    Meaning(
        "j_hidden.xlsx",
        {"甲": (HEAD, (WUHAN, "甲公司", "2024-01", 1)), "乙": (HEAD, (YICHANG, "甲公司", "2024-01", 2))},
        ("hidden_sheet",),
        [("2", "A", "2024-01", 1)],
        hidden=("乙",),
    ),
    Meaning(
        "j_hidden_kept.xlsx",
        {"甲": (HEAD, (WUHAN, "甲公司", "2024-01", 1)), "乙": (HEAD, (YICHANG, "甲公司", "2024-01", 2))},
        ("hidden_sheet",),
        [("2", "A", "2024-01", 1), ("3", "A", "2024-01", 2)],
        answers={"hidden_sheet": "keep"},
        hidden=("乙",),
    ),
]
CASES = [*DEPTHS, *PERIODS, *ACROSS, *BLOCKS, *YEARS, *SHEETS]
