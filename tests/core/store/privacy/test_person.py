"""One person's data: all of it is found, and nothing of it is left once it is erased."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from core.__main__ import main
from core.customers.forms import form
from core.errors import InputError
from core.store.audit.entries import AuditFilter, entries
from core.store.cycle.day.photos import folder
from core.store.database import Store
from core.store.forms import forms
from core.store.forms.drafts import save_draft
from core.store.forms.rows import FormKey
from core.store.privacy.coordinates import clear_coordinates
from core.store.privacy.erasure import erase
from core.store.privacy.person import Subject, digits, find
from core.store.visits import constraints

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PHONE = "138 0000 1111"
PLAIN = "13800001111"
NOW = dt.datetime(2026, 3, 5, 10, 0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two shops with a contact each; the first one's number also stands in a remark and a row set aside."""

    def fill(cursor: Any) -> None:
        cursor.execute("INSERT INTO region (region_id, level, name) VALUES ('R', 'city', 'r')")
        cursor.execute("INSERT INTO employee (employee_id, name, lat, lon) VALUES ('E1', '李雷', 30, 120)")
        for shop in ("T1", "T2"):
            cursor.execute(
                f"INSERT INTO terminal (terminal_id, name, region_id) VALUES ('{shop}', '{shop}', 'R')"
            )
        cursor.execute(
            "INSERT INTO visit (visit_id, employee_id, terminal_id, start_at, result) VALUES"
            f" ('V{PLAIN}', 'E1', 'T1', '2026-03-05 10:00', '老板电话{PLAIN}，下次再来 9{PLAIN}'),"
            " ('V2', 'E1', 'T2', '2025-01-05 10:00', '好')"
        )
        cursor.execute(
            "INSERT INTO quarantine VALUES (1, 1, 's', 'terminal', 3, ?, '[]', 'open', NULL, NULL, ?, 'x')",
            [json.dumps({"店名": "王记", "电话": "+86 138-0000-1111"}, ensure_ascii=False), NOW],
        )
        cursor.execute("INSERT INTO visit_photo VALUES ('V2', 'b', 1, 1, 1, ?, 'x')", [NOW])
        cursor.execute(f"INSERT INTO visit_photo VALUES ('V{PLAIN}', 'a', 1, 1, 1, ?, 'x')", [NOW])
        for visit, shop, day in ((f"V{PLAIN}", "T1", "2026-03-05"), ("V2", "T2", "2025-01-05")):
            cursor.execute(
                f"INSERT INTO visit_check_in VALUES ('{visit}', 'E1', '{shop}', '{day}', 30, 120, 9, ?, 'x')",
                [NOW],
            )

    with Store.open(tmp_path / "market.duckdb") as store:
        store.write("sample", fill)
        for shop, name, phone in (("T1", "王强", PHONE), ("T2", "赵敏", "13911112222")):
            key = FormKey(form("contacts"), "terminal", shop)
            saved = forms.save(
                store, key, {"name": name, "function": "owner", "phone": phone}, expected_version=0
            )
            key = FormKey(form("contacts"), "terminal", shop, saved.record_id)
            values = {"name": name, "function": "owner", "phone": phone, "interests": f"{name}爱钓鱼"}
            forms.save(store, key, values, expected_version=1)
            save_draft(store, key, "me", {"name": name, "phone": phone}, base_version=2)
        folder(store).mkdir()
        for name in ("a", "b"):
            (folder(store) / f"{name}.jpg").write_bytes(b"x")
        yield store


def everything(store: Store) -> str:
    """Return all rows of all tables as one text."""
    names = store.fetch(
        "SELECT t.schema_name AS s, t.table_name AS t FROM duckdb_tables() AS t WHERE t.estimated_size > 0"
    ).to_pylist()
    return "\n".join(str(store.fetch(f"SELECT * FROM {n['s']}.{n['t']}").to_pylist()) for n in names)


@pytest.mark.parametrize("subject", [Subject(customer=("terminal", "T1")), Subject(phone="+86 13800001111")])
def test_nothing_of_an_erased_person_is_left(store: Store, subject: Subject) -> None:
    """Name and number are gone from forms, history, drafts, audit, remarks, rows set aside; others' stay."""
    assert "王强" in everything(store)
    erase(store, subject)
    left = everything(store)
    for text in ("王强", PHONE, f"电话{PLAIN}", "138-0000-1111", "王记"):
        assert text not in left, text
    assert left.count("赵敏") >= 5
    assert f"9{PLAIN}" in left
    assert f"V{PLAIN}" in left


