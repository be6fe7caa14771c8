"""Whoever sees a part of a store sees nothing of the rest, in any table, and changes nothing of it."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest

from core.access.access import Access
from core.access.rights import Right
from core.cycle.tasks.task import Finding, Task
from core.errors import NotAllowedError, StoreError
from core.sample import build_sample
from core.store.backup import backup
from core.store.caching import region_rollup
from core.store.customers import search
from core.store.customers.edit import Change as Edit
from core.store.customers.edit import EditError, edit
from core.store.cycle.tasks.records import create, task_table
from core.store.database import Store
from core.store.file.checkpoint import log_of
from core.store.read_tracking import stored_tables
from core.store.windows.rules import CONDITIONS, DERIVED_TABLES, EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

EVERY_RIGHT = frozenset(Right)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A small demonstration region."""
    path = tmp_path_factory.mktemp("windows") / "store.duckdb"
    build_sample(path, 400)
    with Store.open(path) as opened:
        yield opened


def table(store: Store, text: str) -> pd.DataFrame:
    """Return the rows of a query."""
    return store.fetch(text).to_pandas()


def below(store: Store, top: str) -> set[str]:
    """Return a region and all below it, by walking the tree."""
    regions = table(store, "SELECT r.region_id AS region_id, r.parent_id AS parent_id FROM region AS r")
    found, last = {top}, set[str]()
    while found != last:
        last = set(found)
        found |= set(regions["region_id"][regions["parent_id"].isin(list(found))])
    return found


@pytest.fixture(scope="module")
def city(store: Store) -> str:
    """A city with about a tenth of the shops."""
    text = "SELECT MIN(r.region_id) AS region_id FROM region AS r WHERE r.level = 'city'"
    return str(table(store, text)["region_id"][0])


@pytest.fixture(scope="module")
def rep(store: Store) -> str:
    """Somebody with shops."""
    text = "SELECT MIN(t.employee_id) AS e FROM terminal AS t WHERE t.employee_id IS NOT NULL"
    return str(table(store, text)["e"][0])


def hidden_words(store: Store, shops: set[str], regions: set[str]) -> set[str]:
    """Return ids and names of shops and regions out of sight, but for names that are in sight too."""
    names = "SELECT t.terminal_id AS id, t.name AS name FROM terminal AS t"
    terminals = table(store, names)
    places = table(store, names.replace("terminal", "region"))
    seen = {*terminals["name"][terminals["id"].isin(list(shops))]}
    seen |= {*places["name"][places["id"].isin(list(regions))]}
    words: set[str] = set()
    for rows, own in ((terminals, shops), (places, regions)):
        others = rows[~rows["id"].isin(list(own))]
        words |= {*others["id"], *others["name"]}
    return words - seen


def words_of(store: Store, name: str) -> set[str]:
    """Return every text that stands in a table."""
    rows = store.fetch(f"SELECT t.* FROM {name} AS t")
    texts: set[str] = set()
    for column in rows.columns:
        texts |= {value for value in column.unique().to_pylist() if isinstance(value, str)}
    return texts


def derive_all(store: Store) -> None:
    """Make the tables that are derived from what is seen."""
    region_rollup.ensure(store)
    search.ensure(store)


def test_every_table_has_a_rule() -> None:
    """A table without one is out of sight for whoever sees a part: nobody forgets it in silence."""
    assert stored_tables() == set(CONDITIONS) | set(DERIVED_TABLES)


@pytest.mark.parametrize("kind", ["region", "rep", "both"])
def test_nothing_of_the_rest_stands_in_any_table(store: Store, city: str, rep: str, kind: str) -> None:
    """No id and no name of a shop or region out of sight, stored or derived; the own ones are all there."""
    regions = below(store, city)
    owner = table(
        store, "SELECT t.terminal_id AS id, t.region_id AS region, t.employee_id AS owner FROM terminal AS t"
    )
    stand_in = table(store, "SELECT s.terminal_id AS id, s.employee_id AS owner FROM terminal_stand_in AS s")
    mine = (owner["owner"] == rep) | owner["id"].isin(stand_in["id"][stand_in["owner"] == rep])
    inside = owner["region"].isin(list(regions))
    shops = {*owner["id"][{"region": inside, "rep": mine, "both": inside & mine}[kind]]}
    if kind != "region":
        regions = {*owner["region"][owner["id"].isin(list(shops))]}
    access = Access(
        "x", EVERY_RIGHT, (city,) if kind != "rep" else None, employee_id=rep if kind != "region" else None
    )
    part = store.for_access(access)
    derive_all(part)
    hidden = hidden_words(store, shops, regions)
    leaks = {name: words_of(part, name) & hidden for name in sorted(stored_tables())}
    assert {name: sorted(words)[:3] for name, words in leaks.items() if words} == {}
    assert {*part.fetch("SELECT t.terminal_id AS id FROM terminal AS t")["id"].to_pylist()} == shops
    assert {*part.fetch("SELECT t.region_id AS id FROM region AS t")["id"].to_pylist()} == regions


