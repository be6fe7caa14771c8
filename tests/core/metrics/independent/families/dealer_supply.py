"""The KPIs of dealers' stock, issues and cards from raw facts."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import TYPE_CHECKING, Any

import pandas as pd

from tests.core.metrics.independent.families.raw import TODAY, YEAR, months_back

if TYPE_CHECKING:
    from tests.core.metrics.independent.families.raw import Raw

RECENT = months_back(3)
COSTS = ("promotion_cost", "rebate_cost", "delivery_cost", "staff_cost")
# By card: what must be asked, and what the data say (docs/methods/dealers.md, core/customers/cards.py).
CARDS = {
    "card_profile": ("head phone address company_form staff brands",
                     "level tier place owner backup terminals sub_dealers regions"),
    "card_credit": ("rating assessed_on habit", "credit_limit payment_days receivable overdue_rate"),
    "card_sales": ("agreed purchases channels",
                   "sell_in growth sell_out sell_through days_of_stock rank months_active main_product"),
    "card_price": ("price_list rebate resale retail", "products high_tier disorders"),
    "card_cost_profit": (" ".join(COSTS), "gross_margin margin_rate net_margin"),
    "card_rivals": ("rival_dealer policy strengths weaknesses", "share region_rank rival_name rival_share"),
    "card_consumers": ("collected_on asked satisfaction complaints", ""),
    "card_subdealers": ("collected_on asked supply price_order complaints", "sub_dealers terminals"),
    "card_strategy": ("goal target product price service promotion responsible", "disposition verdict state"),
}  # fmt: skip


def dealer_stocks(raw: Raw) -> pd.DataFrame:
    """Return each dealer's last count against its sell-out of three months."""
    counts = _last_counts(raw)
    table = pd.DataFrame(index=raw["dealer"]["dealer_id"])
    grouped = counts.groupby("customer_id")
    complete = grouped["amount"].count() == grouped.size()
    table["stock"] = grouped["amount"].sum().where(complete)
    table["counted_on"] = grouped["as_of"].max()
    rows = raw.dealer_months[raw.dealer_months["month"].isin(RECENT)].dropna(subset=["sell_out"])
    sold = rows.assign(days=rows["month"].map(_days)).groupby("dealer_id")
    table["sell_out"], table["days"] = sold["sell_out"].sum(), sold["days"].sum()
    table["sell_in"] = sold["sell_in"].sum().where(sold["sell_in"].count() == sold.size())
    return _judged(table)


def product_stocks(raw: Raw) -> pd.DataFrame:
    """Return the same product by product, on (dealer_id, product_id)."""
    counts = _last_counts(raw).set_index(["customer_id", "product_id"])
    rows = raw["dealer_sales"]
    rows = rows[rows["product_id"].notna() & rows["month"].isin(RECENT)]
    sums = rows.groupby(["dealer_id", "product_id"])[["sell_in_amount", "sell_out_amount"]].sum()
    told = rows.dropna(subset=["sell_out_amount"]).drop_duplicates(["dealer_id", "month"])
    days = told.assign(days=told["month"].map(_days)).groupby("dealer_id")["days"].sum()
    names = raw["product"].set_index("product_id")["name"]
    found = {}
    for (dealer, product), row in counts.to_dict("index").items():
        sold = sums.loc[(dealer, product)] if (dealer, product) in sums.index else None
        nothing = None if dealer not in days.index else 0.0
        found[dealer, product] = {
            "product": names.get(product), "stock": row["amount"], "counted_on": row["as_of"],
            "sell_in": nothing if sold is None else sold["sell_in_amount"],
            "sell_out": nothing if sold is None else sold["sell_out_amount"], "days": days.get(dealer),
        }  # fmt: skip
    return _judged(pd.DataFrame.from_dict(found, orient="index"))


def _last_counts(raw: Raw) -> pd.DataFrame:
    counts = raw["inventory"]
    counts = counts[(counts["customer_type"] == "dealer") & (counts["as_of"] <= TODAY)]
    return counts[counts["as_of"] == counts.groupby("customer_id")["as_of"].transform("max")]


def _days(month: dt.date) -> int:
    return monthrange(month.year, month.month)[1]


def _judged(table: pd.DataFrame) -> pd.DataFrame:
    table = table.astype(dict.fromkeys(("stock", "sell_in", "sell_out", "days"), float))
    daily = table["sell_out"] / table["days"].where(table["days"] > 0)
    table["days_of_stock"] = table["stock"] / daily.where(daily > 0)
    table["sell_through"] = table["sell_out"] / table["sell_in"].where(table["sell_in"] > 0)
    dead = (table["stock"] > 0) & (daily <= 0)
    table["slow"] = dead | (table["days_of_stock"] > 90)
    alerts = []
    for place, row in enumerate(table.to_dict("records")):
        age = None if pd.isna(row["counted_on"]) else (TODAY - row["counted_on"]).days
        checks = [
            ("no_count", pd.isna(row["stock"])), ("no_sell_out", pd.isna(daily.iloc[place])),
            ("stale_count", age is not None and age > 45), ("no_sale", dead.iloc[place]),
            ("overstock", row["days_of_stock"] > 45), ("short", row["days_of_stock"] < 7),
        ]  # fmt: skip
        alerts.append(next((name for name, is_so in checks if is_so), "fine"))
    return table.assign(alert=alerts)


