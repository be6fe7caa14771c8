"""Tiles of the terminal map, against the tables they sum."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.geo.cells import quadkey
from core.geo.coordinates import convert
from core.store.caching import rollup_list
from core.store.caching.map_rollup import MAX_TERMINALS_DRAWN, MapRollup, ensure_map_rollup
from core.store.caching.sales_window import SalesWindow
from core.store.database import Store
from core.store.scope import EVERYTHING, Scope
from core.store.terminals import tiles
from core.store.terminals.filter import EVERY_TERMINAL, SITUATIONS, TerminalFilter
from core.store.terminals.terminals import summary, terminal_list
from core.store.terminals.tiles import Tile, displaced_rows, tile_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

N = 4_000
REGIONS = ("north", "south", "south-east")
MONTHS = [dt.date(year, month, 1) for year in (2024, 2025) for month in (1, 2, 3)]


def insert(store: Store, name: str, table: pa.Table) -> None:
    """Write an Arrow table into a table of the store by column names."""

    def change(cursor) -> None:
        cursor.register("given", table)
        cursor.execute(f"INSERT INTO {name} BY NAME SELECT * FROM given")
        cursor.unregister("given")

    store.write("test", change)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with 4,000 terminals in three regions, three companies, six months."""
    rng = np.random.default_rng(5)
    folder: Path = tmp_path_factory.mktemp("tiles")
    with Store.open(folder / "market.duckdb") as opened:
        insert(
            opened,
            "region",
            pa.table(
                {
                    "region_id": REGIONS,
                    "parent_id": [None, None, "south"],
                    "level": ["city"] * 3,
                    "name": REGIONS,
                }
            ),
        )
        insert(
            opened,
            "region_closure",
            pa.table(
                {
                    "ancestor_id": [*REGIONS, "south"],
                    "region_id": [*REGIONS, "south-east"],
                    "distance": [0, 0, 0, 1],
                }
            ),
        )
        insert(
            opened,
            "company",
            pa.table(
                {
                    "company_id": ["us", "rival", "rest"],
                    "name": ["Us", "Rival", "Rest"],
                    "is_self": [True, False, False],
                    "is_aggregate": [False, False, True],
                }
            ),
        )
        insert(
            opened,
            "product",
            pa.table(
                {
                    "product_id": ["p", "q"],
                    "name": ["P", "Q"],
                    "category": ["tea", "milk"],
                    "company_id": ["us", "us"],
                }
            ),
        )
        ids = [f"T{i:05}" for i in range(N)]
        lat, lon = 30 + rng.normal(0, 0.2, N), 114 + rng.normal(0, 0.3, N)
        cell = quadkey(lat, lon)
        cell[:20] = -1
        insert(
            opened,
            "terminal",
            pa.table(
                {
                    "terminal_id": ids,
                    "name": ids,
                    "region_id": rng.choice([*REGIONS, None], N, p=[0.4, 0.3, 0.25, 0.05]),
                    "grade": rng.choice(["A", "B", "C"], N),
                    "status": rng.choice(["listed", "closed", None], N),
                    "outlet_type": rng.choice(["shop", "kiosk"], N),
                    "employee_id": rng.choice(["e1", "e2"], N),
                    "lat": lat,
                    "lon": lon,
                    "lat_wgs84": lat,
                    "lon_wgs84": lon,
                    "cell": cell,
                }
            ),
        )
        rows = []
        for month in MONTHS:
            for company in ("us", "rival", "rest"):
                sold = rng.random(N) < 0.6
                rows += [
                    (month, ids[i], company, None, int(rng.integers(-500, 90_000)) / 100)
                    for i in np.flatnonzero(sold)
                ]
        for i in range(0, N, 3):
            rows.append((MONTHS[-1], ids[i], "us", "p", 10.01))
            rows.append((MONTHS[-1], ids[i], "us", "q", 5.5))
        columns = list(zip(*rows, strict=True))
        insert(
            opened,
            "terminal_sales",
            pa.table(
                dict(
                    zip(("month", "terminal_id", "company_id", "product_id", "amount"), columns, strict=True)
                )
            ),
        )
        insert(
            opened,
            "visit",
            pa.table(
                {
                    "visit_id": [str(i) for i in range(500)],
                    "employee_id": ["e1"] * 500,
                    "terminal_id": rng.choice(ids, 500),
                    "start_at": [
                        dt.datetime(2025, 3, 31, 9) - dt.timedelta(days=int(d))
                        for d in rng.integers(0, 60, 500)
                    ],
                }
            ),
        )
        yield opened


