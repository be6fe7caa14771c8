"""Encodings, separators and quotes of text files."""

from core.exchange.readers import ReadOptions
from tests.core.exchange.corpus.case import Case, text

BODY = "区域,客户名称,销售额\n华东,上海甲商贸有限公司,120.5\n华北,北京乙经营部,80\n"
TABLE = (
    ("区域", "客户名称", "销售额"),
    [("华东", "上海甲商贸有限公司", "120.5"), ("华北", "北京乙经营部", "80")],
)
TRADITIONAL = "區域,客戶名稱,銷售額\n華東,臺北縣甲貿易有限公司,120.5\n華北,高雄市乙營業所,80\n"
TRADITIONAL_TABLE = (
    ("區域", "客戶名稱", "銷售額"),
    [("華東", "臺北縣甲貿易有限公司", "120.5"), ("華北", "高雄市乙營業所", "80")],
)

CASES = [
    Case("utf8_mark.csv", "UTF-8 with the mark Excel writes.", text(BODY, "utf-8-sig"), [TABLE]),
    Case("gbk.csv", "GBK, as Excel in Chinese saves CSV.", text(BODY, "gbk"), [TABLE], notes=("encoding",)),
    Case(
        "gb18030.csv",
        "Letters that only GB18030 has: four bytes each.",
        text(BODY.replace("甲", "㐂𠀀"), "gb18030"),
        [(TABLE[0], [("华东", "上海㐂𠀀商贸有限公司", "120.5"), TABLE[1][1]])],
    ),
    Case("big5.csv", "Traditional Chinese in Big5.", text(TRADITIONAL, "cp950"), [TRADITIONAL_TABLE]),
    Case(
        "utf16.txt",
        "“Unicode text” of Excel: UTF-16 with tabs.",
        text(BODY.replace(",", "\t"), "utf-16"),
        [TABLE],
    ),
    Case("utf16_be.csv", "UTF-16, big end first, without a mark.", text(BODY, "utf-16-be"), [TABLE]),
    Case(
        "short_gbk.csv",
        "Two Chinese words that are letters in GBK and in Big5 alike: the reader asks.",
        lambda path: path.write_bytes("id,数量\n1,2\n3,4\n".encode("gbk")),
        [(("id", "数量"), [("1", "2"), ("3", "4")])],
        questions=("encoding",),
    ),
    Case(
        "short_gbk_answered.csv",
        "The same file with the answer.",
        text("id,数量\n1,2\n3,4\n", "gbk"),
        [(("id", "数量"), [("1", "2"), ("3", "4")])],
        options=ReadOptions(encoding="gb18030"),
    ),
    Case(
        "semicolons.csv",
        "Semicolons between values, commas as decimal points.",
        text("客户;销售额;数量\n甲;1,5;3\n乙;2,25;4\n"),
        [(("客户", "销售额", "数量"), [("甲", "1,5", "3"), ("乙", "2,25", "4")])],
    ),
    Case(
        "quotes.csv",
        "Separators, line breaks and quotes inside of quotes, thousands separators.",
        text('客户,地址,销售额\n"甲, 乙商行","上海市\n人民路1号","1,234.50"\n"丙""丁""店",北京,80\n'),
        [
            (
                ("客户", "地址", "销售额"),
                [("甲, 乙商行", "上海市\n人民路1号", "1,234.50"), ('丙"丁"店', "北京", "80")],
            )
        ],
        numbers=(2, 3),
    ),
    Case(
        "inches.csv",
        "An inch sign at the beginning of a value opens a quote that nothing closes.",
        text('产品,规格,数量\n屏,"5寸,3\n板,10寸,4\n架,7寸,2\n'),
        [(("产品", "规格", "数量"), [("屏", '"5寸', "3"), ("板", "10寸", "4"), ("架", "7寸", "2")])],
    ),
    Case(
        "sep_line.csv",
        "Excel's own first line that names the separator.",
        text("sep=|\n客户|销售额\n甲|1\n乙|2\n"),
        [(("客户", "销售额"), [("甲", "1"), ("乙", "2")])],
    ),
    Case(
        "one_column_or_two.csv",
        "Commas and semicolons both make a table: the reader asks.",
        text("编号;区域,客户;名称\n甲;乙,丙;丁\n戊;己,庚;辛\n"),
        [(("编号", "区域,客户", "名称"), [("甲", "乙,丙", "丁"), ("戊", "己,庚", "辛")])],
        questions=("delimiter",),
    ),
    Case(
        "full_width.csv",
        "Full-width digits, ideographic spaces around texts, tabs after codes.",
        text("编码\t,名称,数量\n001\t,　甲商行　,１２\n002\t,乙商行 ,３\n"),
        [(("编码", "名称", "数量"), [("001", "甲商行", "１２"), ("002", "乙商行", "３")])],
    ),
]
