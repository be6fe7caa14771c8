"""Distribution of our goods over the terminals, why the share changed, how far the roll-out has come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from core.customers.terminals.decomposition import decompose
from core.customers.terminals.distribution import distribution_table, without_returns
from core.i18n import _
from core.known_words import known_word
from core.reports.market.choices import names_of
from core.store.customers import customers as store_customers
from core.store.scope import EVERYTHING, Scope
from core.store.terminals import analysis as read

if TYPE_CHECKING:
    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

GROUPS = {"region": "place_id", "type": "outlet_type", "grade": "grade", "status": "status"}
"""By what shops are compared -> the column that says it."""
STATUSES = ("blank", "listed", "maintain", "consolidate", "improve")
"""The board 空白/已铺/维护/巩固/提升 [S0 0-14]."""


@dataclass(frozen=True)
class DistributionRequest:
    """Which distribution is looked at.

    Parameters
    ----------
    figures
        Whose sales, when, of what category.
    level
        Region level of the comparison.
    """

    figures: SalesWindow
    level: str
    scope: Scope = EVERYTHING


@dataclass(frozen=True, eq=False)
class DistributionReport:
    """The distribution of one company.

    Parameters
    ----------
    shops
        See :func:`core.store.terminals.analysis.shops`, with ``place``, the region's name.
    total
        One row: the measures of :func:`core.customers.terminals.distribution.distribution_table`, counted and
        out_of_stock, and what :func:`core.customers.terminals.decomposition.decompose` says of the year.
    groups
        The same per group, by a key of :data:`GROUPS`, with ``name``, largest category first.
    rollout
        On the region: name, towns, developed, development_rate, outlets, handlers, blank; the least developed
        first. Towns are the regions right below.
    """

    shops: pd.DataFrame
    total: pd.DataFrame
    groups: dict[str, pd.DataFrame]
    rollout: pd.DataFrame

    @cached_property
    def blanks(self) -> pd.DataFrame:
        """Shops that sell the category and nothing of ours, the largest first."""
        found = self.shops[(self.shops["category"] > 0) & ~(self.shops["own"] > 0)]
        return found.sort_values("category", ascending=False)


def distribution_report(store: Store, request: DistributionRequest) -> DistributionReport:
    """Return the distribution now and what changed within a year."""
    shops = read.shops(store, request.figures, request.level, scope=request.scope)
    regions = store_customers.regions(store, request.scope).set_index("region_id")
    names = names_of(regions)
    shops["place"] = shops["place_id"].map(names)
    stock = read.stock_counts(store, request.figures, scope=request.scope)
    shops = without_returns(shops).join(stock)
    groups = {key: _measured(shops, column, names) for key, column in GROUPS.items()}
    return DistributionReport(
        shops=shops,
        total=_measured(shops.assign(_all="all"), "_all", pd.Series(dtype=object)),
        groups=groups,
        rollout=_rollout(shops, names),
    )


def _measured(shops: pd.DataFrame, column: str, names: pd.Series) -> pd.DataFrame:
    """Return the measures per group, its stock and its change; shops without a value are one group."""
    marked = shops[["own", "category", "products", "empty"]].assign(_group=_grouped(shops[column]))
    now = distribution_table(marked, ["_group"])
    past = marked[["_group"]].assign(own=shops["own_previous"], category=shops["category_previous"])
    change = decompose(distribution_table(past, ["_group"]), now)
    now.index, change.index = now.index.astype("str"), change.index.astype("str")
    stocked = marked[marked["products"].notna()].groupby("_group")
    counted, empty = stocked["products"], stocked["empty"].sum(min_count=1)
    table = now.assign(
        counted=counted.count().reindex(now.index, fill_value=0),
        out_of_stock=empty / counted.sum(min_count=1).where(lambda s: s > 0),
    ).join(change[["share_before", "change", "distribution_effect", "in_store_effect"]])
    labels = [names.get(group, group) or _("Without region") for group in table.index]
    table.insert(0, "name", labels if column == "place_id" else [known_word(group) for group in table.index])
    return table.sort_values("category", ascending=False)


def _grouped(codes: pd.Series) -> pd.Series:
    """Return codes as categories, so that each is looked up once; what is missing is an empty text."""
    coded = codes.astype("category")
    return coded.cat.set_categories(["", *coded.cat.categories]).fillna("")


def _rollout(shops: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Return how many towns of each region are developed; one level up where no shop lies in a town."""
    deep = shops["town_id"].notna().any()
    place, town = ("place_id", "town_id") if deep else ("parent_id", "place_id")
    sells = shops["own"] > 0
    marks = pd.DataFrame({"handlers": sells, "blank": shops["category"].notna() & ~sells}).astype("int64")
    towns = marks.assign(outlets=1).groupby([shops[place], shops[town]], observed=True).sum()
    groups = towns.groupby(level=0, observed=True)
    table = groups.sum()[["outlets", "handlers", "blank"]]
    table.insert(0, "towns", groups.size())
    table.insert(1, "developed", (towns["handlers"] > 0).groupby(level=0, observed=True).sum())
    table.index = table.index.astype("str")
    table["development_rate"] = table["developed"] / table["towns"]
    table.insert(0, "name", [names.get(key, key) for key in table.index])
    return table.sort_values(["development_rate", "name"])


def status_findings(shops: pd.DataFrame) -> pd.DataFrame:
    """Return the shops whose status contradicts their sales.

    Parameters
    ----------
    shops
        Of a :class:`DistributionReport`.

    Returns
    -------
    pandas.DataFrame
        The shops, with ``finding``: ``sells`` for a blank one that sold ours, ``silent`` for one said to
        carry us that sold nothing although its sales are recorded.
    """
    blank = shops["status"] == "blank"
    sells = shops["own"] > 0
    carried = shops["status"].isin(STATUSES[1:])
    silent = carried & shops["category"].notna() & ~sells
    found = shops[(blank & sells) | silent]
    return found.assign(finding=found["status"].eq("blank").map({True: "sells", False: "silent"}))
