"""Strategy cards of regions: the card of a month, last period's, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.customers.forms.strategy import STRATEGY_CARD
from core.reports.cycle.expenses import budget_actual
from core.reports.market.market import MarketRequest, market_total
from core.store.forms import approval, forms
from core.store.forms.rows import DRAFT, FormKey
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from core.store.database import Store
    from core.store.forms.forms import Record

AIMS = ("aim_share", "aim_sales", "money")


@dataclass(frozen=True)
class Card:
    """A strategy card with its state."""

    key: FormKey
    record: Record
    status: str

    @property
    def start(self) -> dt.date:
        """First day of its first month."""
        month: dt.date = self.record.payload["start"]
        return month

    @property
    def end(self) -> dt.date:
        """First day of its last month."""
        month: dt.date = self.record.payload["end"]
        return month

    @property
    def market_growth(self) -> float | None:
        """Growth of the market it reckons with, 0.05 for five percent; None where it says none."""
        percent = self.record.payload["market_growth"]
        return None if percent is None else float(percent) / 100


@dataclass(frozen=True, eq=False)
class StrategyReview:
    """The cards of a region and month.

    Parameters
    ----------
    card
        The card of the month: the approved one, else the latest that isn't superseded; None without any.
    previous
        The last card before it, None without any.
    then, now
        The rows of the market table of last period's months, and of this card's up to the month: where we
        stood and where we stand, each with the same months a year earlier; None without a card of that
        period.
    outcome
        What was meant and what came: period (``then``, ``now``), key (:data:`AIMS`), meant, came, difference;
        share as a part of one, else yuan. Sums of a period that still runs have no difference.
    """

    card: Card | None
    previous: Card | None
    then: Mapping[str, Any] | None
    now: Mapping[str, Any] | None
    outcome: pd.DataFrame


def cards(store: Store, region_id: str, *, scope: Scope = EVERYTHING) -> list[Card]:
    """Return the cards of a region, the latest period first, of a period the one saved last first."""
    key = FormKey(STRATEGY_CARD, "region", region_id)
    states = approval.statuses(store, STRATEGY_CARD, scope=scope)
    found = [
        Card(
            replace(key, record_id=record.record_id),
            record,
            str(states.get(("region", region_id, record.record_id), DRAFT)),
        )
        for record in forms.records(store, key, scope=scope)
    ]
    return sorted(found, key=lambda card: (card.start, card.record.updated_at), reverse=True)


def strategy_review(store: Store, request: MarketRequest) -> StrategyReview:
    """Return the cards of a region and month with where we stood, where we stand and what came.

    Parameters
    ----------
    request
        One month; the region is what it is ``within``.
    """
    region, month = request.within, request.end
    every = [] if region is None else cards(store, region, scope=request.scope)
    every = [card for card in every if card.status != "superseded"]
    card = _first([card for card in every if card.start <= month <= card.end])
    begin = card.start if card is not None else month
    previous = _first([other for other in every if other.end < begin])
    then = None if previous is None else _standing(store, request, previous)
    now = None if card is None else _standing(store, request, card)
    rows = [
        *(() if previous is None or then is None else _outcome(store, request, "then", previous, then)),
        *(() if card is None or now is None else _outcome(store, request, "now", card, now)),
    ]
    outcome = pd.DataFrame(rows, columns=["period", "key", "meant", "came", "difference"])
    return StrategyReview(card, previous, then, now, outcome)


def _first(found: list[Card]) -> Card | None:
    """Return the card of the latest period: of its cards the approved one, else the one saved last."""
    if not found:
        return None
    latest = [card for card in found if card.start == found[0].start]
    return next((card for card in latest if card.status == "approved"), latest[0])


def _standing(store: Store, request: MarketRequest, card: Card) -> Mapping[str, Any]:
    months = replace(request, start=card.start, end=min(card.end, request.end))
    return market_total(store, months)


def _outcome(
    store: Store, request: MarketRequest, period: str, card: Card, standing: Mapping[str, Any]
) -> list[tuple[str, str, float, float, float]]:
    """Return what a card meant and what came in its months up to the request's; only what it has aims for."""
    runs = card.end > request.end
    spent = budget_actual(store, request.within, card.start, min(card.end, request.end), scope=request.scope)[
        "actual"
    ]
    came = {
        "aim_share": standing["share"],
        "aim_sales": standing["own"],
        "money": float(spent.astype("float64").sum(min_count=1)),
    }
    rows = []
    for key in AIMS:
        said = card.record.payload[key]
        if said is None:
            continue
        meant = float(said) / 100 if key == "aim_share" else float(said)
        open_sum = runs and key != "aim_share"
        difference = float("nan") if open_sum else round(came[key] - meant, 6)
        rows.append((period, key, meant, float(came[key]), difference))
    return rows
