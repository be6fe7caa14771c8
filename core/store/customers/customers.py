"""Single customers: a dealer or a terminal with the names of what it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

KINDS = ("dealer", "terminal")


def customer(store: Store, kind: str, customer_id: str, scope: Scope = EVERYTHING) -> dict[str, Any] | None:
    """Return a customer, None where there is none or the user may not see it.

    Parameters
    ----------
    kind
        ``dealer`` or ``terminal``.

    Returns
    -------
    dict or None
        customer_type, customer_id, name, region_id, region, region_en, owner_id, owner, owner_role, lat,
        lon, and what its kind has besides: see the queries ``customers/dealer`` and ``customers/terminal``.
    """
    if kind not in KINDS:
        return None
    rows = store.read(f"customers/{kind}", scope=scope, customer=customer_id).to_pylist()
    return dict(rows[0]) if rows else None


def customer_counts(store: Store, scope: Scope = EVERYTHING) -> dict[str, int]:
    """Return how many dealers and terminals the user may see, by kind."""
    row = store.read("customers/counts", scope=scope).to_pylist()[0]
    return {kind: int(row[kind]) for kind in KINDS}


def regions(store: Store, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return region_id, name, name_en and depth of the regions the user may see, from the top down."""
    return store.read("customers/regions", scope=scope).to_pandas()