@pytest.fixture(scope="module")
def whole(store: Store) -> MapRollup:
    """The first quarter of 2025, all categories."""
    return ensure_map_rollup(store, SalesWindow("us", dt.date(2025, 1, 1), dt.date(2025, 3, 1)))


DIRECT = """
WITH monthly AS (
    SELECT s.terminal_id, s.company_id, s.month,
        COALESCE(SUM(CASE WHEN s.product_id IS NULL THEN s.amount END), SUM(s.amount)) AS amount
    FROM terminal_sales AS s LEFT JOIN product AS p USING (product_id)
    WHERE s.month BETWEEN DATE '2025-01-01' AND DATE '2025-03-01'
        AND ($category IS NULL OR p.category = $category)
    GROUP BY ALL)
SELECT COUNT(DISTINCT t.terminal_id),
    CAST(SUM(CASE WHEN m.company_id = 'us' THEN m.amount END) * 100 AS BIGINT),
    CAST(SUM(m.amount) * 100 AS BIGINT)
FROM terminal AS t LEFT JOIN monthly AS m USING (terminal_id)
WHERE t.cell BETWEEN $first AND $last AND (len($regions) = 0 OR list_contains($regions, t.region_id))
    AND (len($grades) = 0 OR list_contains($grades, t.grade))
"""
BELOW = {"north": ["north"], "south": ["south", "south-east"], "south-east": ["south-east"]}


def sums(
    store: Store,
    shown: MapRollup,
    tile: tuple[int, int, int],
    filters: TerminalFilter,
    scope: Scope = EVERYTHING,
) -> tuple[int, int, int]:
    """Return terminals, own and all sales (fen) of a tile, summed over its cells or terminals."""
    columns = tile_rows(store, shown, Tile(*tile, filters, scope)).columns()
    return tuple(int(np.nansum(columns.get(name, 0))) for name in ("terminals", "own", "total"))


def tile_at(lat: float, lon: float, zoom: int) -> tuple[int, int, int]:
    """Return the tile of a point."""
    x = int((lon + 180) / 360 * 2**zoom)
    y = int((0.5 - np.arctanh(np.sin(np.radians(lat))) / (2 * np.pi)) * 2**zoom)
    return zoom, x, y


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zoom=st.integers(3, 18),
    lat=st.floats(29.6, 30.4),
    lon=st.floats(113.4, 114.6),
    region=st.sampled_from([None, *REGIONS]),
    grade=st.sampled_from([None, "A", "C"]),
)
def test_a_tile_sums_to_the_database(store: Store, whole: MapRollup, zoom, lat, lon, region, grade) -> None:
    """Over any tile and filter the cells sum to what a direct query over the sales gives, to the fen."""
    filters = TerminalFilter(regions=region and (region,), grades=grade and (grade,))
    tile = tile_at(lat, lon, zoom)
    shift = 2 * (24 - zoom)
    key = int(quadkey([lat], [lon], zoom)[0])
    direct = store.fetch(
        DIRECT,
        {
            "category": None,
            "first": key << shift,
            "last": ((key + 1) << shift) - 1,
            "regions": BELOW.get(region, []),
            "grades": [grade] if grade else [],
        },
    )
    expected = tuple(int(column[0].as_py() or 0) for column in direct.columns)
    assert sums(store, whole, tile, filters) == expected


@pytest.mark.parametrize("zoom", [6, 8, 10, 12])
def test_four_children_sum_to_their_parent(store: Store, whole: MapRollup, zoom: int) -> None:
    """Zooming in loses no terminal and no fen."""
    _zoom, x, y = tile_at(30.0, 114.0, zoom)
    children = [
        sums(store, whole, (zoom + 1, 2 * x + i, 2 * y + j), EVERY_TERMINAL) for i in (0, 1) for j in (0, 1)
    ]
    assert tuple(map(sum, zip(*children, strict=True))) == sums(store, whole, (zoom, x, y), EVERY_TERMINAL)


