"""Analyses of all customers, timed against the same with every table read into pandas.

Both give the same numbers, or the run stops. "At first" is with the sums of the shops made anew, as after an
import; the times are those of every later question.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import customers_pandas as everything
import numpy as np
import pandas as pd

from core.customers.accounts.relationship import closeness
from core.customers.analysis.profitability import Profit, ProfitRule, profit
from core.customers.dealers.tiers import contribution
from core.customers.terminals.decomposition import decompose
from core.customers.terminals.distribution import distribution_table, without_returns
from core.periods import Period
from core.reports.customers.abc import AbcRequest, abc_of
from core.reports.customers.ge import GeRequest, ge_of
from core.reports.customers.grading import GradingRequest, grading_report
from core.reports.customers.profitability import ProfitRequest, profit_report
from core.reports.customers.table import CustomerRequest, _derived, customer_table
from core.reports.dealers.request import DealerRequest
from core.reports.dealers.table import dealer_table
from core.reports.terminals.distribution import (
    DistributionRequest,
    distribution_report,
    status_findings,
)
from core.reports.terminals.relations import RelationRequest, relation_report
from core.store.caching.account_figures import ACCOUNTS, DEALER_ACCOUNTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

    Case = tuple[Callable[[], list[float]], Callable[[], list[float]]]

MEASURES = ["outlets", "known", "handlers", "blank", "nd", "wd", "sih", "share"]
EFFECTS = ["distribution_effect", "in_store_effect"]


def analyses(store: Store, figures: SalesWindow, best: Callable[[Callable[[], object]], float]) -> None:
    """Time each analysis and compare its numbers."""
    took = []
    facts = Facts(store, figures)
    for roll_up in (ACCOUNTS, DEALER_ACCOUNTS):
        name = roll_up.table(store, figures)
        store.maintain(lambda cursor, name=name: _forget(cursor, name))
        started = time.perf_counter()
        roll_up.table(store, figures)
        took.append(time.perf_counter() - started)
    print(f"at first: sums of the shops {took[0]:.1f} s, of the dealers' shops {took[1]:.1f} s")
    print(f"{'analysis':<40}{'store':>9}{'pandas':>10}{'ratio':>9}  the same numbers")
    for name, (quick, slow) in {**_terminals(facts), **_dealers(facts)}.items():
        found = quick()
        facts.asked = 0.0
        started = time.perf_counter()
        expected = slow()
        whole = time.perf_counter() - started + facts.asked
        np.testing.assert_allclose(found, expected, rtol=1e-9)
        seconds = best(quick)
        shown = ", ".join(f"{value:.6g}" for value in found[:5])
        print(f"{name:<40}{seconds:>7.2f} s{whole:>8.1f} s{whole / seconds:>7.1f} ×  {shown}")


class Facts:
    """The store, and what pandas makes of its sales: made once, its time counted at each use."""

    def __init__(self, store: Store, figures: SalesWindow) -> None:
        self.store, self.figures = store, figures
        self.asked = 0.0
        self._sums: tuple[pd.DataFrame, float] | None = None

    def sums(self) -> pd.DataFrame:
        """Return the sums of the shops."""
        if self._sums is None:
            started = time.perf_counter()
            found = everything.account_sums(self.store, self.figures)
            self._sums = found, time.perf_counter() - started
        else:
            self.asked += self._sums[1]
        return self._sums[0]


def _forget(cursor: object, name: str) -> None:
    cursor.execute(f"DROP TABLE {name}")  # type: ignore[attr-defined]
    cursor.execute("DELETE FROM derived_state WHERE name = $name", {"name": name})  # type: ignore[attr-defined]


def _terminals(facts: Facts) -> dict[str, Case]:
    store, figures = facts.store, facts.figures
    asked = CustomerRequest(figures.own_company, figures.start, figures.end, "terminal", figures.category)
    shown = DistributionRequest(figures, "county")
    days = RelationRequest("terminal", figures.start, figures.as_of)

    def from_store() -> pd.DataFrame:
        return customer_table(store, asked)

    def from_facts() -> pd.DataFrame:
        return _derived(everything.customer_rows(store, figures, facts.sums()))

    def shops() -> pd.DataFrame:
        return without_returns(everything.shop_rows(store, facts.sums()))

    def met() -> pd.DataFrame:
        customers = everything.terminals(store)
        visits = everything.visits(store, figures)
        close = closeness(visits.reindex(customers.index[customers["status"] != "closed"])).table
        names = everything.read(store, "region", "t.region_id, t.name").set_index("region_id")["name"]
        table = customers[["name"]].assign(place=customers["region_id"].map(names)).join(close)
        return table.sort_values("visits")

    def effects() -> list[float]:
        rows = shops()
        past = pd.DataFrame({"own": rows["own_previous"], "category": rows["category_previous"]})
        return _floats(decompose(distribution_table(past), distribution_table(rows)).iloc[0][EFFECTS])

    return {
        "ABC of the terminals": (lambda: _abc(from_store(), asked), lambda: _abc(from_facts(), asked)),
        "twelve cells of the accounts": (
            lambda: _cells(from_store(), asked),
            lambda: _cells(from_facts(), asked),
        ),
        "grading list of the terminals": (
            lambda: _grades(store, from_store(), asked),
            lambda: _grades(store, from_facts(), asked),
        ),
        "GE matrix of the terminals": (lambda: _ge(from_store(), asked), lambda: _ge(from_facts(), asked)),
        "distribution": (
            lambda: _floats(distribution_report(store, shown).total.iloc[0][MEASURES]),
            lambda: _floats(distribution_table(shops()).iloc[0][MEASURES]),
        ),
        "decomposition of the share": (
            lambda: _floats(distribution_report(store, shown).total.iloc[0][EFFECTS]),
            effects,
        ),
        "status board": (
            lambda: _board(distribution_report(store, shown).shops),
            lambda: _board(shops()),
        ),
        "relations of the terminals": (
            lambda: _counts(relation_report(store, days).closeness.table["cell"]),
            lambda: _counts(met()["cell"]),
        ),
    }


def _dealers(facts: Facts) -> dict[str, Case]:
    store, figures = facts.store, facts.figures
    asked = CustomerRequest(figures.own_company, figures.start, figures.end, "dealer", figures.category)
    months = Period(figures.start, figures.end).months
    judged = DealerRequest(figures.end, figures.as_of, figures.own_company, months)

    def bought() -> pd.DataFrame:
        return everything.dealer_rows(store, figures)

    def tiers() -> list[float]:
        return _counts(contribution(bought().groupby("customer_id")["amount"].sum())["proposed"])

    return {
        "profitability matrix of the dealers": (
            lambda: _profit(profit_report(store, ProfitRequest(asked)).profit),
            lambda: _profit(profit(bought(), ProfitRule())),
        ),
        "tiers and owners of the dealers": (lambda: _counts(dealer_table(store, judged)["proposed"]), tiers),
    }


def _abc(table: pd.DataFrame, asked: CustomerRequest) -> list[float]:
    return _floats(abc_of(table, AbcRequest(asked)).grades[["count", "amount"]].to_numpy().ravel())


def _cells(table: pd.DataFrame, asked: CustomerRequest) -> list[float]:
    cells = abc_of(table, AbcRequest(asked, measure="demand")).cells
    assert cells is not None
    return _floats(cells["accounts"])


def _grades(store: Store, table: pd.DataFrame, asked: CustomerRequest) -> list[float]:
    graded = grading_report(store, GradingRequest(asked), table).table
    return [*_counts(graded["grade"].fillna("none")), float(graded["total"].sum())]


def _ge(table: pd.DataFrame, asked: CustomerRequest) -> list[float]:
    return _floats(ge_of(table, GeRequest(asked)).counts)


def _board(shops: pd.DataFrame) -> list[float]:
    return [*_counts(shops["status"]), *_counts(status_findings(shops)["finding"])]


def _profit(found: Profit) -> list[float]:
    return _floats(found.cells.loc[("total", "total")][["amount", "margin"]])


def _counts(marks: pd.Series) -> list[float]:
    return _floats(marks.astype(object).value_counts().sort_index())


def _floats(values: object) -> list[float]:
    return np.asarray(values, dtype=np.float64).tolist()
