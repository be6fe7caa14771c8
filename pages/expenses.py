"""费用: budget beside actual, what selling costs, what promotions brought, and the budgets to fill in."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from core.reports.cycle.expenses import ExpenseReport, ExpenseRequest, expense_report
from pages._ui import filters as filter_bar
from pages._ui import reads, url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.customers.section import SectionHead
from pages._ui.cycle.expenses.budget_grid import render_budget_grid
from pages._ui.cycle.expenses.budget_part import render_budget
from pages._ui.cycle.expenses.promotion_part import render_promotions
from pages._ui.market import market_view, region_choice

TABLES = ("expense", "expense_budget", "dealer_sales")

url.declare("part", "year", "kind")
top = reserve_header()
chosen = filter_bar.bar()
if chosen is None:
    with top:
        header(_("Expenses"))
    empty(_("There are no expenses yet."), ("region", *TABLES))
    st.stop()
within = url.value("within") or None
if within:
    region_choice.breadcrumb(market_view.path(within))
parts = {"": _("Budget and actual"), "promotions": _("Promotions"), "grid": _("Fill in budgets")}
part = region_choice.pick_code("part", parts)
shown = SectionHead()
if part == "promotions":
    shown = render_promotions(chosen)
elif part == "grid":
    shown = render_budget_grid(chosen)
else:
    request = ExpenseRequest(chosen.start, chosen.end, chosen.level, within)
    report: ExpenseReport = reads.shared(expense_report, request)
    if report.is_empty:
        empty(_("No expense and no budget is recorded in this period."), TABLES)
    else:
        shown = render_budget(chosen, report)
with top:
    header(_("Expenses"), shown.answer, shown.downloads)
