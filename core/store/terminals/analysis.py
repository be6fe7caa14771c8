"""What the store knows of terminals as a whole: score sheets, distribution, status, relations, closeness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.store.caching.account_figures import ACCOUNTS, coded
from core.store.frames import large_frame
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    import pandas as pd

    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

_CODES = ("outlet_type", "grade", "status", "place_id", "parent_id", "town_id")
ITEM_COLUMNS = tuple(f"item_{number}" for number in range(1, 11))


def sheets(store: Store, level: str, until: dt.date, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return all score sheets up to a day, the latest first.

    Returns
    -------
    pandas.DataFrame
        sheet_id, terminal_id, name, employee_id, employee, role, assessed_on, assessor, scored (items with
        points), item_1 to item_10 (NaN not scored), place_id, place, place_en (the terminal's region of the
        level).
    """
    table = large_frame(store.read("terminal_analysis/sheets", scope=scope, level=level, until=until))
    return table.astype(dict.fromkeys(ITEM_COLUMNS, "float64"))


def evidence(
    store: Store, terminal_id: str, start: dt.date, end: dt.date, *, scope: Scope = EVERYTHING
) -> dict[str, Any] | None:
    """Return grade, outlet_type, status, rule_visits (in four weeks), visits and planned of one terminal.

    Visits are those from the first to the last day given; planned are the stops of saved visit plans.
    """
    values = {"terminal": terminal_id, "start": start, "end": end}
    rows = store.read("terminal_analysis/evidence", scope=scope, **values).to_pylist()
    return dict(rows[0]) if rows else None


def people(store: Store, terminal_id: str) -> pd.DataFrame:
    """Return employee_id, name, role of a terminal's rep, those above, and whoever was assessed before."""
    return store.read("terminal_analysis/people", terminal=terminal_id).to_pandas()


def accounts(
    store: Store,
    kind: str,
    ids: Collection[str],
    figures: SalesWindow,
    until: dt.date,
    *,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return large dealers and the customers named, those with the most sales first.

    Returns
    -------
    pandas.DataFrame
        customer_id, name, place, place_en, owner, sales (yuan of the period; sell-in of a dealer, own sales
        of a terminal), last_order, last_visit (terminals; None where there was none up to ``until``).
    """
    values = {"start": figures.start, "end": figures.end, "own": figures.own_company, "until": until}
    table = store.read("terminal_analysis/accounts", scope=scope, kind=kind, ids=sorted(ids), **values)
    return large_frame(table)


def shops(store: Store, figures: SalesWindow, level: str, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return every terminal that isn't closed with its sales now and a year before.

    Returns
    -------
    pandas.DataFrame
        On terminal_id: name, outlet_type, grade, status, place_id (its region of the level), parent_id (above
        that), town_id (right below it), own, category, own_previous, category_previous (yuan; NaN nothing
        recorded).
    """
    text, _names = query("terminal_analysis/shops")
    values = {"scope": scope.parameter, "level": level}
    return coded(store.fetch(text.format(accounts=ACCOUNTS.table(store, figures)), values), _CODES).set_index(
        "terminal_id"
    )


def stock_counts(store: Store, figures: SalesWindow, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return products (counted) and empty (at 0) of each terminal's last stock count, on terminal_id."""
    values = {"until": figures.as_of, "own": figures.own_company, "category": figures.category}
    return large_frame(store.read("terminal_analysis/stock", scope=scope, **values)).set_index("terminal_id")


def relations(store: Store, kind: str, until: dt.date, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return customer_id, month, state, level, satisfaction of two years up to a month."""
    table = store.read("terminal_analysis/relations", scope=scope, kind=kind, until=until)
    return large_frame(table).astype({"satisfaction": "float64"})


def contacts(
    store: Store, kind: str, start: dt.date, until: dt.date, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return visits and dwell (mean minutes, NaN unknown) of each customer, on customer_id."""
    values = {"kind": kind, "start": start, "until": until}
    table = large_frame(store.read("terminal_analysis/contacts", scope=scope, **values))
    return table.astype({"dwell": "float64"}).set_index("customer_id")


def names(store: Store, kind: str, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return name, place, place_en of dealers or terminals, on customer_id."""
    return large_frame(store.read("terminal_analysis/names", scope=scope, kind=kind)).set_index("customer_id")
