"""Boundaries from GeoJSON: turned, repaired, and tied to known regions."""

from __future__ import annotations

import json

import shapely

from core.exchange.canonical.boundaries import is_own
from core.exchange.canonical.importing import check_files, load

CLOCKWISE = [[[0, 0], [0, 2], [2, 2], [2, 0], [0, 0]]]
BOW_TIE = [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]


def feature(region, rings, **more):
    """Return a polygon feature that carries a region id."""
    geometry = {"type": "Polygon", "coordinates": rings}
    return {"type": "Feature", "properties": {"region_id": region}, "geometry": geometry, **more}


def geojson(path, *features):
    """Write a collection of features."""
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), "utf-8")
    return [path]


def test_rings_are_turned(world, tmp_path, select) -> None:
    """The outer ring runs counter-clockwise and a hole clockwise, whatever the file says."""
    hole = [[0.5, 0.5], [1.5, 0.5], [1.5, 1.5], [0.5, 1.5], [0.5, 0.5]]
    load(world, geojson(tmp_path / "map.geojson", feature("C1", [*CLOCKWISE, hole])))
    ((wkb, origin),) = select("SELECT geometry_wkb, origin FROM region_boundary")
    polygon = shapely.from_wkb(bytes(wkb))
    assert (polygon.area, origin) == (3.0, "imported")
    assert polygon.exterior.is_ccw
    assert not polygon.interiors[0].is_ccw


def test_a_polygon_that_crosses_itself_is_repaired(world, tmp_path, select) -> None:
    """A bow tie becomes two triangles, with a warning."""
    result = load(world, geojson(tmp_path / "map.geojson", feature("C1", BOW_TIE)))
    assert [p.code for p in result.check.problems] == ["repaired"]
    polygon = shapely.from_wkb(bytes(select("SELECT geometry_wkb FROM region_boundary")[0][0]))
    assert polygon.is_valid
    assert polygon.area == 2.0


def test_what_belongs_to_no_region(world, tmp_path) -> None:
    """Unknown ids, missing ids, points and projected coordinates are found at once."""
    point = {
        "type": "Feature",
        "properties": {"region_id": "C2"},
        "geometry": {"type": "Point", "coordinates": [0, 0]},
    }
    metres = [[[500000, 4600000], [500100, 4600000], [500100, 4600100], [500000, 4600000]]]
    path = geojson(
        tmp_path / "map.geojson",
        feature("NO", CLOCKWISE),
        feature(None, CLOCKWISE),
        point,
        feature("P", metres),
    )
    found = {(p.code, p.value, p.rows) for p in check_files(world, path).problems}
    assert found == {
        ("unknown_reference", "NO", (1,)),
        ("missing", None, (2,)),
        ("no_area", "C2", (3,)),
        ("not_degrees", "P", (4,)),
    }


def test_only_files_of_this_program_go_without_questions(world, tmp_path) -> None:
    """region_id in every feature makes a file this program's; an id, or a code, makes it somebody else's."""
    own = geojson(tmp_path / "own.geojson", feature("C2", CLOCKWISE))
    assert is_own(own[0])
    assert load(world, own).changed
    assert not load(world, own).changed
    item = feature("C2", CLOCKWISE, id="C2")
    del item["properties"]["region_id"]
    assert not is_own(geojson(tmp_path / "foreign.geojson", feature("C1", CLOCKWISE), item)[0])
