"""Titles, units, page breaks, footnotes and blank rows around the table."""

from tests.core.exchange.corpus.case import Case, book, text

HEAD = ("区域", "客户名称", "销售额", "数量")
A, B, C = ("华东", "甲商行", 120.5, 10.0), ("华东", "乙商行", 80.0, 8.0), ("华北", "丙商行", 60.25, 6.0)

CASES = [
    Case(
        "title_and_unit.xlsx",
        "Title merged over all columns, a line with the unit, an empty row, then the header.",
        book(
            [("2024年3月销售月报",), (None, None, None, "单位：万元"), (), HEAD, A, B, C],
            lambda _book, sheet: sheet.merge_range(0, 0, 0, 3, "2024年3月销售月报"),
        ),
        [(HEAD, [A, B, C])],
        numbers=(5, 6, 7),
        notes=("title",),
    ),
    Case(
        "form_head.csv",
        "Lines of names and values stand above the header, and numbers among them.",
        text(
            "经销商：甲公司,,,\n报表日期,2024-03-31,,\n编号,20240331,,\n\n区域,客户名称,销售额,数量\n华东,甲商行,120.5,10\n华东,乙商行,80,8\n"
        ),
        [(HEAD, [("华东", "甲商行", "120.5", "10"), ("华东", "乙商行", "80", "8")])],
        numbers=(6, 7),
    ),
    Case(
        "pages.xlsx",
        "Every printed page repeats title, header and a page number.",
        book([("月报",), HEAD, A, B, ("第1页 共2页",), ("月报",), HEAD, C, ("第2页 共2页",)]),
        [(HEAD, [A, B, C])],
        numbers=(3, 4, 8),
        notes=("repeated_header", "footnotes"),
    ),
    Case(
        "footnotes.xlsx",
        "Notes and signatures below the table, after two hundred formatted empty rows.",
        book(
            [
                HEAD,
                A,
                B,
                C,
                *[()] * 200,
                ("注：销售额不含税",),
                ("制表人：张三", None, "审核：李四", "日期：2024-04-01"),
            ],
            lambda workbook, sheet: [
                sheet.set_row(row, 20, workbook.add_format({"border": 1})) for row in range(4, 204)
            ],
        ),
        [(HEAD, [A, B, C])],
        numbers=(2, 3, 4),
        notes=("footnotes",),
    ),
    Case(
        "offset.xlsx",
        "The table begins in column C and row 4; the columns left of it are empty.",
        book([(), (), (), (None, None, *HEAD), (None, None, *A), (None, None, *B)]),
        [(HEAD, [A, B])],
        numbers=(5, 6),
    ),
    Case(
        "missing_first_numbers.csv",
        "The first rows of data have no numbers: they mustn't be taken for a header.",
        text(
            "区域,客户名称,销售额,数量\n华东,甲商行,,\n华东,乙商行,—,\n华北,丙商行,60.25,6\n华北,丁商行,1,2\n华北,戊商行,3,4\n"
        ),
        [
            (
                HEAD,
                [
                    ("华东", "甲商行", None, None),
                    ("华东", "乙商行", "—", None),
                    ("华北", "丙商行", "60.25", "6"),
                    ("华北", "丁商行", "1", "2"),
                    ("华北", "戊商行", "3", "4"),
                ],
            )
        ],
    ),
    Case(
        "no_header.csv",
        "There is no header at all; the first row is data.",
        text("T001,甲商行,120.5,10\nT002,乙商行,80,8\nT003,丙商行,60.25,6\n"),
        [
            (
                ("column A", "column B", "column C", "column D"),
                [
                    ("T001", "甲商行", "120.5", "10"),
                    ("T002", "乙商行", "80", "8"),
                    ("T003", "丙商行", "60.25", "6"),
                ],
            )
        ],
        questions=("header_row",),
    ),
    Case(
        "texts_only.csv",
        "A table of names only, with words no list of headers knows: the reader has to ask.",
        text("甲,乙,丙\n红,绿,蓝\n东,西,南\n春,夏,秋\n"),
        [(("甲", "乙", "丙"), [("红", "绿", "蓝"), ("东", "西", "南"), ("春", "夏", "秋")])],
        questions=("header_row",),
    ),
    Case(
        "dealers.csv",
        "A table of names only whose header is known by its words.",
        text("客户编码,客户名称,所属区域\nK001,甲商行,华东\nK002,乙商行,华北\n"),
        [(("客户编码", "客户名称", "所属区域"), [("K001", "甲商行", "华东"), ("K002", "乙商行", "华北")])],
    ),
    Case(
        "two_tables.xlsx",
        "A second table with other columns stands below the first.",
        book(
            [
                HEAD,
                A,
                B,
                (),
                ("产品目录",),
                ("产品编码", "产品名称", "规格"),
                ("P1", "水", "500ml"),
                ("P2", "茶", "1L"),
            ]
        ),
        [(HEAD, [A, B]), (("产品编码", "产品名称", "规格"), [("P1", "水", "500ml"), ("P2", "茶", "1L")])],
        notes=("extra_table",),
    ),
    Case(
        "header_only.csv",
        "A title and a header, and no rows: there is no table, and nothing to ask.",
        text("月报,,\n区域,客户名称,销售额\n"),
        [],
    ),
]
