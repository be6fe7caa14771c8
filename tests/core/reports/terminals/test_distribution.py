"""Distribution on the documents' worked example, the change of share, the roll-out and the status board."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.reports.terminals.distribution import (
    DistributionRequest,
    distribution_report,
    status_findings,
)
from core.store.caching.sales_window import SalesWindow
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MONTH = dt.date(2026, 10, 1)
# Shops sell 5, 20, 25 and 50 of the category, as in the published example: ND 75 %, WD 50 %.
WORLD = """
INSERT INTO region (region_id, parent_id, level, name) VALUES
    ('p', NULL, 'province', '省'), ('n', 'p', 'county', '北'), ('s', 'p', 'county', '南'),
    ('n1', 'n', 'town', '一镇'), ('n2', 'n', 'town', '二镇');
INSERT INTO company (company_id, name, is_self) VALUES ('US', '我们', TRUE), ('R', '对手', FALSE);
INSERT INTO product (product_id, name, company_id) VALUES ('x', '茶', 'US'), ('r', '别', 'R');
INSERT INTO terminal (terminal_id, name, region_id, status, outlet_type) VALUES
    ('A', '甲', 'n1', 'listed', '超市'), ('B', '乙', 'n1', 'maintain', '超市'),
    ('C', '丙', 'n2', 'blank', '餐饮'),
    ('D', '丁', 's', 'listed', NULL), ('E', '戊', 's', 'blank', '餐饮'), ('F', '己', 's', 'closed', '餐饮');
INSERT INTO terminal_sales (month, terminal_id, company_id, product_id, amount) VALUES
    ('2026-10-01', 'A', 'US', NULL, 1), ('2026-10-01', 'A', 'R', NULL, 4),
    ('2026-10-01', 'B', 'US', 'x', 5), ('2026-10-01', 'B', 'US', NULL, 6), ('2026-10-01', 'B', 'R', NULL, 14),
    ('2026-10-01', 'C', 'US', 'x', 13), ('2026-10-01', 'C', 'R', NULL, 12),
    ('2026-10-01', 'D', 'R', NULL, 50), ('2026-10-01', 'F', 'US', NULL, 900),
    ('2025-10-01', 'A', 'US', NULL, 5), ('2025-10-01', 'D', 'R', NULL, 45);
INSERT INTO inventory (as_of, customer_type, customer_id, product_id, quantity) VALUES
    ('2026-09-30', 'terminal', 'A', 'x', 0), ('2026-10-20', 'terminal', 'A', 'x', 3),
    ('2026-10-20', 'terminal', 'B', 'x', 0), ('2026-10-20', 'terminal', 'B', 'r', 0);
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Six shops, one of them closed and one without figures."""
    path: Path = tmp_path_factory.mktemp("distribution") / "d.duckdb"
    with Store.open(path) as opened:
        opened.write("fill", lambda cursor: (cursor.execute(WORLD), refresh_closure(cursor)))
        yield opened


def ask(level: str = "county", scope: Scope | None = None) -> DistributionRequest:
    """Return the request of one month."""
    figures = SalesWindow("US", MONTH, MONTH)
    return DistributionRequest(figures, level, scope) if scope else DistributionRequest(figures, level)


def test_the_published_example(store: Store) -> None:
    """Handlers A, B, C of 4 known shops: ND 75 %, WD 50 %; own 20 of 100; the closed shop counts nowhere."""
    total = distribution_report(store, ask()).total.iloc[0]
    assert (total["outlets"], total["known"], total["unknown"], total["blank"]) == (5, 4, 1, 1)
    assert (total["nd"], total["wd"], total["sih"], total["share"]) == (0.75, 0.5, 0.4, 0.2)
    # A had 3 left at its last count and B none; the rival's product is not ours to count.
    assert (total["counted"], total["out_of_stock"]) == (2, 0.5)


def test_the_change_of_share_is_explained_exactly(store: Store) -> None:
    """From 10 % (WD 10 %, SIH 100 %) to 20 %: 28 points from distribution, 18 lost on the shelf."""
    report = distribution_report(store, ask())
    total = report.total.iloc[0]
    assert (total["share_before"], total["change"]) == (pytest.approx(0.1), pytest.approx(0.1))
    assert total["distribution_effect"] == pytest.approx(0.28)
    assert total["in_store_effect"] == pytest.approx(-0.18)


@pytest.mark.parametrize("by", ["region", "type", "grade", "status"])
def test_groups_tie_to_the_total(store: Store, by: str) -> None:
    """Every comparison adds up; shops without a type or grade are a group of their own."""
    report = distribution_report(store, ask())
    sums = report.groups[by][["outlets", "known", "handlers", "blank", "own", "category"]].sum()
    assert sums.to_dict() == report.total.iloc[0][list(sums.index)].to_dict()


def test_the_rollout_counts_towns(store: Store) -> None:
    """Both towns of the north are developed; the south has no towns and isn't in the table."""
    table = distribution_report(store, ask()).rollout
    assert table["towns"].to_dict() == {"n": 2}
    assert table.loc["n", ["developed", "development_rate", "handlers", "blank"]].tolist() == [2, 1.0, 3, 0]


def test_the_rollout_moves_up_without_towns(store: Store) -> None:
    """At the level of towns nothing lies below: they are counted under their county."""
    table = distribution_report(store, ask("town")).rollout
    assert table.loc["n", ["name", "towns", "developed"]].tolist() == ["北", 2, 2]


def test_a_status_that_contradicts_sales_is_found(store: Store) -> None:
    """C is blank and sells; D is listed and sold nothing; E is blank and nobody knows."""
    found = status_findings(distribution_report(store, ask()).shops)
    assert found["finding"].to_dict() == {"C": "sells", "D": "silent"}


def test_blanks_and_regions_of_others(store: Store) -> None:
    """Only D is blank; a user of the north sees no blank shop and no region of the south."""
    assert list(distribution_report(store, ask()).blanks.index) == ["D"]
    north = distribution_report(store, ask(scope=Scope(("n",))))
    assert len(north.blanks) == 0
    assert list(north.groups["region"].index) == ["n"]
    assert pd.notna(north.total["nd"].iloc[0])
