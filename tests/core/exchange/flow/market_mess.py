"""Figures of a market as companies write them: formats, blocks, fiscal years, returns, deep headers."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.core.exchange.flow.market_file import COMPANIES, PRODUCTS, REGIONS, SHOPS, UNITS, Grid, MarketMess

NOTES = ("制表人：销售部", "注：数据截至月底", "审核：财务部")


def _figure(luck: random.Random) -> int:
    return luck.randint(1, 9_999) * 100


def _months(luck: random.Random, count: int) -> list[tuple[int, int]]:
    year, month = luck.randint(2019, 2025), luck.randint(1, 12)
    return [(year + (month + step - 1) // 12, (month + step - 1) % 12 + 1) for step in range(count)]


def _tail(luck: random.Random) -> Grid:
    return [[], [luck.choice(NOTES)]] if luck.random() < 0.4 else []


def formats(mess: MarketMess, luck: random.Random) -> MarketMess:
    """Write amounts that a number format scales or gives a unit."""
    code, stored, unit, answers = luck.choice(
        (
            ("0!.0,", 1, "(万元)", {}),
            ("0!.0000", 1, "(万元)", {}),
            ("#,##0,", 1, "(千元)", {}),
            ("#,##0,", 1, "", {"unit": "千元"}),
            ('0.00"万元"', 10_000, "", {}),
            ('0.00"万元"', 10_000, "(万元)", {}),
            ("#,##0.00", 1, "(元)", {}),
            ("#,##0.00", 10_000, "(万元)", {}),
            ('0!.0,"万"', 1, "", {}),
            ('0.00"万元"', 10_000, "(元)", {"shown_number": "10000"}),
        )
    )
    (year, month), *_rest = _months(luck, 1)
    head = ["月份", "区域", "公司", f"销售额{unit}", "增长率"]
    rows: Grid = []
    for region, place in REGIONS.items():
        for company, owner in COMPANIES.items():
            figure = _figure(luck)
            mess.truth[place, owner, f"{year}-{month:02d}"] = figure
            rows.append(
                [f"{year}-{month:02d}", region, company, figure / stored, luck.randint(-30, 30) / 100]
            )
    order = luck.sample(range(5), 5)
    mess.formats = {order.index(3): code, order.index(4): "0.0%"}
    mess.answers, mess.clear = answers, not answers
    return mess.save({"数据": [[row[at] for at in order] for row in [head, *rows]] + _tail(luck)})


def _block(mess: MarketMess, luck: random.Random, year: int, region: str) -> Grid:
    """Return a table of two months of a year with its own title, unit and order of columns."""
    unit = luck.choice(list(UNITS))
    months = sorted(luck.sample(range(1, 13), 2))
    head = ["区域", "公司", *(f"{month}月" for month in months)]
    rows: Grid = []
    for company, owner in COMPANIES.items():
        figures = [_figure(luck) for _month in months]
        for month, figure in zip(months, figures, strict=True):
            mess.truth[REGIONS[region], owner, f"{year}-{month:02d}"] = figure
        rows.append([region, company, *(figure / UNITS[unit] for figure in figures)])
    order = luck.choice(([0, 1, 2, 3], [1, 0, 2, 3]))
    table = [[row[at] for at in order] for row in [head, *rows]]
    if luck.random() < 0.4:
        sums = [sum(row[at] for row in rows) if at > 1 else None for at in order]
        table.append(["合计", *sums[1:]])
    return [[f"{year}年销售额（{unit}）"], *table]


def blocks_below(mess: MarketMess, luck: random.Random) -> MarketMess:
    """Write two or three tables below each other."""
    first = luck.randint(2019, 2022)
    rows: Grid = []
    for step in range(luck.randint(2, 3)):
        if rows:
            rows += [[]] * luck.randint(1, 2)
        rows += _block(mess, luck, first + step, luck.choice(list(REGIONS)))
    return mess.save({"数据": [*rows, *_tail(luck)]})


def blocks_beside(mess: MarketMess, luck: random.Random) -> MarketMess:
    """Write two tables beside each other, each of another month and unit."""
    months = _months(luck, 2)
    parts = []
    for year, month in months:
        unit = luck.choice(list(UNITS))
        part: Grid = [[f"{year}年{month}月 单位：{unit}", None, None], ["区域", "公司", "销售额"]]
        for region, place in REGIONS.items():
            company, figure = luck.choice(list(COMPANIES)), _figure(luck)
            mess.truth[place, COMPANIES[company], f"{year}-{month:02d}"] = figure
            part.append([region, company, figure / UNITS[unit]])
        parts.append(part)
    return mess.save({"数据": [[*left, None, *right] for left, right in zip(*parts, strict=True)]})


def fiscal(mess: MarketMess, luck: random.Random) -> MarketMess:
    """Write twelve months that don't begin in January."""
    year, start = luck.randint(2019, 2024), luck.choice((4, 7, 10))
    months = [(start + step - 1) % 12 + 1 for step in range(12)]
    title, asked = luck.choice(
        (
            (f"FY{year} 销售额(元)", True),
            (f"{year}-{year + 1}年度销售额(元)", False),
            (f"{year}年销售额(元)", True),
        )
    )
    rows: Grid = [[title], ["区域", "公司", *(f"{month}月" for month in months)]]
    for region, place in REGIONS.items():
        figures = [_figure(luck) for _month in months]
        rows.append([region, "甲公司", *figures])
        for month, figure in zip(months, figures, strict=True):
            mess.truth[place, "A", f"{year + (month < start)}-{month:02d}"] = figure
    mess.clear = not asked
    mess.answers = {"year": f"{year}-{start:02d}"} if asked else {}
    return mess.save({"数据": [*rows, *_tail(luck)]})


