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


def abc(asked: AbcRequest) -> AbcReport:
    """Return the ABC report; nobody may change it."""
    answer: AbcReport = reads.large(_abc, asked)
    return answer


def _abc(_store: Store, asked: AbcRequest) -> AbcReport:
    return abc_of(_items(asked), asked)


def _items(asked: AbcRequest) -> pd.DataFrame:
    items: pd.DataFrame
    if asked.subject == "product":
        items = reads.shared(product_table, asked.customers)
    else:
        items = reads.large(customer_table, asked.customers)
    return items


def grading(asked: GradingRequest) -> GradingReport:
    """Return the grading; nobody may change it."""
    answer: GradingReport = reads.large(_grading, asked)
    return answer


def _grading(store: Store, asked: GradingRequest) -> GradingReport:
    return grading_report(store, asked, reads.large(customer_table, asked.customers))


def ge(asked: GeRequest) -> GeReport:
    """Return the GE matrix; nobody may change it."""
    answer: GeReport = reads.large(_ge, asked)
    return answer


def _ge(_store: Store, asked: GeRequest) -> GeReport:
    subject = asked.subject
    if isinstance(subject, CustomerRequest):
        return ge_of(reads.large(customer_table, subject), asked)
    return ge_of(reads.shared(region_facts, subject), asked)


def caption(asked: CustomerRequest, title: str, source: str = "") -> Caption:
    """Return a picture's title with the period and the category, and its source."""
    period = _("{start} to {end}", start=format_month(asked.start), end=format_month(asked.end))
    parts = [title, period, asked.category or _("all products")]
    shops = _("Source: sales in the shops")
    own = _("Source: dealers' purchases and sales in their shops") if asked.kind == "dealer" else shops
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
