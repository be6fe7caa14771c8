"""Answers that are made again only when a table they were read from has changed.

Every read of the store notes the tables its text names. An answer keeps the names noted while it was made;
it holds as long as no later write says that it changed one of them
(:func:`core.store.caching.table_versions.last_change`).
Names are taken from the text as words, so that a column called like a table counts as that table: an answer
may be made once too often, never once too seldom. A table that isn't in :data:`FOLLOWED`, a cursor of one's
own and a look at ``data_version`` count as all tables.
"""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from core.store.migration import schema_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from core.store.database import Store

ANY = "*"
"""Stands for every table."""
FOLLOWED = frozenset(
    {
        "company",
        "customer_form",
        "dealer",
        "dealer_region",
        "dealer_sales",
        "employee",
        "expense",
        "grade_judgement",
        "grade_run",
        "grade_template",
        "inventory",
        "market",
        "market_capacity",
        "market_sales",
        "product",
        "region",
        "region_factor",
        "relation",
        "score_item",
        "setting",
        "terminal",
        "terminal_sales",
        "time_log",
        "visit",
    }
)
"""Tables that every write names which changes them, or else names none."""
MADE_FROM: dict[str, frozenset[str]] = {
    "customer_form_history": frozenset({"customer_form"}),
    "customer_search": frozenset({"dealer", "terminal"}),
    "grade_result": frozenset({"grade_run"}),
    "region_closure": frozenset({"region"}),
    "customer_figures_": frozenset({"terminal_sales", "product", "visit", "score_item"}),
    "account_figures_": frozenset({"terminal_sales", "product", "company"}),
    "dealer_accounts_": frozenset({"terminal_sales", "product", "company", "terminal", "region"}),
}
"""Tables, or beginnings of their names, that change with others and are never named by a write."""
# Which of the derived tables are there changes no answer: a missing one is made before it is read.
_NO_DATA = frozenset({"derived_state", "meta"})
_WORD = re.compile(r"[a-z_][a-z0-9_]*")
_SUMMED = re.compile(r"([a-z_]+_)[0-9a-f]{16}(_\w+)?$")

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


def note(tables: Iterable[str]) -> None:
    """Say that tables are being read; does nothing where nobody asks."""
    noted = _noted.get()
    if noted is not None:
        noted.update(tables)


def note_text(text: str) -> None:
    """Say that a statement is being run; does nothing where nobody asks."""
    if _noted.get() is not None:
        note(tables_of(text))


@contextmanager
def noting() -> Iterator[set[str]]:
    """Collect the tables that are read inside; whoever collects outside gets them too."""
    outer, found = _noted.get(), set[str]()
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)
        if outer is not None:
            outer.update(found)


@contextmanager
def unnoted() -> Iterator[None]:
    """Read without noting: what decides whether an answer holds is no part of it."""
    token = _noted.set(None)
    try:
        yield
    finally:
        _noted.reset(token)


@lru_cache(maxsize=1024)
def tables_of(text: str) -> frozenset[str]:
    """Return the tables a statement names, as writes name them; :data:`ANY` among them for one unfollowed."""
    found: set[str] = set()
    for word in set(_WORD.findall(text.lower())):
        summed = _SUMMED.match(word)
        name = summed.group(1) if summed else word
        if name in MADE_FROM:
            found |= MADE_FROM[name]
        elif name in FOLLOWED:
            found.add(name)
        elif summed or (name in _tables() and name not in _NO_DATA):
            found.add(ANY)
    return frozenset(found)


@cache
def _tables() -> frozenset[str]:
    """Return the names of all tables of a store."""
    text = "\n".join(file.read_text("utf-8") for file in schema_files())
    return frozenset(name.lower() for name in re.findall(r"CREATE TABLE (?:history\.)?(\w+)", text))


class Followed:
    """One answer, made at the first use and whenever a table it was read from has changed since."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._made = False
        self._value: Any = None
        self._tables: frozenset[str] = frozenset()
        self._seen = 0

    def get(self, store: Store, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is made
        """Return the answer.

        Parameters
        ----------
        store
            The open store, always the same one.
        make
            Makes the answer from the store alone.
        """
        from core.store.caching.table_versions import last_change

        with self._lock:
            with unnoted():
                holds = self._made and last_change(store, self._tables) <= self._seen
            if not holds:
                with unnoted():
                    # A write that comes while the answer is made is later than this, and ends it.
                    self._seen = last_change(store, (ANY,))
                with noting() as tables:
                    self._value = make()
                # What was read from no table may come from anywhere.
                self._tables = frozenset(tables) or frozenset({ANY})
                self._made = True
            note(self._tables)
            return self._value
