"""Strategy cards in the review: which one counts, what was meant and what came."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from core.customers.forms.strategy import STRATEGY_CARD
from core.reports.cycle.meeting import MeetingRequest, month_review
from core.store.database import Store
from core.store.forms import approval, forms
from core.store.forms.rows import FormKey
from core.store.market.regions import refresh_closure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.reports.cycle.strategy import StrategyReview

# Own sales of 20 a month in a market of 100 up to September, 30 of 110 in October; 10 of 50 a year before.
WORLD = """
INSERT INTO region (region_id, level, name) VALUES ('n', 'county', '北');
INSERT INTO company (company_id, name, is_self) VALUES ('US', '我们', TRUE), ('R', '对手', FALSE);
INSERT INTO market_sales (market_id, region_id, month, company_id, amount) VALUES
    ('all', 'n', '2026-08-01', 'US', 20), ('all', 'n', '2026-08-01', 'R', 80),
    ('all', 'n', '2026-09-01', 'US', 20), ('all', 'n', '2026-09-01', 'R', 80),
    ('all', 'n', '2026-10-01', 'US', 30), ('all', 'n', '2026-10-01', 'R', 80),
    ('all', 'n', '2025-10-01', 'US', 10), ('all', 'n', '2025-10-01', 'R', 40);
INSERT INTO market (market_id, name, definition, category) VALUES ('tea', '茶', '茶', 'tea');
INSERT INTO market_sales (market_id, region_id, month, company_id, amount) VALUES
    ('tea', 'n', '2026-10-01', 'US', 3), ('tea', 'n', '2026-10-01', 'R', 4);
INSERT INTO expense (month, region_id, kind, amount) VALUES
    ('2026-08-01', 'n', 'promotion', 3), ('2026-09-01', 'n', 'promotion', 4),
    ('2026-10-01', 'n', 'personnel', 5);
INSERT INTO target_plan (plan_id, name, year, version, status, parameters) VALUES
    ('2026-01', 'Plan', 2026, 1, 'approved', '{}');
INSERT INTO target_cell (plan_id, month, region_id, amount) VALUES ('2026-01', '2026-10-01', 'n', 24);
"""
KEY = FormKey(STRATEGY_CARD, "region", "n")
AUGUST, SEPTEMBER, OCTOBER, DECEMBER = (dt.date(2026, month, 1) for month in (8, 9, 10, 12))
LAST = {"start": AUGUST, "end": SEPTEMBER, "owner": "Li", "aim": "Hold", "aim_share": 25, "money": 10}
NEXT = {"start": OCTOBER, "end": DECEMBER, "owner": "Li", "aim": "Win", "aim_share": 25, "aim_sales": 90}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """One county of three months."""
    with Store.open(tmp_path / "s.duckdb") as opened:
        opened.write("fill", lambda cursor: (cursor.execute(WORLD), refresh_closure(cursor)))
        yield opened


def add(store: Store, said: dict[str, object], *states: str) -> FormKey:
    """Save a card and move it through states."""
    record = forms.save(store, KEY, said, expected_version=0)
    key = FormKey(STRATEGY_CARD, "region", "n", record.record_id)
    for to in states:
        approval.move(store, key, to, expected_version=1, reason="because")
    return key


def review(store: Store) -> StrategyReview:
    """Return the cards of October."""
    return month_review(store, MeetingRequest("US", OCTOBER, "n")).strategy


def test_what_was_meant_and_what_came(store: Store) -> None:
    """Last period 25 % and 10 yuan were meant, 20 % and 7 yuan came; figures of then and now stand beside."""
    add(store, LAST, "submitted", "approved")
    add(store, NEXT)
    found = review(store)
    rows = found.outcome.set_index(["period", "key"])
    assert rows.loc["then", "aim_share"].to_dict() == {"meant": 0.25, "came": 0.2, "difference": -0.05}
    assert rows.loc["then", "money"].to_dict() == {"meant": 10.0, "came": 7.0, "difference": -3.0}
    assert found.then["share"] == pytest.approx(0.2)
    assert found.now["share"] == pytest.approx(30 / 110)


def test_a_running_period_is_not_judged_on_its_sums(store: Store) -> None:
    """In October of a quarter the share is compared, the quarter's sales aren't."""
    add(store, NEXT)
    rows = review(store).outcome.set_index("key")
    assert rows.loc["aim_share", "difference"] == pytest.approx(30 / 110 - 0.25, abs=1e-6)
    assert rows.loc["aim_sales", ["meant", "came"]].to_list() == [90, 30]
    assert rows.isna().loc["aim_sales", "difference"]


def test_the_approved_card_counts(store: Store) -> None:
    """Beside an approved card a newer draft doesn't count, and a superseded card never does."""
    first = add(store, NEXT, "submitted", "approved")
    add(store, NEXT | {"aim": "Draft"})
    assert review(store).card.key == first
    second = add(store, NEXT | {"aim": "Better"}, "submitted", "approved")
    assert review(store).card.key == second
    assert review(store).previous is None


def test_an_expected_market_explains_the_target_directly(store: Store) -> None:
    """Reckoned 50 to grow by 20 %, at 24 of 60; now 30 of 110: market 16.82, share -10.82."""
    add(store, NEXT | {"market_growth": 20})
    asked = MeetingRequest("US", OCTOBER, "n")
    table = month_review(store, asked).bridge("target")
    assert table["key"].to_list() == ["asked", "market", "share"]
    key = add(store, NEXT | {"market_growth": 20}, "submitted", "approved")
    table = month_review(store, asked).bridge("target").set_index("key")["amount"]
    # 50 x (0.4 + 0.2727...) / 2 = 16.82; -0.1273 x (60 + 110) / 2 = -10.82.
    assert table.to_dict() == {"market": 16.82, "share": -10.82}
    assert review(store).card.key == key


def test_a_card_says_nothing_of_one_category(store: Store) -> None:
    """Looked at one market, a card keeps the figures of everything; its growth explains no target."""
    add(store, NEXT | {"market_growth": 20}, "submitted", "approved")
    whole = review(store).now["share"]
    found = month_review(store, MeetingRequest("US", OCTOBER, "n", category="tea"))
    assert found.strategy.now["share"] == whole
    assert "market" not in set(found.bridge("target")["key"])


def test_a_region_without_cards_says_so(store: Store) -> None:
    """No card: nothing is compared, and nothing is made up."""
    found = review(store)
    assert found.card is None
    assert found.previous is None
    assert found.then is None
    assert found.outcome.empty