def sheets(mess: MarketMess, luck: random.Random) -> MarketMess:
    """Write a sheet per month, one that sums them, and one that is hidden."""
    year, months = luck.randint(2019, 2025), sorted(luck.sample(range(1, 13), 3))
    pages: dict[str, Grid] = {}
    head = ["区域", "公司", "销售额(元)"]
    for month in months:
        rows: Grid = [head]
        for region, place in REGIONS.items():
            figure = _figure(luck)
            rows.append([region, "甲公司", figure])
            mess.truth[place, "A", f"{year}-{month:02d}"] = figure
        pages[f"{year}年{month}月"] = rows
    if luck.random() < 0.5:
        sums = [sum(page[at][2] for page in pages.values()) for at in (1, 2)]
        pages["汇总"] = [
            head,
            *([region, "甲公司", total] for region, total in zip(REGIONS, sums, strict=True)),
        ]
        mess.answers["summary_sheet"] = "drop"
    if luck.random() < 0.5:
        pages["旧数"] = [head, ["武汉市", "甲公司", 1]]
        mess.hidden.add("旧数")
        mess.answers["hidden_sheet"] = "drop"
    return mess.save(pages)


def returns(mess: MarketMess, luck: random.Random) -> MarketMess:
    """Write documents of which some are returned, void or gifts."""
    header, words = luck.choice(
        (
            ("单据类型", {"销售出库": 1, "销售退货": -1}),
            ("业务类型", {"普通": 1, "红字": -1, "赠品": 0}),
            ("订单状态", {"已完成": 1, "已取消": 0}),
            ("单据性质", {"正常": 1, "作废": 0, "冲销": -1}),
            ("退货标志", {"否": 1, "是": -1}),
            ("單據類型", {"銷售": 1, "銷貨退回": -1}),
        )
    )
    rows: Grid = [["月份", "区域", "公司", header, "销售额(元)"]]
    for year, month in _months(luck, luck.randint(2, 5)):
        for region, place in REGIONS.items():
            word, figure = luck.choice(list(words)), _figure(luck)
            rows.append([f"{year}-{month:02d}", region, "甲公司", word, figure])
            if words[word]:
                mess.truth[place, "A", f"{year}-{month:02d}"] = words[word] * figure
    order = luck.sample(range(5), 5)
    return mess.save({"数据": [[row[at] for at in order] for row in rows]})


