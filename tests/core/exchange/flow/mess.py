"""A table of the store written as people write tables: titles, units, groups, totals, notes, any order."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from core.i18n import _, language
from core.tables import Column, Kind, Table

if TYPE_CHECKING:
    from core.exchange.flow.asking import Asked

WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
UNITS = {"元": 1, "千元": 1_000, "万元": 10_000}
TITLES = ("市场数据汇总表", "内部资料，注意保密", "编制部门：销售部", "华中大区")
GROUPS = ("基本情况", "本期数据", "明细")
NOTES = ("制表人：张三", "注：数据截至月底", "审核：李四")


@dataclass
class Mess:
    """What the writer did to a table, so that it can answer what it is asked.

    Parameters
    ----------
    table
        The table.
    path
        The file.
    headers
        Column of the store -> its header as it will be read.
    unit
        The unit of amounts.
    header_row, header_rows
        Where the header begins, and how many rows the header has.
    totals
        How many total rows there are.
    """

    table: Table
    path: Path
    headers: dict[str, str] = field(default_factory=dict)
    unit: str = "元"
    header_row: int = 1
    header_rows: int = 1
    totals: int = 0
    encoding: str = ""

    def answer(self, question: Asked) -> str:
        """Say what is true about the file."""
        source = question.source
        targets = {header: name for name, header in self.headers.items()}
        column = getattr(source, "column", "")
        truth: dict[str, Callable[[], str]] = {
            "table": lambda: self.table.name,
            "unit": lambda: self.unit if self.unit in question.choices else "product",
            "unit_conflict": lambda: self.unit,
            # Where the title speaks of other figures, the column is asked about with both words.
            "column": lambda: f"{self.table.name}.{targets.get(column) or targets[column.split(' / ')[0]]}",
            "header_row": lambda: str(self.header_row),
            "header_rows": lambda: str(self.header_rows),
            "encoding": lambda: self.encoding,
            "delimiter": lambda: ",",
            "totals": lambda: "set_aside" if self.totals else "data",
            "leading_zeros": lambda: "keep",
            "blank_means_no": lambda: "unknown",
            "scale": lambda: "fraction",
            "decimal_mark": lambda: "point",
            "fill_down": lambda: "leave",
            "wide": lambda: "apart",
            "date_order": lambda: "ymd",
            "october": lambda: "january",
            "measure": lambda: self.table.name if self.table.name in question.choices else "as_is",
            "repeated_keys": lambda: "refuse",
            "row_kind": lambda: "add",
        }
        return truth[question.code]()


def write(table: Table, rows: Sequence[dict[str, Any]], folder: Path, seed: int) -> Mess:
    """Write rows of a table with a mess that the seed says."""
    luck = random.Random(seed)
    mess = Mess(table, folder / f"导出{seed}.{luck.choice(['xlsx', 'csv', 'csv'])}")
    mess.unit = luck.choice(list(UNITS))
    said_in_title = luck.random() < 0.5
    columns = list(table.columns)
    luck.shuffle(columns)
    names = [_header(column, mess.unit, in_title=said_in_title) for column in columns]
    head: list[list[Any]] = [[title] for title in luck.sample(TITLES, luck.randint(0, 2))]
    if said_in_title:
        head.append([f"单位：{mess.unit}"])
    head += [[]] * luck.randint(0, 1)
    groups = _groups(luck, len(columns)) if len(columns) > 3 and luck.random() < 0.4 else []
    mess.header_row, mess.header_rows = len(head) + 1, 2 if groups else 1
    mess.headers = dict(zip((c.name for c in columns), names, strict=True))
    for start, stop, title in groups:
        for at in range(start, stop):
            mess.headers[columns[at].name] = f"{title} / {names[at]}"
    styles = {column.name: _style(luck, column) for column in columns}
    body = [[_cell(row[c.name], c, mess.unit, styles[c.name]) for c in columns] for row in rows]
    if len(rows) > 1 and luck.random() < 0.5:
        total = _total(rows, columns, mess.unit)
        if total:
            body.append(total)
            mess.totals = 1
    tail: list[list[Any]] = [[], *([note] for note in luck.sample(NOTES, luck.randint(1, 2)))]
    tail = tail if luck.random() < 0.4 else []
    mess.encoding = luck.choice(["gb18030", "gb18030", "utf-8-sig", "utf-8"])
    _save(mess, head, groups, names, [*body, *tail])
    return mess


def _header(column: Column, unit: str, *, in_title: bool) -> str:
    with language("zh_CN"):
        label = _(column.label)
    if column.kind is Kind.MONEY:
        return label.replace("（元）", "" if in_title else f"（{unit}）")
    return label


def _groups(luck: random.Random, width: int) -> list[tuple[int, int, str]]:
    start = luck.randint(1, width - 2)
    return [(start, luck.randint(start + 2, width), luck.choice(GROUPS))]


def _style(luck: random.Random, column: Column) -> str:
    if column.kind in {Kind.MONTH, Kind.DATE}:
        return luck.choice(["iso", "chinese", "packed"])
    if column.kind in {Kind.MONEY, Kind.NUMBER, Kind.INTEGER}:
        return luck.choice(["number", "text", "wide", "thousands"])
    return luck.choice(["是否", "对勾"]) if column.kind is Kind.BOOLEAN else ""


def _cell(value: Any, column: Column, unit: str, style: str) -> Any:  # noqa: PLR0911 - one per kind
    if value is None:
        return None
    if column.kind is Kind.MONEY:
        return _number(Decimal(str(value)) / UNITS[unit], style)
    if column.kind in {Kind.NUMBER, Kind.INTEGER}:
        return _number(Decimal(repr(value)), style)
    if column.kind is Kind.MONTH:
        return {"iso": f"{value:%Y-%m}", "chinese": f"{value.year}年{value.month}月"}.get(
            style, f"{value:%Y%m}"
        )
    if column.kind is Kind.DATE:
        chinese = f"{value.year}年{value.month}月{value.day}日"
        return {"iso": f"{value:%Y-%m-%d}", "chinese": chinese}.get(style, f"{value:%Y%m%d}")
    if column.kind is Kind.BOOLEAN:
        return ("是" if value else "否") if style == "是否" else ("√" if value else "×")
    return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else value


def _number(value: Decimal, style: str) -> Any:
    text = format(value, "f")
    if style == "number":
        # A number of Excel has 15 digits: a longer one stays a text.
        return float(value) if len(value.as_tuple().digits) <= 15 else text
    if style == "thousands":
        return format(value, ",f")
    return text.translate(WIDE) if style == "wide" else text


def _total(rows: Sequence[dict[str, Any]], columns: Sequence[Column], unit: str) -> list[Any]:
    label = next((at for at, column in enumerate(columns) if column.kind is Kind.TEXT), None)
    money = [at for at, column in enumerate(columns) if column.kind is Kind.MONEY]
    if label is None or not money:
        return []
    total: list[Any] = [None] * len(columns)
    total[label] = "合计"
    for at in money:
        values = [Decimal(str(row[columns[at].name])) for row in rows if row[columns[at].name] is not None]
        total[at] = float(sum(values, Decimal(0)) / UNITS[unit])
    return total


def _save(
    mess: Mess,
    head: list[list[Any]],
    groups: list[tuple[int, int, str]],
    names: list[str],
    body: list[list[Any]],
) -> None:
    top: list[Any] = list(names)
    sheet = [*head]
    if groups:
        top = list(names)
        for start, stop, title in groups:
            top[start:stop] = [title] + [None] * (stop - start - 1)
        lower = [names[at] if any(s <= at < e for s, e, _t in groups) else None for at in range(len(names))]
        sheet += [top, lower]
    else:
        sheet.append(top)
    at_header = len(head)
    sheet += body
    if mess.path.suffix == ".csv":
        _save_text(mess, sheet, len(names))
        return
    with xlsxwriter.Workbook(mess.path, {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("数据")
        for number, row in enumerate(sheet):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(number, column, cell)
        for start, stop, title in groups:
            page.merge_range(at_header, start, at_header, stop - 1, title)


def _save_text(mess: Mess, sheet: list[list[Any]], width: int) -> None:
    import csv

    with mess.path.open("w", encoding=mess.encoding, newline="") as file:
        out = csv.writer(file)
        for row in sheet:
            texts = [
                "" if c is None else format(Decimal(repr(c)), "f") if isinstance(c, float) else c for c in row
            ]
            out.writerow([*texts, *[""] * (width - len(texts))])
