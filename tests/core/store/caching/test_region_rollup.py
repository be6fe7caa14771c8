"""The derived tables follow the facts, and are made again only when something they are made of changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from core.exchange.canonical.importing import load
from core.periods import Period
from core.store.caching import region_rollup as derived
from core.store.database import Store
from core.store.market import market
from core.store.progress import Watch
from tests.core.store.market_world import BEFORE, NOW, World, fill, open_store

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

MARK = 987


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """One shop that sold 30, summed up, with a mark in the sums that only a new summing removes."""
    with open_store(tmp_path) as opened:
        fill(
            opened,
            World({"P": None}, homes={"s": "P"}, shops={("s", "US", NOW): 30, ("s", "US", BEFORE): 20}),
        )
        derived.ensure(opened)
        opened.maintain(lambda cursor: cursor.execute(f"UPDATE region_month_figure SET amount = {MARK}"))
        yield opened


def sales(store: Store) -> tuple[float, float]:
    """Return our sales of the month and of a year earlier, as a report reads them."""
    row = market.figures(store, Period(NOW, NOW), market_key="all", region_ids=["P"]).iloc[0]
    return row["amount"], row["amount_previous"]


def change(store: Store, entity: str | None) -> None:
    """Raise the sales of the month to 31, with what the audit log says was changed."""
    text = f"UPDATE terminal_sales SET amount = 31 WHERE month = '{NOW}'"
    store.write("import", lambda cursor: cursor.execute(text), details={"entity": entity})


def bring_up_with(store: Store, months: list[dt.date]) -> None:
    """Raise the sales of the month to 31 in a write that makes the derived tables of some months itself."""

    def work(cursor) -> None:
        cursor.execute(f"UPDATE terminal_sales SET amount = 31 WHERE month = '{NOW}'")
        derived.bring_up(cursor, changed=["terminal_sales"], months=months)

    store.write("import", work, details={"entity": "terminal_sales"}, finish=derived.mark)


@pytest.mark.parametrize(
    "entity", ["terminal_sales", "company, terminal_sales", "upsert", "import_batch", "", None]
)
def test_a_write_that_may_touch_the_sales_sums_again(store: Store, entity: str | None) -> None:
    """Whether the write names the table, names something else or nothing: the next read sees its sales."""
    change(store, entity)
    assert sales(store) == (31, 20)


@pytest.mark.parametrize("entity", ["setting", "company", "visit", "target_plan, target_cell"])
def test_a_write_to_other_tables_sums_nothing(store: Store, entity: str) -> None:
    """A setting, a company's name, a visit or a plan changes no sum."""
    store.write("edit", lambda _cursor: None, details={"entity": entity})
    assert sales(store) == (MARK, MARK)


def test_only_the_months_that_changed_are_summed_again(store: Store) -> None:
    """An import that names its month renews that one and leaves the other as it was."""
    bring_up_with(store, [NOW])
    assert sales(store) == (31, MARK)


def test_months_of_the_last_write_alone_dont_hide_an_earlier_one(store: Store) -> None:
    """After two writes the months of the second aren't enough, so everything is summed again."""
    change(store, "terminal_sales")
    bring_up_with(store, [BEFORE])
    assert sales(store) == (31, 20)


def test_another_region_of_a_shop_moves_its_sales(store: Store) -> None:
    """A shop that is given to another region takes its sales there."""

    def move(cursor) -> None:
        cursor.execute("INSERT INTO region (region_id, level, name) VALUES ('Q', 'city', 'Q')")
        cursor.execute("UPDATE terminal SET region_id = 'Q'")

    store.write("import", move, details={"entity": "region, terminal"})
    assert market.figures(store, Period(NOW, NOW), market_key="all", region_ids=["P"]).empty


def test_a_store_that_is_opened_again_is_still_fresh(store: Store, tmp_path: Path) -> None:
    """The sums are kept in the file: opening it again makes nothing anew."""
    store.close()
    with Store.open(tmp_path / "market.duckdb") as again:
        assert sales(again) == (MARK, MARK)


def test_stretches_of_months_give_the_sums_of_all_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few lines are summed at a time, every month stands once with its sum."""
    monkeypatch.setattr(derived, "LINES_AT_A_TIME", 1)
    change(store, "terminal_sales")
    assert sales(store) == (31, 20)
    rows = store.fetch("SELECT s.month, s.amount FROM region_month_sales AS s ORDER BY s.month").to_pylist()
    assert [(row["month"], row["amount"]) for row in rows] == [(BEFORE, 20), (NOW, 31)]


def test_an_import_that_is_stopped_while_summing_is_loaded_and_summed_later(store: Store) -> None:
    """Its rows are in, its result says that the sums are missing, and the next read has them."""
    watch = Watch(lambda share, _text: watch.cancel() if share >= 0.9 else None)
    rows = pa.table({"month": [NOW], "terminal_id": ["s"], "company_id": ["US"], "amount": ["31"]})
    result = load(store, {"terminal_sales": rows}, watch=watch)
    assert (result.changed, result.is_summed) == (True, False)
    assert sales(store) == (31, 20)
