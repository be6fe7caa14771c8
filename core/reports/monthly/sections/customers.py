"""The dealers: on how few the sales stand, and whose fell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.colours import AGGREGATE, US
from core.customers.analysis.abc import GRADES
from core.exchange.slides.cells import metric_cell, table_of, text_cell
from core.exchange.slides.content import Columns, Series, Slide
from core.i18n import N_, _
from core.metrics import heading, metric
from core.reports.customers.abc import AbcRequest, abc_of
from core.reports.customers.table import customer_table
from core.reports.market.display.slides import values_of
from core.reports.monthly.gap import Gap

if TYPE_CHECKING:
    from core.reports.monthly.basis import Basis
    from core.reports.monthly.subject import Subject

MOST_ROWS = 14
COLUMNS = ("grade", "sales", "growth", "part")
PARTS = {"count_part": N_("Part of the dealers"), "part": N_("Part of the sales")}


def dealers(basis: Basis, _subject: Subject) -> Slide | Gap:
    """Return the ABC of the dealers and the largest of them."""
    report = abc_of(customer_table(basis.store, basis.customers), AbcRequest(basis.customers))
    grades = report.grades
    if not float(grades.loc["total", "amount"]) > 0:
        return Gap(_("No sales to dealers are recorded in these months."))
    table = report.table[report.table["amount"].notna()]
    fallen = int((table["growth"] < 0).sum())
    answer = _(
        "{a} of {n} dealers bring {part} of what dealers buy (class A); {fallen} bought less than a year "
        "before.",
        a=numbers.count(grades.loc["A", "count"]),
        n=numbers.count(grades.loc["total", "count"]),
        part=numbers.percent(grades.loc["A", "part"]),
        fallen=numbers.count(fallen),
    )
    colours = (AGGREGATE, US)
    series = tuple(
        Series(_(label), values_of(grades.loc[list(GRADES), key]), colour, labelled=True)
        for (key, label), colour in zip(PARTS.items(), colours, strict=True)
    )
    picture = Columns(
        tuple(_("Class {grade}", grade=grade) for grade in GRADES), series, number_format="0.0%"
    )
    columns = [metric(key, "customers") for key in COLUMNS]
    cells = [
        [text_cell(row["name"]), *(metric_cell(each, row[each.key]) for each in columns)]
        for _index, row in table[:MOST_ROWS].iterrows()
    ]
    caption = basis.caption(_("Dealers"), _("Our customers"))
    notes: tuple[str, ...] = ()
    if report.unknown:
        notes = (
            _("{n} dealers have no sales recorded and are in no class.", n=numbers.count(report.unknown)),
        )
    headings = (_("Dealer"), *(heading(each) for each in columns))
    return Slide(
        answer,
        caption.title,
        picture,
        table_of(headings, cells, texts=2),
        caption.source,
        notes=notes,
    )
