"""The audit: what it keeps of changes and events, and that nothing takes it away."""

from __future__ import annotations

import ast
import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.access import LOCAL, Right
from core.errors import InputError, NotAllowedError
from core.store.audit.entries import AuditFilter, choices, entries
from core.store.audit.events import Event, EventKind, Outcome, record_event, record_export
from core.store.audit.labels import ACTIONS, action_label
from core.store.audit.table import audit_table
from core.store.database import Store
from core.store.preferences import prefer
from core.store.writing.origin import COMMAND_LINE, Origin, command_line, current_origin, from_origin

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "s.duckdb") as store:
        yield store


def as_user(store: Store, actor: str) -> Store:
    """Return a store as somebody with all rights has it."""
    return store.for_access(replace(LOCAL, actor=actor))


def test_a_file_that_somebody_may_not_take_is_refused_and_written_down(store: Store) -> None:
    """Without the right to take files out there is no entry of a file, but one of the refusal."""
    rep = replace(LOCAL, actor="li", rights=frozenset({Right.VIEW}), employee_id="E1")
    with pytest.raises(NotAllowedError):
        record_export(store.for_access(rep), "a.xlsx")
    [row] = entries(store, AuditFilter()).to_dict("records")
    assert (row["actor"], row["kind"], row["outcome"], row["entity_key"]) == (
        "li",
        "refusal",
        "refused",
        "a.xlsx",
    )


def test_the_audit_is_read_by_administrators_alone(store: Store) -> None:
    """Whoever sees the whole market without keeping it sees no entry."""
    viewer = store.for_access(replace(LOCAL, actor="li", rights=frozenset({Right.VIEW, Right.EXPORT})))
    for read in (lambda: entries(viewer, AuditFilter()), lambda: choices(viewer)):
        with pytest.raises(NotAllowedError):
            read()


def test_a_change_says_who_when_from_where_and_what(store: Store) -> None:
    """A setting that was changed is an entry with the value before and after, the address and the session."""
    prefer(store, "k", "3")
    before = dt.datetime.now()
    with from_origin(Origin("10.1.2.3", "abc")):
        prefer(store, "k", "1.7")
    last = entries(store, AuditFilter()).iloc[0]
    assert (last["actor"], last["kind"], last["action"], last["outcome"]) == (
        "local",
        "change",
        "prefer",
        "done",
    )
    assert (last["address"], last["session"]) == ("10.1.2.3", "abc")
    assert (last["entity"], last["entity_key"]) == ("setting", "k")
    assert (last["before"], last["after"]) == ("3", "1.7")
    assert before <= last["happened_at"] <= dt.datetime.now()


def test_an_event_changes_no_data(store: Store) -> None:
    """Sign-ins, refusals and exports raise no data version, so that every cache stays."""
    version = store.data_version
    record_event(store, Event(EventKind.SIGN_IN, "sign_in"), actor="li")
    record_event(store, Event(EventKind.REFUSAL, "prefer", Outcome.REFUSED, "setting", "k"), actor="li")
    record_export(store, "a.xlsx", entity="overview", size=5)
    assert store.data_version == version
    found = entries(store, AuditFilter())
    assert found["kind"].tolist() == ["export", "refusal", "sign_in"]
    assert found["after"].tolist()[0] == '{"bytes": 5}'


def test_changes_and_events_are_one_list_by_time(store: Store) -> None:
    """What was done between two events stands between them."""
    record_export(store, "a.xlsx")
    prefer(store, "k", "3")
    record_export(store, "b.xlsx")
    assert entries(store, AuditFilter())["entity_key"].tolist() == ["b.xlsx", "k", "a.xlsx"]


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        (AuditFilter(actor="li"), ["a.xlsx"]),
        (AuditFilter(kind="change"), ["k"]),
        (AuditFilter(action="export"), ["b.csv", "a.xlsx"]),
        (AuditFilter(entity="sett"), ["k"]),
        (AuditFilter(entity=".csv"), ["b.csv"]),
        (AuditFilter(start=dt.date.today()), ["b.csv", "k", "a.xlsx"]),
        (AuditFilter(end=dt.date.today() - dt.timedelta(days=1)), []),
    ],
)
def test_a_filter_keeps_what_it_says(store: Store, wanted: AuditFilter, keys: list[str]) -> None:
    """Who, what kind, which action, about what and which days."""
    record_export(as_user(store, "li"), "a.xlsx")
    prefer(store, "k", "3")
    record_export(as_user(store, "wang"), "b.csv")
    assert entries(store, wanted)["entity_key"].tolist() == keys


def test_days_in_the_wrong_order_are_refused() -> None:
    """A last day before the first one would silently give nothing."""
    with pytest.raises(InputError):
        AuditFilter(start=dt.date(2026, 2, 1), end=dt.date(2026, 1, 1))


def test_codes_are_read_as_words(store: Store) -> None:
    """The table that people see names the action, not its code."""
    with from_origin(Origin(COMMAND_LINE, "root")):
        prefer(store, "k", "3")
    row = audit_table(store, AuditFilter()).iloc[0]
    assert (row["Action taken"], row["Kind"], row["From where"]) == (
        "Change a setting",
        "Change",
        "command line",
    )


def test_the_origin_is_that_of_the_innermost_block() -> None:
    """A block's origin ends with it."""
    outside = current_origin()
    with from_origin(Origin("a")):
        with from_origin(Origin("b")):
            assert current_origin() == Origin("b")
        assert current_origin() == Origin("a")
    assert current_origin() == outside
    assert command_line().address == COMMAND_LINE


def _texts(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    for node in ast.walk(ast.parse(text)) if "audit_" in text else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_function_takes_an_entry_away() -> None:
    """Nothing updates, deletes or drops rows of the audit, but what erases a person."""
    wrong = re.compile(
        r"\b(update|delete\s+from|drop\s+table|truncate)\s+(audit_log|audit_event)\b", re.IGNORECASE
    )
    found = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("core/**/*.py")
        if any(wrong.search(text) for text in _texts(path))
    }
    assert {name for name in found if not name.startswith("core/store/privacy/")} == set()
    assert not any(wrong.search(path.read_text("utf-8")) for path in ROOT.glob("core/**/*.sql"))


def test_every_action_of_the_program_has_a_name() -> None:
    """What a write is called in the audit is a word on the page."""
    called = re.compile(r"\.write(?:_beside)?\(\s*\"([a-z_]+)\"")
    found = {
        name for path in ROOT.glob("core/store/**/*.py") for name in called.findall(path.read_text("utf-8"))
    }
    assert {"import", "prefer", "form_save"} <= found
    assert found <= set(ACTIONS)
    assert action_label("unheard_of") == "unheard_of"
