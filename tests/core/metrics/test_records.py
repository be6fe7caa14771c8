"""Which records the KPIs are made of: declared for each, and true of the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.metrics import FAMILIES
from core.metrics.records import MADE_OF
from core.reports.cycle.expenses import ExpenseRequest, expense_report
from core.reports.dealers.request import DealerRequest
from core.reports.dealers.table import dealer_table
from core.reports.market.market import MarketRequest, market_report
from core.reports.provenance import RECORDS, records_behind
from core.reports.terminals.distribution import DistributionRequest, distribution_report
from core.reports.terminals.scores import ScoreRequest, score_report
from core.store.caching.sales_window import SalesWindow
from core.store.database import Store
from tests.core.metrics.independent.families.compare import same
from tests.core.metrics.independent.families.raw import END, OWN, TODAY, YEAR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

TAKEN = ("expense", "score_item", "customer_form", "market_capacity", "inventory")


def test_every_kpi_says_what_it_is_made_of_once() -> None:
    """Each KPI is declared in one group of its family, of records whose origin can be told."""
    for name, family in FAMILIES.items():
        keys = [key for group in MADE_OF[name].values() for key in group.split()]
        assert sorted(keys) == sorted(family)
        assert set(" ".join(MADE_OF[name]).split()) <= set(RECORDS)


def test_a_figure_comes_from_what_its_page_read_of_what_it_is_made_of() -> None:
    """Of orders and shops' sales a dealer's page read the orders; undeclared it is all but names."""
    assert records_behind(("dealer_sales", "terminal_sales"), {"dealer_sales", "visit"}) == {"dealer_sales"}
    assert records_behind((), {"visit", "region"}) == {"visit"}
    assert records_behind(("region",), {"visit", "region"}) == {"region"}


def tables(store: Store) -> dict[str, list[pd.DataFrame]]:
    """Return tables of reports by the family of their KPIs, each on the id of its rows."""
    window = SalesWindow(OWN, YEAR[0], END, None)
    distribution = distribution_report(store, DistributionRequest(window, "county"))
    market = market_report(store, MarketRequest(OWN, YEAR[0], END, "county"))
    return {
        "market": [market.regions.set_index("region_id")],
        "dealers": [dealer_table(store, DealerRequest(END, TODAY, OWN))],
        "terminals": [
            distribution.groups["region"],
            score_report(store, ScoreRequest(TODAY, "county")).latest,
        ],
        "expenses": [
            expense_report(store, ExpenseRequest(YEAR[0], END, "county")).regions.set_index("region_id")
        ],
    }


@pytest.fixture(scope="module")
def moved(sample_copy: Callable[[int], Path]) -> dict[str, set[tuple[str, str]]]:
    """The KPIs that change in a row which stays, where a third of some records is taken away, by record."""
    path, found = sample_copy(300), {}
    with Store.open(path) as store:
        before = tables(store)
        for record in TAKEN:
            store.write("import", lambda cursor, name=record: thin(cursor, name))
            after = tables(store)
            found[record] = {
                (family, key)
                for family, olds in before.items()
                for old, new in zip(olds, after[family], strict=True)
                for key in FAMILIES[family]
                if key in old and not alike(old[key], new[key])
            }
            before = after
    return found


def thin(cursor: Any, record: str) -> None:
    """Take a third of the rows of a table away."""
    cursor.execute(f"DELETE FROM {record} WHERE hash(rowid + 7) % 3 = 0")


def alike(old: pd.Series, new: pd.Series) -> bool:
    """Tell whether the rows that both have say the same."""
    shared = [row for row in old.index if row in new.index]
    return all(same(old.at[row], new.at[row]) for row in shared)


@pytest.mark.parametrize("record", TAKEN)
def test_what_changes_with_a_record_is_said_to_be_made_of_it(
    record: str, moved: dict[str, set[tuple[str, str]]]
) -> None:
    """Taking a third of a kind of record away moves some KPI, and none that doesn't name this kind."""
    assert moved[record]
    assert {pair for pair in moved[record] if record not in FAMILIES[pair[0]][pair[1]].records} == set()
