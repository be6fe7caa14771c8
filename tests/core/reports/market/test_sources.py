"""Where figures come from, and how sure they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.reports.market.market import MarketRequest
from core.reports.market.sources import data_from, figure_sources, sources_of
from tests.core.store.market_world import NOW, World, fill

if TYPE_CHECKING:
    from core.store.database import Store

REQUEST = MarketRequest("US", NOW, NOW, "county")


def told(store: Store) -> dict[str, str]:
    """Return the sentences of county A: ours from a shop, two rivals' from documents and a visit."""
    world = World(
        {"P": None, "A": "P"},
        recorded={("A", "R1", NOW): 300, ("A", "OTHER", NOW): 100},
        capacities={("A", NOW): 500},
        homes={"s": "A"},
        shops={("s", "US", NOW): 50},
    )
    fill(store, world)

    def mark(cursor: Any) -> None:
        cursor.execute("UPDATE market_sales SET source_type = 'documents', confidence = 'A'")
        cursor.execute("UPDATE market_sales SET source_type = 'visit' WHERE company_id = 'OTHER'")
        cursor.execute("UPDATE market_sales SET confidence = NULL WHERE company_id = 'OTHER'")

    store.write("mark", mark)
    return figure_sources(store, REQUEST, ("A",))


def test_each_kind_of_figure_says_its_sources(store: Store) -> None:
    """Rivals: 300 of 400 from documents, sure; ours shop by shop; the capacity's source isn't written."""
    sentences = told(store)
    assert sentences["rivals"] == (
        "Rivals' sales: documents 75.0%, a rep's visit 25.0%; "
        "confidence: A (sure) 75.0%, not written 25.0%; until Jan 2026; 2 monthly figures."
    )
    assert sentences["own"] == (
        "Own sales: shop by shop; confidence: not kept for these; until Jan 2026; 1 monthly figure."
    )
    assert sentences["capacity"].startswith("Capacity: source not written; confidence: not written;")


def test_a_kpi_names_the_figures_it_is_made_of(store: Store) -> None:
    """The share is made of our sales and the capacity; without a recorded capacity, of everybody's sales."""
    sentences = told(store)
    assert sources_of("share", sentences) == data_from([sentences["capacity"], sentences["own"]])
    del sentences["capacity"]
    assert sources_of("share", sentences) == data_from([sentences["own"], sentences["rivals"]])
