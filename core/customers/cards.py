"""The nine cards: which fields count, what the data say themselves, how complete and fresh each is [S2 2-2].

A card has two parts: what the store knows (facts) and what somebody must ask (fields of its form). Complete
is filled ÷ wanted over both; fresh is how long ago the asked part was saved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.customers.forms import cards as asked
from core.customers.forms.reading import is_empty
from core.customers.forms.spec import Field, FieldKind, Form
from core.i18n import N_

_T, _I, _N, _M = FieldKind.TEXT, FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY

FRESHNESS: dict[str, str] = {
    "fresh": N_("Fresh"),
    "stale": N_("Out of date"),
    "empty": N_("Never filled in"),
}


@dataclass(frozen=True)
class Card:
    """One of the nine cards.

    Parameters
    ----------
    number
        1 to 9, the document's order.
    form
        What must be asked.
    wanted
        Fields of the form that count for the completeness.
    facts
        What the store knows; ``name`` is the key in the facts of a customer. A share has the unit ``%``
        and is kept as a ratio.
    """

    number: int
    term: str
    form: Form
    wanted: tuple[str, ...]
    facts: tuple[Field, ...] = ()


def _share(name: str, label: str, note: str = "") -> Field:
    return Field(name, _N, label, note, unit=N_("%"))


CARDS: tuple[Card, ...] = (
    Card(
        1,
        "客户资料卡",
        asked.PROFILE,
        ("head", "phone", "address", "company_form", "staff", "brands"),
        (
            Field("level", _T, N_("Distribution level")),
            Field("tier", _T, N_("Tier")),
            Field("place", _T, N_("Region")),
            Field("owner", _T, N_("Owner")),
            Field("backup", _T, N_("Stand-in")),
            Field("terminals", _I, N_("Terminals supplied")),
            Field("sub_dealers", _I, N_("Sub-dealers")),
            Field("regions", _I, N_("Regions served")),
        ),
    ),
    Card(
        2,
        "客户信用卡",
        asked.CREDIT,
        ("rating", "assessed_on", "habit"),
        (
            Field("credit_limit", _M, N_("Credit limit")),
            Field("payment_days", _I, N_("Payment days")),
            Field("receivable", _M, N_("Receivable"), N_("Of the latest monthly service record.")),
            _share("overdue_rate", N_("Overdue ÷ receivable")),
        ),
    ),
    Card(
        3,
        "客户销售资料卡",
        asked.SALES,
        ("agreed", "purchases", "channels"),
        (
            Field("sell_in", _M, N_("Sell-in of 12 months")),
            _share("growth", N_("Growth")),
            Field("sell_out", _M, N_("Sell-out of 12 months")),
            _share("sell_through", N_("Sell-through"), N_("Sell-out ÷ sell-in of the last three months.")),
            Field("days_of_stock", _N, N_("Days of stock")),
            Field("rank", _I, N_("Rank by sell-in")),
            Field("months_active", _I, N_("Months with orders")),
            Field("main_product", _T, N_("Best-selling product")),
        ),
    ),
    Card(
        4,
        "客户价格管理卡",
        asked.PRICE,
        ("price_list", "rebate", "resale", "retail"),
        (
            Field("products", _I, N_("Products bought")),
            _share("high_tier", N_("Share of high-priced products")),
            Field("disorders", _I, N_("Open disorders of prices")),
        ),
    ),
    Card(
        5,
        "客户费用和利润管理卡",
        asked.COSTS,
        ("promotion_cost", "rebate_cost", "delivery_cost", "staff_cost"),
        (
            Field("gross_margin", _M, N_("Gross margin"), N_("Sell-in × margin rate, product by product.")),
            _share("margin_rate", N_("Margin rate")),
            Field(
                "net_margin", _M, N_("Net margin"), N_("Gross margin less the four main costs and others.")
            ),
        ),
    ),
    Card(
        6,
        "区域竞争对手资料卡",
        asked.RIVALS,
        ("rival_dealer", "policy", "strengths", "weaknesses"),
        (
            _share("share", N_("Our share in the region")),
            Field("region_rank", _I, N_("Our rank in the region")),
            Field("rival_name", _T, N_("Benchmark rival")),
            _share("rival_share", N_("Its share")),
        ),
    ),
    Card(
        7,
        "消费者意见反馈卡",
        asked.CONSUMERS,
        ("collected_on", "asked", "satisfaction", "complaints"),
    ),
    Card(
        8,
        "下游分销商意见卡",
        asked.SUBDEALERS,
        ("collected_on", "asked", "supply", "price_order", "complaints"),
        (Field("sub_dealers", _I, N_("Sub-dealers")), Field("terminals", _I, N_("Terminals supplied"))),
    ),
    Card(
        9,
        "客户策略卡",
        asked.STRATEGY,
        ("goal", "target", "product", "price", "service", "promotion", "responsible"),
        (
            Field("disposition", _T, N_("Disposition")),
            Field("verdict", _T, N_("Core-customer test")),
            Field("state", _T, N_("Faithfulness")),
        ),
    ),
)
BY_FORM: dict[str, Card] = {card.form.name: card for card in CARDS}


# A shop has five of the nine: credit, prices, costs and sub-dealers are matters of its dealer.
_TERMINAL_FACTS: dict[str, tuple[Field, ...]] = {
    "card_profile": (
        Field("outlet_type", _T, N_("Outlet type")),
        Field("grade", _T, N_("Grade")),
        Field("place", _T, N_("Region")),
        Field("dealer", _T, N_("Dealer")),
        Field("employee", _T, N_("Visited by")),
        Field("address_known", _T, N_("Address")),
    ),
    "card_sales": (
        Field("own", _M, N_("Own sales of 12 months")),
        Field("rivals", _M, N_("Rivals' sales of 12 months")),
        _share("account_share", N_("Our share in the shop")),
        Field("months_active", _I, N_("Months with orders")),
    ),
    "card_rivals": (
        Field("rival_name", _T, N_("Strongest rival here")),
        _share("rival_share", N_("Its share")),
    ),
    "card_consumers": (),
    "card_strategy": (Field("last_visit", FieldKind.DATE, N_("Last visit")),),
}


def terminal_cards() -> tuple[Card, ...]:
    """Return the cards that a shop has, with what the data say of a shop."""
    return tuple(
        replace(card, facts=_TERMINAL_FACTS[card.form.name])
        for card in CARDS
        if card.form.name in _TERMINAL_FACTS
    )


@dataclass(frozen=True)
class CardState:
    """How a card stands.

    Parameters
    ----------
    filled, wanted
        Facts known and wanted fields filled in, of how many.
    missing
        Labels' source strings of what is missing.
    freshness
        Of :data:`FRESHNESS`.
    """

    filled: int
    wanted: int
    missing: tuple[str, ...]
    freshness: str

    @property
    def completeness(self) -> float:
        """Filled ÷ wanted, 0 to 1."""
        return self.filled / self.wanted


def card_state(
    card: Card,
    facts: Mapping[str, object],
    payload: Mapping[str, object] | None,
    saved_on: dt.date | None,
    *,
    today: dt.date,
    fresh_days: int,
) -> CardState:
    """Return how complete and how fresh a card is.

    Parameters
    ----------
    card
        Which card.
    facts
        What the store knows of the customer, by name; None or NaN unknown.
    payload
        The saved form, None where nobody began it.
    today, fresh_days
        A card saved on ``today - fresh_days`` is still fresh.
    """
    known = [not _unknown(facts.get(fact.name)) for fact in card.facts]
    said = [not is_empty((payload or {}).get(name)) for name in card.wanted]
    missing = [fact.label for fact, has in zip(card.facts, known, strict=True) if not has]
    missing += [card.form.field(name).label for name, has in zip(card.wanted, said, strict=True) if not has]
    if payload is None or saved_on is None:
        freshness = "empty"
    else:
        freshness = "fresh" if (today - saved_on).days <= fresh_days else "stale"
    return CardState(sum(known) + sum(said), len(known) + len(said), tuple(missing), freshness)


def net_margin(gross: float | None, costs: Mapping[str, object] | None) -> float | None:
    """Return gross margin less costs, yuan; None unless gross and the four wanted costs are known."""
    said = costs or {}
    wanted = [said.get(name) for name in BY_FORM["card_cost_profit"].wanted]
    if _unknown(gross) or any(is_empty(value) for value in wanted):
        return None
    other = said.get("other_cost")
    return float(gross or 0) - sum(float(str(value)) for value in (*wanted, other) if not is_empty(value))


def _unknown(value: object) -> bool:
    return value is None or value != value or value == ""  # noqa: PLR0124 - NaN differs from itself