def test_a_total_is_that_of_what_is_seen(store: Store, city: str) -> None:
    """Derived figures of a part are made of the part, and those of the whole stay as they were."""
    total = "SELECT SUM(s.amount) AS total FROM region_month_sales AS s WHERE s.is_total"
    part = store.for_access(Access("x", EVERY_RIGHT, (city,)))
    derive_all(store)
    before = table(store, total)["total"][0]
    derive_all(part)
    regions = sorted(below(store, city))
    own = store.fetch(
        total + " AND s.region_id IN (SELECT UNNEST(CAST($regions AS VARCHAR[])))", {"regions": regions}
    )
    assert part.fetch(total) == own
    assert table(store, total)["total"][0] == before


def test_a_task_goes_out_of_sight_with_its_customer(store: Store, rep: str) -> None:
    """A rep who owns a task about somebody else's shop doesn't read the shop's name in it."""
    shops = table(
        store, "SELECT t.terminal_id AS id, t.name AS name, t.employee_id AS owner FROM terminal AS t"
    )
    for mine in (True, False):
        shop = shops[(shops["owner"] == rep) == mine].iloc[0]
        about = {"customer_type": "terminal", "customer_id": shop["id"], "owner_id": rep}
        create(
            store, Task(f"{mine} {shop['name']}", dt.date(2026, 12, 1), Finding("manual", "", ""), **about)
        )
    create(store, Task("region", dt.date(2026, 12, 1), Finding("manual", "", ""), owner_id=rep))
    part = store.for_access(Access("x", EVERY_RIGHT, employee_id=rep))
    titles = task_table(part)["title"].to_pylist()
    assert {title.split()[0] for title in titles} >= {"True", "region"}
    assert not [title for title in titles if title.startswith("False")]


def test_no_catalog_shows_more(store: Store, city: str) -> None:
    """What replaced rows were kept in, and tables of other windows, have no name here."""
    part = store.for_access(Access("x", EVERY_RIGHT, (city,)))
    with pytest.raises(StoreError):
        part.fetch("SELECT t.* FROM history.terminal AS t")


