"""The matrix of four product grades x three customer grades, with what to do in every cell [S4 4-10]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.analysis.abc import GRADES
from core.customers.analysis.profitability import ACTIONS, PRODUCT_GRADES, TOTAL, UNKNOWN
from core.i18n import _, current_language
from core.reports.customers.profitability import ProfitReport, ProfitRequest, profit_report
from pages._ui import reads
from pages._ui.charts.cached_figure import CachedFigure
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.charts.matrix import Cells, matrix_figure, wrapped
from pages._ui.components.downloads import table_downloads
from pages._ui.components.header import section
from pages._ui.components.notes import notes
from pages._ui.customers.analysis import analysis_view
from pages._ui.customers.section import SectionHead
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    from core.store.database import Store

HEIGHT = 480


def render_profit_matrix(report: ProfitReport) -> SectionHead:
    """Show the matrix and its cells as a table."""
    request = report.request
    left, right = st.columns([2, 1], gap="small")
    with left:
        caption = analysis_view.caption(request.customers, _("Margin of products x customers"))
        figure = reads.drawing(_figure, request, caption, analysis_view.picture(HEIGHT))
        show_chart(figure, key="profit_chart", config=chart_config(_("profitability"), current_language()))
    with right.container(height=HEIGHT, key="profit_facts"):
        section(_("Product grades"))
        facts(_grades(report, product=True))
        section(_("Customer grades"))
        facts(_grades(report, product=False))
        notes(_notes(report))
    table = cell_table(report.profit.cells)
    amounts, margins = (numbers.money_column(table[table.columns[at]]) for at in (2, 4))
    formats = [amounts[1], "%.1f", margins[1], "%.1f", "localized", "localized"]
    st.dataframe(
        table.assign(**{table.columns[2]: amounts[0], table.columns[4]: margins[0]}),
        hide_index=True,
        key="profit_cells",
        placeholder=numbers.MISSING,
        column_config=explained(
            table.columns,
            {
                name: st.column_config.NumberColumn(name, format=shown)
                for name, shown in zip(table.columns[2:8], formats, strict=True)
            },
        ),
    )
    return SectionHead(
        profit_matrix_sentence(report),
        table_downloads(table, _("profitability")),
    )


def profit_matrix_sentence(report: ProfitReport) -> str:
    """Return the sentence that says where the margin comes from and what is sold for little."""
    cells = report.profit.cells
    whole, best, last = (
        cells.loc[(grade, TOTAL)] for grade in (TOTAL, PRODUCT_GRADES[0], PRODUCT_GRADES[-1])
    )
    return _(
        "Margin {margin} ({rate}): the best products bring {share} of it with {sales} of the sales,"
        " the poorest {last_share} with {last_sales}.",
        margin=numbers.money(whole["margin"]),
        rate=numbers.percent(whole["margin_rate"]),
        share=numbers.percent(best["margin"] / whole["margin"]),
        sales=numbers.percent(best["part"]),
        last_share=numbers.percent(last["margin"] / whole["margin"]),
        last_sales=numbers.percent(last["part"]),
    )


def grade_name(grade: str, *, product: bool) -> str:
    """Return the name of a grade, of ``unknown`` or of ``total``."""
    if grade == UNKNOWN:
        return _("Margin unknown")
    if grade == TOTAL:
        return _("All")
    return _("Product {grade}", grade=grade) if product else _("Customer {grade}", grade=grade)


def cell_table(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells that hold something as rows, totals included, under the headings of the screen."""
    held = cells[(cells["amount"] != 0) | (cells["customers"] > 0)]
    places = held.index.to_list()
    unit = numbers.money_unit()
    money = (held[["amount", "margin"]] / numbers.money_divisor()).round(1)
    percent = (held[["part", "margin_rate"]] * 100).round(1)
    return pd.DataFrame(
        {
            _("Product grade"): [grade_name(product, product=True) for product, _customer in places],
            _("Customer grade"): [grade_name(customer, product=False) for _product, customer in places],
            _("{label} ({unit})", label=_("Sales amount"), unit=unit): money["amount"].to_list(),
            _("Part of sales (%)"): percent["part"].to_list(),
            _("{label} ({unit})", label=_("Margin"), unit=unit): money["margin"].to_list(),
            _("Margin rate (%)"): percent["margin_rate"].to_list(),
            _("Number of products"): held["products"].to_list(),
            _("Number of customers"): held["customers"].to_list(),
            _("What to do there"): [_(ACTIONS[place]) if place in ACTIONS else "" for place in places],
        }
    )


