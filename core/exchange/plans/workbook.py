"""A target plan as a workbook that people sign: every total is a formula over the detail sheet.

The detail sheet has one row per item (category or product), region and rep, and one column per month. All
other sheets sum its rows by hidden whole numbers, so that an edited or sorted detail sheet keeps the
workbook tied. Texts are written as texts: none of them can become a formula.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xlsxwriter

from core.errors import InputError
from core.exchange.formula_guard import WORKBOOK
from core.exchange.plans.model import FORMAT, IDENTITY, SHEETS, PlanBook, money_divisor
from core.exchange.plans.page import Page, Styles
from core.exchange.plans.ranges import FIRST_MONTH, DetailRanges
from core.exchange.plans.sheets import write_checks, write_cover, write_number_one, write_summary
from core.i18n import _, format_month

if TYPE_CHECKING:
    from core.targets.arrays import Integers

MOST_ROWS = 1_000_000


def write_workbook(path: Path, book: PlanBook) -> None:
    """Write a plan as a workbook in the language in use.

    Raises
    ------
    InputError
        It has more rows than a sheet can take.
    """
    rows = detail_rows(book)
    if len(rows) > MOST_ROWS:
        raise InputError(
            _("The plan has {rows} rows; a sheet takes {most}.", rows=len(rows), most=MOST_ROWS),
            _("Export it as Parquet or CSV."),
        )
    with xlsxwriter.Workbook(str(path), WORKBOOK) as file:
        file.set_properties({"title": book.name, "keywords": f"{book.plan_id} v{book.version}"})
        file.set_calc_mode("auto")
        styles = Styles.of(file, book.unit, money_divisor())
        pages = {key: Page(file.add_worksheet(_(title)), styles, _(title)) for key, title in SHEETS.items()}
        if not book.owners:
            pages["owner_month"].sheet.hide()
        write_cover(pages["cover"], book, rows)
        write_summary(file, pages["summary"], book, rows)
        months = _months(book)
        _cross(pages["region_category"], book, rows, "region_id", "item")
        _cross(pages["region_month"], book, rows, "region_id", "month")
        if book.owners:
            _cross(pages["owner_month"], book, rows, "owner_id", "month")
        write_number_one(pages["number_one"], book, rows)
        write_checks(pages["checks"], book, rows)
        _detail(pages["detail"], book, rows, months)
        _identity(file, book)
        pages["cover"].sheet.activate()


def detail_rows(book: PlanBook) -> pd.DataFrame:
    """Return one row per item, region and owner with twelve columns of counts, and their numbers.

    Returns
    -------
    DataFrame
        item, region_id, owner_id, the months (first days), item_no, region_no, owner_no; by region, item,
        owner.
    """
    wide = book.cells["count"].unstack("month")
    known = wide.notna().all().all()
    rows = (wide if known else wide.fillna(0)).astype("int64").reset_index()
    rows = rows.sort_values(["region_id", "item", "owner_id"]).reset_index(drop=True)
    for name in ("item", "region_id", "owner_id"):
        rows[f"{name.removesuffix('_id')}_no"] = pd.factorize(rows[name], sort=True)[0] + 1
    return rows


def _months(book: PlanBook) -> list[pd.Timestamp]:
    return sorted(book.cells.index.get_level_values("month").unique())


def _detail(page: Page, book: PlanBook, rows: pd.DataFrame, months: list[pd.Timestamp]) -> None:
    heads = [
        _("Category") if book.products is None else _("Product ID"),
        _("Region ID"),
        _("Rep or dealer ID"),
        _("Category"),
        _("Product"),
        _("Above"),
        _("Region"),
        _("Rep or dealer"),
    ]
    heads += [format_month(month.date()) for month in months] + [_("Year")]
    page.title(book.name, _("Edit the months here; everything else follows. Keep the first three columns."))
    page.heads(heads, text=FIRST_MONTH)
    first, last = page.first, page.first + len(rows) - 1
    regions = book.regions
    texts = {
        0: rows["item"],
        1: rows["region_id"],
        2: rows["owner_id"],
        5: rows["region_id"].map(regions["parent"]),
        6: rows["region_id"].map(regions["name"]),
        7: rows["owner_id"].map(book.owners),
    }
    if book.products is not None:
        texts[3] = rows["item"].map(book.products["category"])
        texts[4] = rows["item"].map(book.products["name"])
    for column, values in texts.items():
        page.texts(column, values.fillna("").astype("str"))
    amounts = page.amounts(rows[months].to_numpy())
    for column in range(len(months)):
        page.numbers(FIRST_MONTH + column, amounts[:, column])
    page.row_sums(FIRST_MONTH, len(months), amounts)
    page.column_sums(
        FIRST_MONTH, len(months) + 1, first, last, np.column_stack([amounts, amounts.sum(axis=1)])
    )
    codes = FIRST_MONTH + len(months) + 1
    for offset, name in enumerate(("item_no", "region_no", "owner_no")):
        page.codes(codes + offset, rows[name].to_numpy())
    page.sheet.set_column(codes, codes + 2, None, None, {"hidden": True})
    page.sheet.set_column(0, 2, 10)
    page.sheet.set_column(3, 7, 12)
    if book.products is None:
        page.sheet.set_column(3, 4, None, None, {"hidden": True})
    page.finish(last + 1, codes - 1, freeze=FIRST_MONTH)


def _cross(page: Page, book: PlanBook, rows: pd.DataFrame, by: str, across: str) -> None:
    """Write a table of two dimensions; each cell sums the detail rows, each margin is a SUM."""
    number = f"{by.removesuffix('_id')}_no"
    lines = rows[[by, number]].drop_duplicates().sort_values(number)
    columns, counts = _columns(book, rows, by, across)
    region = by == "region_id"
    above = [_("Above"), _("Region")] if region else [_("ID"), _("Rep or dealer")]
    page.title(f"{book.name} · {page.name}", _("Money in {unit}.", unit=page.styles.unit_name))
    page.heads([*above, *(label for label, _formula in columns), _("Total")], text=2)
    names = lines[by].map(book.regions["name"] if region else book.owners).fillna(_("Not assigned"))
    page.texts(0, lines[by].map(book.regions["parent"]).fillna("") if region else lines[by])
    page.texts(1, names)
    amounts = page.amounts(counts)
    code = 2 + len(columns) + 1
    for column, (_label, formula) in enumerate(columns):
        for line, value in enumerate(amounts[:, column]):
            where = page.ref(page.first + line, code, fixed_column=True)
            page.formula(page.first + line, 2 + column, formula(number, where), value)
    page.row_sums(2, len(columns), amounts)
    last = page.first + len(lines) - 1
    page.column_sums(2, len(columns) + 1, page.first, last, np.column_stack([amounts, amounts.sum(axis=1)]))
    page.codes(code, lines[number].to_numpy())
    page.sheet.set_column(code, code, None, None, {"hidden": True})
    page.sheet.set_column(0, 1, 14)
    page.finish(last + 1, code - 1, freeze=2)


def _columns(book: PlanBook, rows: pd.DataFrame, by: str, across: str) -> tuple[list, Integers]:  # type: ignore[type-arg]
    """Return label and formula of each column, and the counts."""
    months = _months(book)
    detail = DetailRanges(len(rows), len(months))
    if across == "month":
        table = rows.groupby(by)[months].sum()
        columns = [
            (format_month(month.date()), lambda name, where, n=n: detail.sum_of(n, {name: where}))
            for n, month in enumerate(months)
        ]
        return columns, table.to_numpy()
    table = rows.assign(year=rows[months].sum(axis=1)).pivot_table(
        index=by, columns="item_no", values="year", aggfunc="sum", fill_value=0
    )
    labels = rows.drop_duplicates("item_no").set_index("item_no")["item"]
    columns = [
        (
            book.item(labels[no]),
            lambda name, where, no=no: detail.sum_of(None, {name: where, "item_no": str(no)}),
        )
        for no in table.columns
    ]
    return columns, table.to_numpy().astype("int64")


def _identity(file: xlsxwriter.Workbook, book: PlanBook) -> None:
    sheet = file.add_worksheet(IDENTITY)
    values = {
        "format": FORMAT,
        "plan": book.plan_id,
        "version": str(book.version),
        "fingerprint": book.fingerprint,
        "seal": book.seal,
        "divisor": str(money_divisor()),
    }
    if book.signature is not None:
        values["signature"] = book.signature.code
    for row, (name, value) in enumerate(values.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.very_hidden()