def issue_log(raw: Raw) -> pd.DataFrame:
    """Return every issue with how long it lasts or lasted, on (dealer, number of the record)."""
    kept = raw["customer_form"]
    ids = kept[(kept["form"] == "dealer_issue") & (kept["customer_type"] == "dealer")]
    found = {}
    for (customer, record), issue in zip(
        ids[["customer_id", "record_id"]].itertuples(index=False), raw.forms("dealer_issue"), strict=True
    ):
        closed = issue.get("closed")
        until = dt.date.fromisoformat(closed) if closed else TODAY
        names = ("category", "disorder", "description", "responsible", "due", "solution", "opened")
        found[customer, record] = {name: issue.get(name) for name in names} | {
            "open": closed is None,
            "days": (until - dt.date.fromisoformat(issue["opened"])).days}  # fmt: skip
    return pd.DataFrame.from_dict(found, orient="index")


def cards(raw: Raw, board: pd.DataFrame, market: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Return how complete and how fresh each dealer's nine cards are.

    Parameters
    ----------
    board
        Of :func:`tests.core.metrics.independent.families.dealers.dealer_board`.
    market
        The market's KPIs by region.
    """
    facts = _facts(raw, board, market)
    saved = {name: {form["customer_id"]: form for form in raw.forms(name)} for name in CARDS}
    found = {}
    for dealer in board.index:
        filled = wanted = fresh = 0
        for name, (asked, known) in CARDS.items():
            form = saved[name].get(dealer)
            filled += sum(_is_known((form or {}).get(field)) for field in asked.split())
            filled += sum(_is_known(facts[dealer].get(fact)) for fact in known.split())
            wanted += len(asked.split()) + len(known.split())
            fresh += form is not None and (TODAY - form["updated_at"].date()).days <= 180
        found[dealer] = {"all": filled / wanted, "fresh": fresh}
    return pd.DataFrame(found).T


def _is_known(value: object) -> bool:
    return str(value) not in {"None", "nan", "NaT", "<NA>", "", "[]"}


def _facts(raw: Raw, board: pd.DataFrame, market: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return what the data say of each dealer; only whether it is known counts."""
    stocks, products = dealer_stocks(raw), raw["product"].set_index("product_id")
    lines = raw["dealer_sales"]
    lines = lines[lines["product_id"].notna() & lines["month"].isin(YEAR)]
    served = raw["dealer_region"]
    served = served[[pd.isna(m) or pd.Timestamp(m).date() >= YEAR[-1] for m in served["to_month"]]]
    service: dict[str, dict[str, Any]] = {}
    for record in raw.forms("dealer_service"):
        if record["month"] >= service.get(record["customer_id"], {"month": ""})["month"]:
            service[record["customer_id"]] = record
    costs = {form["customer_id"]: form for form in raw.forms("card_cost_profit")}
    found = {}
    for dealer, row in board.to_dict("index").items():
        mine = lines[lines["dealer_id"] == dealer]
        told = service.get(dealer, {})
        sold = mine["sell_in_amount"].sum()
        rated = bool(len(mine)) and bool(mine["product_id"].map(products["unit_margin_rate"]).notna().all())
        tiers = bool(len(mine)) and bool(mine["product_id"].map(products["price_tier"]).notna().all())
        place = market.get(row["region_id"], {})
        found[dealer] = row | {
            "sub_dealers": 0, "regions": len(served), "receivable": told.get("receivable"),
            "overdue_rate": 1 if float(told.get("receivable") or 0) > 0 and told.get("overdue") else None,
            "sell_through": stocks.at[dealer, "sell_through"], "days_of_stock": stocks.at[dealer,
            "days_of_stock"],
            "main_product": 1 if len(mine) else None, "products": 1 if len(mine) else None, "disorders": 0,
            "high_tier": 1 if tiers and sold > 0 else None, "gross_margin": 1 if rated else None,
            "margin_rate": 1 if rated and sold > 0 else None, "share": place.get("share"),
            "net_margin": 1 if rated and all(costs.get(dealer, {}).get(name) for name in COSTS) else None,
            "region_rank": place.get("rank"), "rival_name": place.get("rival_name"),
            "rival_share": place.get("rival_share"),
            "verdict": None if row["verdict"] == "unknown" else row["verdict"],
        }  # fmt: skip
    return found
