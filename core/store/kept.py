"""Answers kept in memory until the data change: small tables that every page asks for again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import pandas as pd

    from core.store.database import Store

MOST = 64
"""Tables kept per store; beyond that the oldest goes."""

_kept: WeakKeyDictionary[Store, tuple[int, dict[Hashable, pd.DataFrame]]] = WeakKeyDictionary()


def kept(store: Store, key: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return the table of a key, made at the first use since the data last changed.

    Parameters
    ----------
    store
        The open store.
    key
        What the table is of: the function's name and its arguments, the scope among them.
    make
        Makes it.

    Returns
    -------
    pandas.DataFrame
        A view of its own for every caller: pandas copies on write, so none changes what is kept.
    """
    version, tables = _kept.get(store, (-1, {}))
    if version != store.data_version:
        version, tables = store.data_version, {}
        _kept[store] = version, tables
    if key not in tables:
        while len(tables) >= MOST:
            tables.pop(next(iter(tables)))
        tables[key] = make()
    return tables[key].copy(deep=False)
