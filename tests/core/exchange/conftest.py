"""A small market in files, for the tests of the import."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.exchange.canonical.importing import load
from core.store.database import Store
from core.tables import TABLES

REGION = "region_id,parent_id,level,name\nP,,province,Province\nC1,P,city,One\nC2,P,city,Two\n"
COMPANY = "company_id,name,is_self,is_aggregate\nUS,We,true,false\nR1,Rival,false,false\n"
PRODUCT = "product_id,name,company_id\nA,Water,US\nB,Tea,R1\n"
EMPLOYEE = "employee_id,name,manager_id\nE1,Ann,\nE2,Bob,E1\n"
TERMINAL = "terminal_id,name,region_id,lat,lon\nT1,First,C1,30.1,114.1\nT2,Second,C2,30.2,114.2\n"
SALES = (
    "month,terminal_id,company_id,product_id,amount,quantity\n"
    "2026-01,T1,US,,100,10\n2026-01,T1,R1,,50,5\n2026-02,T1,US,A,70,7\n2026-02,T2,US,,30,\n"
)
WORLD = {
    "region": REGION,
    "company": COMPANY,
    "product": PRODUCT,
    "employee": EMPLOYEE,
    "terminal": TERMINAL,
    "terminal_sales": SALES,
}

Writer = Callable[..., list[Path]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty store and one that holds the small market, to be copied."""
    folder = tmp_path_factory.mktemp("made")
    Store.open(folder / "empty.duckdb").close()
    for name, text in WORLD.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    with Store.open(folder / "world.duckdb") as opened:
        load(opened, [folder / f"{name}.csv" for name in WORLD])
    return folder


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path, made: Path) -> Iterator[Store]:
    """A store, empty where the test doesn't ask for the small market."""
    name = "world" if "world" in request.fixturenames else "empty"
    shutil.copy2(made / f"{name}.duckdb", tmp_path / "store.duckdb")
    with Store.open(tmp_path / "store.duckdb") as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write CSV files by table name and return their paths."""

    def written(**tables: str) -> list[Path]:
        paths = []
        for name, text in tables.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text, "utf-8")
            paths.append(path)
        return paths

    return written


@pytest.fixture
def world(store: Store) -> Store:
    """A store with two cities, two companies, two shops and four sales."""
    return store


@pytest.fixture
def world_files(made: Path) -> list[Path]:
    """The files the small market came from."""
    return [made / f"{name}.csv" for name in WORLD]


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query."""
    with store.cursor() as cursor:
        return cursor.execute(query).fetchall()


@pytest.fixture
def select(store: Store) -> Callable[[str], list[tuple[object, ...]]]:
    """Return the rows of a query on the store."""
    return lambda query: rows(store, query)


@pytest.fixture
def everything(store: Store) -> Callable[[], dict[str, list[tuple[object, ...]]]]:
    """Return all rows of all imported tables, with their batches."""
    return lambda: {
        table.name: sorted(rows(store, f"SELECT * FROM {table.name}"), key=repr) for table in TABLES
    }
