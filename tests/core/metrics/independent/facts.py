"""Raw facts of a store and what they add up to, as plain recursion, without the product's own functions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from core.store.database import Store

Key = tuple[str | None, str, dt.date]


class Facts:
    """Everything imported, and which figure counts for which region (docs/methods/figures.md)."""

    def __init__(self, store: Store) -> None:
        def rows(table: str) -> pd.DataFrame:
            return store.fetch(f"SELECT * FROM {table}").to_pandas()

        self.regions = rows("region").set_index("region_id")
        self.companies = rows("company").set_index("company_id").sort_index()
        self.own = str(self.companies.index[self.companies["is_self"]][0])
        self.factors, self.shops, self.visits = rows("region_factor"), rows("terminal"), rows("visit")
        self.dealers, self.dealer_regions = rows("dealer"), rows("dealer_region")
        self.children: dict[str, list[str]] = defaultdict(list)
        for region, parent in self.regions["parent_id"].dropna().items():
            self.children[parent].append(str(region))
        sold = rows("market_sales")
        whole = sold[sold["market_id"].isna() | (sold["market_id"] == "all")]
        self.recorded = _sums(whole, ["region_id", "company_id", "month"])
        self.other_kinds = sold[~sold.index.isin(whole.index)]
        capacity = rows("market_capacity")
        self.capacities = _sums(capacity[capacity["market_id"] == "all"], ["region_id", "month"])
        self.attached = self._shop_totals(rows("terminal_sales"))
        self.sales, self.capacity = cache(self._sales), cache(self._capacity)

    def _shop_totals(self, sales: pd.DataFrame) -> dict[Key, float]:
        """Return sales by region of the shop: the row without a product, or the sum of the products."""
        keys = ["terminal_id", "company_id", "month"]
        whole = sales[sales["product_id"].isna()]
        parts = sales[sales["product_id"].notna()]
        told = pd.MultiIndex.from_frame(whole[keys])
        parts = parts[~pd.MultiIndex.from_frame(parts[keys]).isin(told)]
        every = pd.concat([whole, parts]).merge(
            self.shops[["terminal_id", "region_id"]], on="terminal_id", how="left"
        )
        every["region_id"] = every["region_id"].astype(object).where(every["region_id"].notna(), None)
        return _sums(every, ["region_id", "company_id", "month"])

    def _sales(self, region: str, company: str, month: dt.date) -> float | None:
        if (region, company, month) in self.recorded:
            return self.recorded[region, company, month]
        below = [self.sales(child, company, month) for child in self.children[region]]
        return total([*below, self.attached.get((region, company, month))])

    def _has_capacity(self, region: str, month: dt.date) -> bool:
        return (region, month) in self.capacities or any(
            self._has_capacity(child, month) for child in self.children[region]
        )

    def _capacity(self, region: str, month: dt.date) -> tuple[float | None, float | None]:
        """Return the part of the capacity that is recorded and the part that is a sum of sales."""
        if (region, month) in self.capacities:
            return self.capacities[region, month], None
        if not self._has_capacity(region, month):
            return None, total([self.sales(region, company, month) for company in self.companies.index])
        parts = [self.capacity(child, month) for child in self.children[region]]
        direct = [self.attached.get((region, company, month)) for company in self.companies.index]
        return total([part[0] for part in parts]), total([*(part[1] for part in parts), *direct])

    def amount(self, region: str, company: str, months: list[dt.date]) -> float | None:
        """Return what a company sold in some months, None where nothing is recorded."""
        return total([self.sales(region, company, month) for month in months])

    def market(self, region: str, months: list[dt.date]) -> tuple[float | None, str | None]:
        """Return the capacity in some months, and where it comes from."""
        parts = [self.capacity(region, month) for month in months]
        recorded, summed = (total([part[n] for part in parts]) for n in (0, 1))
        source = {
            (True, True): "mixed", (True, False): "recorded", (False, True): "sum_of_sales",
        }.get((recorded is not None, summed is not None))  # fmt: skip
        return total([recorded, summed]), source

    def ancestors(self, region: str) -> list[str]:
        """Return the regions above one."""
        above = self.regions["parent_id"].get(region)
        return [] if above is None or pd.isna(above) else [above, *self.ancestors(above)]

    def own_sales(self, region: str, months: list[dt.date]) -> tuple[float | None, str | None]:
        """Return our sales, zero where our complete books have no row, and which of the two it is."""
        known = self.amount(region, self.own, months)
        if known is not None:
            return known, "recorded"
        ours = [(r, m) for (r, c, m) in (*self.recorded, *self.attached) if c == self.own and m in months]
        kinds = self.other_kinds[
            (self.other_kinds["company_id"] == self.own) & (self.other_kinds["region_id"] == region)
        ]
        unseen = {r for r, _month in ours} & set(self.ancestors(region))
        of_a_kind = bool(set(_days(kinds["month"])) & set(months))
        return (0.0, "no_row") if ours and not unseen and not of_a_kind else (None, None)

    def months_with_figures(self, region: str, months: list[dt.date]) -> int:
        """Return in how many months a figure is recorded at or below a region."""
        below = {region, *self._below(region)}
        keys = [*((r, m) for r, _c, m in (*self.recorded, *self.attached)), *self.capacities]
        return len({month for where, month in keys if where in below} & set(months))

    def _below(self, region: str) -> list[str]:
        return [each for child in self.children[region] for each in (child, *self._below(child))]

    def difference(self, region: str, months: list[dt.date]) -> float | None:
        """Return what recorded figures are more than the shops' they replace."""
        parts = []
        for company in self.companies.index:
            for month in months:
                here = self.attached.get((region, company, month))
                below = [self.sales(child, company, month) for child in self.children[region]]
                replaced = total([here, *below])
                if (region, company, month) in self.recorded and replaced is not None:
                    parts.append(self.recorded[region, company, month] - replaced)
        return total(parts)


def total(parts: list[float | None]) -> float | None:
    """Sum what is known; None where nothing is."""
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _days(months: pd.Series) -> list[dt.date]:
    return [dt.date.fromisoformat(str(month)[:10]) for month in months]


def _sums(rows: pd.DataFrame, keys: list[str]) -> dict:
    sums: dict = defaultdict(float)
    columns = [_days(rows[key]) if key == "month" else list(rows[key]) for key in keys]
    for key, amount in zip(zip(*columns, strict=True), rows["amount"].astype(float), strict=True):
        sums[key] += amount
    return dict(sums)
