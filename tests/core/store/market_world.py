"""A small market in memory, its store, and the rule which figure counts as plain recursion."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.store.database import Store
from core.store.market.regions import refresh_closure

NOW = dt.date(2026, 1, 1)
BEFORE = dt.date(2025, 1, 1)


@dataclass
class World:
    """Regions and what is recorded of them; amounts in whole yuan.

    parents: region -> parent. recorded: (region, company, month) -> amount. capacities: (region, month).
    shops: (shop, company, month) -> amount; homes: shop -> region or None.
    """

    parents: dict[str, str | None]
    recorded: dict[tuple[str, str, dt.date], int] = field(default_factory=dict)
    capacities: dict[tuple[str, dt.date], int] = field(default_factory=dict)
    homes: dict[str, str | None] = field(default_factory=dict)
    shops: dict[tuple[str, str, dt.date], int] = field(default_factory=dict)
    companies: tuple[str, ...] = ("US", "R1", "OTHER")

    def children(self, region: str) -> list[str]:
        """Regions right below one."""
        return [child for child, parent in self.parents.items() if parent == region]

    def attached(self, region: str, company: str, month: dt.date) -> int | None:
        """Sales of the shops that lie in the region itself."""
        amounts = [
            amount
            for (shop, seller, when), amount in self.shops.items()
            if (self.homes[shop], seller, when) == (region, company, month)
        ]
        return sum(amounts) if amounts else None

    def sales(self, region: str, company: str, month: dt.date) -> int | None:
        """The recorded figure, else the children's figures and the region's own shops."""
        if (region, company, month) in self.recorded:
            return self.recorded[region, company, month]
        parts = [self.sales(child, company, month) for child in self.children(region)]
        return total([*parts, self.attached(region, company, month)])

    def has_capacity_below(self, region: str, month: dt.date) -> bool:
        """Whether a capacity is recorded at or below a region."""
        return (region, month) in self.capacities or any(
            self.has_capacity_below(child, month) for child in self.children(region)
        )

    def capacity(self, region: str, month: dt.date) -> int | None:
        """The recorded capacity, else the children's, else the sum of all companies' sales."""
        if (region, month) in self.capacities:
            return self.capacities[region, month]
        if self.has_capacity_below(region, month):
            parts = [self.capacity(child, month) for child in self.children(region)]
            return total([*parts, *(self.attached(region, company, month) for company in self.companies)])
        return total([self.sales(region, company, month) for company in self.companies])

    def difference(self, region: str, company: str, month: dt.date) -> int | None:
        """Recorded figures less what they replace, for the figures that count in the region."""
        parts = [self.difference(child, company, month) for child in self.children(region)]
        if (region, company, month) not in self.recorded:
            return total(parts)
        below = [self.sales(child, company, month) for child in self.children(region)]
        replaced = total([*below, self.attached(region, company, month)])
        return None if replaced is None else self.recorded[region, company, month] - replaced


def total(parts: list[int | None]) -> int | None:
    """Sum what is known; None where nothing is."""
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def fill(store: Store, world: World) -> None:
    """Replace what a store holds by a world, as an import does."""
    rows = {
        "region (region_id, parent_id, level, name)": [
            (region, parent, ("country", "city", "county", "town")[depth(world, region)], region)
            for region, parent in world.parents.items()
        ],
        "company (company_id, name, is_self, is_aggregate)": [
            (company, company, company == "US", company == "OTHER") for company in world.companies
        ],
        "terminal (terminal_id, name, region_id)": [(shop, shop, home) for shop, home in world.homes.items()],
        "market_sales (region_id, company_id, month, amount)": [
            (*key, amount) for key, amount in world.recorded.items()
        ],
        "market_capacity (region_id, month, amount)": [
            (*key, amount) for key, amount in world.capacities.items()
        ],
        "terminal_sales (terminal_id, company_id, month, amount)": [
            (*key, amount) for key, amount in world.shops.items()
        ],
    }

    def write(cursor: Any) -> None:
        for target, values in rows.items():
            cursor.execute(f"DELETE FROM {target.split()[0]}")
            if values:
                listed = ", ".join(f"({', '.join(map(literal, row))})" for row in values)
                cursor.execute(f"INSERT INTO {target} VALUES {listed}")
        refresh_closure(cursor)

    store.write("fill", write)


def literal(value: object) -> str:
    return "NULL" if value is None else f"'{value}'"


def depth(world: World, region: str) -> int:
    parent = world.parents[region]
    return 0 if parent is None else 1 + depth(world, parent)


def open_store(folder: Path) -> Store:
    """Open an empty store in a folder."""
    return Store.open(folder / "market.duckdb")
