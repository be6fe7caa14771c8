"""Property: whatever stands around a table, it is read to exactly its rows, or the reader asks."""

from __future__ import annotations

import os
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from core.exchange.readers import ReadOptions, read_file
from core.exchange.readers.sheet.grid import grid_of
from core.exchange.readers.sheet.sheet import read_grid

TITLES = ("2024年3月销售月报", "单位：万元", "经销商：甲公司", "华东大区经营分析会材料", "报表编号 20240331")
FOOTNOTES = ("注：数据截至月底", "制表人：张三", "审核：李四", "备注：不含税")
COLUMNS = {
    "区域": st.sampled_from(["华东", "华北", "华南", "西南区域", "上海市"]),
    "客户名称": st.text("甲乙丙丁戊己庚辛商行店", min_size=2, max_size=5),
    "终端编码": st.from_regex(r"T[0-9]{4}", fullmatch=True),
    "月份": st.sampled_from(["2024-01", "2024年3月", "2024.3", "202403"]),
    "日期": st.dates().map(lambda day: f"{day:%Y-%m-%d}"),
    "销售额": st.one_of(
        st.floats(0, 1e6).map(lambda x: round(x, 2)), st.sampled_from([2024.0, 2023.0, 202401.0])
    ),
    "数量": st.integers(0, 999).map(float),
    "份额": st.floats(0, 1).map(lambda x: round(x, 3)),
    "备注": st.sampled_from(["", "新客户", "年底重点", "见合同"]),
    "业务员": st.sampled_from(["张三", "李四", "王五"]),
}


@dataclass(frozen=True)
class Mess:
    """A table and the rows of the sheet it stands in."""

    columns: list[str]
    rows: list[list[object]]
    sheet: list[list[object]]


@st.composite
def messes(draw: st.DrawFn) -> Mess:
    """Draw a table with titles, empty rows, a grouped header, repeated headers, totals and footnotes."""
    columns = draw(st.lists(st.sampled_from(list(COLUMNS)), min_size=3, max_size=8, unique=True))
    rows = [[draw(COLUMNS[name]) or None for name in columns] for _row in range(draw(st.integers(1, 8)))]
    rows = [
        [
            0.0 if v is None and n in ("销售额", "数量", "份额") else v
            for v, n in zip(row, columns, strict=True)
        ]
        for row in rows
    ]
    head: list[list[object]] = [[t] for t in draw(st.lists(st.sampled_from(TITLES), max_size=3))]
    head += [[]] * draw(st.integers(0, 2))
    names: list[list[object]] = [list(columns)]
    if draw(st.booleans()):
        group = draw(st.integers(1, len(columns) - 2))
        names = [
            [*columns[:group], "本期情况", *[None] * (len(columns) - group - 1)],
            [*[None] * group, *columns[group:]],
        ]
        columns = [*columns[:group], *(f"本期情况 / {name}" for name in columns[group:])]
    body: list[list[object]] = []
    for row in rows:
        if body and draw(st.integers(0, 9)) == 0:
            body += [[], *names] if draw(st.booleans()) else [[]]
        body.append(row)
    if draw(st.booleans()):
        total: list[object] = [None] * len(columns)
        for at, name in enumerate(columns):
            if name.endswith(("销售额", "数量")):
                total[at] = sum(row[at] for row in rows)  # type: ignore[misc]
        total[0] = "合计"
        body.append(total)
    if draw(st.booleans()):
        body += [[], *([text] for text in draw(st.lists(st.sampled_from(FOOTNOTES), min_size=1, max_size=3)))]
    return Mess(columns, rows, [*head, *names, *body])


@settings(max_examples=int(os.environ.get("MESSES", "60")), deadline=None)
@given(messes())
def test_exact_or_asked(mess: Mess) -> None:
    """No mess gives a silent wrong value: the rows are exact where the reader asks nothing."""
    sheets = read_grid(grid_of(mess.sheet), "a.xlsx", "Sheet1", ReadOptions())
    found = sheets[0]
    if any(sheet.questions for sheet in sheets):
        return
    assert [list(row) for row in found.table.to_numpy()] == mess.rows
    assert list(found.table.columns) == mess.columns
    assert len([sheet for sheet in sheets if sheet.is_table]) == 1


@settings(max_examples=40, deadline=None)
@given(messes(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.sampled_from(",;\t|"))
def test_text_files_agree_with_sheets(mess: Mess, encoding: str, delimiter: str) -> None:
    """The same rows as text give the same header, the same rows of the file and the same doubts."""
    texts = [["" if cell is None else str(cell) for cell in row] for row in mess.sheet]
    width = max(map(len, texts))
    lines = [delimiter.join([*row, *[""] * (width - len(row))]) for row in texts]
    options = ReadOptions(delimiter=delimiter)
    found = read_file(("\r\n".join(lines) + "\r\n").encode(encoding), "a.csv", options=options).sheets[0]
    sheet = read_grid(grid_of(texts), "a.csv", "a", options)[0]
    questions = [question for question in found.questions if question.code != "encoding"]
    assert [question.code for question in questions] == [question.code for question in sheet.questions]
    assert found.table.equals(sheet.table)
    assert found.row_numbers.tolist() == sheet.row_numbers.tolist()


def test_most_messes_need_no_question() -> None:
    """Asking is no way out: a plain report with title, total and footnote is read without a question."""
    sheet = [
        ["月报"],
        [],
        ["区域", "客户名称", "销售额"],
        ["华东", "甲", 1.0],
        ["合计", None, 1.0],
        ["制表人：张三"],
    ]
    found = read_grid(grid_of(sheet), "a.xlsx", "Sheet1", ReadOptions())[0]
    assert not found.questions
    assert found.table.to_numpy().tolist() == [["华东", "甲", 1.0]]
