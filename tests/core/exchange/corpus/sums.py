"""Totals: known by words, by arithmetic, or not at all."""

from core.exchange.readers import ReadOptions
from tests.core.exchange.corpus.case import Case, book, text

HEAD = ("区域", "客户", "销售额", "份额")

CASES = [
    Case(
        "subtotals.xlsx",
        "A subtotal after every region and a grand total; the share of a total is no sum.",
        book(
            [
                HEAD,
                ("华东", "甲", 1.5, 0.1),
                ("华东", "乙", 2.5, 0.2),
                ("小计", None, 4, 0.15),
                ("华北", "丙", 3, 0.3),
                ("小 计", None, 3, 0.3),
                ("合　计", None, 7, 0.2),
            ]
        ),
        [(HEAD, [("华东", "甲", 1.5, 0.1), ("华东", "乙", 2.5, 0.2), ("华北", "丙", 3.0, 0.3)])],
        totals=((4, "小计", True), (6, "小 计", True), (7, "合 计", True)),
        numbers=(2, 3, 5),
    ),
    Case(
        "wrong_total.csv",
        "The grand total is 10 above the sum of the rows: it is set aside and the difference told.",
        text("区域,客户,销售额\n华东,甲,100\n华北,乙,200\n总计,,310\n"),
        [(("区域", "客户", "销售额"), [("华东", "甲", "100"), ("华北", "乙", "200")])],
        totals=((4, "总计", False),),
    ),
    Case(
        "named_subtotals.csv",
        "Subtotals stand above their rows and carry the name of the region.",
        text("区域,客户,销售额\n总计,,60\n华东小计,,30\n华东,甲,10\n华东,乙,20\n华北小计,,30\n华北,丙,30\n"),
        [(("区域", "客户", "销售额"), [("华东", "甲", "10"), ("华东", "乙", "20"), ("华北", "丙", "30")])],
        totals=((2, "总计", True), (3, "华东小计", True), (6, "华北小计", True)),
    ),
    Case(
        "english_totals.csv",
        "Subtotal and Grand Total in English; “Total” is also the name of a petrol station, with a code.",
        text(
            "region,shop,code,amount\nEast,Alpha,S1,10\nEast,Beta,S2,20\nSubtotal,,,30\n"
            "West,Total,S3,5\nWest,Gamma,S4,6\nSubtotal,,,11\nGrand Total,,,41\n"
        ),
        [
            (
                ("region", "shop", "code", "amount"),
                [
                    ("East", "Alpha", "S1", "10"),
                    ("East", "Beta", "S2", "20"),
                    ("West", "Total", "S3", "5"),
                    ("West", "Gamma", "S4", "6"),
                ],
            )
        ],
        questions=("totals",),
        totals=((4, "Subtotal", True), (7, "Subtotal", True), (8, "Grand Total", True)),
    ),
    Case(
        "name_ends_in_total.csv",
        "A shop whose name ends like a total, with code and amount of its own: the reader asks.",
        text(
            "编码,名称,区域,销售额\nS1,甲超市,华东,10\nS2,好又多总汇总,华东,7\nS3,丙超市,华东,30\nS4,丁超市,华北,2\n"
        ),
        [
            (
                ("编码", "名称", "区域", "销售额"),
                [
                    ("S1", "甲超市", "华东", "10"),
                    ("S2", "好又多总汇总", "华东", "7"),
                    ("S3", "丙超市", "华东", "30"),
                    ("S4", "丁超市", "华北", "2"),
                ],
            )
        ],
        questions=("totals",),
    ),
    Case(
        "unlabelled_total.csv",
        "The last row has no name, only sums.",
        text("区域,客户,销售额,数量\n华东,甲,10,1\n华东,乙,20,2\n华北,丙,30,3\n,,60,6\n"),
        [
            (
                ("区域", "客户", "销售额", "数量"),
                [("华东", "甲", "10", "1"), ("华东", "乙", "20", "2"), ("华北", "丙", "30", "3")],
            )
        ],
        totals=((5, "60 | 6", True),),
    ),
    Case(
        "province_first.csv",
        "The first row is the province, the sum of its cities, and nothing calls it so.",
        text("区域,销售额,数量\n江苏省,60,6\n南京,10,1\n苏州,20,2\n无锡,30,3\n"),
        [(("区域", "销售额", "数量"), [("南京", "10", "1"), ("苏州", "20", "2"), ("无锡", "30", "3")])],
        questions=("totals",),
        totals=((2, "江苏省 | 60 | 6", True),),
    ),
    Case(
        "province_kept.csv",
        "The same file where a person said that the province is data.",
        text("区域,销售额,数量\n江苏省,60,6\n南京,10,1\n苏州,20,2\n无锡,30,3\n"),
        [
            (
                ("区域", "销售额", "数量"),
                [("江苏省", "60", "6"), ("南京", "10", "1"), ("苏州", "20", "2"), ("无锡", "30", "3")],
            )
        ],
        options=ReadOptions(totals="data"),
    ),
    Case(
        "kept_totals.csv",
        "A person wants the totals in the table.",
        text("区域,销售额\n华东,10\n华北,20\n合计,30\n"),
        [(("区域", "销售额"), [("华东", "10"), ("华北", "20"), ("合计", "30")])],
        options=ReadOptions(keep_totals=True),
    ),
    Case(
        "nameless_subtotals.csv",
        "Sums without a word below every region and at the end; a column of zeros adds up too.",
        text("区域,客户,销售额,退货\n华东,甲,10,0\n华东,乙,20,0\n,,30,0\n华北,丙,5,0\n,,5,0\n,,35,0\n"),
        [
            (
                ("区域", "客户", "销售额", "退货"),
                [("华东", "甲", "10", "0"), ("华东", "乙", "20", "0"), ("华北", "丙", "5", "0")],
            )
        ],
        totals=((4, "30 | 0", True), (6, "5 | 0", True), (7, "35 | 0", True)),
        numbers=(2, 3, 5),
    ),
    Case(
        "nameless_row.csv",
        "A row without region and customer that is no sum of anything: it stays, and the reader asks.",
        text("区域,客户,销售额\n华东,甲,10\n华东,乙,20\n,,7\n华北,丙,5\n"),
        [
            (
                ("区域", "客户", "销售额"),
                [("华东", "甲", "10"), ("华东", "乙", "20"), (None, None, "7"), ("华北", "丙", "5")],
            )
        ],
        questions=("totals",),
    ),
]
