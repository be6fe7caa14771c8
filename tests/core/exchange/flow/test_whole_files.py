"""Whole workbooks of the corpus: asked what can't be known, loaded to exactly the expected rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.exchange.flow import Known, load_file, open_file, prepare
from core.exchange.flow.load.retrying import headers_of, load_again, payloads, try_again
from core.store.loading import quarantine
from core.store.loading.problems import Level
from tests.core.exchange.corpus.whole_files import CASES
from tests.core.exchange.flow.conftest import answer_all

if TYPE_CHECKING:
    from core.exchange.flow import Asked
    from core.store.database import Store
    from tests.core.exchange.corpus.whole_file import WholeFile


def about(question: Asked) -> str:
    """Return the name or the column a question is about."""
    return question.source.match.name if question.code == "name" else question.source.column


def rows(store: Store, table: str, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    names = ", ".join(f"t.{name}" for name in columns)
    found = store.fetch(f"SELECT {names} FROM {table} AS t ORDER BY ALL").to_pylist()
    return [tuple(_plain(row[name]) for name in columns) for row in found]


def _plain(value: object) -> object:
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m}"
    return value if value is None or isinstance(value, str) else float(value)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_workbook_is_asked_about_and_loaded_exactly(case: WholeFile, market: Store, tmp_path: Path) -> None:
    """What can't be known is asked, good rows are in the store as expected, bad ones wait."""
    market.write(
        "county",
        lambda c: c.execute(
            "INSERT INTO region (region_id, parent_id, level, name) VALUES ('4', '2', 'county', '江岸区')"
        ),
    )
    known = Known(market)
    path = case.write(tmp_path)
    asked: dict[tuple[str, str], None] = {}

    def choose(question: Asked) -> str | None:
        own = (question.code, about(question))
        asked.setdefault(own)
        assert question.text
        assert question.evidence
        assert all(question.label(choice) for choice in question.choices)
        return case.answers.get(own, case.answers.get(question.code))

    flow = answer_all(path, known, choose)
    assert sorted(asked) == sorted(case.asked)
    prepared = prepare(flow, known)
    bad = {s.sheet.name: sorted({s.sheet.row_numbers[at] for at in s.bad}) for s in prepared.sheets if s.bad}
    assert bad == {name: list(numbers) for name, numbers in case.bad.items()}, [
        flaw.words for flaw in prepared.flaws
    ]
    odd = Counter(flaw.source.code for flaw in prepared.flaws if flaw.level is Level.WARNING)
    assert odd == Counter(case.warned)
    load_file(prepared, known)
    for table, (columns, *expected) in case.expected.items():
        assert rows(market, table, columns) == expected
    # Next month: whatever was answered is known.
    again = open_file(path, Known(market))
    assert not [question for question in again.questions if (question.code, about(question)) not in asked]


def test_a_row_says_which_row_it_waits_for(market: Store, tmp_path: Path) -> None:
    """Sales of a dealer whose own row is wrong name that row, not an ID that stands nowhere in the sheet."""
    case = next(case for case in CASES if case.name == "经销商与销售")
    known = Known(market)
    prepared = prepare(answer_all(case.write(tmp_path), known), known)
    words = {flaw.words[0] for flaw in prepared.flaws if flaw.source.code == "own_row_bad"}
    assert words == {"“坏坏商贸” (Dealers) isn't imported: its own row 3 in “经销商” has errors."}


def test_rows_that_waited_for_a_row_are_worked_off_after_it(market: Store, tmp_path: Path) -> None:
    """Once the dealer's row is corrected its sales go in as they stand; a county finds its new city."""
    dealers = next(case for case in CASES if case.name == "经销商与销售")
    load_file(prepare(answer_all(dealers.write(tmp_path), Known(market)), Known(market)), Known(market))
    assert retried(market, "经销商", {"区域": "武汉市"}) == 1
    assert retried(market, "经销商销售", {}) == 1
    found = {row[0]: row[1] for row in rows(market, "dealer_sales", ("dealer_id", "sell_in_amount"))}
    assert found["D2"] == 200.0
    regions = "省,市,县,人口\n湖北省,荆州市,公安县,x\n"
    (tmp_path / "区域.csv").write_text(regions, "utf-8-sig")
    load_file(prepare(answer_all(tmp_path / "区域.csv", Known(market)), Known(market)), Known(market))
    assert retried(market, "区域", {"人口": "5"}) == 1
    assert ("湖北省-荆州市-公安县", "湖北省-荆州市", "county", "公安县", 5.0) in rows(
        market, "region", ("region_id", "parent_id", "level", "name", "population")
    )


def test_what_a_name_is_not_holds_for_the_rows_that_wait(market: Store, tmp_path: Path) -> None:
    """A region that was denied isn't asked for again when its row is corrected; next month it is."""
    text = "经销商编码,经销商名称,联系地址,账期天数\nD1,甲商贸,宜昌市一马路3号,x\nD2,乙商贸,武汉市1号,30\n"
    (tmp_path / "经销商.csv").write_text(text, "utf-8-sig")
    known = Known(market)

    def choose(question: Asked) -> str | None:
        return "" if question.code == "name" and about(question) == "宜昌市" else None

    load_file(prepare(answer_all(tmp_path / "经销商.csv", known, choose), known), known)
    assert retried(market, "经销商", {"账期天数": "45"}) == 1
    assert rows(market, "dealer", ("dealer_id", "region_id")) == [("D1", None), ("D2", "2")]
    assert [about(question) for question in open_file(tmp_path / "经销商.csv", Known(market)).questions] == [
        "宜昌市"
    ]


def retried(store: Store, sheet: str, corrected: dict[str, str]) -> int:
    """Correct all rows of a sheet that wait and return how many went in."""
    items = quarantine.items(store).to_pandas()
    own = items[items["sheet_name"] == sheet]
    known = Known(store)
    retry = try_again(known, own, payloads(own, headers_of(known, own)).assign(**corrected))
    load_again(retry, known)
    return len(retry.good)
