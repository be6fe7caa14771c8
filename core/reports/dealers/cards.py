"""The nine cards of every dealer: what is on them, how complete and how fresh they are [S2 2-2]."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from core.customers.cards import CARDS, CardState, card_state
from core.reports.dealers.facts import dealer_facts
from core.reports.dealers.request import DealerRequest, dealer_rules
from core.store.forms import forms as store_forms

if TYPE_CHECKING:
    from core.customers.cards import Card
    from core.store.database import Store


def card_table(store: Store, request: DealerRequest) -> pd.DataFrame:
    """Return the state of every card of every dealer.

    Returns
    -------
    pandas.DataFrame
        One row per dealer and card: dealer_id, name, card (form's name), filled, wanted, completeness,
        freshness (of :data:`core.customers.cards.FRESHNESS`), saved_at, saved_by.
    """
    facts = dealer_facts(store, request)
    rows = {str(key): row for key, row in facts.to_dict("index").items()}
    fresh_days = dealer_rules(store).fresh_days
    table = []
    for card in CARDS:
        saved = _saved(store, card, request)
        for dealer_id, known in rows.items():
            record = saved.get(dealer_id)
            state = card_state(
                card,
                known,
                record,
                record["updated_at"].date() if record else None,
                today=request.today,
                fresh_days=fresh_days,
            )
            table.append(_row(dealer_id, known["name"], card, state, record))
    return pd.DataFrame(table)


def completeness_grid(cards: pd.DataFrame) -> pd.DataFrame:
    """Return one row per dealer with the completeness of each card and of all wanted fields together.

    Parameters
    ----------
    cards
        What :func:`card_table` gives.

    Returns
    -------
    pandas.DataFrame
        Indexed by dealer_id: name, one column per card (form's name), all, fresh (cards that are fresh); the
        least complete first.
    """
    grid = cards.pivot_table(index="dealer_id", columns="card", values="completeness")
    grid = grid.reindex(columns=[card.form.name for card in CARDS])
    by_dealer = cards.groupby("dealer_id")
    grid.insert(0, "name", by_dealer["name"].first())
    grid["all"] = by_dealer["filled"].sum() / by_dealer["wanted"].sum()
    grid["fresh"] = cards["freshness"].eq("fresh").groupby(cards["dealer_id"]).sum()
    return grid.rename_axis(columns=None).sort_values(["all", "name"], kind="stable")


def _saved(store: Store, card: Card, request: DealerRequest) -> dict[str, dict[str, Any]]:
    frame = store_forms.load_frame(store, card.form, scope=request.scope)
    frame = frame[frame["customer_type"] == "dealer"]
    return {str(row["customer_id"]): row for row in frame.to_dict("records")}


def _row(
    dealer_id: str, name: str, card: Card, state: CardState, record: dict[str, Any] | None
) -> dict[str, object]:
    return {
        "dealer_id": dealer_id,
        "name": name,
        "card": card.form.name,
        "filled": state.filled,
        "wanted": state.wanted,
        "completeness": state.completeness,
        "freshness": state.freshness,
        "saved_at": record["updated_at"] if record else pd.NaT,
        "saved_by": record["updated_by"] if record else None,
    }
