"""Everything that the data say about one customer: figures of the period, trend by company, visits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.periods import shift
from core.reports.market.choices import names_of
from core.store.customers.filter import CustomerFilter
from core.store.customers.lists import ListRequest, page
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

TREND_MONTHS = 24
VISITS = 10


@dataclass(frozen=True)
class CustomerCard:
    """What the data say about one customer.

    Parameters
    ----------
    row
        Its row of :func:`core.store.customers.lists.page`.
    trend
        month, company_id, name, amount (yuan), share (of the month's sales of all companies), is_self,
        is_benchmark, is_aggregate; own company first, then by sales; two years up to the end of the period.
    visits
        start_at, minutes, terminal, employee, purpose, result, order_amount; the latest first.
    """

    row: dict[str, Any]
    trend: pd.DataFrame
    visits: pd.DataFrame


def customer_card(
    store: Store, kind: str, customer_id: str, figures: SalesWindow, scope: Scope = EVERYTHING
) -> CustomerCard | None:
    """Return a customer's card; None where there is no such customer or the user may not see it.

    Parameters
    ----------
    kind, customer_id
        Which customer.
    figures
        Whose sales, when, of what.
    """
    request = ListRequest(kind, figures, CustomerFilter(ids=(customer_id,)), scope=scope)
    rows = page(store, request, 0, 1)
    if rows.empty:
        return None
    values: dict[str, object] = {"kind": kind, "customer": customer_id}
    trend = store.read(
        "customers/trend",
        scope=scope,
        start=min(figures.start, shift(figures.end, 1 - TREND_MONTHS)),
        end=figures.end,
        category=figures.category,
        **values,
    ).to_pandas()
    visits = store.read("customers/visits", scope=scope, as_of=figures.as_of, limit=VISITS, **values)
    row = {name: None if pd.isna(value) else value for name, value in rows.iloc[0].items()}
    return CustomerCard(
        {str(name): value for name, value in row.items()},
        _marked(trend, figures.own_company),
        visits.to_pandas(),
    )


def _marked(trend: pd.DataFrame, own: str) -> pd.DataFrame:
    """Add shares and marks, and put the companies in order: own, the benchmark, the others, “others”."""
    sold = trend.groupby("company_id")["amount"].sum()
    aggregate = set(trend.loc[trend["is_aggregate"].astype(bool), "company_id"])
    rivals = sold.drop(index=[key for key in sold.index if key == own or key in aggregate])
    benchmark = None if rivals.empty else rivals.idxmax()
    order = sorted(sold.index, key=lambda key: (key != own, key in aggregate, -sold[key], key))
    total = trend.groupby("month")["amount"].transform("sum")
    return (
        trend.assign(
            month=pd.to_datetime(trend["month"]),
            name=names_of(trend),
            share=(trend["amount"] / total.where(total > 0)).astype(float),
            is_self=trend["company_id"] == own,
            is_benchmark=trend["company_id"] == benchmark,
            place=trend["company_id"].map({key: at for at, key in enumerate(order)}),
        )
        .sort_values(["place", "month"])
        .drop(columns=["place", "name_en"])
        .reset_index(drop=True)
    )
