"""Score sheets in their table: saved as forms, with versions, conflicts, history and the user's regions."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from core.customers.accounts.score_sheet import ITEMS, Template
from core.customers.forms.terminals import sheet_form
from core.customers.forms.validate import FormError
from core.errors import InputError
from core.store.database import Store
from core.store.forms import score_sheets
from core.store.forms.forms import ConflictError
from core.store.forms.rows import FormKey
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORM = sheet_form(Template("rep", ITEMS, dict.fromkeys(ITEMS, 10.0)), {"E1": "王五", "E9": "走了"})
NEW = FormKey(FORM, "terminal", "T1")
OLD = FormKey(FORM, "terminal", "T1", "S1")
FILLED = {"employee_id": "E1", "assessed_on": "2026-11-20", "assessor": "主管", "score_1": "8.5"}
WORLD = """
INSERT INTO region (region_id, level, name) VALUES ('N', 'county', '北'), ('S', 'county', '南');
INSERT INTO employee (employee_id, name) VALUES ('E1', '王五');
INSERT INTO terminal (terminal_id, name, region_id) VALUES ('T1', '店', 'N');
INSERT INTO score_item (sheet_id, item_no, terminal_id, employee_id, assessed_on, assessor, score, note)
    VALUES ('S1', 1, 'T1', 'E1', '2026-10-01', '主管', 6, NULL),
    ('S1', 2, 'T1', 'E1', '2026-10-01', '主管', 7, '好');
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with one shop and one imported sheet of two items."""
    with Store.open(tmp_path / "sheets.duckdb") as opened:
        opened.write("fill", lambda cursor: (cursor.execute(WORLD), refresh_closure(cursor)))
        yield opened


def test_a_new_sheet_becomes_rows_of_the_table(store: Store) -> None:
    """Only items with points become rows; the number of the sheet tells its day."""
    saved = score_sheets.save(store, NEW, {**FILLED, "score_3": 10, "note_3": "👍🏽 𠮷"}, expected_version=0)
    rows = store.fetch("SELECT i.item_no, i.score, i.note FROM score_item AS i WHERE i.sheet_id <> 'S1'")
    assert rows.to_pylist() == [
        {"item_no": 1, "score": 8.5, "note": None},
        {"item_no": 3, "score": 10.0, "note": "👍🏽 𠮷"},
    ]
    assert saved.record_id.startswith("S20261120-")
    assert [row.record_id for row in score_sheets.records(store, NEW)] == [saved.record_id, "S1"]
    assert score_sheets.load(store, FormKey(FORM, "terminal", "T1", saved.record_id)).version == saved.version


def test_two_people_saving_the_same_sheet_conflict(store: Store) -> None:
    """The second one is told and shown what the first saved; saving the same again changes nothing."""
    opened = score_sheets.load(store, OLD)
    assert opened.payload["score_2"] == 7
    first = score_sheets.save(store, OLD, {**opened.payload, "score_2": 9}, expected_version=opened.version)
    with pytest.raises(ConflictError) as conflict:
        score_sheets.save(store, OLD, {**opened.payload, "score_2": 3}, expected_version=opened.version)
    assert conflict.value.theirs.payload["score_2"] == 9
    version = store.data_version
    again = score_sheets.save(store, OLD, first.payload, expected_version=opened.version)
    assert (again.version, store.data_version) == (first.version, version)


def test_history_brings_back_what_stood_there(store: Store) -> None:
    """A change and a removal are kept in the audit log; each can be brought back."""
    opened = score_sheets.load(store, OLD)
    changed = score_sheets.save(store, OLD, {**opened.payload, "score_1": 1}, expected_version=opened.version)
    score_sheets.remove(store, OLD, expected_version=changed.version, actor="李")
    assert score_sheets.load(store, OLD) is None
    past = score_sheets.history(store, OLD)
    assert [(row.ended, row.payload["score_1"]) for row in past] == [("removed", 1), ("changed", 6)]
    back = score_sheets.restore(store, OLD, opened.version)
    assert (back.payload["score_1"], back.payload["note_2"]) == (6, "好")
    log = store.fetch("SELECT a.after FROM audit_log AS a WHERE a.entity_key = 'S1' ORDER BY a.audit_id")
    assert json.loads(log["after"][0].as_py())["score_1"] == 1


def test_an_import_counts_as_a_change(store: Store) -> None:
    """Whoever began before an import of sheets is told."""
    opened = score_sheets.load(store, OLD)
    store.write(
        "import",
        lambda cursor: cursor.execute(
            "INSERT INTO import_batch VALUES (1, 'f', 'x', 'score_item', 'upsert', 1, 0, 1, 0, 0, 'loaded',"
            " 'a', $now)",
            {"now": dt.datetime(2026, 11, 1)},
        ),
    )
    with pytest.raises(ConflictError):
        score_sheets.save(store, OLD, {**opened.payload, "score_1": 2}, expected_version=opened.version)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"score_1": "10.5"}, "score_1"),
        ({"score_1": "gut"}, "score_1"),
        ({"score_1": None}, "score_1"),
        ({"assessed_on": None}, "assessed_on"),
        ({"note_4": "x"}, "score_4"),
        ({"note_1": "长" * 1_001}, "note_1"),
    ],
)
def test_what_is_wrong_is_found_and_nothing_saved(store: Store, wrong: dict, field: str) -> None:
    """Points outside 0 to 10, words for points, an empty sheet or day, a remark without points."""
    with pytest.raises(FormError) as error:
        score_sheets.save(store, NEW, {**FILLED, **wrong}, expected_version=0)
    assert field in {finding.field for finding in error.value.findings}
    assert len(score_sheets.records(store, NEW)) == 1


def test_only_ones_own_regions_can_be_changed(store: Store) -> None:
    """A sheet of a foreign region is not shown and can't be saved; nor one about nobody."""
    south = Scope(("S",))
    assert score_sheets.load(store, OLD, scope=south) is None
    with pytest.raises(InputError):
        score_sheets.save(store, NEW, FILLED, expected_version=0, scope=south)
    with pytest.raises(InputError):
        score_sheets.save(store, NEW, {**FILLED, "employee_id": "E9"}, expected_version=0)
