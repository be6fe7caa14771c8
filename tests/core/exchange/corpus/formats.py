"""Formats: workbooks old and new, hidden parts, several sheets, archives, endings that lie."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import xlsxwriter

from core.exchange.readers import ReadOptions
from tests.core.exchange.corpus.case import Case, book, text
from tests.core.exchange.corpus.ods_file import ods
from tests.core.exchange.corpus.xls_file import xls

HEAD = ("区域", "客户", "销售额")
ROWS = [("华东", "甲", 1.0), ("华北", "乙", 2.0), ("华南", "丙", 4.0)]


def hidden(path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in [(*HEAD, "成本"), *[(*row, 0.5) for row in ROWS]]:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    workbook.save(path)


def several(path: Path) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        cover = workbook.add_worksheet("封面")
        cover.write(2, 3, "2024年3月经营分析")
        cover.write(5, 3, "营销中心")
        workbook.add_worksheet("空")
        for number, name in enumerate(("一月", "二月")):
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate([HEAD, *ROWS[: number + 1]]):
                sheet.write_row(row, 0, cells)


def gbk_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, rows in (("华东/三月.csv", "甲,1\n"), ("华北/三月.csv", "乙,2\n"), ("__MACOSX/x.csv", "?")):
            # Windows writes names in GBK; Python would mark them as UTF-8.
            member = zipfile.ZipInfo(name.encode("gbk").decode("cp437"))
            archive.writestr(member, f"客户,销售额\n{rows}".encode("gbk"))
    data = path.read_bytes()
    path.write_bytes(data)


def mixed_types(path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["日期", "编码", "启用", "销售额", "占比"])
    sheet.append([dt.datetime(2024, 3, 1), 310000, True, 1234.5, 0.35])
    sheet.append([dt.datetime(2024, 3, 2, 9, 30), "310000", False, "—", None])
    workbook.save(path)


def uncalculated(path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in [("客户", "单价", "金额"), ("甲", 2, "=B2*3"), ("乙", 3, "=B3*3")]:
        sheet.append(row)
    workbook.save(path)


def named_csv(path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet("数据")
        for number, row in enumerate([HEAD, *ROWS]):
            sheet.write_row(number, 0, row)
    path.write_bytes(buffer.getvalue())


CASES = [
    Case(
        "hidden.xlsx",
        "A hidden row and a hidden column: the reader keeps them and asks.",
        hidden,
        [((*HEAD, "成本"), [(*row, 0.5) for row in ROWS])],
        questions=("hidden_rows", "hidden_columns"),
    ),
    Case(
        "hidden_dropped.xlsx",
        "The same file where a person said that what is hidden doesn't count.",
        hidden,
        [(HEAD, [ROWS[0], ROWS[2]])],
        options=ReadOptions(hidden_rows="drop", hidden_columns="drop"),
        numbers=(2, 4),
    ),
    Case(
        "several_sheets.xlsx",
        "A cover, an empty sheet and two sheets with data.",
        several,
        [(HEAD, ROWS[:1]), (HEAD, ROWS[:2])],
    ),
    Case("old.xls", "The format of Excel 97.", xls([HEAD, *ROWS]), [(HEAD, ROWS)]),
    Case(
        "open_document.ods",
        "OpenDocument, with merged and hidden cells.",
        ods([HEAD, *ROWS[:2], (None, "丁", 9.0), ROWS[2]], merged={(2, 0): 2}, hidden_rows={4}),
        [(HEAD, [ROWS[0], ROWS[1], ("华北", "丁", 9.0), ROWS[2]])],
        questions=("hidden_rows",),
        notes=("filled_down",),
    ),
    Case(
        "folders.zip",
        "A zipped folder of folders with Chinese names in GBK, and the litter of a Mac.",
        gbk_archive,
        [(("客户", "销售额"), [("甲", "1")]), (("客户", "销售额"), [("乙", "2")])],
    ),
    Case(
        "types.xlsx",
        "Dates, times, codes as numbers and as texts, yes and no, a dash for nothing.",
        mixed_types,
        [
            (
                ("日期", "编码", "启用", "销售额", "占比"),
                [
                    (dt.date(2024, 3, 1), 310000.0, True, 1234.5, 0.35),
                    (dt.datetime(2024, 3, 2, 9, 30), "310000", False, "—", None),
                ],
            )
        ],
    ),
    Case(
        "zeros.xlsx",
        "Formulas for which a program stored 0, calculated when Excel opens the file: no values either.",
        book([("客户", "单价", "金额"), ("甲", 2, "=B2*3"), ("乙", 0, "=B3*3")]),
        [(("客户", "单价", "金额"), [("甲", 2.0, None), ("乙", 0.0, None)])],
        notes=("uncalculated",),
    ),
    Case(
        "uncalculated.xlsx",
        "Formulas a program wrote and nobody calculated: there are no values to read.",
        uncalculated,
        [(("客户", "单价", "金额"), [("甲", 2.0, None), ("乙", 3.0, None)])],
        notes=("uncalculated",),
    ),
    Case("workbook.csv", "A workbook that is called CSV.", named_csv, [(HEAD, ROWS)], notes=("ending",)),
    Case(
        "export.xls",
        "A text file with tabs that a system exports as XLS.",
        text("区域\t客户\t销售额\n华东\t上海甲商行\t1\n华北\t北京乙商行\t2\n", "gbk"),
        [(HEAD, [("华东", "上海甲商行", "1"), ("华北", "北京乙商行", "2")])],
        notes=("ending", "encoding"),
    ),
    Case(
        "far_right.xlsx",
        "A lone remark two columns right of the table.",
        book([HEAD, *[(*row, None, "见附件") if number == 1 else row for number, row in enumerate(ROWS)]]),
        [
            (
                (*HEAD, "column E"),
                [(*row, "见附件") if number == 1 else (*row, None) for number, row in enumerate(ROWS)],
            )
        ],
    ),
]