def depth(mess: MarketMess, luck: random.Random) -> MarketMess:
    """Write a header of two or three levels in any order, merged or not."""
    year, months = luck.randint(2019, 2025), sorted(luck.sample(range(1, 13), 2))
    levels = [("公司", list(COMPANIES)), ("月份", [f"{month}月" for month in months])]
    luck.shuffle(levels)
    figures = luck.choice((["销售额(元)"], ["销售额(元)", "增长率"]))
    names = [*(labels for _kind, labels in levels), *([figures] if len(figures) > 1 else [])]
    columns: list[list[str]] = [[]]
    for labels in names:
        columns = [[*path, label] for path in columns for label in labels]
    title = f"{year}年销售额(元)" if len(figures) == 1 else f"{year}年"
    deep = len(names)
    head: Grid = [["区域", *(path[level] for path in columns)] for level in range(deep)]
    spans = []
    for level in range(deep - 1):
        width = len(columns) // math.prod(len(labels) for labels in names[: level + 1])
        for left in range(1, len(columns) + 1, width):
            head[level][left + 1 : left + width] = [None] * (width - 1)
            spans.append((level + 1, left, level + 1, left + width - 1))
    for row in head[1:]:
        row[0] = None
    if luck.random() < 0.5:
        mess.merged["数据"] = [*spans, (1, 0, deep, 0)]
    rows: Grid = []
    for region, place in REGIONS.items():
        cells: list[Any] = [region]
        for path in columns:
            if "增长率" in path:
                cells.append(luck.randint(-30, 30) / 100)
                continue
            company = next(label for label in path if label in COMPANIES)
            month = int(next(label for label in path if label.endswith("月"))[:-1])
            cells.append(_figure(luck))
            mess.truth[place, COMPANIES[company], f"{year}-{month:02d}"] = cells[-1]
        rows.append(cells)
    return mess.save({"数据": [[title], *head, *rows, *_tail(luck)]})


def order_lines(mess: MarketMess, luck: random.Random) -> MarketMess:
    """Write lines of orders with days: several of one shop, product and month."""
    (year, month), *_rest = _months(luck, 1)
    rows: Grid = [["订单号", "下单日期", "门店", "公司", "产品", "金额(元)"]]
    for number in range(luck.randint(4, 9)):
        shop, product, figure = luck.choice(list(SHOPS)), luck.choice(list(PRODUCTS)), _figure(luck)
        # A day as a first one would be a month.
        rows.append(
            [f"D{number:03d}", dt.date(year, month, luck.randint(2, 28)), shop, "甲公司", product, figure]
        )
        key = (SHOPS[shop], "A", PRODUCTS[product], f"{year}-{month:02d}")
        mess.truth[key] = mess.truth.get(key, 0) + figure
    mess.answers = {"day_to_month": "month", "repeated_keys": "sum"}
    return mess.save({"数据": rows})


def comma(mess: MarketMess, luck: random.Random) -> MarketMess:
    """Write a text file with decimal commas, and points between thousands or none."""
    mess.path = mess.path.with_suffix(".csv")
    (year, month), *_rest = _months(luck, 1)
    unit, pointed = luck.choice(("元", "万元")), luck.random() < 0.5
    lines = [f"月份;区域;公司;销售额({unit})"]
    for region, place in REGIONS.items():
        for company, owner in COMPANIES.items():
            figure = _figure(luck)
            text = f"{figure / UNITS[unit]:,.2f}"
            text = (
                text.translate(str.maketrans(",.", ".,"))
                if pointed
                else text.replace(",", "").replace(".", ",")
            )
            lines.append(f"{year}-{month:02d};{region};{company};{text}")
            mess.truth[place, owner, f"{year}-{month:02d}"] = figure
    mess.path.write_bytes(
        ("\r\n".join(lines) + "\r\n").encode(luck.choice(("gb18030", "utf-8-sig", "utf-8")))
    )
    mess.answers = {"decimal_mark": "comma"}
    return mess


def across(mess: MarketMess, luck: random.Random) -> MarketMess:
    """Write companies side by side, our own as 我司 or by its name."""
    (year, month), *_rest = _months(luck, 1)
    own, unit = luck.choice(("我司", "本公司", "甲公司")), luck.choice(list(UNITS))
    form = luck.choice(("{}销售额({})", "{}-销售额({})", "销售额（{}）({})"))
    names = [form.format(company, unit) for company in (own, "乙公司")]
    rows: Grid = [["月份", "区域", *names]]
    for region, place in REGIONS.items():
        figures = [_figure(luck), _figure(luck)]
        rows.append([f"{year}-{month:02d}", region, *(figure / UNITS[unit] for figure in figures)])
        for company, figure in zip("AB", figures, strict=True):
            mess.truth[place, company, f"{year}-{month:02d}"] = figure
    return mess.save({"数据": rows})


KINDS: Sequence[Callable[[MarketMess, random.Random], MarketMess]] = (
    formats,
    blocks_below,
    blocks_beside,
    fiscal,
    sheets,
    returns,
    depth,
    order_lines,
    comma,
    across,
)


def write(folder: Path, seed: int) -> MarketMess:
    """Write the file of a seed."""
    luck = random.Random(seed)
    return KINDS[seed % len(KINDS)](MarketMess(folder / f"f{seed}.xlsx"), luck)
