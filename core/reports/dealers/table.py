"""One row per dealer with all that is judged: sales, faithfulness, owners, calls, decision, core test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.customers.dealers.core_customer import core_test, future_score, percentile_score
from core.customers.dealers.decision import INPUTS, SCORES, DealerRule, Walk, walk
from core.customers.dealers.persistency import persistency
from core.customers.dealers.tiers import call_schedule, contribution, owner_checks
from core.customers.forms import form
from core.reports.dealers.request import DealerRequest, dealer_rules
from core.reports.market.choices import names_of
from core.store.customers import dealers as store_dealers
from core.store.forms import forms as store_forms
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.periods import Period
    from core.store.database import Store


def dealer_table(store: Store, request: DealerRequest) -> pd.DataFrame:
    """Return all dealers.

    Returns
    -------
    pandas.DataFrame
        Indexed by dealer_id, the columns of :func:`core.store.customers.dealers.dealers` and: place (the
        region's name in the language), sell_in, sell_out, sell_in_previous (yuan; NaN nothing recorded),
        growth; amount, rank, part, cumulated, proposed of :func:`contribution`; the measures of
        :func:`persistency`; required_role, owner_finding, backup_finding, orphan; last_call, next_call,
        overdue, call_state; tree, asks, disposition, decided_on, decided_by, differs, at_risk of
        :func:`_decided`; network, present, future, score, failed, missing, verdict of the core-customer test.
    """
    rules = dealer_rules(store)
    table = store_dealers.dealers(store, request.end, scope=request.scope).set_index("dealer_id")
    place = names_of(table.rename(columns={"name": "kept", "region": "name", "region_en": "name_en"}))
    table["place"] = place
    table = _with_sales(table, store, request)
    table = table.join(contribution(table["sell_in"], rules.tiers))
    table = owner_checks(table, rules.tiers)
    table = _with_calls(table, store, request)
    decisions = last_decisions(store, scope=request.scope)
    table = table.join(_decided(table, decisions, rules.tree))
    parts = pd.DataFrame(
        {
            "network": percentile_score(_network(table)),
            "capability": table["capability"].astype("float64"),
            "present": percentile_score(table["sell_in"]),
            "future": future_score(table["growth"], _overall_growth(table), rules.core),
        }
    )
    return table.join(parts.drop(columns="capability")).join(core_test(parts, rules.core))


def last_decisions(store: Store, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the fields of the latest decision about each dealer, indexed by dealer_id."""
    frame = store_forms.load_frame(store, form("dealer_decision"), scope=scope)
    # Decisions of one day are told apart by when they were saved.
    frame = frame.sort_values(["decided_on", "updated_at"]).drop_duplicates("customer_id", keep="last")
    return frame.set_index("customer_id").rename_axis("dealer_id")


def tree_inputs(row: Mapping[str, object], decision: Mapping[str, object] | None) -> dict[str, object]:
    """Return what is known for the tree: the dealer's record, then what the last decision was based on."""
    known: dict[str, object] = {}
    for name in INPUTS:
        value = _known(row.get(name))
        value = _known((decision or {}).get(name)) if value is None else value
        # A value out of a table is numpy's; what is kept in a form is Python's.
        known[name] = value if value is None else (float if name in SCORES else bool)(value)  # type: ignore[arg-type]
    return known


def walk_of(row: Mapping[str, object], decision: Mapping[str, object] | None, rule: DealerRule) -> Walk:
    """Return how far the tree is decided for a dealer."""
    return walk(tree_inputs(row, decision), rule)


def _known(value: object) -> object:
    return None if value is None or pd.isna(value) else value


def _with_sales(table: pd.DataFrame, store: Store, request: DealerRequest) -> pd.DataFrame:
    months = store_dealers.months(store, request.history, scope=request.scope)
    sums = _sums(months, request.period)
    before = store_dealers.months(store, request.period.previous, scope=request.scope)
    previous = _sums(before, request.period.previous)["sell_in"].rename("sell_in_previous")
    table = table.join(sums).join(previous)
    table["growth"] = table["sell_in"] / table["sell_in_previous"].where(table["sell_in_previous"] > 0) - 1
    wide = months.pivot_table(
        index="dealer_id", columns="month", values="sell_in", aggfunc="sum", min_count=1
    )
    every = pd.date_range(request.history.start, request.history.end, freq="MS").date
    wide = wide.reindex(index=table.index, columns=every)
    # A history that begins later isn't a time without orders.
    began = wide.notna().any()
    first = next((column for column in wide if began[column]), None)
    return table.join(persistency(wide.loc[:, first:] if first is not None else wide))


def _sums(months: pd.DataFrame, period: Period) -> pd.DataFrame:
    inside = months[(months["month"] >= period.start) & (months["month"] <= period.end)]
    return inside.groupby("dealer_id")[["sell_in", "sell_out"]].sum(min_count=1)


def _overall_growth(table: pd.DataFrame) -> float:
    both = table[["sell_in", "sell_in_previous"]].dropna()
    before = both["sell_in_previous"].sum()
    return float(both["sell_in"].sum() / before - 1) if before > 0 else np.nan


def _network(table: pd.DataFrame) -> pd.Series:
    """Count the terminals of a dealer and of its sub-dealers."""
    below = table.groupby("parent_id")["terminals"].sum()
    return table["terminals"] + below.reindex(table.index).fillna(0)


def _with_calls(table: pd.DataFrame, store: Store, request: DealerRequest) -> pd.DataFrame:
    calls = store_forms.load_frame(store, form("call_back"), scope=request.scope)
    called = pd.to_datetime(calls["called_on"]).groupby(calls["customer_id"]).max()
    last = called.reindex(table.index)
    schedule = call_schedule(table["tier"], last, request.today, dealer_rules(store).tiers)
    return table.join(schedule.rename(columns={"state": "call_state"}))


def _decided(table: pd.DataFrame, decisions: pd.DataFrame, rule: DealerRule) -> pd.DataFrame:
    """Say what becomes of each dealer: what was decided, or else what the tree says.

    Returns
    -------
    pandas.DataFrame
        tree (what the tree says of what is known now; None where it must ask), asks (the missing answer),
        decided (None where nothing was), disposition (decided, or else tree), decided_on, decided_by,
        differs (the tree now says something else), at_risk (yuan; sales of those to be eliminated).
    """
    records = {str(key): row for key, row in decisions.to_dict("index").items()}
    walks = [walk_of(row, records.get(str(key)), rule) for key, row in table.to_dict("index").items()]
    found = pd.DataFrame(
        {
            "tree": pd.Series([w.disposition for w in walks], index=table.index, dtype=object),
            "asks": pd.Series([w.asks for w in walks], index=table.index, dtype=object),
        }
    )
    said = decisions.reindex(table.index)
    found["decided"] = said["disposition"].astype(object).where(said["disposition"].notna(), None)
    found["disposition"] = found["decided"].where(found["decided"].notna(), found["tree"])
    found["decided_on"] = said["decided_on"]
    found["decided_by"] = said["updated_by"]
    both = found["decided"].notna() & found["tree"].notna()
    found["differs"] = both & (found["decided"] != found["tree"])
    found["at_risk"] = table["sell_in"].where(found["disposition"] == "eliminate")
    return found
