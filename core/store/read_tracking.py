"""Which tables a computation reads, so that its result can be reused until one of them changes.

Every read of the store records the tables its text names. Names are taken from the text as words: a column
called like a table counts as that table, so a result is computed once too often, never once too seldom.
A table that isn't in :data:`TRACKED`, a bare cursor and a look at ``data_version`` count as all tables.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from core.store.migration import schema_files
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager


ANY = "*"
"""Stands for every table."""
TRACKED = frozenset(
    {
        "app_user",
        "company",
        "customer_form",
        "day_report",
        "dealer",
        "dealer_region",
        "dealer_sales",
        "employee",
        "expense",
        "expense_budget",
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
        "task",
        "terminal",
        "terminal_sales",
        "time_log",
        "visit",
        "visit_check_in",
        "visit_photo",
        "visit_prospect",
        "visit_shelf",
    }
)
"""Tables that every write names which changes them, or else names none."""
AUDITED_TABLES = frozenset(
    {
        *BY_NAME,
        "app_user",
        "customer_form",
        "day_report",
        "grade_judgement",
        "grade_run",
        "grade_template",
        "quarantine",
        "region_boundary",
        "setting",
        "task",
        "terminal_selection",
        "terminal_stand_in",
        "territory_change",
        "visit_check_in",
        "visit_group",
        "visit_lock",
        "visit_night",
        "visit_office",
        "visit_photo",
        "visit_plan",
        "visit_rule",
        "visit_prospect",
        "visit_shelf",
    }
)
"""Names of tables that a write may say it changed."""
DERIVED_FROM: dict[str, frozenset[str]] = {
    "app_user_email": frozenset({"app_user"}),
    "customer_form_history": frozenset({"customer_form"}),
    "form_event": frozenset({"customer_form"}),
    "customer_search": frozenset({"dealer", "terminal"}),
    "grade_result": frozenset({"grade_run"}),
    "prospect_stage": frozenset({"visit_prospect"}),
    "region_closure": frozenset({"region"}),
    "task_event": frozenset({"task"}),
    "customer_figures_": frozenset({"terminal_sales", "product", "visit", "score_item"}),
    "account_figures_": frozenset({"terminal_sales", "product", "company"}),
    "dealer_accounts_": frozenset({"terminal_sales", "product", "company", "terminal", "region"}),
}
"""Tables, or beginnings of their names, that change with others and are never named by a write."""
MADE_OF: dict[str, frozenset[str]] = {
    **DERIVED_FROM,
    "region_month_figure": frozenset({"market_sales", "market_capacity", "terminal_sales"}),
    "region_month_sales": frozenset({"terminal_sales"}),
    "lens_": frozenset({"terminal", "terminal_sales", "visit"}),
    "visit_plan_stop": frozenset({"visit_plan"}),
    "plan_change": frozenset({"target_cell"}),
    "plan_event": frozenset({"target_plan"}),
    "plan_version": frozenset({"target_plan"}),
}
"""Records that tables, or beginnings of their names, are made of: where their figures come from."""
# Which of the derived tables are there changes no answer: a missing one is made before it is read.
_NO_DATA = frozenset({"derived_state", "meta"})
_WORD = re.compile(r"[a-z_][a-z0-9_]*")
_ROLLUP = re.compile(r"([a-z_]+_)[0-9a-f]{16}(_\w+)?$")

_tracked: ContextVar[set[str] | None] = ContextVar("tracked", default=None)
_named: ContextVar[set[str] | None] = ContextVar("named", default=None)


def _note(collection: ContextVar[set[str] | None], names: Iterable[str]) -> None:
    noted = collection.get()
    if noted is not None:
        noted.update(names)


@contextmanager
def _collecting(collection: ContextVar[set[str] | None], into: set[str] | None = None) -> Iterator[set[str]]:
    outer, names = collection.get(), set[str]() if into is None else into
    token = collection.set(names)
    try:
        yield names
    finally:
        collection.reset(token)
        if outer is not None:
            outer.update(names)


@contextmanager
def _without(collection: ContextVar[set[str] | None]) -> Iterator[None]:
    token = collection.set(None)
    try:
        yield
    finally:
        collection.reset(token)


def track(tables: Iterable[str]) -> None:
    """Record that tables are read; without effect outside :func:`tracking`."""
    _note(_tracked, tables)


def track_statement(text: str) -> None:
    """Record the tables of a statement; without effect outside :func:`tracking`."""
    if _tracked.get() is not None:
        track(tables_of(text))
    if _named.get() is not None:
        name_records(records_of(text))


def name_records(tables: Iterable[str]) -> None:
    """Record whose records are read; without effect outside :func:`naming`."""
    _note(_named, tables)


def naming(into: set[str] | None = None) -> AbstractContextManager[set[str]]:
    """Collect the names of the records read inside, also from kept answers; an enclosing one gets them too.

    Unlike :func:`tracking` it never says :data:`ANY`: it is for telling people where figures come from.

    Parameters
    ----------
    into
        Names collected before, which grow; a new collection by default.
    """
    return _collecting(_named, into)


def aside() -> AbstractContextManager[None]:
    """Read without naming the records: what a filter offers is no figure."""
    return _without(_named)


def tracking() -> AbstractContextManager[set[str]]:
    """Collect the tables read inside; an enclosing collection gets them too."""
    return _collecting(_tracked)


@contextmanager
def untracked() -> Iterator[None]:
    """Read without tracking, to decide whether a stored result is valid."""
    with _without(_tracked), aside():
        yield


@lru_cache(maxsize=1024)
def tables_of(text: str) -> frozenset[str]:
    """Return the tables a statement names, as writes name them; :data:`ANY` among them for others."""
    tables: set[str] = set()
    for word in set(_WORD.findall(text.lower())):
        rollup = _ROLLUP.match(word)
        name = rollup.group(1) if rollup else word
        if name in DERIVED_FROM:
            tables |= DERIVED_FROM[name]
        elif name in TRACKED:
            tables.add(name)
        elif rollup or (name in stored_tables() and name not in _NO_DATA):
            tables.add(ANY)
    return frozenset(tables)


@lru_cache(maxsize=1024)
def records_of(text: str) -> frozenset[str]:
    """Return the tables whose records a statement reads; of derived ones, those they are made of."""
    tables: set[str] = set()
    for word in set(_WORD.findall(text.lower())):
        rollup = _ROLLUP.match(word)
        name = rollup.group(1) if rollup else word
        if name in MADE_OF or name in stored_tables():
            tables |= MADE_OF.get(name, {name})
    return frozenset(tables)


@cache
def stored_tables() -> frozenset[str]:
    """Return the names of all tables of a store, those apart that are made as they are needed."""
    text = "\n".join(file.read_text("utf-8") for file in schema_files())
    return frozenset(name.lower() for name in re.findall(r"CREATE TABLE (?:history\.)?(\w+)", text))
