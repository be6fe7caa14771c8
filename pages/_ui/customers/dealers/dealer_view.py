"""What the dealer sections look at: the period, the table of dealers, the limits; read once per question."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, format_month
from core.reports.dealers import (
    cards as dealer_cards,
)
from core.reports.dealers import (
    facts as dealer_facts,
)
from core.reports.dealers import (
    issues as dealer_issues,
)
from core.reports.dealers import (
    request as dealer_request,
)
from core.reports.dealers import (
    stock as dealer_stock,
)
from core.reports.dealers import (
    table as dealer_table,
)
from core.reports.dealers.request import DealerRequest
from core.reports.visits.request import own_company
from core.store.customers import dealers as store_dealers
from pages._ui import reads

if TYPE_CHECKING:
    import pandas as pd

    from core.customers.dealers.rules import DealerRules
    from core.reports.dealers.issues import DealerIssues
    from core.reports.dealers.stock import DealerStock
    from pages._ui.customers.customer_view import CardView, ListView


def request(view: ListView | CardView) -> DealerRequest:
    """Return the twelve months up to the end of the filter bar's period, as far as dealers have sales."""
    last: dt.date | None = reads.cached(store_dealers.last_month)
    chosen = view.filters.end if view.filters else None
    known = [month for month in (last, chosen) if month is not None]
    today = dt.date.today()
    own: str = view.filters.company if view.filters else reads.cached(own_company)
    return DealerRequest(min(known, default=today.replace(day=1)), today, own, scope=view.scope)


def period_text(request: DealerRequest) -> str:
    """Return the period in words."""
    return _(
        "{start} to {end}", start=format_month(request.period.start), end=format_month(request.period.end)
    )


def rules() -> DealerRules:
    """Return the limits kept in the store."""
    answer: DealerRules = reads.cached(dealer_request.dealer_rules)
    return answer


def table(request: DealerRequest) -> pd.DataFrame:
    """Return all dealers, see :func:`core.reports.dealers.table.dealer_table`; nobody may change it."""
    answer: pd.DataFrame = reads.shared(dealer_table.dealer_table, request)
    return answer


def facts(request: DealerRequest) -> pd.DataFrame:
    """Return what the data say on the cards of all dealers; nobody may change it."""
    answer: pd.DataFrame = reads.shared(dealer_facts.dealer_facts, request)
    return answer


def cards(request: DealerRequest) -> pd.DataFrame:
    """Return how complete and fresh all cards are; nobody may change it."""
    answer: pd.DataFrame = reads.shared(dealer_cards.card_table, request)
    return answer


def stock(request: DealerRequest) -> DealerStock:
    """Return stock and expenses; nobody may change it."""
    answer: DealerStock = reads.shared(dealer_stock.dealer_stock, request)
    return answer


def shop_stock(request: DealerRequest) -> pd.DataFrame:
    """Return the stock of shops; nobody may change it."""
    answer: pd.DataFrame = reads.shared(dealer_stock.shop_stock, request)
    return answer


def issues(request: DealerRequest, dealer_id: str | None = None) -> DealerIssues:
    """Return the issue log, of all dealers or of one; nobody may change it."""
    answer: DealerIssues = reads.shared(dealer_issues.dealer_issues, request, dealer_id)
    return answer


def is_dark() -> bool:
    """Tell whether the page is dark."""
    return st.context.theme.type == "dark"


def source() -> str:
    """Return what pictures say about where their figures come from."""
    return _("Source: dealers' sales, stock and records in the store")
