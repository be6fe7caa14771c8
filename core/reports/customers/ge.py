"""The GE matrix of customers and of regions [S4 4-11]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.analysis.ge import (
    CUSTOMER_ATTRACTIVENESS,
    CUSTOMER_STRENGTH,
    REGION_ATTRACTIVENESS,
    REGION_STRENGTH,
    cell_counts,
    ge_matrix,
)
from core.errors import InputError
from core.i18n import N_, _
from core.market.attractiveness import GE_CUTS, ScoreCard
from core.reports.customers.table import CustomerRequest
from core.reports.market.choices import names_of
from core.reports.market.market import market_report
from core.store.customers import analysis as read

if TYPE_CHECKING:
    from core.reports.market.request import MarketRequest
    from core.store.database import Store

SUBJECTS: dict[str, str] = {"customer": N_("Each customer"), "region": N_("Each region")}


@dataclass(frozen=True)
class GeRequest:
    """What is placed.

    Parameters
    ----------
    subject
        Customers, or a market request whose regions are placed.
    cuts
        Where low, middle and high part, on the scale from 1 to 10.
    """

    subject: CustomerRequest | MarketRequest
    cuts: tuple[float, float] = GE_CUTS

    def __post_init__(self) -> None:
        if not 1 < self.cuts[0] < self.cuts[1] < 10:
            raise InputError(
                _("The cuts of the GE matrix are {cuts}.", cuts=self.cuts),
                _("Expected 1 < lower < upper < 10, for instance 3.3 and 6.7."),
            )


@dataclass(frozen=True, eq=False)
class GeReport:
    """The answer.

    Parameters
    ----------
    table
        name, size (demand or capacity, yuan), sales, the factors, and the columns of
        :func:`core.customers.analysis.ge.ge_matrix`.
    counts
        How many stand in each cell 1 to 9, and in 0 for none.
    """

    request: GeRequest
    table: pd.DataFrame
    counts: pd.Series
    attractiveness: ScoreCard
    strength: ScoreCard


def ge_of(facts: pd.DataFrame, request: GeRequest) -> GeReport:
    """Place customers, or the regions of :func:`region_facts`."""
    if isinstance(request.subject, CustomerRequest):
        facts = facts.assign(size=facts["demand"])
        cards = CUSTOMER_ATTRACTIVENESS, CUSTOMER_STRENGTH
    else:
        cards = REGION_ATTRACTIVENESS, REGION_STRENGTH
    placed = ge_matrix(facts, *cards, cuts=request.cuts)
    factors = [name for card in cards for name in card.weights if name in facts]
    table = facts[list(dict.fromkeys(["name", "size", "sales", *factors]))].join(placed)
    order = table.assign(worst=-table["size"]).sort_values(["cell", "worst"], na_position="last")
    return GeReport(request, order.drop(columns="worst"), cell_counts(placed), *cards)


def region_facts(store: Store, request: MarketRequest) -> pd.DataFrame:
    """Return the regions of a market request with the factors of their score cards, on region_id."""
    regions = market_report(store, request).regions
    table = pd.DataFrame(
        {
            "name": names_of(regions).to_numpy(),
            "size": regions["capacity"].to_numpy(),
            "sales": regions["own"].to_numpy(),
            "capacity": regions["capacity"].to_numpy(),
            "growth": regions["growth"].to_numpy(),
            "share": regions["share"].to_numpy(),
            "ratio": regions["ratio"].to_numpy(),
        },
        index=pd.Index(regions["region_id"], name="region_id"),
    )
    return table.join(read.region_factors(store, request.end, scope=request.scope))
