"""The section 盈利: what products and customers earn, crossed, one by one, and products by price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.i18n import N_, _
from core.reports.customers.profitability import ProfitReport, ProfitRequest, profit_report
from pages._ui import reads
from pages._ui.components.empty import empty
from pages._ui.customers.analysis import analysis_view, price_positioning, profit_matrix
from pages._ui.customers.section import SectionHead
from pages._ui.market import region_choice
from pages._ui.tables.metric_table import MetricColumns, downloads, metric_table

if TYPE_CHECKING:
    from pages._ui.customers.customer_view import ListView

PARAMETERS = ("profit_view",)
VIEWS = {
    "": N_("Products x customers"),
    "products": N_("Each product"),
    "customers": N_("Each customer"),
    "position": N_("Price and features"),
}
KEYS = ("grade", "amount", "part", "margin", "margin_rate", "margin_amount")


def render_profit_section(view: ListView) -> SectionHead:
    """Show the part chosen."""
    customers = analysis_view.request(view)
    if customers is None:
        empty(_("There are no sales yet."), ("dealer_sales",))
        return SectionHead()
    part = region_choice.pick_code("profit_view", {code: _(label) for code, label in VIEWS.items()})
    report: ProfitReport = reads.shared(profit_report, ProfitRequest(customers))
    if report.profit.rates is None:
        empty(
            _("No product's margin rate is known, or no dealer's purchases by product are."),
            ("product", "dealer_sales"),
        )
        return SectionHead()
    if part == "position":
        return price_positioning.render_price_positioning(report)
    return _ranking(report, part) if part else profit_matrix.render_profit_matrix(report)


def _ranking(report: ProfitReport, part: str) -> SectionHead:
    """Show products or customers by what they earn."""
    is_product = part == "products"
    table = report.profit.products if is_product else report.profit.customers
    table = table.assign(part=table["amount"] / (table["amount"].sum() or 1))
    table["name"] = table["name"].fillna(_("Without a product"))
    table["grade"] = [profit_matrix.grade_name(grade, product=is_product) for grade in table["grade"]]
    table = table.sort_values("margin", ascending=False, na_position="last")
    kind = "product" if is_product else "dealer"
    columns = MetricColumns(
        "customers",
        KEYS,
        _(analysis_view.TITLES[kind]),
        "" if is_product else kind,
        headings=(
            ("grade", _("Product grade") if is_product else _("Customer grade")),
            ("amount", _("Sales amount")),
        ),
    )
    metric_table(table, columns, key=f"profit_{part}")
    best = table.iloc[0]
    sentence = _(
        "{name} earns most: {margin} at {rate}.",
        name=best["name"],
        margin=numbers.money(best["margin"]),
        rate=numbers.percent(best["margin_rate"]),
    )
    return SectionHead(
        sentence,
        downloads(
            table, columns, _("profitability"), period=analysis_view.period_text(report.request.customers)
        ),
    )
