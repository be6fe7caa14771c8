"""What pages read from the store, cached.

The key of every answer is the store's file, what the user may see, the language, the day and the request; it
is made again when a table it was read from has changed (:mod:`core.store.read_tracking`), so that a write, a
restored file or another language never shows an old answer, and a saved contact doesn't have a million sales
summed again.
Caches are bounded, because one process serves everybody.
"""

from __future__ import annotations

import datetime as dt
import pickle
from typing import TYPE_CHECKING, Any

from core.currency import current_currency
from core.i18n import _, current_language
from core.reports.market import market
from core.reports.market.choices import names_of
from core.store import preferences as store_preferences
from core.store.caching.memo import Memos
from core.store.loading import batches as store_batches
from core.store.loading import retention
from core.store.market import market as store_market
from core.store.read_tracking import aside
from pages._ui import runtime

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import pyarrow as pa

    from core.reports.market.choices import Choices
    from core.reports.market.market import MarketReport, MarketRequest
    from core.store.database import Store
    from core.store.loading.retention import Clearing


_ANSWERS = Memos(200)
"""Pickled, so that everybody gets a copy."""
_SHARED = Memos(150)
"""The same object to everybody."""
_LARGE = Memos(8)
"""Like the shared ones, for what may take hundreds of megabytes."""
_DRAWINGS = Memos(24)
"""Like the shared ones, for what takes megabytes."""


def cached(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401
    """Return ``function(store, *arguments)``, from the cache where it was asked before; a copy of one's own.

    Parameters
    ----------
    function
        A report or a read of the store; its first parameter is the store.
    arguments
        Requests: frozen dataclasses, texts, numbers, dates.
    """
    store = runtime.store()
    memo = _ANSWERS.of(_key(store, function, arguments))
    return pickle.loads(memo.get(store, lambda: pickle.dumps(function(store, *arguments))))


def shared(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401
    """Return ``function(store, *arguments)``, the same object to everybody: nobody may change it.

    For large answers that a click asks for again: a copy takes longer than the rest of the click.
    Parameters are those of :func:`cached`.
    """
    store = runtime.store()
    return _SHARED.of(_key(store, function, arguments)).get(store, lambda: function(store, *arguments))


def large(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401
    """Return what looks at every customer, like :func:`shared`; only the last few are kept."""
    store = runtime.store()
    return _LARGE.of(_key(store, function, arguments)).get(store, lambda: function(store, *arguments))


def drawing(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401
    """Return the picture ``function(store, *arguments)`` like :func:`shared`; the last few are kept."""
    store = runtime.store()
    return _DRAWINGS.of(_key(store, function, arguments)).get(store, lambda: function(store, *arguments))


def _key(store: Store, function: Callable[..., Any], arguments: tuple[object, ...]) -> tuple[object, ...]:
    # Each run of a page makes its functions anew: it is the name that tells them apart.
    name = function.__module__, function.__qualname__
    words = current_language(), current_currency().code
    try:
        hash(arguments)
        request: object = arguments
    except TypeError:
        # A request that holds a table of rules.
        request = pickle.dumps(arguments)
    # What is late today isn't what was late yesterday.
    return name, request, str(store.path), store.opening, runtime.access_key(), words, dt.date.today()


def preferences() -> dict[str, str]:
    """Return what was chosen for this store."""
    with aside():
        answer: dict[str, str] = cached(store_preferences.preferences)
    return answer


def choices() -> Choices | None:
    """Return what can be chosen in the filter bar, or None while there are no sales."""
    with aside():
        answer: Choices | None = shared(market.choices)
    return answer


def market_report(request: MarketRequest) -> MarketReport:
    """Return the market table of a request."""
    answer: MarketReport = shared(market.market_report, request)
    return answer


def market_trend(request: MarketRequest, region_id: str | None = None) -> pd.DataFrame:
    """Return the months of one region, or of everything looked at."""
    answer: pd.DataFrame = shared(market.market_trend, request, region_id)
    return answer


def companies() -> pd.DataFrame:
    """Return company_id, name, name_en, is_self, is_aggregate and ``shown``, the name in the language."""
    answer: pd.DataFrame = cached(store_market.companies)
    return answer.assign(shown=names_of(answer))


def markets() -> pd.DataFrame:
    """Return market_id, name, definition and category of all markets."""
    answer: pd.DataFrame = cached(store_market.markets)
    return answer


def contents() -> pd.DataFrame:
    """Return table and rows of everything that can be imported."""
    answer: pd.DataFrame = cached(store_preferences.table_sizes)
    return answer


def batches() -> pd.DataFrame:
    """Return the import batches, the latest first."""
    answer: pa.Table = cached(store_batches.list_batches)
    return answer.to_pandas()


def last_clearing() -> Clearing:
    """Return which batches can no longer be taken back, and why."""
    answer: Clearing = cached(retention.read_clearing)
    return answer


def batch_issues(batch_id: int) -> pd.DataFrame:
    """Return what was odd about a batch, with the titles that people read."""
    answer: pa.Table = cached(store_batches.batch_issues, batch_id)
    titles = {
        "row_number": _("Row"),
        "column_name": _("Column"),
        "value": _("Value"),
        "message": _("Finding"),
        "occurrences": _("Rows concerned"),
    }
    return answer.to_pandas()[list(titles)].rename(columns=titles)
