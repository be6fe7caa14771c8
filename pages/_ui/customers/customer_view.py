"""What a section of the customer pages is given: which customers, which period, whose sales."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.store.caching.sales_window import SalesWindow
from core.store.customers import customers as store_customers
from core.store.scope import EVERYTHING, Scope
from pages._ui import reads, url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.filters import Filters

SEPARATOR = ":"
LAST_SHOWN = "last_customer"
FOREVER = (dt.date(1900, 1, 1), dt.date(2200, 12, 1))


@dataclass(frozen=True, kw_only=True)
class _View:
    """What both pages are given.

    Parameters
    ----------
    filters
        Period, category and own company; None while there are no sales.
    """

    kind: str
    filters: Filters | None
    scope: Scope = EVERYTHING

    @property
    def figures(self) -> SalesWindow:
        """Whose sales, when, of what."""
        return figures_request(self.filters)


@dataclass(frozen=True, kw_only=True)
class ListView(_View):
    """A page about many customers."""

    count: int


@dataclass(frozen=True, kw_only=True)
class CardView(_View):
    """The page about one customer.

    Parameters
    ----------
    customer
        Its columns and the names of what it belongs to, see :func:`core.store.customers.customers.customer`.
    """

    customer_id: str
    customer: Mapping[str, Any]


def figures_request(filters: Filters | None) -> SalesWindow:
    """Return the figures the filter bar asks for; without sales nothing is sold, but visits count."""
    if filters is None:
        return SalesWindow("", *FOREVER)
    return SalesWindow(filters.company, filters.start, filters.end, filters.category)


def list_view(kind: str, filters: Filters | None) -> ListView:
    """Return the view of a list page."""
    counts: dict[str, int] = reads.cached(store_customers.customer_counts)
    return ListView(kind=kind, count=counts[kind], filters=filters)


def card_view(filters: Filters | None) -> CardView | None:
    """Return the view of the customer that the address names, None where it names none that is there.

    Without a name it is the one shown last: on the way back from another page the browser passes an address
    without parameters.
    """
    code = url.value("customer") or str(st.session_state.get(LAST_SHOWN, ""))
    kind, _separator, customer_id = code.partition(SEPARATOR)
    customer: dict[str, Any] | None = reads.cached(store_customers.customer, kind, customer_id)
    if customer is None:
        return None
    st.session_state[LAST_SHOWN] = code
    return CardView(kind=kind, customer_id=customer_id, customer=customer, filters=filters)
