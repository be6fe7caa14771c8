"""Profitability: products x customers, the better and the worse earners, products by price and features."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.customers.analysis.positioning import FIELD_LABELS, check_labels, positions
from core.customers.analysis.profitability import Profit, ProfitRule, profit
from core.errors import InputError
from core.i18n import _
from core.reports.customers.table import CustomerRequest, product_table
from core.store.customers import analysis as read
from core.store.preferences import prefer, preferences

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

LABELS_NAME = "positioning_labels"


@dataclass(frozen=True)
class ProfitRequest:
    """Which dealers and months, and where the grades end.

    Parameters
    ----------
    customers
        Dealers; the margin of a shop's purchases is in no table.
    """

    customers: CustomerRequest
    rule: ProfitRule = field(default_factory=ProfitRule)

    def __post_init__(self) -> None:
        if self.customers.kind != "dealer":
            raise InputError(_("Profitability is known of dealers."), _("Choose dealers."))


@dataclass(frozen=True, eq=False)
class ProfitReport:
    """The answer.

    Parameters
    ----------
    profit
        The matrix with its products and customers; both also have a name.
    positions
        Products by price and features, see :func:`core.customers.analysis.positioning.positions`.
    labels
        Names of the four fields.
    """

    request: ProfitRequest
    profit: Profit
    positions: pd.DataFrame
    products: pd.DataFrame
    labels: tuple[str, ...]


def profit_report(store: Store, request: ProfitRequest) -> ProfitReport:
    """Compute what products and customers earn."""
    asked = request.customers
    bought = read.dealer_products(store, asked.period, asked.category, scope=asked.scope)
    found = profit(bought[bought["amount"].notna()], request.rule)
    products = product_table(store, asked)
    dealers = read.dealers(store, scope=asked.scope)["name"]
    found.products.insert(0, "name", products["name"].reindex(found.products.index))
    found.customers.insert(0, "name", dealers.reindex(found.customers.index))
    placed = positions(products.rename(columns={"sales": "amount"}))
    return ProfitReport(request, found, placed, products, field_labels(store))


def field_labels(store: Store) -> tuple[str, ...]:
    """Return the names of the four fields, in the language in use where nobody changed them."""
    kept = preferences(store).get(LABELS_NAME)
    return tuple(json.loads(kept)) if kept else tuple(_(label) for label in FIELD_LABELS)


def name_fields(store: Store, labels: tuple[str, ...]) -> None:
    """Name the four fields; the document's own names need not be kept.

    Raises
    ------
    InputError
        See :func:`core.customers.analysis.positioning.check_labels`.
    """
    told = check_labels(labels)
    own = told != tuple(_(label) for label in FIELD_LABELS)
    prefer(store, LABELS_NAME, json.dumps(told, ensure_ascii=False) if own else "")
