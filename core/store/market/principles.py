"""What the five principles ask about the shops of regions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.store.caching.account_figures import ACCOUNTS
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

_NAME = "market/principle_facts"


def principle_facts(
    store: Store,
    figures: SalesWindow,
    cycle: tuple[dt.date, dt.date],
    *,
    region_ids: list[str],
    k: float,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return what is known of the shops of each region; regions without a shop have no row.

    Parameters
    ----------
    figures
        Whose sales of which months tell who leads in a shop.
    cycle
        First and last day whose visits, made and planned, count.
    k
        Up to how many times our sales the leader may sell and still be within range.

    Returns
    -------
    pandas.DataFrame
        On region_id: effort (visits made), visit_norm (visits planned, NaN without a plan), active_customers,
        unvisited_customers, winnable_terminals, winnable_visited, a_customers (grade A, a rival's sales
        known), a_customers_first, compared_terminals (shops in which a rival's sales are known).
    """
    text, names = query(_NAME)
    values = {
        "regions": region_ids,
        "scope": scope.parameter,
        "start": cycle[0],
        "until": cycle[1] + dt.timedelta(days=1),
        "k": k,
    }
    table = store.fetch(
        text.format(accounts=ACCOUNTS.table(store, figures)), {name: values[name] for name in names}
    )
    return table.to_pandas().set_index("region_id").astype("float64")
