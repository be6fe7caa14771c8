"""Lines of orders: what is added up, and what keeps a sum out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.exchange.flow import Known, load_file, prepare
from tests.core.exchange.flow.conftest import answer_all

if TYPE_CHECKING:
    from core.store.database import Store

HEAD = "订单号,终端,公司,月份,销售额(元),数量\n"


def loaded(market: Store, path: Path, *lines: str) -> tuple[int, int, list[str], list[tuple[object, ...]]]:
    """Load lines of orders added up; return good and bad rows, findings in words, and what is stored."""
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    known = Known(market)
    prepared = prepare(answer_all(path, known), known)
    if prepared.good:
        load_file(prepared, known)
    rows = market.fetch(
        "SELECT t.terminal_id, t.amount::DOUBLE AS amount, t.quantity::DOUBLE AS quantity"
        " FROM terminal_sales AS t ORDER BY ALL"
    ).to_pylist()
    words = [flaw.words[0] for flaw in prepared.flaws]
    return prepared.good, prepared.bad, words, [tuple(row.values()) for row in rows]


def test_rows_without_a_whole_key_are_errors(market: Store, tmp_path: Path) -> None:
    """Lines without a shop or a month don't vanish among those that are added up: they are set aside."""
    lines = ("1,红星超市,甲公司,2024-01,5,1", "2,红星超市,甲公司,2024-01,6,2")
    bare = ("3,,甲公司,2024-01,7,1", "4,光明商店,甲公司,,8,1")
    good, bad, words, rows = loaded(market, tmp_path / "a.csv", *lines, *bare)
    assert (good, bad, rows) == (2, 2, [("T1", 11.0, 3.0)])
    assert len(words) == 2


def test_a_missing_amount_keeps_its_sum_out(market: Store, tmp_path: Path) -> None:
    """A line without an amount makes no sum of the others: all lines of its key are set aside."""
    lines = ("1,红星超市,甲公司,2024-01,5,1", "2,红星超市,甲公司,2024-01,,2", "3,光明商店,甲公司,2024-01,3,1")
    assert loaded(market, tmp_path / "a.csv", *lines)[:2] == (1, 2)


def test_a_missing_quantity_leaves_the_sum_of_quantities_empty(market: Store, tmp_path: Path) -> None:
    """The amounts are added up, the quantities stay empty, and that is told."""
    lines = ("1,红星超市,甲公司,2024-01,5,1", "2,红星超市,甲公司,2024-01,6,")
    good, bad, words, rows = loaded(market, tmp_path / "a.csv", *lines)
    assert (good, bad, rows) == (2, 0, [("T1", 11.0, None)])
    assert any("1 sums stay empty" in text for text in words)
