"""Boundaries as they are published: whose they are, in which system, and what stays out."""

from __future__ import annotations

import json

import pytest
import shapely

from core.exchange.canonical.importing import load
from core.exchange.flow import FileAnswers, Known, load_file, open_file, prepare
from core.exchange.flow.outlines.rows import SYSTEM_QUESTION
from tests.core.exchange.outline_files import (
    WUHAN,
    YICHANG,
    feature,
    geojson,
    in_system,
    metres,
    shapefile_zip,
    topojson,
)

REGIONS = (
    "region_id,parent_id,level,name,adcode\nHB,,province,湖北省,420000\nWH,HB,city,武汉市,420100\n"
    "YC,HB,city,宜昌市,420500\nES,HB,city,恩施土家族苗族自治州,422800\nXY,HB,city,襄阳市,420600\n"
)


@pytest.fixture
def hubei(store, tmp_path):
    """A store with a province and four of its cities, whose IDs are not their codes."""
    path = tmp_path / "region.csv"
    path.write_text(REGIONS, "utf-8")
    load(store, [path])
    return store


def understand(store, tmp_path, content, name="map.geojson", system=None):
    """Open a file and, where a system is told, answer with it."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    flow = open_file(path, Known(store))
    if system is not None:
        answers = FileAnswers()
        for sheet in flow.sheets:
            answers = answers.about(sheet.name, answers.of(sheet.name).chose(*SYSTEM_QUESTION, system))
        flow = open_file(path, Known(store), answers)
    return flow


def stored(store):
    """Return the outlines of the store."""
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT region_id, geometry_wkb FROM region_boundary ORDER BY 1").fetchall()
    return {region: shapely.from_wkb(bytes(wkb)) for region, wkb in rows}


def loaded(store, flow):
    """Load a file and return the outlines of the store."""
    load_file(prepare(flow, Known(store)), Known(store))
    return stored(store)


def same(one, other):
    """Tell whether two outlines are one to some metres."""
    return shapely.symmetric_difference(one, other).area < 1e-4 * other.area


def test_amaps_files_are_matched_by_code_and_asked_for_gcj02(hubei, tmp_path) -> None:
    """A file keyed by adcode says whose each outline is; GCJ-02 is proposed, and nothing loads unasked."""
    wuhan = feature(in_system(WUHAN, "GCJ-02"), adcode=420100, name="某市", acroutes=[100000, 420000])
    whole = feature(in_system(box_of_both(), "GCJ-02"), adcode=420000, name="湖北省", acroutes=[100000])
    flow = understand(hubei, tmp_path, geojson(wuhan, whole))
    (question,) = flow.questions
    assert (question.code, question.proposed) == ("crs", "GCJ-02")
    assert not prepare(flow, Known(hubei)).ready
    outlines = loaded(hubei, understand(hubei, tmp_path, geojson(wuhan, whole), system="GCJ-02"))
    assert set(outlines) == {"WH", "HB"}
    assert same(outlines["WH"], WUHAN)
    assert outlines["WH"].exterior.is_ccw


def box_of_both():
    """Return an outline around both cities."""
    return shapely.envelope(shapely.union(WUHAN, YICHANG))


@pytest.mark.parametrize(
    "properties",
    [
        {"adcode": "420100000000"},
        {"gb": "156420100"},
        {"adcode": 420100.0, "name": "?"},
        {"区划名称": "武汉市"},
        {"NAME": "武漢市"},
        {"省": "湖北省", "市": "武汉市"},
        {"code": "X", "name": "武汉市"},  # a code of the maker's own: the name says it
    ],
)
def test_codes_and_names_of_any_column_tell_the_region(hubei, tmp_path, properties) -> None:
    """Whatever the column is called, a code or name of a known region in it is found without a question."""
    flow = understand(hubei, tmp_path, geojson(feature(WUHAN, **properties)), system="WGS-84")
    assert flow.questions == ()
    assert set(loaded(hubei, flow)) == {"WH"}


def test_names_that_are_not_sure_are_asked(hubei, tmp_path) -> None:
    """A name without its ending is a proposal to be confirmed; a changed one too."""
    content = geojson(
        feature(WUHAN, name="武汉"), feature(YICHANG, name="襄樊市"), feature(YICHANG, name="恩施州")
    )
    flow = understand(hubei, tmp_path, content, system="WGS-84")
    asked = {question.source.match.name: question.proposed for question in flow.questions}
    assert asked == {"武汉": "WH", "襄樊市": "XY"}


def test_part_of_a_file_is_taken_and_the_rest_listed(hubei, tmp_path) -> None:
    """Unknown regions, features without a polygon and the South Sea's lines stay out, each by its name."""
    line = {"type": "Feature", "properties": {"adcode": "100000_JD", "name": ""}}
    line["geometry"] = {"type": "LineString", "coordinates": [[110, 18], [112, 10]]}
    point = {"type": "Feature", "properties": {"adcode": 420500, "name": "宜昌市"}, "geometry": None}
    known, foreign = (
        feature(WUHAN, adcode=420100, name="武汉市"),
        feature(YICHANG, adcode=430100, name="长沙市"),
    )
    flow = understand(hubei, tmp_path, geojson(known, foreign, line, point), system="WGS-84")
    prepared = prepare(flow, Known(hubei))
    assert [(flaw.source.code, flaw.value) for flaw in prepared.flaws] == [
        ("outline_of_nobody", "430100 长沙市"),
        ("outline_of_nobody", "100000_JD"),
        ("no_polygon", "420500 宜昌市"),
    ]
    assert (prepared.good, prepared.bad, prepared.ready) == (1, 0, True)
    assert set(loaded(hubei, flow)) == {"WH"}


