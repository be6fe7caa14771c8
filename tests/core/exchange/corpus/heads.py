"""Headers of several rows, merged or not, and columns that are merged downwards."""

import datetime as dt

from core.exchange.readers import ReadOptions
from tests.core.exchange.corpus.case import Case, book, text

TWO = [("区域", "客户", "本月", None, "上月", None), (None, None, "销售额", "数量", "销售额", "数量")]
FLAT = ("区域", "客户", "本月 / 销售额", "本月 / 数量", "上月 / 销售额", "上月 / 数量")
ROWS = [("华东", "甲", 10.0, 1.0, 9.0, 2.0), ("华北", "乙", 20.0, 3.0, 19.0, 4.0)]


def merge_two(_book: object, sheet: object) -> None:
    sheet.merge_range(0, 0, 1, 0, "区域")
    sheet.merge_range(0, 1, 1, 1, "客户")
    sheet.merge_range(0, 2, 0, 3, "本月")
    sheet.merge_range(0, 4, 0, 5, "上月")


def merge_regions(_book: object, sheet: object) -> None:
    sheet.merge_range(1, 0, 3, 0, "华东")
    sheet.merge_range(4, 0, 5, 0, "华北")


def merge_amount(_book: object, sheet: object) -> None:
    sheet.merge_range(1, 2, 2, 2, 50)


REGIONS = [
    ("区域", "客户", "销售额"),
    ("华东", "甲", 1),
    (None, "乙", 2),
    (None, "丙", 3),
    ("华北", "丁", 4),
    (None, "戊", 5),
]
FILLED = [
    ("华东", "甲", 1.0),
    ("华东", "乙", 2.0),
    ("华东", "丙", 3.0),
    ("华北", "丁", 4.0),
    ("华北", "戊", 5.0),
]
AMOUNTS = [("区域", "客户", "销售额"), ("华东", "甲", 50), ("华东", "乙", None), ("华北", "丙", 7)]

