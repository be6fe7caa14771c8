"""The sheets around a plan's tables: cover, summary with charts, No.1 targets, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.exchange.plans.model import SHEETS
from core.exchange.plans.page import filled
from core.exchange.plans.ranges import DetailRanges, corner
from core.i18n import _, format_month
from core.targets.principles import LABELS

if TYPE_CHECKING:
    from core.exchange.plans.model import PlanBook
    from core.exchange.plans.page import Page

US, GREY = "#0072B2", "#B4B9C0"


def _ranges(book: PlanBook, rows: pd.DataFrame) -> DetailRanges:
    return DetailRanges(len(rows), book.cells.index.get_level_values("month").nunique())


def write_cover(page: Page, book: PlanBook, rows: pd.DataFrame) -> None:
    """Write what the plan is, what it was computed with, and room for signatures."""
    page.title(book.name, _("Target plan {plan}, version {version}", plan=book.plan_id, version=book.version))
    page.heads([_("Plan details"), _("Content")], text=2)
    page.texts(0, [label for label, _text in book.about], "label")
    page.texts(1, [text for _label, text in book.about], "wrapped")
    for line, (_label, text) in enumerate(book.about, page.first):
        page.sheet.set_row(line, 16 * (text.count("\n") + 1))
    row = page.first + len(book.about)
    total = float(page.amounts(np.array([book.cells["count"].sum()]))[0])
    page.sheet.write_string(row, 0, _("Target") + f" ({page.styles.unit_name})", page.styles.formats["label"])
    page.formula(row, 1, _ranges(book, rows).total(), total, "total")
    lines = _signed(book)
    for number, (label, text) in enumerate(lines, row + 2):
        page.sheet.write_string(number, 0, label, page.styles.formats["label"])
        page.sheet.write_string(number, 1, text, page.styles.formats["text"])
        page.sheet.set_row(number, 28)
    page.sheet.set_column(0, 0, 26)
    page.sheet.set_column(1, 1, 70)
    page.finish(row + 1 + len(lines), 1)


def _signed(book: PlanBook) -> list[tuple[str, str]]:
    """Return who signed the plan; room for pens where nobody did."""
    signature = book.signature
    if signature is None:
        return [(role, "") for role in (_("Planned by"), _("Checked by"), _("Approved by"))]
    return [
        (_("Planned by"), f"{signature.submitted_by} · {signature.submitted_at:%Y-%m-%d %H:%M}"),
        (_("Checked by"), ""),
        (_("Approved by"), f"{signature.approved_by} · {signature.approved_at:%Y-%m-%d %H:%M}"),
        (_("Hash of the cells"), signature.fingerprint),
        (_("Code of the signature"), signature.code),
    ]


def write_summary(file: Any, page: Page, book: PlanBook, rows: pd.DataFrame) -> None:  # noqa: ANN401
    """Write target and last year by category and by month, with a chart of each."""
    page.title(f"{book.name} · {page.name}", _("Money in {unit}.", unit=page.styles.unit_name))
    ranges = _ranges(book, rows)
    number = rows.drop_duplicates("item_no").set_index("item_no")["item"].sort_index()
    cells = book.cells.reset_index()
    by_item = cells.groupby("item").agg(count=("count", "sum"), last_year=("last_year", _known_sum))
    by_month = cells.groupby("month").agg(count=("count", "sum"), last_year=("last_year", _known_sum))
    lines = [
        (book.item(name), ranges.sum_of(None, {"item_no": str(no)}), by_item.loc[name])
        for no, name in number.items()
    ]
    months = [
        (format_month(month.date()), ranges.total(n), by_month.loc[month])
        for n, month in enumerate(by_month.index)
    ]
    what = _("Category") if book.products is None else _("Product")
    _block(page, 0, what, lines)
    _block(page, 5, _("Month"), months)
    below = max(len(lines), len(months)) + 6
    _chart(file, page, ("column", what), 0, len(lines), (below, 0))
    _chart(file, page, ("line", _("Month")), 5, len(months), (below, 5))
    page.sheet.set_column(0, 0, 18)
    page.sheet.set_column(5, 5, 14)
    # The second chart reaches beyond the columns of its table.
    page.finish(below + 14, 10)


def _known_sum(values: pd.Series) -> float:
    return float(values.sum(min_count=1))


def _block(page: Page, left: int, what: str, lines: list[tuple[str, str, pd.Series]]) -> None:
    heads = (what, _("Target"), _("Last year"), _("Growth"))
    for column, head in enumerate(heads, left):
        page.sheet.write_string(page.first - 1, column, head, page.styles.formats["head"])
    page.sheet.set_column(left + 1, left + 3, 13)
    for row, (label, formula, facts) in enumerate(lines, page.first):
        page.sheet.write_string(row, left, label, page.styles.formats["text"])
        target = float(page.amounts(np.array([facts["count"]]))[0])
        page.formula(row, left + 1, formula, target)
        page.number(row, left + 2, float(facts["last_year"]) / page.styles.divisor)
        _growth(page, row, left, target, float(facts["last_year"]) / page.styles.divisor)
    bottom = page.first + len(lines)
    page.sheet.write_string(bottom, left, _("Total"), page.styles.formats["label"])
    target = float(page.amounts(np.array([sum(f["count"] for _l, _f, f in lines)]))[0])
    last = float(pd.Series([f["last_year"] for _l, _f, f in lines]).sum(min_count=1)) / page.styles.divisor
    for column, value in ((left + 1, target), (left + 2, last)):
        span = f"{page.ref(page.first, column)}:{page.ref(bottom - 1, column)}"
        page.formula(bottom, column, f"=SUM({span})", 0.0 if np.isnan(value) else value, "total")
    _growth(page, bottom, left, target, last)


def _growth(page: Page, row: int, left: int, target: float, last: float) -> None:
    now, before = page.ref(row, left + 1), page.ref(row, left + 2)
    value = target / last - 1 if last > 0 else ""
    page.formula(row, left + 3, f'=IF(N({before})>0,{now}/{before}-1,"")', value, "percent")


def _chart(
    file: Any,  # noqa: ANN401
    page: Page,
    kind: tuple[str, str],
    left: int,
    count: int,
    at: tuple[int, int],
) -> None:
    chart = file.add_chart({"type": kind[0]})
    name = page.sheet.get_name()
    first, last = page.first, page.first + count - 1
    for column, colour in ((left + 1, US), (left + 2, GREY)):
        chart.add_series(
            {
                "name": [name, page.first - 1, column],
                "categories": [name, first, left, last, left],
                "values": [name, first, column, last, column],
                "fill": {"color": colour},
                "line": {"color": colour, "width": 2},
            }
        )
    title = f"{kind[1]} ({page.styles.unit_name})"
    chart.set_title({"name": title, "name_font": {"size": 10}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 475, "height": 260})
    page.sheet.insert_chart(*at, chart)


def write_number_one(page: Page, book: PlanBook, rows: pd.DataFrame) -> None:
    """Write what makes each region No.1 beside its target."""
    page.title(f"{book.name} · {page.name}", _("Money in {unit}.", unit=page.styles.unit_name))
    heads = [
        _("Above"),
        _("Region"),
        _("Own sales"),
        _("Benchmark rival"),
        _("Rival's sales"),
        _("Sales needed to be No.1"),
    ]
    page.heads([*heads, _("Gap"), _("Target"), _("Target less No.1")], text=2)
    facts = book.number_one
    if facts is None or facts.empty:
        page.finish(page.first, 8)
        return
    lines = rows[["region_id", "region_no"]].drop_duplicates().sort_values("region_no")
    table = lines.merge(facts, on="region_id", how="left")
    months = book.cells.index.get_level_values("month").unique()
    target = page.amounts(
        rows.groupby("region_id")[list(months)].sum().sum(axis=1).reindex(table["region_id"]).to_numpy()
    )
    page.texts(0, filled(table["region_id"].map(book.regions["parent"])))
    page.texts(1, filled(table["region_id"].map(book.regions["name"])))
    page.texts(3, filled(table["rival"]))
    for column, name in ((2, "own"), (4, "rival_sales"), (5, "needed"), (6, "gap")):
        page.numbers(column, table[name].to_numpy(np.float64) / page.styles.divisor)
    ranges = _ranges(book, rows)
    for line, no in enumerate(table["region_no"]):
        row = page.first + line
        page.formula(row, 7, ranges.sum_of(None, {"region_no": str(no)}), float(target[line]))
        needed = float(table["needed"].iloc[line]) / page.styles.divisor
        value = "" if np.isnan(needed) else float(target[line]) - needed
        page.formula(
            row, 8, f'=IF(ISNUMBER({page.ref(row, 5)}),{page.ref(row, 7)}-{page.ref(row, 5)},"")', value
        )
    last = page.first + len(table) - 1
    sums = np.column_stack(
        [np.nan_to_num(table[n].to_numpy(np.float64) / page.styles.divisor) for n in ("own",)]
    )
    page.column_sums(2, 1, page.first, last, sums)
    page.column_sums(7, 1, page.first, last, target[:, None])
    page.formula(
        last + 1, 2, f"=SUM({page.ref(page.first, 2)}:{page.ref(last, 2)})", float(sums.sum()), "total"
    )
    page.sheet.set_column(0, 1, 14)
    page.sheet.set_column(3, 3, 16)
    page.finish(last + 1, 8, freeze=2)


def write_checks(page: Page, book: PlanBook, rows: pd.DataFrame) -> None:
    """Write whether the sheets tie, as formulas, then the principles."""
    page.title(
        f"{book.name} · {page.name}", _("A check whose figures are missing is not made, never passed.")
    )
    page.heads([_("Check"), _("Outcome"), _("Value"), _("Threshold"), _("Meaning")], text=5)
    formats = page.styles.formats
    row = page.first
    for label, formula in _ties(book, rows):
        page.sheet.write_string(row, 0, label, formats["text"])
        page.formula(
            row, 1, f'=IF(ABS({formula})<0.00001,"{_("passed")}","{_("failed")}")', _("passed"), "good"
        )
        page.formula(row, 2, f"=ROUND({formula},6)", 0.0)
        page.number(row, 3, 0.0)
        page.sheet.write_string(row, 4, _("Difference to the detail sheet."), formats["wrapped"])
        row += 1
    for check in book.checks:
        result = {True: _("passed"), False: _("failed"), None: _("not made")}[check.passed]
        page.sheet.write_string(row, 0, _(LABELS[check.rule]), formats["text"])
        page.sheet.write_string(
            row, 1, result, formats["bad" if check.passed is False else "good" if check.passed else "text"]
        )
        page.number(row, 2, float("nan") if check.value is None else check.value, "text")
        page.number(row, 3, float("nan") if check.threshold is None else check.threshold, "text")
        page.sheet.write_string(row, 4, check.note, formats["wrapped"])
        row += 1
    page.sheet.set_column(0, 0, 34)
    page.sheet.set_column(1, 3, 12)
    page.sheet.set_column(4, 4, 70)
    page.finish(row, 4)


def _ties(book: PlanBook, rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return for each cross table its name and the difference of its total to that of the detail sheet."""
    months = book.cells.index.get_level_values("month").nunique()
    whole = _ranges(book, rows).total().removeprefix("=")
    sizes = {
        "region_category": (rows["region_id"].nunique(), rows["item"].nunique()),
        "region_month": (rows["region_id"].nunique(), months),
        "owner_month": (rows["owner_id"].nunique(), months),
    }
    if not book.owners:
        sizes.pop("owner_month")
    found = []
    for key, (lines, columns) in sizes.items():
        name = _(SHEETS[key])
        quoted = "'" + name.replace("'", "''") + "'"
        cell = corner(lines, columns)
        found.append((_("{sheet} ties to the detail", sheet=name), f"{quoted}!{cell}-{whole}"))
    return found
