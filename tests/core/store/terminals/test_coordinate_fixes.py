"""Correcting where terminals are, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from core.errors import InputError, StoreError
from core.geo.cells import quadkey
from core.geo.coordinates import convert
from core.store.database import Store
from core.store.scope import Scope
from core.store.terminals import coordinate_fixes as placing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALL = "SELECT t.* FROM terminal AS t ORDER BY t.terminal_id"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three shops in region A and one in B."""
    lat, lon = np.array([30.1, 30.2, 0.0, 31.0]), np.array([114.1, 114.2, 0.0, 115.0])
    shops = pa.table(
        {
            "terminal_id": ["1", "2", "3", "4"],
            "name": ["one", "two", "three", "four"],
            "region_id": ["A", "A", "A", "B"],
            "grade": ["A", "B", "C", "A"],
            "lat": lat,
            "lon": lon,
            "crs": ["WGS-84"] * 4,
            "lat_wgs84": lat,
            "lon_wgs84": lon,
            "cell": quadkey(lat, lon),
            "batch_id": [1, 1, 2, 2],
        }
    )

    def fill(cursor) -> None:
        cursor.register("given", shops)
        cursor.execute("INSERT INTO terminal BY NAME SELECT * FROM given")
        cursor.execute("INSERT INTO region_closure VALUES ('A', 'A', 0), ('B', 'B', 0)")

    with Store.open(tmp_path / "market.duckdb") as opened:
        opened.write("test", fill)
        yield opened


def fix(terminal_id: str, lat: float, lon: float, crs: str = "WGS-84") -> pd.DataFrame:
    """Return one correction."""
    return pd.DataFrame({"terminal_id": [terminal_id], "lat": [lat], "lon": [lon], "crs": [crs]})


def test_what_is_derived_follows(store: Store) -> None:
    """Naming the right system moves WGS-84 and the cell; everything else of the shop stays."""
    before = store.fetch(ALL).to_pandas().set_index("terminal_id")
    assert placing.fix_places(store, fix("1", 30.1, 114.1, "BD-09")) == 1
    after = store.fetch(ALL).to_pandas().set_index("terminal_id")
    lat, lon = convert([30.1], [114.1], "BD-09", "WGS-84")
    assert after.loc["1", ["lat_wgs84", "lon_wgs84"]].tolist() == [lat[0], lon[0]]
    assert after.loc["1", "cell"] == quadkey(lat, lon)[0]
    moved = ["crs", "lat_wgs84", "lon_wgs84", "cell"]
    pd.testing.assert_frame_equal(after.drop(columns=moved), before.drop(columns=moved))
    pd.testing.assert_frame_equal(after.drop("1"), before.drop("1"))


def test_removed_coordinates_are_missing(store: Store) -> None:
    """A shop whose zeros are removed has no place and no cell."""
    placing.fix_places(store, fix("3", np.nan, np.nan))
    row = store.fetch(ALL).to_pylist()[2]
    assert [row[name] for name in ("lat", "lon", "lat_wgs84", "lon_wgs84", "cell")] == [None] * 5


def test_a_correction_can_be_taken_back(store: Store) -> None:
    """Taking it back leaves the table as it was, and says so in the list of corrections."""
    before = store.fetch(ALL)
    placing.fix_places(store, pd.concat([fix("3", np.nan, np.nan), fix("1", 30.15, 114.1)]), actor="lee")
    made = placing.fixes(store).iloc[0]
    assert (made["actor"], made["terminals"], bool(made["taken_back"])) == ("lee", 2, False)
    assert placing.take_back(store, int(made["audit_id"])) == 2
    assert store.fetch(ALL) == before
    assert placing.fixes(store)["taken_back"].tolist() == [True]


def test_a_later_change_is_not_overwritten(store: Store) -> None:
    """What was corrected twice can be taken back only in reverse order."""
    placing.fix_places(store, fix("1", 30.15, 114.1))
    first = int(placing.fixes(store)["audit_id"][0])
    placing.fix_places(store, fix("1", 30.16, 114.1))
    version = store.data_version
    with pytest.raises(StoreError):
        placing.take_back(store, first)
    assert store.data_version == version


def test_only_terminals_of_the_scope_are_changed(store: Store) -> None:
    """Whoever may see A cannot move a shop of B; an unknown shop and an empty list are refused too."""
    for places in (fix("4", 30, 114), fix("nowhere", 30, 114), fix("1", 1, 1).iloc[:0]):
        with pytest.raises(InputError):
            placing.fix_places(store, places, scope=Scope(("A",)))


def test_an_impossible_place_changes_nothing(store: Store) -> None:
    """A latitude of 114 degrees is refused by the schema and the table stays."""
    before = store.fetch(ALL)
    with pytest.raises(StoreError):
        placing.fix_places(store, fix("1", 114.1, 30.1))
    assert store.fetch(ALL) == before
