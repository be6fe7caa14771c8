"""Whole workbooks of the corpus: asked what can't be known, loaded to exactly the expected rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.exchange.flow import Known, load_file, open_file, prepare
from core.store.problems import Level
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
