"""The nine cards of a customer file [S2 2-2]: what has to be asked, because no data say it.

The document names the cards and not their fields; the fields here are the product's [I]. None of them is
required to save: a file grows with every visit. Which ones count for the completeness, and what the data say
themselves, is declared in :mod:`core.customers.cards`.
"""

from __future__ import annotations

from core.customers.forms.spec import Field, FieldKind, Form
from core.i18n import N_

_T, _N, _I, _M = FieldKind.TEXT, FieldKind.NOTE, FieldKind.INTEGER, FieldKind.MONEY
_B, _D, _C = FieldKind.BOOLEAN, FieldKind.DATE, FieldKind.CHOICE
_DEALER = ("dealer",)
_BOTH = ("dealer", "terminal")

COMPANY_FORMS = {
    "individual": N_("Sole trader"),
    "company": N_("Limited company"),
    "cooperative": N_("Cooperative"),
    "state": N_("State-owned"),
    "other": N_("Other form"),
}
RATINGS = {
    "A": N_("A: supply without limit"),
    "B": N_("B: supply within the limit"),
    "C": N_("C: cash on delivery"),
    "D": N_("D: no supply"),
}
PAYMENT_HABITS = {
    "early": N_("Pays before it is due"),
    "on_time": N_("Pays on time"),
    "late": N_("Pays late"),
    "disputes": N_("Withholds and disputes"),
}
CHANNELS = {
    "supermarket": N_("Supermarkets"),
    "convenience": N_("Convenience stores"),
    "grocery": N_("Groceries"),
    "catering": N_("Catering"),
    "wholesale": N_("Wholesale markets"),
    "online": N_("Online"),
    "special": N_("Special channels"),
}
PRICE_DISCIPLINE = {
    "kept": N_("Kept"),
    "sometimes": N_("Broken now and then"),
    "broken": N_("Broken often"),
}


def _degree(name: str, label: str, note: str = "") -> Field:
    return Field(name, _I, label, note or N_("1 very bad to 5 very good."), minimum=1, maximum=5)


def _cost(name: str, label: str) -> Field:
    return Field(name, _M, label, N_("Yuan of the last twelve months."), minimum=0, unit=N_("yuan"))


