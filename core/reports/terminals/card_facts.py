"""What the data say on the cards of one shop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.i18n import current_language
from core.known_words import known_word
from core.reports.market.choices import names_of
from core.store.terminals.terminals import terminal_card

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.dealers.request import DealerRequest
    from core.store.database import Store


def terminal_facts(store: Store, terminal_id: str, request: DealerRequest) -> dict[str, Any]:
    """Return the facts of a shop's cards by name, None where unknown.

    Parameters
    ----------
    terminal_id
        Which shop.

    Returns
    -------
    dict
        The facts of :func:`core.customers.cards.terminal_cards`; empty where there is no such
        shop. Amounts in yuan, shares as ratios.
    """
    card = terminal_card(store, terminal_id, request.end, request.scope)
    if card is None:
        return {}
    shop, period = card.terminal, request.period
    inside = card.sales[(card.sales["month"] >= period.start) & (card.sales["month"] <= period.end)]
    own = inside[inside["company_id"] == request.own_company]
    others = inside[inside["company_id"] != request.own_company]
    sums = others[~others["is_aggregate"].astype(bool)].groupby("company_id")["amount"].sum()
    total = inside["amount"].sum()
    known = len(others) > 0 and total > 0
    best = sums.idxmax() if len(sums) else None
    visits = card.visits["start_at"].dropna()
    return {
        "outlet_type": known_word(shop["outlet_type"]),
        **{name: shop[name] for name in ("grade", "dealer", "employee")},
        "place": shop["region"] if current_language() == "zh_CN" else shop["region_en"] or shop["region"],
        "address_known": shop["address"],
        "own": _total(own),
        "rivals": _total(others),
        "account_share": float(own["amount"].sum() / total) if known else None,
        "months_active": int((own.groupby("month")["amount"].sum() > 0).sum()),
        "rival_name": None if best is None else names_of(others[others["company_id"] == best]).iloc[0],
        "rival_share": float(sums[best] / total) if best is not None and known else None,
        "last_visit": visits.max().date() if len(visits) else None,
    }


def _total(rows: pd.DataFrame) -> float | None:
    return float(rows["amount"].sum()) if len(rows) else None