def test_that_somebody_was_erased_stays(store: Store) -> None:
    """The entries of the audit are as many as before and one more, which says who did it and to whom."""
    before = entries(store, AuditFilter())
    erase(store, Subject(phone=PHONE))
    after = entries(store, AuditFilter())
    assert len(after) == len(before) + 1
    assert (after["action"][0], after["actor"][0], after["entity_key"][0]) == (
        "erase_person",
        "local",
        "phone …1111",
    )
    assert json.loads(after["after"][0])["customer_form"] >= 1
    kept = ["happened_at", "actor", "action", "entity", "entity_key"]
    assert after[kept][1:].reset_index(drop=True).equals(before[kept])


def test_photos_of_a_customer_go_with_their_files(store: Store) -> None:
    """The photo of the erased shop's visit is removed, the other one stays."""
    erase(store, Subject(customer=("terminal", "T1")))
    assert [file.name for file in folder(store).iterdir()] == ["b.jpg"]
    assert store.fetch("SELECT p.sha256 AS v FROM visit_photo AS p")["v"].to_pylist() == ["b"]


def test_a_short_text_in_the_field_of_the_number_erases_nothing_else(store: Store) -> None:
    """Where somebody wrote “1” for the number, other texts with a 1 stay."""
    key = FormKey(form("contacts"), "terminal", "T2")
    forms.save(store, key, {"name": "甲", "function": "owner", "phone": "2"}, expected_version=0)
    erase(store, Subject(customer=("terminal", "T2")))
    assert f"9{PLAIN}" in everything(store)
    assert "王强" in everything(store)


def test_an_employee_loses_office_and_nights_away(store: Store) -> None:
    """Both are handed out before and are gone afterwards; another rep's stay."""
    for rep in ("E1", "E2"):
        constraints.save_office(store, rep, (30.1, 120.1))
        constraints.save_night(store, rep, dt.date(2026, 11, 3), "T1")
    found = find(store, Subject(employee_id="E1")).others
    assert (len(found["visit_office"]), len(found["visit_night"])) == (1, 1)
    erase(store, Subject(employee_id="E1"))
    for table in ("visit_office", "visit_night"):
        rows = store.fetch(f"SELECT t.employee_id FROM {table} AS t").to_pylist()
        assert [row["employee_id"] for row in rows] == ["E2"]


def test_an_employee_keeps_the_id_and_loses_name_and_home(store: Store) -> None:
    """Visits still belong to somebody; who that is isn't told any more."""
    erase(store, Subject(employee_id="E1"))
    [row] = store.fetch("SELECT * FROM employee").to_pylist()
    assert (row["employee_id"], row["lat"]) == ("E1", None)
    assert "李雷" not in everything(store)


def test_the_command_hands_out_and_erases(store: Store, tmp_path: Path, capsys) -> None:
    """The file holds the records; after erasing there is nothing any more to hand out by the number."""
    path = store.path
    store.close()
    call = ["--store", str(path), "--phone", PLAIN]
    assert main(["person", "export", *call, "--out", str(tmp_path / "p.json")]) == 0
    told = json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert told["forms"]["customer_form"][0]["payload"]["name"] == "王强"
    assert len(told["forms"]["customer_form_history"]) == 1
    assert main(["person", "erase", *call]) == 0
    assert main(["person", "export", *call, "--out", str(tmp_path / "q.json")]) == 1
    with Store.open(path) as again:
        assert {"export", "erase_person"} <= set(entries(again, AuditFilter())["action"])


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"phone": "12"},
        {"phone": PHONE, "employee_id": "E1"},
        {"customer": ("region", "R")},
    ],
)
def test_a_subject_is_one_person(wrong: dict[str, Any]) -> None:
    """Nobody, two at once, no number and no customer are refused."""
    with pytest.raises(InputError):
        Subject(**wrong)


def test_a_customer_that_is_not_there_is_refused(store: Store) -> None:
    """A mistyped ID isn't taken for somebody without data."""
    with pytest.raises(InputError):
        find(store, Subject(customer=("terminal", "T9")))
    with pytest.raises(InputError):
        find(store, Subject(employee_id="E9"))


def test_a_number_is_read_however_it_is_written() -> None:
    """Blanks, dashes and the country code of China don't matter."""
    assert digits("+86 138-0000-1111") == digits("0086 13800001111") == PLAIN
    assert digits("0571-8765 4321") == "057187654321"


def test_places_of_old_visits_are_blanked(store: Store) -> None:
    """After three months the place is gone and the arrival stays; a second time nothing happens."""
    today, version = dt.date(2026, 3, 31), store.data_version
    assert clear_coordinates(store, 0, today) == 0
    assert clear_coordinates(store, 3, today) == 1
    rows = store.fetch("SELECT c.visit_id, c.lat FROM visit_check_in AS c ORDER BY c.arrived_at").to_pylist()
    assert [row["lat"] for row in rows] == [None, 30.0]
    assert clear_coordinates(store, 3, today) == 0
    assert store.data_version == version + 1