PROFILE = Form(
    "card_profile",
    N_("Customer data card"),
    (
        Field("head", _T, N_("Person in charge"), max_length=100),
        Field("phone", _T, N_("Phone"), max_length=100),
        Field("address", _T, N_("Address"), max_length=300),
        Field("company_form", _C, N_("Form of the company"), choices=COMPANY_FORMS),
        Field("founded", _I, N_("Founded in"), N_("Year."), minimum=1900, maximum=2100),
        Field("licence", _T, N_("Licence number"), max_length=100),
        Field("staff", _I, N_("Employees"), minimum=0),
        Field("salespeople", _I, N_("Salespeople"), N_("Of its own."), minimum=0),
        Field("vehicles", _I, N_("Vehicles"), minimum=0),
        Field("warehouse", _I, N_("Warehouse"), minimum=0, unit=N_("m²")),
        Field("brands", _N, N_("Brands it sells"), N_("With their share of its business, where known.")),
        Field("scope", _N, N_("Business scope"), N_("Kinds of goods, and where they go.")),
    ),
    customer_types=_BOTH,
)
CREDIT = Form(
    "card_credit",
    N_("Customer credit card"),
    (
        Field("rating", _C, N_("Credit rating"), choices=RATINGS),
        Field("assessed_on", _D, N_("Assessed on")),
        Field("habit", _C, N_("Payment habit"), choices=PAYMENT_HABITS),
        Field("capital", _M, N_("Registered capital"), minimum=0, unit=N_("yuan")),
        Field("guarantee", _T, N_("Security"), N_("Who or what secures the credit."), max_length=300),
        Field("bad_debt", _M, N_("Bad debts so far"), minimum=0, unit=N_("yuan")),
        Field("risk", _N, N_("Credit risks"), N_("Lawsuits, other suppliers' experience.")),
    ),
    customer_types=_DEALER,
)
SALES = Form(
    "card_sales",
    N_("Customer sales card"),
    (
        Field("agreed", _M, N_("Agreed sales of the year"), minimum=0, unit=N_("yuan")),
        Field(
            "purchases",
            _M,
            N_("Purchases of the category a year, all brands"),
            N_("With our sales they give our share of the customer."),
            minimum=0,
            unit=N_("yuan"),
        ),
        Field("channels", FieldKind.CHOICES, N_("Main channels"), choices=CHANNELS),
        Field("season", _T, N_("Strong and weak months"), max_length=200),
        Field("remark", _N, N_("Remarks on sales")),
    ),
    customer_types=_BOTH,
)
PRICE = Form(
    "card_price",
    N_("Customer price card"),
    (
        Field("price_list", _T, N_("Price list in force"), max_length=200),
        Field(
            "rebate",
            FieldKind.NUMBER,
            N_("Rebate"),
            N_("Percent of sales."),
            minimum=0,
            maximum=100,
            unit=N_("%"),
        ),
        Field("resale", _C, N_("Prices to sub-dealers"), choices=PRICE_DISCIPLINE),
        Field("retail", _C, N_("Retail prices"), choices=PRICE_DISCIPLINE),
        Field("floor", _T, N_("Agreed lowest price"), max_length=200),
        Field("last_breach", _D, N_("Last breach of prices")),
        Field("remark", _N, N_("Remarks on prices")),
    ),
    customer_types=_DEALER,
)
COSTS = Form(
    "card_cost_profit",
    N_("Customer cost and profit card"),
    (
        _cost("promotion_cost", N_("Promotion costs")),
        _cost("rebate_cost", N_("Rebates paid")),
        _cost("delivery_cost", N_("Delivery costs")),
        _cost("staff_cost", N_("Cost of our people there")),
        _cost("other_cost", N_("Other costs")),
        Field(
            "dealer_margin",
            FieldKind.NUMBER,
            N_("The dealer's own margin"),
            N_("Percent of its sales of our goods."),
            minimum=-100,
            maximum=100,
            unit=N_("%"),
        ),
        Field("remark", _N, N_("Remarks on costs")),
    ),
    customer_types=_DEALER,
)
RIVALS = Form(
    "card_rivals",
    N_("Regional competitors card"),
    (
        Field("rival", _T, N_("Strongest rival here"), max_length=100),
        Field("rival_dealer", _T, N_("Its dealer"), max_length=100),
        Field("policy", _N, N_("Its policy"), N_("Prices, rebates, promotion, payment.")),
        Field("people", _I, N_("Its people here"), minimum=0),
        Field("strengths", _N, N_("Its strengths")),
        Field("weaknesses", _N, N_("Its weaknesses")),
        Field("moves", _N, N_("What it does now")),
    ),
    customer_types=_BOTH,
)
CONSUMERS = Form(
    "card_consumers",
    N_("Consumer opinion card"),
    (
        Field("collected_on", _D, N_("Collected on")),
        Field("asked", _I, N_("People asked"), minimum=0),
        _degree("satisfaction", N_("Satisfaction")),
        Field("praise", _N, N_("Praise")),
        Field("complaints", _N, N_("Complaints")),
        Field("wishes", _N, N_("Wishes")),
        Field("measures", _N, N_("What we do about it")),
    ),
    customer_types=_BOTH,
)
SUBDEALERS = Form(
    "card_subdealers",
    N_("Downstream distributors' opinion card"),
    (
        Field("collected_on", _D, N_("Collected on")),
        Field("asked", _I, N_("Distributors asked"), minimum=0),
        _degree("supply", N_("Delivery")),
        _degree("price_order", N_("Order of prices")),
        _degree("margin", N_("What they earn")),
        Field("complaints", _N, N_("Complaints")),
        Field("suggestions", _N, N_("Suggestions")),
        Field("measures", _N, N_("What we do about it")),
    ),
    customer_types=_DEALER,
)
STRATEGY = Form(
    "card_strategy",
    N_("Customer strategy card"),
    (
        Field("goal", _N, N_("Goal with this customer")),
        Field("target", _M, N_("Sales target of the year"), minimum=0, unit=N_("yuan")),
        Field("product", _N, N_("Product policy")),
        Field("price", _N, N_("Price policy")),
        Field("service", _N, N_("Service policy")),
        Field("promotion", _N, N_("Promotion policy")),
        Field("responsible", _T, N_("Responsible"), max_length=100),
        Field("review_on", _D, N_("Review on")),
        Field("key_supply", _B, N_("Supplied first when goods are short")),
    ),
    customer_types=_BOTH,
)

FORMS = (PROFILE, CREDIT, SALES, PRICE, COSTS, RIVALS, CONSUMERS, SUBDEALERS, STRATEGY)