def test_a_category_counts_its_products_only(store: Store) -> None:
    """With a category the own sales are those of its products, not the company's total."""
    tea = ensure_map_rollup(store, SalesWindow("us", dt.date(2025, 1, 1), dt.date(2025, 3, 1), "tea"))
    _count, own, total = sums(store, tea, (4, *tile_at(30, 114, 4)[1:]), EVERY_TERMINAL)
    placed = len([i for i in range(0, N, 3) if i >= 20])
    assert own == total == placed * 1001


@pytest.mark.parametrize("zoom", range(4, 19))
@pytest.mark.parametrize(
    "filters",
    [EVERY_TERMINAL, TerminalFilter(grades=("A", "B", "C")), TerminalFilter(employees=("e1", "e2"))],
)
def test_a_scope_hides_every_other_region(store: Store, whole: MapRollup, zoom: int, filters) -> None:
    """Whoever may see the south gets its terminals and no others, whatever table answers the tile."""
    tile = tile_at(30.0, 114.0, zoom)
    south = TerminalFilter(**{**vars(filters), "regions": ("south",)})
    seen = sums(store, whole, tile, filters, Scope(("south",)))
    assert seen == sums(store, whole, tile, south)
    assert seen[0] < sums(store, whole, tile, filters)[0] or seen[0] == 0
    elsewhere = TerminalFilter(**{**vars(filters), "regions": ("north",)})
    assert sums(store, whole, tile, elsewhere, Scope(("south",))) == (0, 0, 0)


@pytest.mark.parametrize(
    "filters", [EVERY_TERMINAL, TerminalFilter(regions=("south",)), TerminalFilter(grades=("A",))]
)
def test_the_sums_beside_the_map_are_those_of_its_tiles(store: Store, whole: MapRollup, filters) -> None:
    """The summary is the sum over the tile of the world; its box holds 98 of 100 terminals each way."""
    found = summary(store, whole, filters)
    count, own, total = sums(store, whole, (0, 0, 0), filters)
    assert (found["terminals"], found["own"], found["total"]) == (count, own / 100, total / 100)
    placed = terminal_list(store, whole, filters, limit=N)["terminal_id"]
    lat, lon = (
        store.fetch("SELECT t.terminal_id, t.lat, t.lon FROM terminal AS t")
        .to_pandas()
        .set_index("terminal_id")
        .loc[placed, ["lat", "lon"]]
        .to_numpy()
        .T
    )
    half = 360 / 2**16 / 2
    np.testing.assert_allclose(
        [found["south"], found["north"]], np.quantile(lat, [0.01, 0.99]), atol=6 * half
    )
    np.testing.assert_allclose([found["west"], found["east"]], np.quantile(lon, [0.01, 0.99]), atol=6 * half)


def test_visits_are_counted_over_28_days(store: Store, whole: MapRollup) -> None:
    """Up to March 31 the four weeks begin on March 4, as the overview counts them; March 3 is outside."""
    first = dt.datetime(2025, 3, 4)
    made = store.fetch("SELECT v.terminal_id, v.start_at FROM visit AS v").to_pandas()
    counted = made.loc[made["start_at"] >= first, "terminal_id"].value_counts().to_dict()
    assert (made["start_at"].dt.date == dt.date(2025, 3, 3)).any()
    rows = store.fetch(f"SELECT l.terminal_id, l.visits FROM {whole.table} AS l").to_pylist()
    assert all((row["visits"] or 0) == counted.get(row["terminal_id"], 0) for row in rows)


def holds(row: dict, code: str) -> bool:
    """Tell in plain words whether a situation holds for a row of the lens."""
    rivals = [row[f"rival_{n}"] for n in range(1, 6) if row[f"rival_{n}"] is not None]
    norm = {"A": 7, "B": 14}.get(row["grade"], 28)
    is_open = row["status"] != "closed"
    return {
        "unvisited": is_open and not row["visits"],
        "blank": is_open and (row["own"] or 0) <= 0,
        "overdue": is_open and row["last_visit"] is not None and row["days"] > norm,
        "rival_leads": bool(rivals) and max(rivals) > (row["own"] or 0),
        "customer": row["status"] not in ("closed", "blank"),
    }[code]


