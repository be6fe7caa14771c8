"""Every customer with what ABC, grading, labels and the GE matrix look at: one table for all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.customers.analysis.abc import SALES_CUTS, AbcRule, abc_table
from core.errors import InputError
from core.i18n import _
from core.periods import Period
from core.reports.market.choices import names_of
from core.store.caching.sales_window import SalesWindow
from core.store.customers import analysis as read
from core.store.customers import customers
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from core.store.database import Store

KINDS = ("dealer", "terminal")


@dataclass(frozen=True)
class CustomerRequest:
    """Which customers, whose sales, when.

    Parameters
    ----------
    start, end
        First days of the first and the last month, both included; compared with the same months a year
        earlier.
    kind
        ``dealer`` or ``terminal``.
    category
        Product category; None for all.
    """

    own_company: str
    start: dt.date
    end: dt.date
    kind: str = "dealer"
    category: str | None = None
    scope: Scope = EVERYTHING

    def __post_init__(self) -> None:
        _period = self.period
        if self.kind not in KINDS:
            raise InputError(
                _("Unknown value {value} for {name}.", value=self.kind, name="kind"),
                _("Choose one of: {allowed}.", allowed=", ".join(KINDS)),
            )

    @property
    def period(self) -> Period:
        """The months asked for."""
        return Period(self.start, self.end)

    @property
    def figures(self) -> SalesWindow:
        """The same question to the roll-ups of the store."""
        return SalesWindow(self.own_company, self.start, self.end, self.category)


def customer_table(store: Store, request: CustomerRequest) -> pd.DataFrame:
    """Return the customers.

    Parameters
    ----------
    request
        Which.

    Returns
    -------
    pandas.DataFrame
        On customer_id: name, segment, region_id, region (in the language in use), owner, payment_days,
        attitude, capability (dealers); sales, sales_previous, growth; margin (of the sales whose margin is
        known), margin_previous, margin_amount (those sales), margin_rate; sales_cumulated; demand,
        demand_previous, demand_growth, own, own_previous, best_rival, best_rival_previous (sales in the
        customer's shops by everybody, us, the largest rival), account_share (only where somebody else's sales
        are recorded); months_active; visits. Sales of
        a dealer are what it bought from us, of a terminal what it sold of ours. Yuan; NaN is not recorded.
        Terminals that are closed (``closed``) are left out where neither period has sales.
    """
    table = _dealers(store, request) if request.kind == "dealer" else _terminals(store, request)
    return _derived(table)


def _dealers(store: Store, request: CustomerRequest) -> pd.DataFrame:
    period, scope = request.period, request.scope
    table = read.dealers(store, scope=scope)
    table["region"] = names_of(table.rename(columns={"name": "_", "region": "name", "region_en": "name_en"}))
    table = table.drop(columns="region_en").join(read.dealer_accounts(store, request.figures, scope=scope))
    table = table.join(dealer_sums(read.dealer_products(store, period, request.category, scope=scope)))
    months = read.dealer_months(store, period, request.category)
    seen = read.dealer_visits(store, period, scope=scope)
    return table.join(months.set_index("customer_id")).assign(
        closed=False, visits=seen.reindex(table.index).fillna(0) if len(seen) else np.nan
    )


def _terminals(store: Store, request: CustomerRequest) -> pd.DataFrame:
    table = read.terminals(store, request.figures, scope=request.scope)
    names = names_of(customers.regions(store, request.scope).set_index("region_id"))
    return table.assign(
        region=table["region_id"].map(names),
        sales=table["own"],
        sales_previous=table["own_previous"],
        payment_days=np.nan,
        attitude=np.nan,
        capability=np.nan,
    )


def dealer_sums(bought: pd.DataFrame) -> pd.DataFrame:
    """Sum what dealers bought by dealer: sales, margin, margin_amount and those of a year earlier.

    Parameters
    ----------
    bought
        Of :func:`core.store.customers.analysis.dealer_products`.

    Returns
    -------
    pandas.DataFrame
        On customer_id: sales, sales_previous, margin, margin_previous, margin_amount; NaN where none is
        known. The margin of a year earlier is taken at today's rates.
    """
    known = bought["amount"].where(bought["margin_rate"].notna())
    facts = pd.DataFrame(
        {
            "sales": bought["amount"],
            "sales_previous": bought["amount_previous"],
            "margin": bought["amount"] * bought["margin_rate"],
            "margin_previous": bought["amount_previous"] * bought["margin_rate"],
            "margin_amount": known,
        }
    )
    return facts.groupby(bought["customer_id"]).sum(min_count=1)


def _derived(table: pd.DataFrame) -> pd.DataFrame:
    # Our own books are complete: where a shop's sales are recorded and ours aren't, we sold nothing there.
    own = table["own"].where(table["own"].notna() | table["demand"].isna(), 0.0)
    # Where nobody else is recorded the demand is ours alone, and says nothing about the account.
    others = table["best_rival"].notna() | (table["demand"] > own)
    demand = table["demand"].where((table["demand"] > 0) & others)
    return table.assign(
        own=own,
        growth=_growth(table["sales"], table["sales_previous"]),
        demand_growth=_growth(table["demand"], table["demand_previous"]),
        margin_rate=table["margin"] / table["margin_amount"].where(table["margin_amount"] > 0),
        account_share=own / demand,
        sales_cumulated=abc_table(table["sales"], AbcRule(SALES_CUTS))["cumulated"],
    )


def _growth(now: pd.Series, before: pd.Series) -> pd.Series:
    return now / before.where(before > 0) - 1


def product_table(store: Store, request: CustomerRequest) -> pd.DataFrame:
    """Return our products with what they brought.

    Parameters
    ----------
    request
        Which months and category.

    Returns
    -------
    pandas.DataFrame
        On product_id: name, category, price_tier, feature_tier, margin_rate, sales, sales_previous, growth,
        margin, margin_previous, margin_amount (sales whose margin is known); and ``source``: ``dealer``
        where sales are what dealers bought, ``terminal`` where no dealer's products are recorded and those of
        the shops count.
    """
    table = read.products(store, request.own_company, request.category).set_index("product_id")
    bought = read.dealer_products(store, request.period, request.category, scope=request.scope)
    named = bought.dropna(subset=["product_id"])
    source = "dealer" if named["amount"].notna().any() else "terminal"
    if source == "terminal":
        named = read.shop_products(
            store, request.period, request.own_company, request.category, scope=request.scope
        )
    sums = named.groupby("product_id")[["amount", "amount_previous"]].sum(min_count=1)
    sums = sums.rename(columns={"amount": "sales", "amount_previous": "sales_previous"})
    table = table.join(sums)
    return table.assign(
        growth=_growth(table["sales"], table["sales_previous"]),
        margin=table["sales"] * table["margin_rate"],
        margin_previous=table["sales_previous"] * table["margin_rate"],
        margin_amount=table["sales"].where(table["margin_rate"].notna()),
        source=source,
    )
