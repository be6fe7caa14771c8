"""Answers kept in memory until the data change: small tables that every page asks for again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from core.store.read_tracking import Followed

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import pandas as pd

    from core.store.database import Store

MOST = 64
"""Tables kept per store; beyond that the oldest goes."""

_kept: WeakKeyDictionary[Store, dict[Hashable, Followed]] = WeakKeyDictionary()


def kept(store: Store, key: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return the table of a key, made at the first use since what it is read from last changed.

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
    answers = _kept.setdefault(store, {})
    if key not in answers:
        while len(answers) >= MOST:
            answers.pop(next(iter(answers)), None)
        answers[key] = Followed()
    table: pd.DataFrame = answers[key].get(store, make)
    return table.copy(deep=False)