def test_parts_of_one_region_are_joined(hubei, tmp_path) -> None:
    """Two features of one code become one outline."""
    parts = [feature(WUHAN, adcode=420100), feature(YICHANG, adcode=420100)]
    outlines = loaded(hubei, understand(hubei, tmp_path, geojson(*parts), system="WGS-84"))
    assert outlines["WH"].area == pytest.approx(0.5)


def test_a_file_of_other_regions_is_refused(hubei, tmp_path) -> None:
    """Where no feature is a known region's, nothing can be loaded, and a sentence says so."""
    flow = understand(hubei, tmp_path, geojson(feature(WUHAN, adcode=430100)))
    assert not prepare(flow, Known(hubei)).ready
    assert "no_outline" in {flaw.source.code for sheet in flow.sheets for flaw in sheet.flaws}


METRES = ("WGS-84 metres", "GCJ-02 metres", "BD-09 metres")


@pytest.mark.parametrize(
    ("shape", "answer", "choices"),
    [
        (in_system(WUHAN, "BD-09"), "BD-09", ("WGS-84", "GCJ-02", "BD-09")),
        (metres(WUHAN), "WGS-84 metres", ("WGS-84 metres", "GCJ-02 metres", "BD-09 metres")),
        (
            metres(in_system(WUHAN, "GCJ-02")),
            "GCJ-02 metres",
            ("WGS-84 metres", "GCJ-02 metres", "BD-09 metres"),
        ),
        (
            shapely.transform(WUHAN, lambda points: points[:, ::-1]),
            "WGS-84 swapped",
            ("WGS-84 swapped", "GCJ-02 swapped", "BD-09 swapped"),
        ),
    ],
)
def test_every_system_becomes_wgs84(hubei, tmp_path, shape, answer, choices) -> None:
    """Degrees of each system, metres and exchanged degrees are asked about and land in the same place."""
    content = geojson(feature(shape, adcode=420100))
    assert understand(hubei, tmp_path, content).questions[0].choices == choices
    assert same(loaded(hubei, understand(hubei, tmp_path, content, system=answer))["WH"], WUHAN)


