"""Categories and markets: which sales count when only part of the assortment is looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from core.errors import InputError
from core.reports.market.market import MarketRequest, choices, market_report
from tests.core.store.market_world import NOW, World, fill

if TYPE_CHECKING:
    from core.store.database import Store

REQUEST = MarketRequest("US", NOW, NOW, "country")


def products(store: Store, *rows: str) -> None:
    """Sell 30 of tea and 12 of water in one shop, then run further statements."""
    fill(store, World({"P": None}, homes={"s": "P"}))

    def write(cursor: Any) -> None:
        cursor.execute("DELETE FROM product")
        cursor.execute("DELETE FROM market WHERE market_id <> 'all'")
        cursor.execute(
            "INSERT INTO product (product_id, name, category) "
            "VALUES ('T', 'Tea', 'tea'), ('W', 'Water', 'water')"
        )
        cursor.execute(
            "INSERT INTO terminal_sales (month, terminal_id, company_id, product_id, amount) "
            f"VALUES ('{NOW}', 's', 'US', 'T', 30), ('{NOW}', 's', 'US', 'W', 12)"
        )
        for row in rows:
            cursor.execute(row)

    store.write("products", write)


def own(store: Store, **changes: Any) -> float:
    """Return our sales in the whole."""
    return float(market_report(store, replace(REQUEST, **changes)).total["own"].item())


def test_product_rows_make_the_total_and_the_categories(store: Store) -> None:
    """30 of tea and 12 of water are 42 together, and each alone by category."""
    products(store)
    assert own(store) == 42
    assert own(store, category="tea") == 30
    assert own(store, category="water") == 12


def test_a_row_without_product_is_the_total(store: Store) -> None:
    """A stated total of 50 counts instead of the product rows' 42, which still break it down."""
    products(
        store,
        "INSERT INTO terminal_sales (month, terminal_id, company_id, amount) "
        f"VALUES ('{NOW}', 's', 'US', 50)",
    )
    assert own(store) == 50
    assert own(store, category="tea") == 30


def test_a_category_counts_the_figures_of_its_market(store: Store) -> None:
    """70 recorded for the tea market wins over the shops' 30 of tea and says nothing about the whole."""
    products(
        store,
        "INSERT INTO market (market_id, name, definition, category) "
        "VALUES ('tea-market', 'T', 'All tea', 'tea')",
        f"INSERT INTO market_sales (market_id, region_id, month, company_id, amount) "
        f"VALUES ('tea-market', 'P', '{NOW}', 'US', 70)",
    )
    assert own(store, category="tea") == 70
    assert own(store, market_id="tea-market") == 70
    assert own(store) == 42
    with pytest.raises(InputError, match="isn't one of the category water"):
        own(store, market_id="tea-market", category="water")


def test_several_markets_of_a_category_are_noted(store: Store) -> None:
    """With two tea markets the first by id counts, and a note names the other."""
    products(
        store,
        "INSERT INTO market (market_id, name, definition, category) VALUES "
        "('tea-1', 'T', 'Tea', 'tea'), ('tea-2', 'T', 'Tea in restaurants', 'tea')",
    )
    notes = market_report(store, replace(REQUEST, category="tea")).notes
    assert "tea-2" in next(note.sentence for note in notes if note.code == "several_markets")


def test_a_market_of_some_channels_knows_no_shops(store: Store) -> None:
    """Shops of all channels tell nothing about a market of some of them: only recorded figures do."""
    products(
        store,
        "INSERT INTO market (market_id, name, definition, channel_scope) "
        "VALUES ('horeca', 'H', 'Bars', 'bars')",
        f"INSERT INTO market_sales (market_id, region_id, month, company_id, amount) "
        f"VALUES ('horeca', 'P', '{NOW}', 'R1', 5)",
    )
    report = market_report(store, replace(REQUEST, market_id="horeca"))
    assert report.total["capacity"].item() == 5
    assert report.total["own"].isna().all()


def test_categories_are_offered(store: Store) -> None:
    """Both categories with figures can be chosen."""
    products(store)
    offered = choices(store)
    assert offered is not None
    assert offered.categories == ("tea", "water")
