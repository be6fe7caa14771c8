"""Wide tables: months, products or companies side by side."""

from core.exchange.readers import ReadOptions
from tests.core.exchange.corpus.case import Case, book, text

CASES = [
    Case(
        "months_across.xlsx",
        "Months across without a year, a total column; year, measure and unit stand in the title.",
        book(
            [
                ("2024年各区域销售额（万元）",),
                ("区域", "1月", "2月", "3月", "合计"),
                ("华东", 1, 2, 3, 6),
                ("华北", 4, None, 6, 10),
                ("合计", 5, 2, 9, 16),
            ]
        ),
        [
            (
                ("区域", "月份", "销售额(万元)"),
                [
                    ("华东", "2024-01", 1.0),
                    ("华东", "2024-02", 2.0),
                    ("华东", "2024-03", 3.0),
                    ("华北", "2024-01", 4.0),
                    ("华北", "2024-03", 6.0),
                ],
            )
        ],
        totals=((5, "合计", True), (0, "合计", True)),
        numbers=(3, 3, 3, 4, 4),
        notes=("long", "year"),
    ),
    Case(
        "months_no_year.csv",
        "Months across, and no year anywhere: the reader has to ask.",
        text("区域,一月,二月,三月\n华东,1,2,3\n华北,4,5,6\n"),
        [
            (
                ("区域", "月份", "数值"),
                [
                    ("华东", "1月", "1"),
                    ("华东", "2月", "2"),
                    ("华东", "3月", "3"),
                    ("华北", "1月", "4"),
                    ("华北", "2月", "5"),
                    ("华北", "3月", "6"),
                ],
            )
        ],
        questions=("year", "measure"),
    ),
    Case(
        "months_answered.csv",
        "The same file with the answers of last month.",
        text("区域,一月,二月\n华东,1,2\n华北,4,5\n"),
        [
            (
                ("区域", "月份", "销售额"),
                [
                    ("华东", "2023-01", "1"),
                    ("华东", "2023-02", "2"),
                    ("华北", "2023-01", "4"),
                    ("华北", "2023-02", "5"),
                ],
            )
        ],
        options=ReadOptions(year=2023, measure="销售额"),
    ),
    Case(
        "companies_unknown.csv",
        "A company that nobody knows beside two that are known: none is lost.",
        text("城市,月份,康师,统壹,农山\n武汉市,2024-01,1,2,3\n"),
        [
            (
                ("城市", "月份", "公司", "数值"),
                [
                    ("武汉市", "2024-01", "康师", "1"),
                    ("武汉市", "2024-01", "统壹", "2"),
                    ("武汉市", "2024-01", "农山", "3"),
                ],
            )
        ],
        questions=("measure",),
        options=ReadOptions(lexicon={"统壹": "company", "农山": "company"}),
    ),
    Case(
        "companies_across.csv",
        "Companies across under a name that says so, with a total column.",
        text(
            "区域,月份,各公司销售额,,,\n,,康师,统壹,农山,合计\n华东,2024-01,1,2,3,6\n华北,2024-01,4,5,6,15\n"
        ),
        [
            (
                ("区域", "月份", "公司", "销售额"),
                [
                    ("华东", "2024-01", "康师", "1"),
                    ("华东", "2024-01", "统壹", "2"),
                    ("华东", "2024-01", "农山", "3"),
                    ("华北", "2024-01", "康师", "4"),
                    ("华北", "2024-01", "统壹", "5"),
                    ("华北", "2024-01", "农山", "6"),
                ],
            )
        ],
        totals=((0, "各公司销售额 / 合计", True),),
    ),
    Case(
        "names_across.csv",
        "Three columns of numbers with names nobody knows: measures, products or companies?",
        text("区域,月份,雪峰,冰川,绿洲\n华东,2024-01,1,2,3\n华北,2024-01,4,5,6\n"),
        [
            (
                ("区域", "月份", "雪峰", "冰川", "绿洲"),
                [("华东", "2024-01", "1", "2", "3"), ("华北", "2024-01", "4", "5", "6")],
            )
        ],
        questions=("wide",),
    ),
    Case(
        "names_answered.csv",
        "The same file where a person said that they are products and what the numbers are.",
        text("区域,月份,雪峰,冰川,绿洲\n华东,2024-01,1,2,3\n"),
        [
            (
                ("区域", "月份", "产品", "销量"),
                [
                    ("华东", "2024-01", "雪峰", "1"),
                    ("华东", "2024-01", "冰川", "2"),
                    ("华东", "2024-01", "绿洲", "3"),
                ],
            )
        ],
        options=ReadOptions(wide="product", measure="销量", header_row=1),
    ),
    Case(
        "months_with_measures.csv",
        "Month and measure in one cell, two measures in turn.",
        text("2023年度\n区域,1月销售额,1月数量,2月销售额,2月数量\n华东,1,2,3,4\n华北,5,6,,\n"),
        [
            (
                ("区域", "月份", "销售额", "数量"),
                [("华东", "2023-01", "1", "2"), ("华东", "2023-02", "3", "4"), ("华北", "2023-01", "5", "6")],
            )
        ],
        notes=("year", "long"),
    ),
]
