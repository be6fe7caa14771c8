"""JSON, XML and HTML that is hostile or odd: deep, cyclic, expanding, with outlines that aren't any."""

# ruff: noqa: E501, PLW0108 - a file is a line here, and each is made when it is asked for

from __future__ import annotations

import json
import math
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.core.exchange.hostile.books import cut
from tests.core.exchange.hostile.packages import archive
from tests.core.exchange.outline_files import WUHAN, YICHANG, feature, geojson, shapefile_zip, topojson

if TYPE_CHECKING:
    from collections.abc import Callable

SQUARE = [[114.0, 30.0], [115.0, 30.0], [115.0, 31.0], [114.0, 30.0]]
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)
XML_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>{}</Table>'
    "</Worksheet></Workbook>"
)
ROW = (
    "<Row>"
    + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in ("区域", "客户"))
    + "</Row>"
)


def polygon(*rings: object, **properties: object) -> str:
    """Return a collection of one polygon, whatever its rings are."""
    shape = {"type": "Polygon", "coordinates": list(rings)}
    return collection({"type": "Feature", "properties": {"name": "武汉市", **properties}, "geometry": shape})


def collection(*features: object) -> str:
    """Return a collection of features, whatever they are."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False)


def circle(points: int) -> list[list[float]]:
    """Return a ring of many points."""
    ring = [
        [114 + math.cos(2 * math.pi * n / points), 30 + math.sin(2 * math.pi * n / points)]
        for n in range(points)
    ]
    return [*ring, ring[0]]


def topology(arcs: object, use: object, **more: object) -> str:
    """Return a topology of one polygon, whatever its arcs are."""
    shape = {"type": "Polygon", "arcs": use, "properties": {"name": "武汉市"}}
    objects = {"a": {"type": "GeometryCollection", "geometries": [shape]}}
    return json.dumps({"type": "Topology", "arcs": arcs, "objects": objects, **more})


def trees() -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by its name."""
    shapes: dict[str, Callable[[], str]] = {
        "deep_list.json": lambda: "[" * 1_000_000,
        "deep_list_closed.json": lambda: "[" * 100_000 + "]" * 100_000,
        "deep_object.json": lambda: '{"a":' * 200_000 + "1" + "}" * 200_000,
        "deep_value.json": lambda: '[{"a":' + '{"b":' * 900 + "1" + "}" * 900 + ',"c":1}]',
        "deep_geometry.geojson": lambda: polygon(json.loads("[" * 500 + "]" * 500)),
        "wide_object.json": lambda: json.dumps([{f"k{n}": n for n in range(100_000)}]),
        "other_keys.json": lambda: json.dumps([{f"k{n}": n} for n in range(20_000)]),
        "long_text.json": lambda: json.dumps([{"a": "x" * 5_000_000, "b": 1}]),
        "long_number.json": lambda: '[{"a": ' + "9" * 100_000 + "}]",
        "not_numbers.json": lambda: '[{"a": NaN, "b": Infinity}, {"a": -Infinity, "b": 1e400}]',
        "same_keys.json": lambda: '[{"a": 1, "a": 2, "b": 3}, {"a": 4, "b": 5}]',
        "lone_surrogate.json": lambda: '[{"区域": "\\ud800", "客户": "a"}, {"区域": "b", "客户": "\\udfff"}]',
        "nul_in_text.json": lambda: '[{"区域": "a\\u0000b", "客户": "c"}]',
        "turned_text.json": lambda: '[{"区域": "\\u202e武汉", "客户": "\\u200b甲", "销售额": 1}]',
        "no_table.json": lambda: '{"a": 1}',
        "null.json": lambda: "null",
        "empty_list.json": lambda: "[]",
        "mixed_list.json": lambda: '[1, "a", null, {"a": 1}, [2]]',
        "lines_half_wrong.jsonl": lambda: '{"a": 1}\n{"a": }\n',
        "million_records.json": lambda: "[" + ",".join(f'{{"a":{n},"b":"x"}}' for n in range(200_000)) + "]",
        "null_geometry.geojson": lambda: collection({"type": "Feature", "properties": {"name": "a"}, "geometry": None}),
        "no_geometry.geojson": lambda: collection({"type": "Feature", "properties": {"name": "a"}}),
        "null_feature.geojson": lambda: collection(None, 1, "a", []),
        "null_properties.geojson": lambda: collection({"type": "Feature", "properties": None, "geometry": None}),
        "features_no_list.geojson": lambda: '{"type": "FeatureCollection", "features": {"a": 1}}',
        "no_features.geojson": lambda: collection(),
        "ring_of_one.geojson": lambda: polygon([[114.0, 30.0]]),
        "ring_of_none.geojson": lambda: polygon([]),
        "ring_open.geojson": lambda: polygon(SQUARE[:-1]),
        "ring_of_texts.geojson": lambda: polygon([["a", "b"], ["c", "d"], ["e", "f"], ["a", "b"]]),
        "ring_of_nulls.geojson": lambda: polygon([[None, None]] * 4),
        "ring_not_numbers.geojson": lambda: polygon([[math.nan, 30.0], [115.0, math.inf], [115.0, 31.0], [114.0, 30.0]]),
        "ring_beyond.geojson": lambda: polygon([[1e300, 1e300], [-1e300, 1e300], [0.0, -1e300], [1e300, 1e300]]),
        "ring_of_many.geojson": lambda: polygon(circle(300_000)),
        "ring_crossing.geojson": lambda: polygon([[114, 30], [115, 31], [115, 30], [114, 31], [114, 30]]),
        "ring_in_four_dimensions.geojson": lambda: polygon([[*point, 1, 2] for point in SQUARE]),
        "holes_outside.geojson": lambda: polygon(SQUARE, [[0, 0], [1, 0], [1, 1], [0, 0]]),
        "many_features.geojson": lambda: collection(*(feature(WUHAN, name=f"n{n}", adcode=str(n)) for n in range(3_000))),
        "points.geojson": lambda: collection({"type": "Feature", "properties": {"name": "a"}, "geometry": {"type": "Point", "coordinates": [114, 30]}}),
        "unknown_shape.geojson": lambda: collection({"type": "Feature", "properties": {"name": "a"}, "geometry": {"type": "Blob", "coordinates": []}}),
        "collection_in_collection.geojson": lambda: collection(
            {"type": "Feature", "properties": {"name": "a"}, "geometry": {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": []}]}}
        ),
        "own_regions_unknown.geojson": lambda: geojson(feature(WUHAN, region_id="none")),
        "own_regions_twice.geojson": lambda: geojson(feature(WUHAN, region_id="H1"), feature(YICHANG, region_id="H1")),
        "own_regions_of_signs.geojson": lambda: geojson(feature(WUHAN, region_id="\u202eH1")),
        "unknown_system.geojson": lambda: geojson(feature(WUHAN, name="武汉市"), crs={"type": "name", "properties": {"name": "urn:x:EPSG::99999"}}),
        "good.topojson": topojson,
        "arcs_beyond.topojson": lambda: topology([[[0, 0], [1, 1]]], [[99, ~77]]),
        "arcs_of_texts.topojson": lambda: topology([["a"]], [["b"]]),
        "arcs_none.topojson": lambda: topology([], [[0]]),
        "arcs_no_list.topojson": lambda: topology({"a": 1}, 7),
        "arcs_short.topojson": lambda: topology([[[0, 0]]], [[0]]),
        "arcs_far.topojson": lambda: topology([[[0, 0], [10**30, 10**30], [1, 0]]], [[0, 0, 0]]),
        "arcs_repeated.topojson": lambda: topology([[[0, 0], [1, 0], [0, 1]]], [[0] * 20]),
        "scale_of_zero.topojson": lambda: topology([[[0, 0], [1, 0], [0, 1], [-1, -1]]], [[0]], transform={"scale": [0, 0], "translate": [0, 0]}),
        "scale_of_text.topojson": lambda: topology([[[0, 0], [1, 0], [0, 1], [-1, -1]]], [[0]], transform={"scale": "a"}),
        "objects_none.topojson": lambda: '{"type": "Topology", "arcs": [], "objects": {}}',
        "entities.xml": lambda: ENTITIES + "<x>&b;</x>",
        "entities_in_book.xml": lambda: ENTITIES + XML_2003.format("<Row><Cell><Data>&b;</Data></Cell></Row>").split("?>", 1)[1],
        "deep.xml": lambda: XML_2003.format("<Row>" * 50_000 + "</Row>" * 50_000),
        "far_cell.xml": lambda: XML_2003.format(ROW + '<Row ss:Index="1048576"><Cell ss:Index="16384"><Data>1</Data></Cell></Row>'),
        "index_beyond.xml": lambda: XML_2003.format(ROW + '<Row ss:Index="99999999999"><Cell><Data>1</Data></Cell></Row>'),
        "index_negative.xml": lambda: XML_2003.format(ROW + '<Row ss:Index="-5"><Cell ss:Index="0"><Data>1</Data></Cell></Row>'),
        "index_text.xml": lambda: XML_2003.format(ROW + '<Row ss:Index="x"><Cell><Data>1</Data></Cell></Row>'),
        "merged_beyond.xml": lambda: XML_2003.format('<Row><Cell ss:MergeAcross="99999999" ss:MergeDown="99999999"><Data>1</Data></Cell></Row>'),
        "number_text.xml": lambda: XML_2003.format(ROW + '<Row><Cell><Data ss:Type="Number">x</Data></Cell></Row>'),
        "of_nothing.xml": lambda: '<?xml version="1.0"?><a/>',
        "unclosed.xml": lambda: XML_2003.format(ROW)[:-30],
        "deep_tables.html": lambda: "<table><tr><td>" * 5_000,
        "spans_beyond.html": lambda: '<table><tr><td colspan="999999999" rowspan="999999999">a</td></tr></table>',
        "spans_negative.html": lambda: '<table><tr><td colspan="-3">a</td><td rowspan="x">b</td></tr></table>',
        "many_cells.html": lambda: "<table>" + ("<tr>" + "<td>x</td>" * 100 + "</tr>") * 3_000 + "</table>",
        "unclosed.html": lambda: "<table><tr><td>区域<td>销售额<tr><td>华东<td>1",
        "script.html": lambda: "<html><script>" + "a" * 100_000 + "</script><body>no table</body></html>",
        "attributes.html": lambda: "<table " + "a=b " * 100_000 + "><tr><td>a</td></tr></table>",
    }  # fmt: skip
    files: dict[str, Callable[[], bytes]] = {
        name: partial(lambda make: make().encode("utf-8", "surrogatepass"), make)
        for name, make in shapes.items()
    }
    for share in (0.2, 0.7, 0.99):
        files[f"cut_{share}.geojson"] = partial(
            cut, lambda: geojson(feature(WUHAN, name="武汉市")).encode(), share
        )
    return {**files, **_shapefiles()}


def _shapefiles() -> dict[str, Callable[[], bytes]]:
    def parts() -> dict[str, bytes]:
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(shapefile_zip([("420100", "武汉市", WUHAN)]))) as package:
            return {name: package.read(name) for name in package.namelist()}

    def without(*endings: str) -> bytes:
        return archive(*((name, data) for name, data in parts().items() if not name.endswith(endings)))

    def changed(ending: str, change: Any) -> bytes:
        return archive(
            *((name, change(data) if name.endswith(ending) else data) for name, data in parts().items())
        )

    return {
        "shape_without_dbf.zip": lambda: without(".dbf"),
        "shape_without_shx.zip": lambda: without(".shx"),
        "shape_without_shp.zip": lambda: without(".shp"),
        "shape_alone.shp": lambda: next(data for name, data in parts().items() if name.endswith(".shp")),
        "shape_cut.zip": lambda: changed(".shp", lambda data: data[: len(data) // 2]),
        "shape_header_only.zip": lambda: changed(".shp", lambda data: data[:100]),
        "shape_of_nul.zip": lambda: changed(".shp", lambda data: data[:100] + bytes(len(data) - 100)),
        "shape_table_cut.zip": lambda: changed(".dbf", lambda data: data[:40]),
        "shape_table_of_noise.zip": lambda: changed(".dbf", lambda _data: bytes(range(256)) * 4),
        "shape_projection_of_noise.zip": lambda: archive(*parts().items(), ("data/city.prj", b"\xff\x00" * 500)),
        "shape_encoding_unknown.zip": lambda: archive(*parts().items(), ("data/city.cpg", b"klingon")),
    }  # fmt: skip