def _figure(_store: Store, request: ProfitRequest, caption: Caption, view: View) -> CachedFigure:
    report: ProfitReport = reads.shared(profit_report, request)
    cells = report.profit.cells
    rows = [*PRODUCT_GRADES, *([UNKNOWN] if cells.loc[(UNKNOWN, TOTAL), "amount"] else [])]
    columns = [*GRADES, *([UNKNOWN] if cells.loc[(TOTAL, UNKNOWN), "amount"] else [])]
    whole = cells.loc[(TOTAL, TOTAL), "margin"]
    drawn = [[(row, column) for column in columns] for row in rows]
    matrix = Cells(
        tuple(grade_name(row, product=True) for row in rows),
        tuple(grade_name(column, product=False) for column in columns),
        tuple(tuple(_weight(cells.loc[place, "margin"], whole) for place in line) for line in drawn),
        tuple(tuple(_text(place, cells.loc[place]) for place in line) for line in drawn),
        tuple(tuple(_hover(place, cells.loc[place]) for place in line) for line in drawn),
    )
    return CachedFigure(matrix_figure(matrix, caption, view))


def _weight(margin: float, whole: float) -> float | None:
    return None if pd.isna(margin) or not whole > 0 else float(margin / whole)


def _text(place: tuple[str, str], cell: pd.Series) -> str:
    lines = [
        f"<b>{numbers.money(cell['margin'])}</b>",
        _("Margin rate {rate}", rate=numbers.percent(cell["margin_rate"])),
        _("{part} of the sales", part=numbers.percent(cell["part"])),
    ]
    if place in ACTIONS:
        lines.append(f"<i>{wrapped(_(ACTIONS[place]))}</i>")
    return "<br>".join(lines)


def _hover(place: tuple[str, str], cell: pd.Series) -> str:
    return "<br>".join(
        (
            f"<b>{grade_name(place[0], product=True)} · {grade_name(place[1], product=False)}</b>",
            _("Sales {amount}", amount=numbers.money(cell["amount"])),
            _("Margin {amount}", amount=numbers.money(cell["margin"])),
            _("Margin rate {rate}", rate=numbers.percent(cell["margin_rate"])),
        )
    )


def _grades(report: ProfitReport, *, product: bool) -> list[Fact]:
    cells, rates = report.profit.cells, report.profit.rates or (float("nan"),) * 3
    limits = [
        *(_("margin rate from {rate} on", rate=numbers.percent(rate)) for rate in rates),
        _("margin rate below {rate}", rate=numbers.percent(rates[-1])),
    ]
    cuts = report.request.rule.customers
    by_margin = _(
        "Sorted by margin: A up to {first} of it, B up to {second}.",
        first=numbers.percent(cuts[0]),
        second=numbers.percent(cuts[1]),
    )
    rows = []
    for number, grade in enumerate(PRODUCT_GRADES if product else GRADES):
        row = cells.loc[(grade, TOTAL) if product else (TOTAL, grade)]
        count = numbers.count(row["products"] if product else row["customers"])
        rows.append(
            Fact(
                f"{grade_name(grade, product=product)} · {count}",
                numbers.money(row["margin"]),
                numbers.percent(row["margin_rate"]),
                [limits[number] if product else by_margin],
                records=("dealer_sales", "terminal_sales", "product"),
            )
        )
    return rows


def _notes(report: ProfitReport) -> list[str]:
    whole = report.profit.cells.loc[(TOTAL, TOTAL)]
    notes = [_("Sales are what dealers bought; margins come from the products' margin rates.")]
    unknown = whole["amount"] - whole["margin_amount"]
    if unknown:
        notes.insert(
            0,
            _(
                "The margin of {amount} of the sales isn't known; it is in no margin.",
                amount=numbers.money(unknown),
            ),
        )
    return notes
