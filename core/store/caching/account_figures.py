"""What everybody sells in the shops of each customer, summed once per period and kept in the store.

ABC, grading, GE, distribution and status look at every customer at once. Read from the facts that takes
millions of rows; summed it is one row per customer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.store.caching.rollup import RollUp
from core.store.frames import large_frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pyarrow as pa

_QUERY = "customers_analysis/accounts"
_SUPPLIED = """INNER JOIN terminal AS t ON t.terminal_id = m.terminal_id
        AND ($scope IS NULL OR t.region_id IN (
            SELECT c.region_id FROM region_closure AS c
            WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))"""
ACCOUNTS = RollUp("account_figures_", _QUERY, (("customer", "m.terminal_id"), ("shops", "")), by_month=True)
"""One row per terminal with sales, whoever may see it: who reads it joins the terminals."""
DEALER_ACCOUNTS = RollUp(
    "dealer_accounts_",
    _QUERY,
    (("customer", "t.dealer_id"), ("shops", _SUPPLIED)),
)
"""One row per dealer that supplies shops the user may see; months are those of its shops added up."""


def coded(table: pa.Table, columns: Sequence[str]) -> pd.DataFrame:
    """Return a table with some columns as categories: of a million texts there are few different ones."""
    for name in columns:
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table[name].combine_chunks().dictionary_encode())
    return large_frame(table)
