"""What figures may be, in words."""

from __future__ import annotations

from core.i18n import N_

KINDS_OF_FIGURES = {
    "sales": N_("sales"),
    "capacity": N_("the capacity of the market"),
    "plan": N_("a plan, target or forecast"),
    "returns": N_("returns"),
    "running_total": N_("a running total"),
    "per_day": N_("an average per day"),
    "average": N_("an average, a price or an index"),
    "product": N_("figures of one product"),
    "profit": N_("profit"),
    "cost": N_("cost"),
    "orders": N_("orders"),
    "deliveries": N_("deliveries"),
    "invoices": N_("invoices"),
    "payments": N_("payments"),
    "debts": N_("debts, balances or deposits"),
    "stock": N_("stock"),
    "earlier": N_("an earlier period"),
    "change": N_("a change against another period"),
    "other_span": N_("a span other than the month"),
    "gifts": N_("gifts or samples"),
    "draft": N_("a draft, an example or void documents"),
    "score": N_("a score or a rating"),
    "": N_("an amount, without saying of what"),
}
"""Kind of figure, see :mod:`core.exchange.measures`, and what it is called; the empty one is none of them."""
