"""How the targets of a category are shared out to its products.

What counts as a category's sales comes from the figures that count; which of its products they were is known
from what shops sold. So a product's part of a rep's or dealer's category is its part of what their shops
sold; where they sold nothing, its part of the region's sales; where the region sold nothing, that of all [I].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.store.plans import basis as read

if TYPE_CHECKING:
    from core.reports.plans.request import PlanRequest
    from core.store.database import Store

_WIDENING = (["category", "region_id", "owner_id"], ["category", "region_id"], ["category"])


def split_by_product(
    store: Store, request: PlanRequest, owners: pd.DataFrame, ids: list[str]
) -> pd.DataFrame:
    """Split each part of a category by product, if the plan goes down to products.

    Parameters
    ----------
    owners
        category, region_id, owner_id, part.

    Returns
    -------
    DataFrame
        The same with ``item``: the category, or the product. Products not sold in the base period have no
        target; a category without any product sold stays whole.
    """
    if request.depth != "product":
        return owners.assign(item=owners["category"])
    sold = read.product_sales(
        store,
        request.base,
        company=request.own_company,
        owner=request.owner,
        region_ids=ids,
        scope=request.scope,
    )
    return split(owners, sold)


def split(owners: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """Split each part of a category by what was sold of its products.

    Parameters
    ----------
    owners
        category, region_id, owner_id, part.
    sold
        category, product_id, region_id, owner_id, amount in yuan; returns that exceed sales count as none.

    Returns
    -------
    DataFrame
        category, region_id, owner_id, item, part; the parts of the products sum to the part split.
    """
    sold = sold.assign(amount=sold["amount"].clip(lower=0.0))
    sold = sold[sold["amount"] > 0]
    offered = sold[["category", "product_id"]].drop_duplicates()
    rows = owners.merge(offered, on="category", how="left")
    mix = pd.Series(np.nan, index=rows.index)
    for keys in _WIDENING:
        of_product = sold.groupby([*keys, "product_id"])["amount"].sum().rename("own").reset_index()
        of_all = sold.groupby(keys)["amount"].sum().rename("all").reset_index()
        known = rows[[*keys, "product_id"]].merge(of_all, on=keys, how="left")
        known = known.merge(of_product, on=[*keys, "product_id"], how="left")
        share = known["own"].fillna(0.0) / known["all"]
        mix = mix.fillna(share.set_axis(rows.index))
    rows["item"] = rows["product_id"].fillna(rows["category"])
    rows["part"] = rows["part"] * mix.fillna(1.0)
    return rows.drop(columns="product_id")
