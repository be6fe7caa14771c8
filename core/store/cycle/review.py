"""What the store knows of one region and month: targets, shops, products and visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.periods import shift
from core.store.caching.account_figures import ACCOUNTS
from core.store.caching.memo import recall
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from decimal import Decimal
    from typing import Any

    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

EVERYWHERE = "*"
"""Stands for everything together where targets are asked for."""


def targets(
    store: Store,
    year: int,
    region_ids: Sequence[str],
    *,
    category: str | None = None,
    scope: Scope = EVERYTHING,
) -> dict[tuple[str, str], dict[dt.date, Decimal]]:
    """Return what each plan of a year asks of regions.

    Returns
    -------
    dict
        By plan_id and region_id (:data:`EVERYWHERE` for everything together): yuan by month. A plan that
        breaks nothing down to a region has no entry for it.
    """
    rows = recall(
        store, "cycle/month_targets", scope=scope, year=year, regions=list(region_ids), category=category
    ).to_pylist()
    found: dict[tuple[str, str], dict[dt.date, Decimal]] = {}
    for row in rows:
        found.setdefault((row["plan_id"], row["region_id"]), {})[row["month"]] = row["amount"]
    return found


def shop_sums(
    store: Store, window: SalesWindow, region_id: str | None, *, scope: Scope = EVERYTHING
) -> dict[str, dict[str, int | None]]:
    """Return what the shops of a region sold, in fen.

    Returns
    -------
    dict
        For ``now`` and ``previous``: category (None where nothing is recorded), carried and own, see
        :class:`core.cycle.variance.sources.Shops`.
    """
    text, _names = query("cycle/month_shops")
    table = store.fetch(
        text.format(accounts=ACCOUNTS.table(store, window)), {"region": region_id, "scope": scope.parameter}
    )
    return {row.pop("period"): row for row in table.to_pylist()}


def product_sums(
    store: Store, window: SalesWindow, region_id: str | None, *, scope: Scope = EVERYTHING
) -> list[dict[str, Any]]:
    """Return month, product_id, uom, quantity (above zero) and amount (yuan) of our products in a month.

    Both of the month and of the same a year before; rows without a quantity aren't in it.
    """
    rows: list[dict[str, Any]] = recall(
        store,
        "cycle/month_products",
        scope=scope,
        company=window.own_company,
        month=window.start,
        previous=window.previous[0],
        category=window.category,
        region=region_id,
    ).to_pylist()
    return rows


def visit_counts(
    store: Store, month: dt.date, region_id: str | None, *, scope: Scope = EVERYTHING
) -> dict[str, int | None]:
    """Return planned, done, shops and done_previous of a month.

    Planned are the stops of the latest visit plans; each is None where nobody's plan or visit falls into the
    month at all.
    """
    previous = month.replace(year=month.year - 1)
    rows = recall(
        store,
        "cycle/month_visits",
        scope=scope,
        region=region_id,
        month=month,
        end_day=shift(month, 1),
        previous=previous,
        previous_end_day=shift(previous, 1),
    ).to_pylist()
    return dict(rows[0])
