"""Answers hold until a table they were read from changes: none too long, and no more often than that."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from core.customers.accounts.score_sheet import ITEMS, Template
from core.customers.forms import form
from core.customers.forms.relationship import RELATION
from core.customers.forms.terminals import sheet_form
from core.customers.grading.default_scale import default_template
from core.cycle.tasks.task import Finding, Task
from core.reports.customers.abc import AbcRequest, abc_of
from core.reports.customers.grading import GradingRequest, grading_report, keep
from core.reports.customers.profitability import ProfitRequest, profit_report
from core.reports.customers.table import CustomerRequest, customer_table
from core.reports.terminals.distribution import DistributionRequest, distribution_report
from core.reports.terminals.relations import RelationRequest, relation_report
from core.reports.terminals.scores import ScoreRequest, score_report
from core.store import preferences
from core.store import read_tracking as followed
from core.store.caching.account_figures import ACCOUNTS, DEALER_ACCOUNTS
from core.store.caching.memo import Memo
from core.store.caching.sales_window import SalesWindow
from core.store.caching.terminal_figures import FIGURES
from core.store.customers import grading
from core.store.customers import lists as customer_lists
from core.store.customers.bulk_edit import FieldChange, change_all
from core.store.customers.bulk_undo import last_made, undo
from core.store.customers.edit import Change, edit
from core.store.customers.filter import CustomerFilter
from core.store.customers.lists import ListRequest
from core.store.cycle.tasks.moves import move
from core.store.cycle.tasks.records import create, load
from core.store.database import Store
from core.store.forms import drafts, forms, relations, score_sheets
from core.store.forms.rows import FormKey
from core.store.market.own_company import set_own_company
from core.store.queries import FOLDER, query
from core.store.read_tracking import ANY, AUDITED_TABLES, DERIVED_FROM, TRACKED, tables_of, track, tracking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

START, END = dt.date(2026, 1, 1), dt.date(2026, 10, 1)
UNTIL = dt.date(2026, 10, 31)


@pytest.fixture(scope="module")
def store(sample_copy) -> Iterator[Store]:
    """A small demonstration region."""
    with Store.open(sample_copy(300)) as opened:
        yield opened


@pytest.fixture(scope="module")
def own(store: Store) -> str:
    return str(store.fetch("SELECT c.company_id AS id FROM company AS c WHERE c.is_self")["id"][0].as_py())


def reports(own: str) -> dict[str, Callable[[Store], object]]:
    """Return what the pages of customers keep, by name."""
    shops = CustomerRequest(own, START, END, "terminal")
    dealers = CustomerRequest(own, START, END)
    figures = SalesWindow(own, START, END)
    return {
        "table of shops": lambda store: customer_table(store, shops),
        "table of dealers": lambda store: customer_table(store, dealers),
        "abc": lambda store: abc_of(customer_table(store, shops), AbcRequest(shops)),
        "grading": lambda store: grading_report(store, GradingRequest(shops)),
        "profit": lambda store: profit_report(store, ProfitRequest(dealers)),
        "distribution": lambda store: distribution_report(store, DistributionRequest(figures, "county")),
        "relations": lambda store: relation_report(store, RelationRequest("terminal", START, UNTIL)),
        "scores": lambda store: score_report(store, ScoreRequest(UNTIL, "county")),
        "list": lambda store: customer_lists.page(store, ListRequest("terminal", figures), 0, 10),
        "names": lambda store: customer_lists.totals(
            store, ListRequest("terminal", figures, CustomerFilter(text="a"))
        ),
    }


def write(store: Store, entity: str | None) -> None:
    store.write("test", lambda _cursor: None, details={"entity": entity})


@pytest.mark.parametrize("name", list(reports("")))
def test_every_table_a_report_reads_ends_its_answer_and_no_other(store: Store, own: str, name: str) -> None:
    """After a write to a table that was read it is made again, after one to another table it is not."""
    with tracking() as read:
        reports(own)[name](store)
    assert read
    assert ANY not in read
    # What is written on a card is in no sum of sales.
    assert ("customer_form" in read) == (name == "scores")
    made = []

    def make() -> None:
        made.append(name)
        track(read)

    answer = Memo()
    answer.get(store, make)
    for table in sorted(AUDITED_TABLES):
        before = len(made)
        write(store, table)
        answer.get(store, make)
        assert len(made) - before == (table in read), table
    for entity in (None, "upsert", "import_batch"):
        before = len(made)
        write(store, entity)
        answer.get(store, make)
        assert len(made) == before + 1


def contents(store: Store) -> dict[str, object]:
    """Return a sum over every row of every table that holds data."""
    tables = store.fetch(
        "SELECT t.table_name AS name FROM duckdb_tables() AS t WHERE t.schema_name = 'main'"
    )["name"].to_pylist()
    # Drafts and what is derived change without a write.
    data = [name for name in tables if name in followed.stored_tables() - {"meta", "audit_log", "form_draft"}]
    kept = [name for name in data if name not in {"derived_state", "customer_search", "region_outline"}]
    kept = [name for name in kept if not name.startswith("region_month")]
    return {
        name: tuple(
            store.fetch(f"SELECT COUNT(*) AS n, SUM(HASH(t)) AS h FROM {name} AS t").to_pylist()[0].values()
        )
        for name in kept
    }


def writes(store: Store, own: str) -> dict[str, Callable[[], Any]]:
    """Return every way a card, a list or an analysis of customers writes, by name."""
    contact = FormKey(form("contacts"), "dealer", "D00001")
    person = {"name": "王", "function": "purchasing"}
    relation = FormKey(RELATION, "terminal", "T00000001")
    sheet = FormKey(
        sheet_form(Template("rep", ITEMS, dict.fromkeys(ITEMS, 10.0)), {_employee(store): "x"}),
        "terminal",
        "T00000001",
    )
    told = {"month": "2020-01", "state": "loose", "level": "adviser"}
    points = {"employee_id": _employee(store), "assessed_on": "2020-01-02", "score_1": "8"}
    shops = CustomerRequest(own, START, END, "terminal")
    return {
        "form": lambda: forms.save(store, contact, person, expected_version=0),
        "form again": lambda: forms.remove(
            store, FormKey(contact.form, "dealer", "D00001", _record(store, contact)), expected_version=1
        ),
        "draft": lambda: drafts.save_draft(store, contact, "me", {"name": "x"}, base_version=0),
        "relation": lambda: relations.save(store, relation, told, expected_version=0),
        "sheet": lambda: score_sheets.save(store, sheet, points, expected_version=0),
        "edit": lambda: edit(store, "terminal", [Change("T00000001", "outlet_type", _type(store), "x")]),
        "all": lambda: change_all(store, FieldChange("dealer", "level", "second"), expected=_second(store)),
        "undo": lambda: undo(store, last_made(store, "dealer").audit_id),  # type: ignore[union-attr]
        "scale": lambda: grading.save_template(
            store, grading.template(store, "me"), default_template(), actor="me"
        ),
        "judge": lambda: grading.judge(store, "dealer", [("D00001", "will", 1)]),
        "run": lambda: keep(store, grading_report(store, GradingRequest(shops))),
        "prefer": lambda: preferences.prefer(store, "something", "else"),
        "own company": lambda: set_own_company(store, own),
        "task": lambda: create(store, Task("x", END, Finding("manual", "", ""))),
        "task moved": lambda: move(store, load(store, "demo001"), "done"),  # type: ignore[arg-type]
    }


def _record(store: Store, key: FormKey) -> str:
    return next(row.record_id for row in forms.records(store, key) if row.payload["name"] == "王")


def _employee(store: Store) -> str:
    return str(store.fetch("SELECT MIN(e.employee_id) AS v FROM employee AS e")["v"][0].as_py())


def _type(store: Store) -> str:
    text = "SELECT t.outlet_type AS v FROM terminal AS t WHERE t.terminal_id = 'T00000001'"
    return str(store.fetch(text)["v"][0].as_py())


def _second(store: Store) -> int:
    text = "SELECT COUNT(*) AS n FROM dealer AS d WHERE d.level IS DISTINCT FROM 'second'"
    return int(store.fetch(text)["n"][0].as_py())


def test_every_write_names_all_tables_it_changes(store: Store, own: str) -> None:
    """What a write changed is what the audit says, or what is made from that; else an answer would stay."""
    for name, work in writes(store, own).items():
        before, last = contents(store), _last(store)
        work()
        after = contents(store)
        changed = {table for table in after if after[table] != before[table]}
        assert changed or name in {"draft", "own company"}, name
        audit = store.fetch(
            f"SELECT a.entity AS entity FROM audit_log AS a WHERE a.audit_id > {last}"
        ).to_pylist()
        named = {row["entity"] for row in audit}
        assert named <= AUDITED_TABLES, name
        truly = set().union(*(DERIVED_FROM.get(table, {table}) for table in changed))
        assert truly <= named, name


def _last(store: Store) -> int:
    return int(store.fetch("SELECT MAX(a.audit_id) AS n FROM audit_log AS a")["n"][0].as_py())


@pytest.mark.parametrize("roll_up", [FIGURES, ACCOUNTS, DEALER_ACCOUNTS])
def test_a_roll_up_says_all_it_is_made_from(roll_up) -> None:
    """Every table that the query of a roll-up joins or reads is among its sources."""
    text = re.sub(r"--[^\n]*", "", query(roll_up.query)[0] + " ".join(part for _name, part in roll_up.parts))
    named = re.findall(r"(?:FROM|JOIN) (\w+)", text)
    tables = followed.stored_tables()
    assert (
        set().union(*(DERIVED_FROM.get(name, {name}) for name in named if name in tables)) <= roll_up.sources
    )


def test_every_table_of_a_query_is_seen() -> None:
    """Of every query file each table is noted: followed, made from a followed one, or as any."""
    tables = followed.stored_tables()
    for file in FOLDER.rglob("*.sql"):
        text = file.read_text("utf-8")
        noted = tables_of(text)
        for name in re.findall(r"(?:FROM|JOIN)\s+([a-z_]\w*)", re.sub(r"--[^\n]*", "", text)):
            if name in tables and name not in {"derived_state", "meta"}:
                assert DERIVED_FROM.get(name, {name if name in TRACKED else ANY}) <= noted, (file.name, name)


def test_the_tables_are_those_of_a_store(store: Store) -> None:
    """No table of a store is unknown to the notes, but for summed ones, whose names tell."""
    names = store.fetch("SELECT t.table_name AS name FROM duckdb_tables() AS t")["name"].to_pylist()
    assert {name for name in names if not re.search(r"_[0-9a-f]{16}", name)} <= followed.stored_tables()
    assert tables_of("SELECT 1 FROM lens_0123456789abcdef_sums") == {ANY}
    assert tables_of("SELECT 1 FROM customer_figures_0123456789abcdef") == DERIVED_FROM["customer_figures_"]


def test_inside_notes_reach_whoever_asks_outside(store: Store) -> None:
    """An answer made of kept answers changes with theirs, also where they were there already."""
    inner, outer, made = Memo(), Memo(), []

    def make() -> int:
        made.append(inner.get(store, lambda: store.fetch("SELECT COUNT(*) AS n FROM dealer AS d")))
        return len(made)

    inner.get(store, lambda: store.fetch("SELECT COUNT(*) AS n FROM dealer AS d"))
    assert outer.get(store, make) == 1
    write(store, "customer_form")
    assert outer.get(store, make) == 1
    write(store, "dealer")
    assert outer.get(store, make) == 2


def test_a_write_while_an_answer_is_made_ends_it(store: Store) -> None:
    """What was read before the write may be old, so the next one asks again."""
    answer, made = Memo(), []

    def make() -> int:
        found = store.fetch("SELECT COUNT(*) AS n FROM dealer AS d")
        if not made:
            write(store, "dealer")
        made.append(found)
        return len(made)

    assert [answer.get(store, make) for _time in range(3)] == [1, 2, 2]


def test_what_looks_at_the_version_follows_every_write(store: Store) -> None:
    """An answer that holds the data version, or reads through a cursor of its own, follows everything."""
    for look in (lambda: store.data_version, lambda: _by_cursor(store)):
        answer = Memo()
        first = answer.get(store, lambda look=look: object() if look() else None)
        write(store, "setting")
        assert answer.get(store, lambda look=look: object() if look() else None) is not first


def _by_cursor(store: Store) -> object:
    with store.cursor() as cursor:
        return cursor.execute("SELECT 1").fetchall()
