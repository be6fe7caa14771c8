"""What the store knows, read when it is first needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from core.exchange.matching.index import NameIndex
from core.exchange.matching.regions import RegionNames
from core.exchange.readers.sheet.entities import name_key
from core.store.market import names as known

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store


_MOST_NAMES = 20_000
"""Of more names of one kind none stands in a header."""


class Known(Mapping[str, Collection[str]]):
    """Known IDs by table, with names, regions and products; one for one look at the store.

    Parameters
    ----------
    store
        The open store.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._names: dict[str, pd.DataFrame] = {}
        self._ids: dict[str, frozenset[str]] = {}
        self._indexes: dict[str, NameIndex] = {}

    def __getitem__(self, table: str) -> frozenset[str]:
        if table not in known.NAMED:
            raise KeyError(table)
        if table not in self._ids:
            self._ids[table] = frozenset(self.names(table)["id"])
        return self._ids[table]

    def __iter__(self) -> Iterator[str]:
        return iter(known.NAMED)

    def __len__(self) -> int:
        return len(known.NAMED)

    def names(self, table: str) -> pd.DataFrame:
        """Return id and name of a table."""
        if table not in self._names:
            self._names[table] = known.names(self.store, table)
        return self._names[table]

    def index(self, table: str) -> NameIndex:
        """Return the names of a table, ready to be compared with."""
        if table not in self._indexes:
            self._indexes[table] = NameIndex.of(self.names(table), table)
        return self._indexes[table]

    @cached_property
    def regions(self) -> RegionNames:
        """The names of all regions with their parents."""
        return RegionNames.of(known.regions(self.store))

    @cached_property
    def products(self) -> pd.DataFrame:
        """product_id, uom, units_per_case."""
        return known.products(self.store)

    @cached_property
    def lexicon(self) -> Mapping[str, str]:
        """What a name in a header may be: company, product, region or employee."""
        found: dict[str, str] = {}
        for table in ("employee", "region", "product", "company"):
            names = self.names(table)["name"].dropna().tolist()
            found |= dict.fromkeys(map(name_key, names[:_MOST_NAMES]), table)
        return found

    @cached_property
    def by_name(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Name as titles write it -> table and ID of what is called so; none of tables with many rows."""
        found: dict[str, list[tuple[str, str]]] = {}
        for table in ("company", "product", "dealer", "employee", "terminal"):
            rows = self.names(table).dropna(subset=["name"])
            for own, name in zip(rows["id"], rows["name"], strict=True) if len(rows) <= _MOST_NAMES else ():
                key = name_key(str(name))
                if len(key) > 1 and not key.startswith(("其他", "其它", "other")):
                    found.setdefault(key, []).append((table, str(own)))
        return {key: tuple(owners) for key, owners in found.items()}

    @cached_property
    def longest_name(self) -> int:
        """Length of the longest of these names."""
        return max(map(len, self.by_name), default=0)

    def name_of(self, table: str, own: str) -> str:
        """Return the name of an ID, the ID itself where there is none."""
        rows = self.names(table)
        found = rows.loc[rows["id"] == own, "name"].tolist()
        return str(found[0]) if found else own

    @cached_property
    def own_company(self) -> str | None:
        """The one company that is our own; None where none or several are marked so."""
        own = known.own_companies(self.store)
        return own[0] if len(own) == 1 else None

    @cached_property
    def shops(self) -> pd.DataFrame:
        """region_id, lat, lon (WGS-84 degrees) of shops whose place is known."""
        return known.located_shops(self.store)

    @cached_property
    def boundaries(self) -> Mapping[str, bytes]:
        """Region -> WKB."""
        return known.boundaries(self.store)