def test_a_change_needs_the_right_and_stays_in_sight(store: Store, city: str) -> None:
    """A viewer changes nothing, a manager own shops alone; a mistake is no refusal, another's shop is one.

    The shop of somebody else is answered like one that isn't there. Whoever made a change stands in the log.
    """
    text = "SELECT t.terminal_id AS id, t.region_id AS region, t.outlet_type AS kind FROM terminal AS t"
    shops = table(store, text)
    inside = shops["region"].isin(list(below(store, city)))
    own, other = shops[inside].iloc[0], shops[~inside].iloc[0]
    viewer = store.for_access(Access("v@example.com", frozenset({Right.VIEW}), (city,)))
    manager = store.for_access(Access("m@example.com", EVERY_RIGHT, (city,)))
    refusals = "SELECT COUNT(*) AS n FROM audit_event AS e WHERE e.kind = 'refusal' AND e.actor = '{}'"
    for who, shop, error in ((viewer, own, NotAllowedError), (manager, other, EditError)):
        with pytest.raises(error) as refused:
            edit(who, "terminal", [Edit(str(shop["id"]), "outlet_type", "not what it is", "kiosk")])
        assert str(shop["kind"]) not in str(refused.value)
        assert table(store, refusals.format(who.access.actor))["n"][0] == 1
    with pytest.raises(EditError):
        edit(manager, "terminal", [Edit(str(own["id"]), "outlet_type", "not what it is", "kiosk")])
    with pytest.raises(EditError) as nothing:
        edit(manager, "terminal", [Edit("NONE", "outlet_type", "not what it is", "kiosk")])
    assert str(nothing.value).replace("NONE", str(other["id"])) == str(refused.value)
    assert table(store, refusals.format("m@example.com"))["n"][0] == 1
    edit(manager, "terminal", [Edit(str(own["id"]), "outlet_type", str(own["kind"]), "kiosk")])
    last = "SELECT a.actor AS actor FROM audit_log AS a ORDER BY a.audit_id DESC LIMIT 1"
    assert table(store, last)["actor"][0] == "m@example.com"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE terminal AS t SET region_id = '{other}' WHERE t.terminal_id = '{own}'",
        "UPDATE terminal AS t SET name = 'x' WHERE t.region_id = '{other}'",
        "DELETE FROM visit AS v WHERE v.terminal_id NOT IN (SELECT o.terminal_id FROM terminal AS o"
        " WHERE o.region_id = '{inside}')",
        "INSERT INTO expense (month, region_id, kind, amount) VALUES (DATE '2026-01-01', '{other}', 'x', 1)",
        "delete from market_sales",
    ],
)
def test_a_row_out_of_sight_is_never_changed(store: Store, city: str, statement: str) -> None:
    """Added, changed, removed, moved out of sight: refused whole, whatever function does it."""
    shops = table(store, "SELECT t.terminal_id AS id, t.region_id AS region FROM terminal AS t")
    inside = shops["region"].isin(list(below(store, city)))
    words = {
        "own": shops["id"][inside].iloc[0],
        "inside": shops["region"][inside].iloc[0],
        "other": shops["region"][~inside].iloc[0],
    }
    manager = store.for_access(Access("m@example.com", EVERY_RIGHT, (city,)))
    before = store.data_version
    with pytest.raises(NotAllowedError):
        manager.write("edit_customers", lambda cursor: cursor.execute(statement.format(**words)))
    with pytest.raises(NotAllowedError):
        manager.maintain(lambda cursor: cursor.execute(statement.format(**words)))
    assert store.data_version == before


def test_an_action_without_a_declared_right_is_refused(store: Store) -> None:
    """Whoever signs in needs a right for everything; without sign-in everything goes."""
    admin = store.for_access(Access("a@example.com", EVERY_RIGHT))
    with pytest.raises(NotAllowedError):
        admin.write("no such action", lambda _cursor: None)


def test_equal_sight_is_equal(store: Store, city: str) -> None:
    """Two who see the same share what is derived; what they may do doesn't matter to that."""
    first = store.for_access(Access("a", EVERY_RIGHT, (city,)))
    second = store.for_access(Access("b", frozenset({Right.VIEW}), (city,)))
    assert first == second
    assert hash(first) == hash(second)
    assert first != store
    assert store.for_access(Access("a", frozenset({Right.VIEW}))) == store


def test_guarded_tables_are_those_with_a_condition() -> None:
    """Names of the market as a whole are everybody's."""
    free = {name for name, text in CONDITIONS.items() if text == EVERYTHING}
    assert {"company", "market", "product", "setting"} <= free
    assert not free & {"terminal", "region", "visit", "market_sales", "target_cell"}


def test_files_of_windows_stay_small_and_go(store: Store, city: str, tmp_path: Path) -> None:
    """Deriving again and again uses the same room, and closing the store leaves no file of a window."""
    copy = backup(store, tmp_path / "store.duckdb")
    with Store.open(copy) as opened:
        part = opened.for_access(Access("x", EVERY_RIGHT, (city,)))
        files = list(opened._file._windows.values())
        sizes = []
        for _number in range(6):
            part.derive(lambda cursor: cursor.execute("DELETE FROM derived_state"))
            opened.write("x", lambda _cursor: None)
            region_rollup.ensure(part)
            sizes.append(files[0].stat().st_size)
        assert sizes[-1] < 2 * sizes[2]
        assert not log_of(files[0]).exists()
    assert files
    assert not any(file.exists() for file in files)


def test_a_derivation_under_way_keeps_no_click_waiting(store: Store, city: str) -> None:
    """Whoever has looked before gets the store while others make derived tables."""
    access = Access("x", EVERY_RIGHT, (city,))
    store.for_access(access)
    answers: list[Store] = []
    with store._file.turns.derive:
        asking = threading.Thread(target=lambda: answers.append(store.for_access(access)))
        asking.start()
        asking.join(timeout=30)
    assert answers