@pytest.mark.parametrize(
    "codes", [*((code,) for code in SITUATIONS), ("unvisited", "customer"), ("overdue", "rival_leads")]
)
@pytest.mark.parametrize("region", [None, "south"])
def test_a_situation_leaves_the_shops_it_says(store: Store, whole: MapRollup, codes, region) -> None:
    """List, sums and far tiles of a situation are those of a row-by-row check in plain words."""
    filters = TerminalFilter(regions=region and (region,), situations=codes)
    rows = store.fetch(f"SELECT l.* FROM {whole.table} AS l WHERE l.cell >= 0").to_pylist()
    below = BELOW.get(region, [])
    expected = {
        row["terminal_id"]
        for row in rows
        if all(holds(row, code) for code in codes) and (region is None or row["region_id"] in below)
    }
    assert set(terminal_list(store, whole, filters, limit=N)["terminal_id"]) == expected
    assert (summary(store, whole, filters)["terminals"] or 0) == len(expected)
    assert sums(store, whole, (4, *tile_at(30, 114, 4)[1:]), filters)[0] == len(expected)


def test_a_box_leaves_the_shops_inside(store: Store, whole: MapRollup) -> None:
    """A box counts its edges, on far and near tiles alike."""
    box = (29.9, 113.8, 30.1, 114.2)
    rows = store.fetch(f"SELECT l.* FROM {whole.table} AS l WHERE l.cell >= 0").to_pylist()
    inside = {
        row["terminal_id"] for row in rows if 29.9 <= row["lat"] <= 30.1 and 113.8 <= row["lon"] <= 114.2
    }
    filters = TerminalFilter(box=box)
    assert 0 < len(inside) < len(rows)
    assert set(terminal_list(store, whole, filters, limit=N)["terminal_id"]) == inside
    assert summary(store, whole, filters)["terminals"] == len(inside)


@pytest.mark.parametrize("wrong", [{"situations": ("lost",)}, {"box": (31.0, 114.0, 30.0, 115.0)}])
def test_a_filter_nobody_can_mean_is_refused(wrong) -> None:
    """An unknown situation and a box whose south is above its north are refused."""
    with pytest.raises(InputError):
        TerminalFilter(**wrong)


def test_a_filter_that_leaves_nothing_has_no_box(store: Store, whole: MapRollup) -> None:
    """Without a terminal there is neither a sum nor a place to look at."""
    assert set(summary(store, whole, TerminalFilter(grades=("Z",))).values()) == {None}


