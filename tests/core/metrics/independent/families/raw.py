"""Raw tables of a store, each read once, and the few sums that several families begin with."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from core.store.database import Store

END = dt.date(2026, 10, 1)
TODAY = dt.date(2026, 10, 31)
OWN = "OWN"


def months_back(count: int, end: dt.date = END) -> list[dt.date]:
    """Return the first days of some months up to one, the earliest first."""
    numbers = [end.year * 12 + end.month - 1 - back for back in reversed(range(count))]
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]


YEAR = months_back(12)
YEAR_BEFORE = [month.replace(year=month.year - 1) for month in YEAR]


class Raw:
    """The tables of a store as they were imported."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tables: dict[str, pd.DataFrame] = {}
        self.forms = cache(self._forms)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._tables:
            table = self._store.fetch(f"SELECT * FROM {name}").to_pandas()
            for column in table:
                if table[column].map(type).eq(Decimal).any():
                    table[column] = table[column].astype(float)
                if column in {"month", "start_on", "end_on", "assessed_on", "as_of", "day"}:
                    table[column] = pd.to_datetime(table[column]).dt.date
            self._tables[name] = table
        return self._tables[name]

    def _forms(self, form: str, kind: str = "dealer") -> list[dict[str, Any]]:
        """Return what was filled in, with customer_id, updated_at and updated_by."""
        kept = self["customer_form"]
        kept = kept[(kept["form"] == form) & (kept["customer_type"] == kind)]
        return [
            json.loads(row["payload"])
            | {name: row[name] for name in ("customer_id", "updated_at", "updated_by")}
            for row in kept.to_dict("records")
        ]

    @cached_property
    def parents(self) -> dict[str, str]:
        """The region above each region."""
        regions = self["region"].dropna(subset=["parent_id"])
        return dict(zip(regions["region_id"], regions["parent_id"], strict=True))

    def path(self, region: object) -> list[str]:
        """Return a region and those above it, the nearest first."""
        if not isinstance(region, str):
            return []
        return [region, *self.path(self.parents.get(region))]

    @cached_property
    def names(self) -> dict[str, str]:
        """Each region's name, Chinese."""
        return dict(zip(self["region"]["region_id"], self["region"]["name"], strict=True))

    @cached_property
    def shop_months(self) -> pd.DataFrame:
        """Sales of all products: terminal_id, company_id, month, amount."""
        return totals(self["terminal_sales"], ["terminal_id", "company_id", "month"], "amount")

    @cached_property
    def dealer_months(self) -> pd.DataFrame:
        """Sell-in and sell-out of all products: dealer_id, month, sell_in, sell_out."""
        keys = ["dealer_id", "month"]
        bought, sold = (
            totals(self["dealer_sales"], keys, f"{name}_amount").set_index(keys).iloc[:, 0]
            for name in ("sell_in", "sell_out")
        )
        return pd.DataFrame({"sell_in": bought, "sell_out": sold}).reset_index()

    def sell_in(self, months: list[dt.date], column: str = "sell_in") -> pd.Series:
        """Return what each dealer bought in some months; a dealer without a row isn't in it."""
        inside = self.dealer_months[self.dealer_months["month"].isin(months)]
        return inside.groupby("dealer_id")[column].sum(min_count=1)

    def visited(self, first: dt.date, last: dt.date) -> pd.DataFrame:
        """Return the visits of some days, both included."""
        days = pd.to_datetime(self["visit"]["start_at"]).dt.date
        return self["visit"][(days >= first) & (days <= last)]


def totals(rows: pd.DataFrame, keys: list[str], amount: str) -> pd.DataFrame:
    """Return the row without a product where there is one, else the sum of the products."""
    known = rows.dropna(subset=[amount])
    whole = known[known["product_id"].isna()].groupby(keys)[amount].sum()
    parts = known[known["product_id"].notna()].groupby(keys)[amount].sum()
    return whole.combine_first(parts).rename(amount).reset_index()


def classes(amounts: pd.Series, cuts: tuple[float, float] = (0.7, 0.9)) -> pd.DataFrame:
    """Return rank, part, cumulated and class of amounts on their ids, one after the other."""
    known = sorted(((-value, key) for key, value in amounts.dropna().items()))
    whole, running, rows = sum(max(-value, 0.0) for value, _key in known), 0.0, {}
    for place, (minus, key) in enumerate(known, start=1):
        running += max(-minus, 0.0)
        cumulated = running / whole if whole else None
        grade = "C"
        if minus < 0 and cumulated is not None:
            grade = (
                "A"
                if place == 1 or cumulated <= cuts[0] + 1e-9
                else "B"
                if cumulated <= cuts[1] + 1e-9
                else "C"
            )
        part = max(-minus, 0.0) / whole if whole else None
        rows[key] = {"rank": place, "amount": -minus, "part": part, "cumulated": cumulated, "grade": grade}
    return pd.DataFrame.from_dict(rows, orient="index").reindex(amounts.index)


def growth(now: pd.Series, before: pd.Series) -> pd.Series:
    """Return the relative change; missing where it has no meaning."""
    return now / before.where(before > 0) - 1