def test_shops_on_the_border_tell_the_system(hubei, tmp_path) -> None:
    """Shops along the inner border land inside only when the outline is read in its own system."""
    lines = ["terminal_id,name,region_id,lat,lon"]
    for at in range(80):
        along = 0.005 + at * 0.006
        lines += [f"A{at},甲{at},WH,{30.3005},{114 + along}", f"B{at},乙{at},WH,{30.3 + along},{114.0005}"]
        lines += [f"C{at},丙{at},WH,{30.7995},{114 + along}", f"D{at},丁{at},WH,{30.3 + along},{114.4995}"]
    path = tmp_path / "terminal.csv"
    path.write_text("\n".join(lines), "utf-8")
    load(hubei, [path])
    flow = understand(hubei, tmp_path, geojson(feature(in_system(WUHAN, "BD-09"), adcode=420100)))
    assert flow.questions[0].proposed == "BD-09"


def test_the_declared_system_is_proposed_and_a_foreign_one_refused(hubei, tmp_path) -> None:
    """CRS84 proposes WGS-84; a projection with a datum of its own is refused with its name."""
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    flow = understand(hubei, tmp_path, geojson(feature(WUHAN, code="420100"), crs=crs))
    assert flow.questions[0].proposed == "WGS-84"
    crs["properties"]["name"] = "urn:ogc:def:crs:EPSG::4547"
    with pytest.raises(Exception, match="4547"):
        understand(hubei, tmp_path, geojson(feature(WUHAN, code="420100"), crs=crs))


def test_topojson(hubei, tmp_path) -> None:
    """Arcs that two neighbours share give both their outlines."""
    outlines = loaded(hubei, understand(hubei, tmp_path, topojson(), "china.json", system="WGS-84"))
    assert outlines["WH"].equals(shapely.box(111, 30, 112, 31))
    assert outlines["YC"].equals(shapely.box(112, 30, 113, 31))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_shapefile_in_a_zip(hubei, tmp_path, encoding) -> None:
    """Names in UTF-8 or GBK without a .cpg are read, codes written as numbers found, WGS-84 proposed."""
    prj = 'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000"]]]'
    rows = [(420100, "武汉市", WUHAN), (None, "宜昌市", YICHANG)]
    content = shapefile_zip(rows, encoding=encoding, prj=prj)
    flow = understand(hubei, tmp_path, content, "city.zip")
    assert [question.proposed for question in flow.questions] == ["WGS-84"]
    outlines = loaded(hubei, understand(hubei, tmp_path, content, "city.zip", system="WGS-84"))
    assert set(outlines) == {"WH", "YC"}
    assert same(outlines["YC"], YICHANG)


def test_an_old_echarts_map_is_unpacked(hubei, tmp_path) -> None:
    """Rings packed as characters, deltas in 1/1024 of a degree, are outlines all the same."""

    def packed(points):
        text, before = "", (0, 0)
        for x, y in points:
            for step in (x - before[0], y - before[1]):
                text += chr(((step << 1) ^ (step >> 31)) + 64)
            before = (x, y)
        return text

    ring = packed([(0, 0), (512, 0), (512, 512), (0, 512), (0, 0)])
    geometry = {"type": "Polygon", "coordinates": [ring], "encodeOffsets": [[114 * 1024, 30 * 1024]]}
    item = {
        "type": "Feature",
        "id": "420100",
        "properties": {"name": "武汉市", "cp": [1, 2]},
        "geometry": geometry,
    }
    content = json.dumps({"type": "FeatureCollection", "features": [item], "UTF8Encoding": True})
    outlines = loaded(hubei, understand(hubei, tmp_path, content, system="WGS-84"))
    assert outlines["WH"].equals(shapely.box(114, 30, 114.5, 30.5))


def test_a_saved_mapping_reads_the_next_file(hubei, tmp_path) -> None:
    """What was answered is kept: a second file of the same shape asks nothing."""
    loaded(hubei, understand(hubei, tmp_path, geojson(feature(WUHAN, adcode=420100)), system="GCJ-02"))
    again = understand(hubei, tmp_path, geojson(feature(YICHANG, adcode=420500)), "next.geojson")
    assert again.questions == ()
    assert set(loaded(hubei, again)) == {"WH", "YC"}
