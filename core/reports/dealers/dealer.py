"""One dealer: the computable side of the 7P panel [S2 2-3], and its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.analysis.basket import pair_table
from core.customers.forms import form
from core.i18n import _
from core.periods import Period, shift
from core.reports.dealers.request import STOCK_MONTHS, DealerRequest
from core.reports.market.choices import names_of
from core.store.customers import dealers as store_dealers
from core.store.cycle.expenses import Places, expense_months, net_sales
from core.store.forms import forms as store_forms

if TYPE_CHECKING:
    from core.store.database import Store


@dataclass(frozen=True, eq=False)
class SevenP:
    """What the data say of a dealer in the seven panels.

    Parameters
    ----------
    months
        Persistency: month, sell_in, sell_out (yuan) and share (of all dealers' sell-in), two years.
    products
        Profitability and performance by product: product, category, sell_in, sell_in_previous, growth,
        margin, margin_rate; the largest first.
    categories
        Prospecting by category: category, sell_in, sell_in_previous, growth.
    shops
        Performance by channel and place: outlet_type, place, shops, active (with sales), amount (yuan).
    pairs
        Product: pairs of products in its shops with the names product and other_product, see
        :func:`core.customers.analysis.basket.pair_table`; lift above 1, with candidates.
    promotion
        Promotion: promotion expense of its region ÷ sales of the region's dealers; None unknown.
    """

    months: pd.DataFrame
    products: pd.DataFrame
    categories: pd.DataFrame
    shops: pd.DataFrame
    pairs: pd.DataFrame
    promotion: float | None


def seven_p(store: Store, request: DealerRequest, dealer_id: str, region_id: str | None) -> SevenP:
    """Return the computable panels of one dealer.

    Parameters
    ----------
    dealer_id
        Which dealer.
    """
    scope = request.scope
    products = _products(store, request, dealer_id)
    both = products.groupby("category", dropna=False)[["sell_in", "sell_in_previous"]].sum(min_count=1)
    categories = both.assign(growth=_growth(both)).reset_index().sort_values("sell_in", ascending=False)
    shops = store_dealers.shop_sales(store, dealer_id, request.period, request.own_company, scope=scope)
    recent = Period(shift(request.end, 1 - STOCK_MONTHS), request.end)
    held = store_dealers.baskets(store, dealer_id, recent, request.own_company, scope=scope)
    names = products.set_index("product_id")["product"]
    pairs = pair_table(held)
    pairs = pairs[(pairs["lift"] > 1) & (pairs["candidates"] > 0)]
    pairs = pairs.assign(
        product=pairs["item"].map(names).fillna(pairs["item"]),
        other_product=pairs["other"].map(names).fillna(pairs["other"]),
    )
    return SevenP(
        _months(store, request, dealer_id),
        products,
        categories.reset_index(drop=True),
        shops.assign(place=names_of(shops)).drop(columns=["name", "name_en"]),
        pairs.reset_index(drop=True),
        _promotion(store, request, region_id),
    )


def decisions(store: Store, request: DealerRequest, dealer_id: str) -> pd.DataFrame:
    """Return all decisions about a dealer, the latest first: the form's fields, updated_at, updated_by."""
    frame = store_forms.load_frame(store, form("dealer_decision"), scope=request.scope)
    frame = frame[frame["customer_id"] == dealer_id]
    return frame.sort_values(["decided_on", "updated_at"], ascending=False, ignore_index=True)


def _months(store: Store, request: DealerRequest, dealer_id: str) -> pd.DataFrame:
    everyone = store_dealers.months(store, request.history, scope=request.scope)
    total = everyone.groupby("month")["sell_in"].sum(min_count=1)
    own = everyone[everyone["dealer_id"] == dealer_id].drop(columns="dealer_id").reset_index(drop=True)
    return own.assign(share=own["sell_in"] / own["month"].map(total))


def _products(store: Store, request: DealerRequest, dealer_id: str) -> pd.DataFrame:
    now = store_dealers.products(store, request.period, dealer_id, scope=request.scope)
    before = store_dealers.products(store, request.period.previous, dealer_id, scope=request.scope)
    keys = ["product_id", "product", "category"]
    # Texts of a table without rows can't be merged as Arrow's.
    table = (
        now[[*keys, "sell_in", "margin_rate"]]
        .astype(dict.fromkeys(keys, object))
        .merge(
            before[[*keys, "sell_in"]].astype(dict.fromkeys(keys, object)),
            how="outer",
            on=keys,
            suffixes=("", "_previous"),
        )
    )
    table = table.assign(
        product=table["product"].fillna(table["product_id"]),
        category=table["category"].fillna(_("no category")),
        growth=_growth(table),
        margin=table["sell_in"] * table["margin_rate"],
    )
    return table.sort_values(["sell_in", "product_id"], ascending=[False, True], ignore_index=True)


def _growth(table: pd.DataFrame) -> pd.Series:
    before = table["sell_in_previous"]
    return table["sell_in"] / before.where(before > 0) - 1


def _promotion(store: Store, request: DealerRequest, region_id: str | None) -> float | None:
    """Return what promotion of the region takes of its net sales, of months in which both are recorded."""
    if region_id is None:
        return None
    place = Places((region_id,), ())
    cells = expense_months(store, request.period, place, scope=request.scope)
    spent = cells[cells["kind"] == "promotion"].groupby("month")["actual"].sum(min_count=1)
    sold = net_sales(store, request.period, place, scope=request.scope).set_index("month")["sales"]
    both = pd.concat([spent, sold], axis=1).dropna().sum()
    return float(both["actual"] / both["sales"]) if both["sales"] > 0 else None
