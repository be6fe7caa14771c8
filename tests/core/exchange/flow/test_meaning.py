"""Files whose figures may mean something else: each is stored exactly, or asked about before."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.exchange.canonical.importing import load
from core.exchange.flow import FileAnswers, Known, load_file, open_file, prepare
from core.store.database import Store
from tests.core.exchange.corpus import (
    meaning_figures,
    meaning_layout,
    meaning_offices,
    meaning_owners,
    meaning_periods,
    meaning_rows,
    meaning_shapes,
    meaning_titles,
    meaning_words,
)

if TYPE_CHECKING:
    from core.exchange.flow import FileFlow
    from tests.core.exchange.corpus.meaning_case import Meaning

PlainRows = Callable[[str, Sequence[Sequence[object]]], list[dict[str, object]]]
CASES: list[Meaning] = [
    *meaning_figures.CASES,
    *meaning_shapes.CASES,
    *meaning_titles.CASES,
    *meaning_words.CASES,
    *meaning_layout.CASES,
    *meaning_offices.CASES,
    *meaning_owners.CASES,
    *meaning_periods.CASES,
    *meaning_rows.CASES,
]


def test_names_are_unique() -> None:
    """Every file of the kinds has a name of its own, and there are 120 or more."""
    assert len({case.name for case in CASES}) == len(CASES) >= 120


def answered(case: Meaning, path: Path, known: Known) -> tuple[FileFlow, list[str]]:
    """Answer a file until nothing is open; return what was understood and what was asked."""
    answers = FileAnswers()
    flow, asked = open_file(path, known, answers), []
    for _round in range(6):
        for question in flow.questions:
            asked.append(question.code)
            choice = case.answers.get(question.code, question.proposed)
            if choice is None:
                return flow, asked
            answers = question.answered(answers, choice)
        if not flow.questions or all(answers.of(sheet.name).skip for sheet in flow.sheets):
            break
        flow = open_file(path, known, answers, before=flow)
    return flow, asked


def content(store: Store, table: str) -> list[dict[str, object]]:
    """Return all rows of a table but for the import they came with."""
    rows = store.fetch(f"SELECT t.* EXCLUDE (batch_id) FROM {table} AS t ORDER BY ALL")
    return rows.to_pylist()


@pytest.fixture(scope="module")
def of_plain_rows(named_world: Path, tmp_path_factory: pytest.TempPathFactory) -> PlainRows:
    """Return what rows leave in a table as a canonical file; many files say the same in other ways."""

    @cache
    def left(table: str, text: str) -> list[dict[str, object]]:
        folder = tmp_path_factory.mktemp("plain")
        plain = folder / f"{table}.csv"
        plain.write_text(text, encoding="utf-8-sig", newline="")
        with Store.open(shutil.copy2(named_world, folder / "plain.duckdb")) as store:
            load(store, [plain])
            return content(store, table)

    def written(table: str, rows: Sequence[Sequence[object]]) -> list[dict[str, object]]:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return left(table, text.getvalue())

    return written


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_file_is_stored_exactly_or_asked_about(
    case: Meaning, market: Store, of_plain_rows: PlainRows, tmp_path: Path
) -> None:
    """A file leaves the same table as its rows in a canonical file; every doubt was asked about before."""
    known = Known(market)
    flow, asked = answered(case, case.write(tmp_path), known)
    assert sorted(asked) == sorted(case.asked)
    if case.rows is None:
        return
    prepared = prepare(flow, known)
    assert not prepared.bad, [flaw.sentence for flaw in prepared.flaws]
    load_file(prepared, known)
    assert content(market, case.table) == of_plain_rows(case.table, (case.columns, *case.rows))
