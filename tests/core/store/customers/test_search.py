"""Finding customers by name, initials, pinyin, code, or nearly so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.pinyin.places import PLACES
from core.pinyin.readings import readings
from core.store.customers import search
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEALERS = {"D1": "九州通医药", "D2": "重庆九龙商贸", "D3": "吉祥（城北）商行", "D4": "ABC Trading"}
SHOPS = {"T1": "九州通大药房", "T2": "邻里食杂店", "T3": "邻里食杂店二店", "T4": "老李粮油", "T5": "𠮷野家"}


def open_market(path: Path) -> Store:
    """Dealers in region N; shops 1 to 3 in N, 4 in S, 5 without a region."""
    homes = {"T1": "'N'", "T2": "'N'", "T3": "'N'", "T4": "'S'", "T5": "NULL"}

    def fill(cursor: Any) -> None:
        cursor.execute(
            "INSERT INTO region (region_id, level, name, name_en)"
            " VALUES ('N', 'city', '北', 'North'), ('S', 'city', '南', 'South')"
        )
        for key, name in DEALERS.items():
            cursor.execute(f"INSERT INTO dealer (dealer_id, name, region_id) VALUES ('{key}', '{name}', 'N')")
        for key, name in SHOPS.items():
            values = f"'{key}', '{name}', {homes[key]}"
            cursor.execute(f"INSERT INTO terminal (terminal_id, name, region_id) VALUES ({values})")
        refresh_closure(cursor)

    store = Store.open(path)
    store.write("fill", fill)
    return store


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A market that nobody changes."""
    with open_market(tmp_path_factory.mktemp("search") / "market.duckdb") as store:
        yield store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A market to be changed."""
    with open_market(tmp_path / "market.duckdb") as store:
        yield store


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jzt", ["D1", "T1"]),  # initials; the dealer first
        ("JiuZhouTong", ["D1", "T1"]),  # pinyin, in any case
        ("jiu zhou tong da", ["T1"]),  # with blanks, a part
        ("九州通", ["D1", "T1"]),
        ("大药房", ["T1"]),
        ("cqjl", ["D2"]),  # 重庆 is Chongqing
        ("吉祥(城北)", ["D3"]),  # brackets of another width
        ("t2", ["T2"]),  # a code
        ("食杂", ["T2", "T3"]),  # the shorter name first
        ("𠮷野", ["T5"]),
        ("abct", ["D4"]),
        ("九洲通", ["D1", "T1"]),  # another character of the same sound
        ("jiuzuotong", ["D1", "T1"]),  # a letter lost
        ("邻里食品店", ["T2", "T3"]),  # a slip
        ("林里食杂店", ["T2", "T3"]),
    ],
)
def test_it_is_found(market: Store, typed, found) -> None:
    """The customers meant come first, in this order."""
    rows = search.find(market, typed)
    assert rows["customer_id"].tolist()[: len(found)] == found


@pytest.mark.parametrize("typed", ["", "  ", "（）", "👍", "xyzxyzxyz", "%", "' OR 1=1 --"])
def test_nothing_is_found_where_nothing_fits(market: Store, typed) -> None:
    """Blanks, signs, what nobody is called, and SQL find nothing and break nothing."""
    assert search.find(market, typed).empty


def test_a_name_has_its_region_and_kind(market: Store) -> None:
    """A find says what it is and where; one kind can be asked for alone."""
    row = search.find(market, "cqjl").iloc[0]
    assert (row["customer_type"], row["name"], row["region"]) == ("dealer", DEALERS["D2"], "北")
    assert search.find(market, "jzt", kind="terminal")["customer_id"].tolist() == ["T1"]
    assert len(search.find(market, "店", limit=1)) == 1


def test_a_user_finds_only_customers_of_the_own_regions(market: Store) -> None:
    """Another region's customer, and one without a region, isn't found: neither exactly nor nearly."""
    south = Scope(("S",))
    assert search.find(market, "laoli", scope=south)["customer_id"].tolist() == ["T4"]
    for typed in ("jzt", "九州通", "九洲通", "t5", "𠮷野家"):
        assert search.find(market, typed, scope=south).empty


def test_new_and_changed_names_are_found_and_old_ones_no_longer(store: Store) -> None:
    """The names follow the data; only what is new is read again."""
    assert search.find(store, "abct")["customer_id"].tolist() == ["D4"]
    before = store.data_version

    def change(cursor: Any) -> None:
        cursor.execute("UPDATE dealer SET name = '万家福' WHERE dealer_id = 'D4'")
        cursor.execute("DELETE FROM terminal WHERE terminal_id = 'T1'")
        cursor.execute("INSERT INTO terminal (terminal_id, name, region_id) VALUES ('T9', '新华书店', 'N')")

    store.write("edit", change, details={"entity": "dealer,terminal"})
    assert search.find(store, "wjf")["customer_id"].tolist() == ["D4"]
    assert search.find(store, "xhsd")["customer_id"].tolist() == ["T9"]
    assert search.find(store, "abct").empty
    assert search.find(store, "jzt")["customer_id"].tolist() == ["D1"]
    assert store.data_version == before + 1
    counted = store.fetch(
        "SELECT COUNT(*) AS n, COUNT(DISTINCT s.customer_id) AS d FROM customer_search AS s"
    )
    assert counted.to_pylist() == [{"n": 9, "d": 9}]


def test_another_write_reads_no_name_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that touches neither dealers nor terminals leaves the names alone."""
    search.ensure(store)
    store.write("prefer", lambda _cursor: None, details={"entity": "setting"})
    monkeypatch.setattr(search, "_replace", lambda *_arguments: pytest.fail("read again"))
    assert search.find(store, "jzt")["customer_id"].tolist() == ["D1", "T1"]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A shop in every place whose reading is unusual."""

    def fill(cursor: Any) -> None:
        rows = [(f"P{at:03}", f"{place}百货") for at, place in enumerate(PLACES)]
        cursor.executemany("INSERT INTO terminal (terminal_id, name) VALUES (?, ?)", rows)

    with Store.open(tmp_path_factory.mktemp("places") / "market.duckdb") as store:
        store.write("fill", fill)
        yield store


def test_the_official_reading_leads_before_the_other(places) -> None:
    """A place's shop is first by official reading and found by the other; initials lead to equals first."""
    for place in list(PLACES)[::4]:
        official, *others = readings(f"{place}百货")
        best = search.find(places, official.pinyin, limit=5)
        assert official.pinyin in {readings(name)[0].pinyin for name in best["name"].head(1)}
        assert f"{place}百货" in set(best["name"])
        for other in others:
            assert f"{place}百货" in set(search.find(places, other.pinyin, limit=10)["name"])
        by_initials = search.find(places, official.initials, limit=60)["name"].tolist()
        equals = [name for name in by_initials if readings(name)[0].initials == official.initials]
        assert f"{place}百货" in equals
        assert by_initials[: len(equals)] == equals


def test_names_read_by_an_earlier_edition_are_read_again(store) -> None:
    """Readings that were made before official ones were known are made anew."""
    search.find(store, "jzt")
    store.maintain(lambda cursor: cursor.execute("UPDATE customer_search SET pinyin = 'old', initials = 'o'"))
    store.maintain(lambda cursor: cursor.execute("UPDATE derived_state SET name = 'customer_search'"))
    search._fresh.clear()
    assert search.find(store, "jzt")["customer_id"].tolist() == ["D1", "T1"]
