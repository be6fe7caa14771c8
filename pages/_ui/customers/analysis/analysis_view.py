"""What the sections of ABC, grading, profitability and GE look at; read once per question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import N_, _, format_month, ngettext
from core.reports.customers.abc import AbcReport, AbcRequest, abc_of
from core.reports.customers.ge import GeReport, GeRequest, ge_of, region_facts
from core.reports.customers.grading import GradingReport, GradingRequest, grading_report
from core.reports.customers.table import CustomerRequest, customer_table, product_table
from pages._ui import reads
from pages._ui.charts.layout import Caption, View

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store
    from pages._ui.customers.customer_view import CardView, ListView

TITLES = {
    "dealer": N_("Dealer"),
    "terminal": N_("Terminal"),
    "product": N_("Product"),
    "region": N_("Region"),
}
HEIGHT = 400


def request(view: ListView | CardView) -> CustomerRequest | None:
    """Return which customers and months; None while there are no sales."""
    if view.filters is None:
        return None
    chosen = view.filters
    return CustomerRequest(
        chosen.company, chosen.start, chosen.end, view.kind, chosen.category, scope=view.scope
    )


def abc(request: AbcRequest) -> AbcReport:
    """Return the ABC report; nobody may change it."""
    answer: AbcReport = reads.large(_abc, request)
    return answer


def _abc(_store: Store, request: AbcRequest) -> AbcReport:
    return abc_of(_items(request), request)


def _items(request: AbcRequest) -> pd.DataFrame:
    items: pd.DataFrame
    if request.subject == "product":
        items = reads.shared(product_table, request.customers)
    else:
        items = reads.large(customer_table, request.customers)
    return items


def grading(request: GradingRequest) -> GradingReport:
    """Return the grading; nobody may change it."""
    answer: GradingReport = reads.large(_grading, request)
    return answer


def _grading(store: Store, request: GradingRequest) -> GradingReport:
    return grading_report(store, request, reads.large(customer_table, request.customers))


def ge(request: GeRequest) -> GeReport:
    """Return the GE matrix; nobody may change it."""
    answer: GeReport = reads.large(_ge, request)
    return answer


def _ge(_store: Store, request: GeRequest) -> GeReport:
    subject = request.subject
    if isinstance(subject, CustomerRequest):
        return ge_of(reads.large(customer_table, subject), request)
    return ge_of(reads.shared(region_facts, subject), request)


def period_text(request: CustomerRequest) -> str:
    """Return the period in words."""
    return _("{start} to {end}", start=format_month(request.start), end=format_month(request.end))


def caption(request: CustomerRequest, title: str, source: str = "") -> Caption:
    """Return a picture's title with the period and the category, and its source."""
    parts = [title, period_text(request), request.category or _("all products")]
    shops = _("Source: sales in the shops")
    own = _("Source: dealers' purchases and sales in their shops") if request.kind == "dealer" else shops
    return Caption(" · ".join(parts), source or own)


def picture(height: int = HEIGHT) -> View:
    """Return how a picture is shown on this page."""
    return View(height, st.context.theme.type == "dark")


def number_of(kind: str, count: int) -> str:
    """Return a number of customers, products or regions in words."""
    if kind == "dealer":
        return ngettext("{n} dealer", "{n} dealers", count)
    if kind == "product":
        return ngettext("{n} product", "{n} products", count)
    if kind == "region":
        return ngettext("{n} region", "{n} regions", count)
    return ngettext("{n} terminal", "{n} terminals", count)
