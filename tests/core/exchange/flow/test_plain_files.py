"""Files of the corpus as they stand and as plain files of their rows: both leave the same store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.errors import AppError
from core.exchange.flow import FileAnswers, Known, load_file, open_file, prepare
from core.i18n import language
from core.store.database import Store
from core.tables import BY_NAME
from tests.core.exchange.columns.test_understanding import CASES as SHEETS
from tests.core.exchange.corpus.case import book
from tests.core.exchange.flow import plain_form
from tests.core.exchange.readers.test_corpus import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.exchange.flow import Asked, FileFlow, SheetFlow
    from core.tables import Table
    from tests.core.exchange.corpus.case import Case
    from tests.core.exchange.corpus.understanding_case import Understanding

    Content = dict[str, list[dict[str, object]]]

ANSWERS = {
    "year": plain_form.YEAR,
    "month": plain_form.MONTH,
    "company_id": "OWN",
    "dealer_id": "OWN",
    "factor": "gdp",
    "day_to_month": "month",
    "nested_region": "add",
    "repeated_keys": "sum",
    "measure": "销售额",
    "unit": "元",
}
"""Code, or column of the store, of what the file doesn't say -> what is answered."""


def answered(path: Path, known: Known, answers: FileAnswers, told: Mapping[object, str]) -> FileFlow | None:
    """Answer a file until nothing is open: as told, as proposed, as :data:`ANSWERS`, or the first choice.

    None where no table of the store is near.
    """

    def choose(question: Asked) -> str:
        own = told.get((question.code, question.about)) or question.proposed
        other = ANSWERS.get(question.code) or ANSWERS.get(question.about)
        if question.choices and other not in question.choices:
            other = question.choices[0]
        assert own or other, question.text
        return own or other or ""

    try:
        flow = open_file(path, known, answers)
    except AppError:
        return None
    for _round in range(8):
        if not flow.questions:
            return flow
        for question in flow.questions:
            if question.code == "table" and question.proposed is None and not told:
                return None
            answers = question.answered(answers, choose(question))
        flow = open_file(path, known, answers, before=flow)
    raise AssertionError([question.text for question in flow.questions])


def loaded(path: Path, store: Store, answers: FileAnswers, told: Mapping[object, str]) -> FileFlow:
    """Load a file, what it says only in its own way answered; rows with errors wait."""
    known = Known(store)
    flow = answered(path, known, answers, told)
    assert flow is not None
    prepared = prepare(flow, known)
    if not prepared.refusals:
        load_file(prepared, known)
    return prepared.flow


def named(flow: FileFlow, case: Case) -> dict[str, set[str]]:
    """Return the names in the expected rows of a case, by what they name."""
    found: dict[str, set[str]] = {}
    for sheet, (header, rows) in zip(in_order(flow), case.tables, strict=False):
        for column in sheet.mapping.columns if sheet.mapping is not None else ():
            if column.target is None or column.header not in header:
                continue
            what = BY_NAME[sheet.table or ""].column(column.target).references
            if what is not None:
                at = list(header).index(column.header)
                found.setdefault(what, set()).update(str(row[at]).strip() for row in rows if row[at])
    return found


def in_order(flow: FileFlow) -> list[SheetFlow]:
    """Return the sheets as they stand in the file."""
    order = [sheet.name for sheet in flow.reading.sheets]
    return sorted(flow.sheets, key=lambda sheet: order.index(sheet.name))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without a row, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.duckdb"
    Store.open(path).close()
    return path


@pytest.fixture(scope="module")
def nobody(empty: Path) -> Iterator[Known]:
    """What a store knows that has nothing but a company of one's own."""
    with (
        language("en"),
        plain_form.store_of(empty, empty.parent / "own.duckdb", plain_form.things({})) as store,
    ):
        yield Known(store)


@pytest.mark.parametrize("case", [case for case in CASES if case.tables], ids=str)
def test_a_file_leaves_what_its_rows_leave(case: Case, nobody: Known, empty: Path, tmp_path: Path) -> None:
    """A file as it stands leaves the store that a template of the expected rows leaves."""
    path = tmp_path / case.name
    case.write(path)
    flow = answered(path, nobody, FileAnswers(case.options), {})
    if flow is None:
        pytest.skip("no table for the store")
    world = plain_form.things(named(flow, case))
    with plain_form.store_of(empty, tmp_path / "mine.duckdb", world) as mine:
        flow = loaded(path, mine, FileAnswers(case.options), {})
        left = plain_form.content(mine)
    for sheet, (header, rows) in zip(in_order(flow), case.tables, strict=True):
        if sheet.table is not None:
            world.setdefault(sheet.table, []).extend(plain_form.plain_rows(sheet, header, rows))
    with plain_form.store_of(empty, tmp_path / "plain.duckdb", world) as theirs:
        assert left == plain_form.content(theirs)


@pytest.mark.parametrize("case", SHEETS, ids=str)
def test_a_sheet_leaves_what_its_values_leave(case: Understanding, empty: Path, tmp_path: Path) -> None:
    """A sheet as it stands leaves the store that a template of the expected values leaves."""
    path = tmp_path / f"{case.name}.xlsx"
    book([*((line,) for line in case.lines), case.headers, *case.rows])(path)
    of = BY_NAME[case.table]
    rows = [dict(zip(case.expected, row, strict=True)) for row in zip(*case.expected.values(), strict=True)]
    if any(isinstance(value, tuple) for row in rows for value in row.values()):
        pytest.skip("paths to regions are told by the whole files")
    names: dict[str, set[str]] = {}
    for row in rows:
        for target, value in row.items():
            what = row["customer_type"] if target == "customer_id" else of.column(target).references
            if what and isinstance(value, str):
                names.setdefault(what, set()).add(value)
    world = plain_form.things(names)
    with plain_form.store_of(empty, tmp_path / "mine.duckdb", world) as mine:
        flow = loaded(path, mine, FileAnswers(), {("table", ""): case.table, **case.answers})
        left = plain_form.content(mine)
    (sheet,) = flow.sheets
    if sheet.levels:
        pytest.skip("regions by levels are told by the whole files")
    assert sheet.mapping is not None
    own = [
        plain_form.unpacked(sheet, {**sheet.mapping.constants, **_identified(of, row, at)})
        for at, row in enumerate(rows)
    ]
    world.setdefault(case.table, []).extend(plain_form.added(case.table, own))
    with plain_form.store_of(empty, tmp_path / "plain.duckdb", world) as theirs:
        assert _without_id(left, case) == _without_id(plain_form.content(theirs), case)


def _identified(of: Table, row: dict[str, object], at: int) -> dict[str, object]:
    """Give a row an ID where the file has none: how it is made up is told elsewhere."""
    return row if set(of.key) <= row.keys() or len(of.key) > 1 else {of.key[0]: f"N{at}", **row}


def _without_id(content: Content, case: Understanding) -> Content:
    key = BY_NAME[case.table].key
    if len(key) > 1 or key[0] in case.expected:
        return content
    rows = [
        {name: value for name, value in row.items() if name != key[0]} for row in content.get(case.table, [])
    ]
    return {**content, case.table: sorted(rows, key=repr)}
