"""Relationships with customers: states and levels, how they moved, how close we are by time and visits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.customers.accounts.relationship import (
    ADVICE,
    LEVELS,
    NEXT_LEVEL,
    STATES,
    Closeness,
    ClosenessRule,
    closeness,
)
from core.customers.analysis.movement import Movement, movement
from core.i18n import _
from core.reports.market.choices import names_of
from core.store.scope import EVERYTHING, Scope
from core.store.terminals import analysis as read

if TYPE_CHECKING:
    from core.store.database import Store


@dataclass(frozen=True)
class RelationRequest:
    """Which relationships are looked at.

    Parameters
    ----------
    kind
        ``dealer`` or ``terminal``.
    start, until
        First and last day of the visits that count; relations up to the month of ``until``.
    rule
        Where long and frequent begin.
    """

    kind: str
    start: dt.date
    until: dt.date
    rule: ClosenessRule = field(default_factory=ClosenessRule)
    scope: Scope = EVERYTHING


@dataclass(frozen=True, eq=False)
class RelationReport:
    """The relationships of all customers.

    Parameters
    ----------
    before, now
        The last two months with records; None where there are fewer.
    states, levels
        How customers moved between them; None without a month.
    closeness
        By time and visits.
    table
        On customer_id: name, place, state, state_before, level_code, satisfaction, dwell, visits, intimacy,
        dependence, cell, advice (in the language in use); the worst states first, everybody with a state or a
        visit.
    """

    before: dt.date | None
    now: dt.date | None
    states: Movement | None
    levels: Movement | None
    closeness: Closeness
    table: pd.DataFrame


def relation_report(store: Store, request: RelationRequest) -> RelationReport:
    """Return the relationships and how they moved."""
    recorded = read.relations(store, request.kind, request.until, scope=request.scope)
    months = sorted(recorded["month"].unique())
    now = months[-1] if months else None
    before = months[-2] if len(months) > 1 else None
    latest = recorded[recorded["month"] == now].set_index("customer_id")
    earlier = recorded[recorded["month"] == before].set_index("customer_id")
    contacts = read.contacts(store, request.kind, request.start, request.until, scope=request.scope)
    close = closeness(contacts, request.rule)
    customers = read.names(store, request.kind, scope=request.scope)
    # Of a million customers few have a state: those are picked before anything is joined.
    known = latest.index[latest["state"].notna()].union(close.table.index[close.table["visits"] > 0])
    places = customers.index.get_indexer(known)
    customers = customers.take(np.sort(places[places >= 0]))
    place = names_of(customers.rename(columns={"name": "_", "place": "name", "place_en": "name_en"}))
    said = latest[["state", "level", "satisfaction"]].rename(columns={"level": "level_code"})
    said["advice"] = pd.Series(
        [_advice(state, level) for state, level in zip(said["state"], said["level_code"], strict=True)],
        said.index,
        dtype=object,
    )
    before_that = earlier["state"].rename("state_before")
    table = customers[["name"]].assign(place=place).join(said).join(before_that).join(close.table)
    worst = {state: place for place, state in enumerate(reversed(STATES))}
    order = table["state"].map(worst).fillna(len(worst))
    table = table.assign(_order=order).sort_values(["_order", "visits"]).drop(columns="_order")
    return RelationReport(
        before,
        now,
        _moved(earlier["state"], latest["state"], tuple(STATES)) if now else None,
        _moved(earlier["level"], latest["level"], tuple(LEVELS)) if now else None,
        close,
        table,
    )


def _moved(before: pd.Series, after: pd.Series, codes: tuple[str, ...]) -> Movement:
    """Compare two months; a word of the company's own, which has no rank, is in neither."""
    return movement(before.where(before.isin(codes)), after.where(after.isin(codes)), grades=codes)


def _advice(state: object, level: object) -> str | None:
    """Return what to do next: by the state, and by the level where the relationship is no quarrel."""
    said = [_(ADVICE[state])] if isinstance(state, str) and state in ADVICE else []
    if isinstance(level, str) and level in NEXT_LEVEL and state != "opposed":
        said.append(_(NEXT_LEVEL[level]))
    return " ".join(said) or None
