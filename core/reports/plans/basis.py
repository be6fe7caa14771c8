"""What a plan is shared out by: one row per leaf with everything known about it.

Sales of a region by category and month come from the figures that count; they are shared among its reps
or dealers by what their shops sold, or by the number of shops where nothing was sold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import _
from core.periods import Period, shift
from core.reports.market.choices import market_key, names_of, required_choices
from core.reports.market.market import market_report
from core.reports.market.request import MarketRequest
from core.reports.plans.products import split_by_product
from core.reports.plans.season import seasons
from core.reports.plans.visit_capacity import rep_visits
from core.store.market import market as market_store
from core.store.plans import basis as read
from core.store.plans.model import KEYS

if TYPE_CHECKING:
    from core.reports.plans.request import PlanRequest
    from core.store.database import Store

HISTORY_MONTHS = 60
# A region of which nothing is sold yet is shared on like the others, with next to no weight of its own.
NEXT_TO_NOTHING = 1.0


@dataclass(frozen=True)
class Basis:
    """The leaves of a plan and what is known about them.

    Parameters
    ----------
    leaves
        One row per leaf: ``KEYS``, category, the columns of ``path``, last_year (yuan in the same month of
        the base period, NaN = not recorded) and the factors: history, capacity, gap, potential, index,
        owner_history, season, last_months.
    path
        Columns of the regions above a leaf, from the top; the last one is region_id.
    regions
        One row per category and region: base, capacity, gap, potential, best_growth; yuan.
    sales
        category, region_id, month, amount of up to five years before the plan.
    parents
        Nearest region above each region by id.
    visits
        By rep: workload, capacity and visit_cap; see :mod:`core.reports.plans.visit_capacity`.
    """

    leaves: pd.DataFrame
    path: tuple[str, ...]
    regions: pd.DataFrame
    sales: pd.DataFrame
    names: dict[str, str]
    parents: dict[str, str]
    visits: pd.DataFrame

    def name(self, key: str) -> str:
        """Return the name of a region, a rep or a dealer; the id where there is none."""
        return self.names.get(key, key) if key else _("Not assigned")

    def item(self, key: str) -> str:
        """Return the name of a product, or a category, which is its own name."""
        return self.names.get(key, key) if key else _("All categories")


def plan_basis(store: Store, request: PlanRequest) -> Basis:
    """Read what a plan is shared out by.

    Parameters
    ----------
    request
        What is planned; its target doesn't matter here.

    Raises
    ------
    InputError
        The data have no such regions, or no sales in the base period.
    """
    paths = read.region_paths(store, level=request.level, within=request.within, scope=request.scope)
    if paths.empty:
        raise InputError(
            _("There is no region of the level {level} to plan for.", level=request.level),
            _("Choose another level, or import regions."),
        )
    wide, columns, parents = path_columns(paths)
    ids = list(wide.index)
    sales = _sales(store, request, ids)
    regions = _region_facts(store, request, sales, ids)
    owners = _owners(store, request, regions, ids)
    parts = split_by_product(store, request, owners, ids)
    season = seasons(sales, _read_sales(store, request, ids, ["all"]), wide, request.year)
    leaves = _leaves(request, regions, parts, sales, wide, season)
    names = dict(zip(paths["ancestor_id"], names_of(paths), strict=True))
    if request.owner:
        names |= read.owner_names(store, request.owner)
    if request.depth == "product":
        names |= read.product_names(store)
    return Basis(leaves, columns, regions, sales, names, parents, rep_visits(store, request, leaves))


def path_columns(paths: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...], dict[str, str]]:
    """Return the regions above each region as columns, without the levels that all have in common."""
    wide = paths.pivot(index="region_id", columns="distance", values="ancestor_id")
    # A region nearer to the root than others stands for itself where they have more levels above.
    wide = wide.ffill(axis=1)[sorted(wide.columns, reverse=True)]
    kept = [column for column in wide.columns if column == 0 or wide[column].nunique() > 1]
    above = paths[paths["distance"] == 1].set_index("region_id")["ancestor_id"].to_dict()
    names = tuple("region_id" if column == 0 else f"region_{column}" for column in kept)
    table = wide[kept].set_axis(list(names), axis=1)
    return table, names, above


def categories(store: Store, request: PlanRequest) -> dict[str, str]:
    """Return the market key of each category that is planned; one without a name where none is."""
    found = required_choices(store, request.scope)
    if not request.by_category or not found.categories:
        return {"": "all"}
    return {name: market_key(store, market_request(request, name))[0] for name in found.categories}


def market_request(request: PlanRequest, category: str) -> MarketRequest:
    """Return the market request of the base period for one category, all of them where it is empty."""
    return MarketRequest(
        request.own_company,
        request.base.start,
        request.base.end,
        request.level,
        category=category or None,
        within=request.within,
        k=request.k,
        scope=request.scope,
    )


def _sales(store: Store, request: PlanRequest, ids: list[str]) -> pd.DataFrame:
    keys = categories(store, request)
    rows = _read_sales(store, request, ids, list(keys.values()))
    names = {key: name for name, key in keys.items()}
    rows = rows.assign(category=rows["market_key"].map(names)).drop(columns="market_key")
    recent = rows[rows["month"] >= pd.Timestamp(request.base.start)]
    sold = recent.groupby("category")["amount"].sum()
    if not (sold > 0).any():
        known = market_store.contents(store, scope=request.scope)
        last = known.loc[known["company_id"] == request.own_company, "last_month"].max()
        raise InputError(
            _("{company} has no sales from {start:%Y-%m} to {end:%Y-%m}.", company=request.own_company,
              start=request.base.start, end=request.base.end),
            _("The last month with its sales is {month}.", month=str(last)[:7]),
        )  # fmt: skip
    # A category that isn't sold at all has nothing to plan from.
    return rows[rows["category"].isin(sold.index[sold > 0])].reset_index(drop=True)


def _read_sales(store: Store, request: PlanRequest, ids: list[str], markets: list[str]) -> pd.DataFrame:
    return read.sales(
        store,
        Period(shift(request.base_end, 1 - HISTORY_MONTHS), request.base_end),
        company=request.own_company,
        markets=markets,
        region_ids=ids,
        scope=request.scope,
    )


def _region_facts(store: Store, request: PlanRequest, sales: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """Return what is known of each category in each region."""
    every = sorted(sales["category"].unique())
    index = pd.MultiIndex.from_product([every, ids], names=["category", "region_id"])
    months_ago = (request.base_end.year * 12 + request.base_end.month) - (
        sales["month"].dt.year * 12 + sales["month"].dt.month
    )
    by_year = sales.groupby([sales["category"], sales["region_id"], months_ago // 12])["amount"].agg(
        ["sum", "count"]
    )
    # A year with months missing is not compared with a full one.
    years = by_year["sum"].where(by_year["count"] == 12).unstack().reindex(index)
    base = by_year["sum"].unstack().reindex(index).get(0, pd.Series(np.nan, index=index))
    growths = [years[n] / years[n + 1] - 1 for n in range(3) if n in years and n + 1 in years]
    best = pd.concat(growths, axis=1).max(axis=1) if growths else pd.Series(np.nan, index=index)
    parts = []
    for category in every:
        table = market_report(store, market_request(request, category)).regions.set_index("region_id")
        none = table["own"].where(table["own_source"] == "no_row")
        part = table[["capacity", "gap"]].assign(none=none).reindex(ids)
        parts.append(part.set_axis(pd.MultiIndex.from_product([[category], ids]), axis=0))
    market = pd.concat(parts).reindex(index)
    # Where our complete books have no row, we sold nothing: that is known.
    base = base.fillna(market["none"])
    result = pd.DataFrame({"base": base, "best_growth": best.replace(np.inf, np.nan)}, index=index)
    result["capacity"], result["gap"] = market["capacity"], market["gap"].clip(lower=0)
    result["potential"] = (result["capacity"] - result["base"].fillna(0.0)).clip(lower=0)
    result["index"] = _market_index(store, request, result["capacity"], ids).reindex(index)
    return result


def _market_index(store: Store, request: PlanRequest, capacity: pd.Series, ids: list[str]) -> pd.Series:
    """Return each region's part of the buying power: .5 income + .3 capacity + .2 population [domain B.7]."""
    regions = market_store.regions(store, level=request.level, within=request.within, scope=request.scope)
    people = regions.set_index("region_id")["population"].reindex(ids)
    power = read.factor(store, "purchasing_power", request.base_end, scope=request.scope).reindex(ids)
    income = people * power
    parts = {}
    for category, row in capacity.groupby(level=0):
        own = row.droplevel(0)
        parts[category] = (
            0.5 * income / income.sum() + 0.3 * own / own.sum() + 0.2 * people / people.sum()
            if min(income.sum(), own.sum(), people.sum()) > 0
            else pd.Series(np.nan, index=own.index)
        )
    return pd.concat(parts, names=["category", "region_id"])