def test_a_crowded_street_shows_cells(
    store: Store, whole: MapRollup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More terminals than a tile may draw become cells that hold all of them, on a displaced map too."""
    zoom, x, y = tile_at(30.0, 114.0, whole.street_zoom)
    expected = sums(store, whole, (zoom, x, y), EVERY_TERMINAL)
    around = [Tile(zoom, x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    held = [sums(store, whole, (tile.zoom, tile.column, tile.row), EVERY_TERMINAL)[0] for tile in around]
    monkeypatch.setattr(tiles, "STREET_LIMIT", max(held) - 1)
    fullest = around[held.index(max(held))]
    crowded = tile_rows(store, whole, fullest)
    assert crowded.cell_zoom == zoom + 5
    assert crowded.columns()["terminals"].sum() == max(held)
    assert sums(store, whole, (zoom, x, y), EVERY_TERMINAL) == expected
    displaced = [displaced_rows(store, whole, tile, system="GCJ-02") for tile in around]
    assert sum(rows.columns()["terminals"].sum() for rows in displaced if rows.table) > max(held)


def test_few_terminals_are_shown_themselves(store: Store, whole: MapRollup) -> None:
    """A tile with few terminals shows them; a crowded one shows at most 1,024 cells."""
    crowded = tile_rows(store, whole, Tile(*tile_at(30.0, 114.0, 6)))
    few = tile_rows(store, whole, Tile(*tile_at(30.0, 114.0, 13)))
    assert crowded.cell_zoom == 11
    assert 0 < crowded.table.num_rows <= 1024
    assert few.cell_zoom is None
    assert 0 < few.table.num_rows <= MAX_TERMINALS_DRAWN


def test_all_tiles_of_a_zoom_show_the_same_kind(store: Store, whole: MapRollup) -> None:
    """Cells below one zoom, terminals from it on: neighbours never differ."""
    _zoom, x, y = tile_at(30.0, 114.0, whole.street_zoom)
    around = [(whole.street_zoom, x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    shown = [tile_rows(store, whole, Tile(*tile)) for tile in around]
    assert {rows.cell_zoom for rows in shown if rows.table is not None} == {None}


def test_a_tile_outside_the_data_costs_no_query(
    store: Store, whole: MapRollup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no terminal lies the answer is empty without asking the database."""
    monkeypatch.setattr(store, "fetch", lambda *_args: pytest.fail("queried"))
    assert tile_rows(store, whole, Tile(10, 3, 3)).table is None


def test_old_lenses_are_dropped(store: Store, whole: MapRollup, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the lenses asked for last stay in the file, each with its sums for far views and nothing else."""
    monkeypatch.setattr(rollup_list, "IN_USE", 0.0)
    for month in range(1, 9):
        ensure_map_rollup(store, SalesWindow("rival", dt.date(2025, 1, 1), dt.date(2025, month, 1)))
        ensure_map_rollup(store, whole.request)
    tables = store.fetch(
        "SELECT t.table_name AS name FROM duckdb_tables() AS t WHERE t.table_name LIKE 'lens_%'"
    )
    names = set(tables["name"].to_pylist())
    lenses = {name for name in names if name.count("_") == 1}
    assert len(lenses) == rollup_list.ROLLUPS_PER_KIND
    assert whole.table in lenses
    assert names == lenses | {f"{name}_{part}" for name in lenses for part in ("far", "sums", "rivals")}


@pytest.mark.parametrize("zoom", [8, 11, 14, 17])
def test_a_displaced_map_shows_every_terminal_once(store: Store, whole: MapRollup, zoom: int) -> None:
    """On a GCJ-02 map the tiles around the middle hold each terminal once, in the tile it is drawn in."""
    _zoom, x, y = tile_at(30.0, 114.0, zoom)
    around = [(zoom, x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    found = []
    for tile in around:
        rows = displaced_rows(store, whole, Tile(*tile), system="GCJ-02")
        if rows.table is None or rows.cell_zoom is not None:
            continue
        lat, lon = convert(rows.table["lat"].to_numpy(), rows.table["lon"].to_numpy(), "WGS-84", "GCJ-02")
        assert {tile_at(a, b, zoom) for a, b in zip(lat, lon, strict=True)} <= {tile}
        found += rows.table["terminal_id"].to_pylist()
    assert len(found) == len(set(found))
    if whole.street_zoom <= zoom:
        placed = store.fetch(
            "SELECT t.terminal_id, t.lat, t.lon FROM terminal AS t WHERE t.cell >= 0"
        ).to_pandas()
        lat, lon = convert(placed["lat"], placed["lon"], "WGS-84", "GCJ-02")
        drawn = [tile_at(a, b, zoom) in around for a, b in zip(lat, lon, strict=True)]
        assert set(found) == set(placed.loc[drawn, "terminal_id"])


@pytest.mark.parametrize("zoom", [7, 10])
def test_a_displaced_map_loses_no_cell(store: Store, whole: MapRollup, zoom: int) -> None:
    """Over all tiles of a far view the sums on a GCJ-02 map are those of the plain one."""
    _zoom, x, y = tile_at(30.0, 114.0, zoom)
    reach = range(-3, 4)
    totals = dict.fromkeys(("WGS-84", "GCJ-02"), 0)
    for system in totals:
        for i in reach:
            for j in reach:
                tile = (zoom, x + i, y + j)
                rows = displaced_rows(store, whole, Tile(*tile), system=system).table
                totals[system] += 0 if rows is None else sum(rows["terminals"].to_pylist())
    assert totals["GCJ-02"] == totals["WGS-84"] > 0
