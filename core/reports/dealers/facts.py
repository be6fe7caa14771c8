"""What the data say on the nine cards, for all dealers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.customers.cards import net_margin
from core.customers.dealers.core_customer import VERDICTS
from core.customers.dealers.decision import DISPOSITIONS
from core.customers.dealers.persistency import STATES
from core.customers.dealers.tiers import TIERS
from core.customers.forms import form
from core.i18n import N_, _
from core.reports.dealers.issues import dealer_issues
from core.reports.dealers.stock import dealer_stock
from core.reports.dealers.table import dealer_table
from core.reports.market.market import market_report
from core.reports.market.request import MarketRequest
from core.store.customers import dealers as store_dealers
from core.store.forms import forms as store_forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.reports.dealers.request import DealerRequest
    from core.store.database import Store

LEVELS: dict[str, str] = {"first": N_("General dealer"), "second": N_("Sub-dealer")}


def dealer_facts(store: Store, request: DealerRequest) -> pd.DataFrame:
    """Return the facts of all cards, indexed by dealer_id; missing where unknown.

    Amounts in yuan, shares as ratios, codes in words of the language in use. The columns are the names of the
    facts in :data:`core.customers.cards.CARDS`, and ``name``.
    """
    table = dealer_table(store, request)
    stock = dealer_stock(store, request).dealers
    facts = pd.DataFrame(
        {
            "name": table["name"],
            "level": _words(table["level"], LEVELS),
            "tier": _words(table["tier"], TIERS),
            "disposition": _words(table["disposition"], DISPOSITIONS),
            "verdict": _words(table["verdict"].where(table["verdict"] != "unknown"), VERDICTS),
            "state": _words(table["state"], STATES),
        }
    )
    plain = (
        "place owner backup terminals sub_dealers regions credit_limit payment_days sell_in growth sell_out "
        "rank months_active"
    )
    facts = facts.join(table[plain.split()]).join(stock[["sell_through", "days_of_stock"]])
    facts = facts.join(_from_products(store, request)).join(_from_forms(store, request))
    facts["net_margin"] = _net(store, request, facts["gross_margin"])
    return facts.join(_rivals(store, request, table).reindex(table.index))


def _words(codes: pd.Series, labels: Mapping[str, str]) -> pd.Series:
    """Return labels in the language in use; a code nobody declared stays as it is written."""
    words = {code: _(label) for code, label in labels.items()}
    return codes.map(lambda code: words.get(code, code), na_action="ignore").astype(object)


def _from_products(store: Store, request: DealerRequest) -> pd.DataFrame:
    sold = store_dealers.products(store, request.period, scope=request.scope)
    # A margin is known only where every product bought has a rate.
    sold = sold.assign(margin=sold["sell_in"] * sold["margin_rate"])
    by_dealer = sold.groupby("dealer_id")
    total = by_dealer["sell_in"].sum(min_count=1)
    complete = by_dealer["margin"].count() == by_dealer.size()
    margin = by_dealer["margin"].sum(min_count=1).where(complete)
    tiers = by_dealer["price_tier"].count() == by_dealer.size()
    high = (
        sold[sold["price_tier"] == "H"].groupby("dealer_id")["sell_in"].sum().reindex(total.index).fillna(0)
    )
    best = sold.sort_values(["sell_in", "product_id"], ascending=[False, True]).drop_duplicates("dealer_id")
    return pd.DataFrame(
        {
            "gross_margin": margin,
            "margin_rate": margin / total.where(total > 0),
            "high_tier": (high / total.where(total > 0)).where(tiers),
            "products": by_dealer["product_id"].nunique(),
            "main_product": best.set_index("dealer_id")["product"],
        }
    )


def _from_forms(store: Store, request: DealerRequest) -> pd.DataFrame:
    found = dealer_issues(store, request)
    latest = found.service.drop_duplicates("dealer_id").set_index("dealer_id")
    disorder = found.log[found.log["open"] & found.log["disorder"].notna()]
    everyone = store_dealers.dealers(store, request.end, scope=request.scope)["dealer_id"]
    table = pd.DataFrame(index=pd.Index(everyone, name="dealer_id"))
    table["receivable"] = latest["receivable"].astype("float64").reindex(table.index)
    table["overdue_rate"] = latest["overdue_rate"].astype("float64").reindex(table.index)
    table["disorders"] = disorder.groupby("dealer_id").size().reindex(table.index).fillna(0).astype(int)
    return table


def _net(store: Store, request: DealerRequest, gross: pd.Series) -> pd.Series:
    costs = store_forms.load_frame(store, form("card_cost_profit"), scope=request.scope).set_index(
        "customer_id"
    )
    said = {str(key): row for key, row in costs.to_dict("index").items()}
    values = [net_margin(value, said.get(str(key))) for key, value in gross.items()]
    return pd.Series(values, index=gross.index, dtype="float64")


def _rivals(store: Store, request: DealerRequest, table: pd.DataFrame) -> pd.DataFrame:
    """Return our share and rank and the benchmark rival in each dealer's region."""
    columns = ["share", "rank", "rival_name", "rival_share"]
    parts: list[pd.DataFrame] = []
    if not request.own_company:
        return pd.DataFrame(index=table.index, columns=["share", "region_rank", "rival_name", "rival_share"])
    for level, rows in table.groupby("region_level"):
        asked = MarketRequest(
            request.own_company, request.period.start, request.period.end, str(level), scope=request.scope
        )
        regions = market_report(store, asked).regions.set_index("region_id")[columns]
        parts.append(rows[["region_id"]].join(regions, on="region_id")[columns])
    found = pd.concat(parts) if parts else pd.DataFrame(columns=columns)
    return found.rename(columns={"rank": "region_rank"})