CASES = [
    Case(
        "merged_two_rows.xlsx",
        "A header of two rows, merged across and downwards.",
        book([*TWO, *ROWS], merge_two),
        [(FLAT, ROWS)],
        numbers=(3, 4),
        notes=("header",),
    ),
    Case(
        "two_rows.csv",
        "The same header in a text file, where merging left empty cells.",
        text(
            "区域,客户,本月,,上月,\n,,销售额,数量,销售额,数量\n华东,甲,10,1,9,2\n华北,乙,20,3,19,4\n", "gbk"
        ),
        [(FLAT, [("华东", "甲", "10", "1", "9", "2"), ("华北", "乙", "20", "3", "19", "4")])],
        notes=("header", "encoding"),
    ),
    Case(
        "three_rows.csv",
        "A header of three rows: year, month, measure – and a title above.",
        text(
            "销售与数量,,,,\n区域,2024年,,,\n,1月,,2月,\n,销售额,数量,销售额,数量\n华东,1,2,3,4\n华北,5,6,7,8\n"
        ),
        [
            (
                ("区域", "月份", "销售额", "数量"),
                [
                    ("华东", "2024-01", "1", "2"),
                    ("华东", "2024-02", "3", "4"),
                    ("华北", "2024-01", "5", "6"),
                    ("华北", "2024-02", "7", "8"),
                ],
            )
        ],
        numbers=(5, 5, 6, 6),
    ),
    Case(
        "line_breaks.xlsx",
        "Header cells with line breaks, one of them twice, one without a name.",
        book(
            [
                ("区域", "销售额\n（万元）", "备注", "备注", None),
                ("华东", 1, "a", "b", "c"),
                ("华北", 2, "d", "e", "f"),
            ]
        ),
        [
            (
                ("区域", "销售额 （万元）", "备注", "备注 (2)", "column E"),
                [("华东", 1.0, "a", "b", "c"), ("华北", 2.0, "d", "e", "f")],
            )
        ],
    ),
    Case(
        "merged_regions.xlsx",
        "The region is merged over the rows of its customers.",
        book(REGIONS, merge_regions),
        [(("区域", "客户", "销售额"), FILLED)],
        notes=("filled_down",),
    ),
    Case(
        "regions_once.csv",
        "The region is written once; a text file can't tell an empty cell from a merged one.",
        text("区域,客户,销售额\n华东,甲,1\n,乙,2\n,丙,3\n华北,丁,4\n,戊,5\n"),
        [(("区域", "客户", "销售额"), [(a, b, f"{c:.0f}") for a, b, c in FILLED])],
        questions=("fill_down",),
    ),
    Case(
        "regions_once_left.csv",
        "The same file where a person said that empty means empty.",
        text("区域,客户,销售额\n华东,甲,1\n,乙,2\n,丙,3\n华北,丁,4\n,戊,5\n"),
        [
            (
                ("区域", "客户", "销售额"),
                [
                    ("华东", "甲", "1"),
                    (None, "乙", "2"),
                    (None, "丙", "3"),
                    ("华北", "丁", "4"),
                    (None, "戊", "5"),
                ],
            )
        ],
        options=ReadOptions(fill_down="leave"),
    ),
    Case(
        "merged_amount.xlsx",
        "One amount is merged over two customers: repeating it would double the sales.",
        book(AMOUNTS, merge_amount),
        [(("区域", "客户", "销售额"), [("华东", "甲", 50.0), ("华东", "乙", None), ("华北", "丙", 7.0)])],
        questions=("merged_values",),
    ),
    Case(
        "name_over_full_header.csv",
        "A single word above a header that is complete: a title, or a name of columns?",
        text(",,重点,\n区域,客户,销售额,数量\n华东,甲,1,2\n华北,乙,3,4\n"),
        [(("区域", "客户", "销售额", "数量"), [("华东", "甲", "1", "2"), ("华北", "乙", "3", "4")])],
        questions=("header_rows",),
    ),
    Case(
        "date_header.xlsx",
        "Months across as real dates that Excel shows as 2024年1月.",
        book(
            [
                ("区域", dt.datetime(2024, 1, 1), dt.datetime(2024, 2, 1), dt.datetime(2024, 3, 1)),
                ("华东", 1, 2, 3),
                ("华北", 4, None, 6),
            ],
            lambda workbook, sheet: [
                sheet.write_datetime(
                    0, n, dt.datetime(2024, n, 1), workbook.add_format({"num_format": 'yyyy"年"m"月"'})
                )
                for n in (1, 2, 3)
            ],
        ),
        [
            (
                ("区域", "月份", "销售额"),
                [
                    ("华东", "2024-01", 1.0),
                    ("华东", "2024-02", 2.0),
                    ("华东", "2024-03", 3.0),
                    ("华北", "2024-01", 4.0),
                    ("华北", "2024-03", 6.0),
                ],
            )
        ],
        options=ReadOptions(measure="销售额"),
    ),
    Case(
        "row_of_units.csv",
        "Below the names stands a row of units.",
        text("区域,客户名称,销售额,数量\n-,-,万元,箱\n华东,甲,1,2\n华北,乙,3,4\n"),
        [
            (
                ("区域", "客户名称", "销售额(万元)", "数量(箱)"),
                [("华东", "甲", "1", "2"), ("华北", "乙", "3", "4")],
            )
        ],
    ),
    Case(
        "value_like_label.csv",
        "The first row of data has a word where a date should be: it is no second header.",
        text("日期,区域,客户名称\n待定,华东,甲\n2024-03-01,华北,乙\n2024-03-02,华南,丙\n"),
        [
            (
                ("日期", "区域", "客户名称"),
                [("待定", "华东", "甲"), ("2024-03-01", "华北", "乙"), ("2024-03-02", "华南", "丙")],
            )
        ],
    ),
]
