"""What analyses of customers look at with every table read into pandas and summed there.

The rules are the program's own; only where the facts are joined and summed differs.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store


def read(store: Store, table: str, columns: str) -> pd.DataFrame:
    """Read columns of a whole table."""
    return store.fetch(f"SELECT {columns} FROM {table} AS t").to_pandas()


def account_sums(store: Store, figures: SalesWindow) -> pd.DataFrame:
    """Sum the sales in each shop: demand, own, best_rival, each with ``_previous``; margin, months_active."""
    facts = read(
        store,
        "terminal_sales",
        "t.terminal_id, t.company_id, t.month, t.product_id, CAST(t.amount * 100 AS BIGINT) AS fen",
    )
    rates = read(store, "product", "t.product_id, CAST(t.unit_margin_rate AS DOUBLE) AS rate")
    companies = read(store, "company", "t.company_id, t.is_aggregate").set_index("company_id")
    month = pd.to_datetime(facts["month"])
    facts = facts.assign(month=month)
    stated = facts["product_id"].isna()
    keys = ["terminal_id", "company_id", "month"]
    totals = facts[stated].groupby(keys)["fen"].sum()
    summed = facts[~stated].groupby(keys)["fen"].sum()
    months = totals.combine_first(summed).rename("fen").reset_index() if len(summed) else totals.reset_index()
    aggregate = months["company_id"].map(companies["is_aggregate"]).fillna(False).astype(bool)
    own = months["company_id"] == figures.own_company
    table = pd.DataFrame(index=pd.Index(sorted(months["terminal_id"].unique()), name="terminal_id"))
    for ending, (first, last) in (("", (figures.start, figures.end)), ("_previous", figures.previous)):
        inside = months["month"].between(pd.Timestamp(first), pd.Timestamp(last))
        shop = months[inside].groupby("terminal_id")["fen"]
        table[f"demand{ending}"] = shop.sum() / 100
        table[f"own{ending}"] = months[inside & own].groupby("terminal_id")["fen"].sum() / 100
        rivals = months[inside & ~own & ~aggregate].groupby(["terminal_id", "company_id"])["fen"].sum()
        table[f"best_rival{ending}"] = rivals.groupby(level=0).max() / 100
        sold = facts[~stated & (facts["company_id"] == figures.own_company)].merge(rates, on="product_id")
        sold = sold[sold["month"].between(pd.Timestamp(first), pd.Timestamp(last)) & sold["rate"].notna()]
        table[f"margin{ending}"] = (sold["fen"] * sold["rate"]).groupby(sold["terminal_id"]).sum() / 100
        if not ending:
            table["margin_amount"] = sold.groupby("terminal_id")["fen"].sum() / 100
            active = months[inside & own]
            counted = active[active["fen"] > 0].groupby("terminal_id").size()
            table["months_active"] = counted.reindex(active["terminal_id"].unique()).fillna(0)
    return table.astype("float64")


def terminals(store: Store) -> pd.DataFrame:
    """Read all terminals."""
    columns = (
        "t.terminal_id, t.name, t.outlet_type, t.grade, t.status, t.region_id, t.dealer_id, t.employee_id"
    )
    return read(store, "terminal", columns).set_index("terminal_id").sort_index()


def visits(store: Store, figures: SalesWindow) -> pd.DataFrame:
    """Count the visits of each shop in the period and take the mean of their minutes."""
    table = read(store, "visit", "t.terminal_id, t.start_at, t.end_at")
    end = pd.Timestamp(figures.as_of) + dt.timedelta(1)
    table = table[(table["start_at"] >= pd.Timestamp(figures.start)) & (table["start_at"] < end)]
    start, stop = table["start_at"].dt.floor("min"), table["end_at"].dt.floor("min")
    table = table.assign(minutes=(stop - start) / pd.Timedelta("1min"))
    groups = table.groupby("terminal_id")
    return pd.DataFrame({"visits": groups.size(), "dwell": groups["minutes"].mean()})


def customer_rows(store: Store, figures: SalesWindow, sums: pd.DataFrame) -> pd.DataFrame:
    """Return terminals with their sums, in the columns of the customer table."""
    table = terminals(store).join(sums)
    table = table.assign(closed=table["status"] == "closed")
    table = table[~table["closed"] | table["demand"].notna() | table["demand_previous"].notna()]
    counted = visits(store, figures)["visits"].reindex(table.index).fillna(0)
    names = read(store, "region", "t.region_id, t.name").set_index("region_id")["name"]
    return table.assign(
        segment=table["outlet_type"],
        region=table["region_id"].map(names),
        owner=table["employee_id"],
        visits=counted,
        sales=table["own"],
        sales_previous=table["own_previous"],
        payment_days=np.nan,
        attitude=np.nan,
        capability=np.nan,
    ).drop(columns="grade")


def shop_rows(store: Store, sums: pd.DataFrame) -> pd.DataFrame:
    """Return the shops that aren't closed with own and category sales of both years."""
    table = terminals(store).join(sums)
    table = table[table["status"] != "closed"]
    return table.assign(category=table["demand"], category_previous=table["demand_previous"])


def dealer_rows(store: Store, figures: SalesWindow) -> pd.DataFrame:
    """Return what dealers bought by product in the period; what products don't explain has none."""
    columns = "t.dealer_id, t.product_id, t.month, CAST(t.sell_in_amount * 100 AS BIGINT) AS fen"
    facts = read(store, "dealer_sales", columns)
    inside = pd.to_datetime(facts["month"]).between(pd.Timestamp(figures.start), pd.Timestamp(figures.end))
    facts = facts[inside & facts["fen"].notna()]
    stated = facts["product_id"].isna()
    named = facts[~stated].groupby(["dealer_id", "product_id"])["fen"].sum().reset_index()
    totals = facts[stated].groupby(["dealer_id", "month"])["fen"].sum()
    explained = facts[~stated].groupby(["dealer_id", "month"])["fen"].sum()
    rest = (totals - explained.reindex(totals.index).fillna(0)).groupby(level=0).sum()
    rest = rest[rest != 0].reset_index().assign(product_id=None)
    rates = read(store, "product", "t.product_id, CAST(t.unit_margin_rate AS DOUBLE) AS margin_rate")
    rows = pd.concat([named, rest]).merge(rates, on="product_id", how="left")
    return rows.assign(amount=rows["fen"] / 100).rename(columns={"dealer_id": "customer_id"})