def _owners(store: Store, request: PlanRequest, regions: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """Return who has which part of each category's target in each region: the parts sum to one."""
    pairs = regions.index.to_frame(index=False)
    if not request.owner:
        return pairs.assign(owner_id="", part=1.0)
    serves = read.assignments(store, owner=request.owner, region_ids=ids, scope=request.scope)
    sold = read.owner_sales(
        store,
        request.base,
        company=request.own_company,
        owner=request.owner,
        by_category=request.by_category,
        region_ids=ids,
        scope=request.scope,
    )
    sold = sold.assign(category=sold["category"].fillna("") if request.by_category else "")
    rows = pairs.merge(serves, on="region_id", how="left")
    rows["owner_id"] = rows["owner_id"].fillna("")
    rows = rows.merge(sold.dropna(subset="owner_id"), on=["category", "region_id", "owner_id"], how="left")
    grouped = rows.groupby(["category", "region_id"])
    amount = rows["amount"].clip(lower=0)
    total = amount.groupby([rows["category"], rows["region_id"]]).transform("sum")
    shops = rows["shops"].fillna(1.0)
    by_shops = shops / grouped["shops"].transform("sum").where(lambda n: n > 0, 1.0)
    rows["part"] = np.where(total > 0, amount.fillna(0.0) / total.where(total > 0, 1.0), by_shops)
    return rows[["category", "region_id", "owner_id", "part"]]


def _leaves(
    request: PlanRequest,
    regions: pd.DataFrame,
    parts: pd.DataFrame,
    sales: pd.DataFrame,
    wide: pd.DataFrame,
    season: pd.Series,
) -> pd.DataFrame:
    months = pd.date_range(f"{request.year}-01-01", periods=12, freq="MS").astype("datetime64[us]")
    rows = parts.merge(pd.DataFrame({"month": months}), how="cross")
    rows = rows.merge(regions.reset_index(), on=["category", "region_id"])
    rows = rows.merge(wide.drop(columns="region_id").reset_index(), on="region_id")
    recent = sales[sales["month"] >= pd.Timestamp(request.base.start)]
    by_month = (
        recent.assign(number=recent["month"].dt.month)
        .groupby(["category", "region_id", "number"])["amount"]
        .sum()
    )
    number = rows["month"].dt.month
    at = pd.MultiIndex.from_arrays([rows["category"], rows["region_id"], number])
    month_sales = by_month.reindex(at).to_numpy(np.float64)
    part = rows["part"].to_numpy(np.float64)
    in_month = season.reindex(at).to_numpy(np.float64) / 12
    base = np.maximum(rows["base"].fillna(0.0).to_numpy(np.float64), NEXT_TO_NOTHING)
    known = np.isfinite(rows["base"].to_numpy(np.float64))
    shaped = np.where(rows["base"].to_numpy(np.float64) > 0, np.nan_to_num(month_sales), base * in_month)
    rows = rows.assign(
        last_year=month_sales * part,
        history=np.where(known, np.nan_to_num(month_sales) * part, np.nan),
        owner_history=base * part / 12,
        season=base * part * in_month,
        last_months=shaped * part,
        **{name: rows[name] * part / 12 for name in ("capacity", "gap", "potential", "index")},
    )
    return rows.drop(columns=["base", "best_growth", "part"]).sort_values(KEYS).reset_index(drop=True)
