"""Stock of dealers against their sell-out, and the expenses of regions against sales [S0 0-4, 0-7]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.dealers.stock import stock_table
from core.periods import Period, shift
from core.reports.cycle.expenses import ExpenseReport, ExpenseRequest, expense_report
from core.reports.dealers.request import STOCK_MONTHS, DealerRequest, dealer_rules
from core.reports.market.choices import names_of
from core.store.customers import dealers as store_dealers

if TYPE_CHECKING:
    from core.store.database import Store


@dataclass(frozen=True, eq=False)
class DealerStock:
    """Stock and expenses.

    Parameters
    ----------
    dealers
        One row per dealer, indexed by dealer_id: name, tier, place and the columns of
        :func:`core.customers.dealers.stock.stock_table`.
    products
        One row per dealer and product counted: dealer_id, product_id, product, category, quantity and the
        same columns.
    expenses
        As on the page of expenses, of the level that most expenses are charged to: None where none is
        recorded.
    above
        On region_id of ``expenses.regions``: by how much the ratio is above the planned one, NaN unplanned.
    window
        The months that sell-out is averaged over.
    """

    dealers: pd.DataFrame
    products: pd.DataFrame
    expenses: ExpenseReport | None
    above: pd.Series
    window: Period


def dealer_stock(store: Store, request: DealerRequest, dealer_id: str | None = None) -> DealerStock:
    """Return the stock of all dealers, or the products of one.

    Parameters
    ----------
    request
        The time looked at: sell-out of its last three months, stock at its end.
    dealer_id
        Only the products of this dealer; None for all.
    """
    rules = dealer_rules(store)
    window = Period(shift(request.end, 1 - STOCK_MONTHS), request.end)
    names = store_dealers.dealers(store, request.end, scope=request.scope).set_index("dealer_id")
    place = names_of(names.rename(columns={"name": "kept", "region": "name", "region_en": "name_en"}))
    counted = store_dealers.stock(store, request.as_of, dealer_id, scope=request.scope)
    head = names[["name", "tier"]].assign(place=place).join(_counted(counted))
    head = head.join(_sold(store_dealers.months(store, window, scope=request.scope)))
    lines = _lines(counted, store_dealers.products(store, window, dealer_id, scope=request.scope))
    costs = _expenses(store, request)
    ratio = pd.Series(dtype="float64") if costs is None else costs.regions.set_index("region_id")["ratio"]
    return DealerStock(
        stock_table(head, request.as_of, rules.stock),
        stock_table(lines, request.as_of, rules.stock),
        costs,
        ratio - (float("nan") if rules.expense_norm is None else rules.expense_norm),
        window,
    )


def _expenses(store: Store, request: DealerRequest) -> ExpenseReport | None:
    level = store_dealers.expense_level(store, request.period, scope=request.scope)
    if level is None:
        return None
    period = request.period
    return expense_report(store, ExpenseRequest(period.start, period.end, level, scope=request.scope))


def shop_stock(store: Store, request: DealerRequest) -> pd.DataFrame:
    """Return the stock of the shops that were counted, product by product.

    Returns
    -------
    pandas.DataFrame
        terminal_id, name, place, product and the columns of
        :func:`core.customers.dealers.stock.stock_table`; what a shop was delivered isn't recorded, so
        it has no sell-through.
    """
    window = Period(shift(request.end, 1 - STOCK_MONTHS), request.end)
    lines = store_dealers.shop_stock(store, request.as_of, window, request.own_company, scope=request.scope)
    places = lines.rename(columns={"name": "kept", "region": "name", "region_en": "name_en"})
    lines = lines.assign(place=names_of(places), sell_in=float("nan")).drop(columns=["region", "region_en"])
    return stock_table(lines, request.as_of, dealer_rules(store).stock)


def _counted(counted: pd.DataFrame) -> pd.DataFrame:
    """Sum the last counts; a product without a value makes a dealer's stock unknown rather than smaller."""
    by_dealer = counted.groupby("dealer_id")
    complete = by_dealer["stock"].count() == by_dealer.size()
    stock = by_dealer["stock"].sum().where(complete)
    return pd.DataFrame({"stock": stock, "counted_on": by_dealer["counted_on"].max()})


def _sold(months: pd.DataFrame) -> pd.DataFrame:
    """Sum the months whose sell-out is recorded; sell-in is unknown unless recorded in all of them."""
    known = months.dropna(subset=["sell_out"])
    length = pd.to_datetime(known["month"]).dt.days_in_month
    by_dealer = known.assign(days=length).groupby("dealer_id")
    table = by_dealer[["sell_in", "sell_out", "days"]].sum()
    complete = by_dealer["sell_in"].count() == by_dealer.size()
    return table.assign(sell_in=table["sell_in"].where(complete))


def _lines(counted: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """Set each product counted beside its sales; who reports products and leaves one out sold none of it."""
    keys = ["dealer_id", "product_id"]
    lines = counted.merge(sold[[*keys, "sell_in", "sell_out"]], how="left", on=keys, indicator=True)
    days = sold.dropna(subset=["days"]).groupby("dealer_id")["days"].first()
    lines["days"] = lines["dealer_id"].map(days)
    left_out = (lines["_merge"] == "left_only") & lines["days"].notna()
    lines.loc[left_out, ["sell_in", "sell_out"]] = 0.0
    return lines.drop(columns="_merge")
