"""Files of boundaries as their publishers write them, with invented outlines."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import shapefile
import shapely
from shapely.geometry import box, mapping

from core.geo.coordinates import convert

WUHAN, YICHANG = box(114.0, 30.3, 114.5, 30.8), box(111.0, 30.5, 111.5, 31.0)


def in_system(shape, system):
    """Return an outline of WGS-84 in another system."""

    def moved(points):
        lat, lon = convert(points[:, 1], points[:, 0], "WGS-84", system)
        return np.column_stack([lon, lat])

    return shapely.transform(shapely.segmentize(shape, 0.1), moved)


def metres(shape):
    """Return an outline in metres of Web Mercator."""

    def moved(points):
        x = np.radians(points[:, 0]) * 6_378_137
        y = np.arcsinh(np.tan(np.radians(points[:, 1]))) * 6_378_137
        return np.column_stack([x, y])

    return shapely.transform(shape, moved)


def feature(shape, **properties):
    """Return a feature of GeoJSON."""
    return {"type": "Feature", "properties": properties, "geometry": mapping(shape)}


def geojson(*features, **more):
    """Return a collection."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}, ensure_ascii=False)


def topojson():
    """Return two squares that share an arc, in whole numbers."""
    arcs = [[[0, 0], [0, 10]], [[0, 10], [-10, 0], [0, -10], [10, 0]], [[0, 0], [10, 0], [0, 10], [-10, 0]]]
    geometries = [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "武汉市"}},
        {"type": "MultiPolygon", "arcs": [[[2, ~0]]], "properties": {"name": "宜昌市"}},
    ]
    return json.dumps(
        {
            "type": "Topology",
            "transform": {"scale": [0.1, 0.1], "translate": [112, 30]},
            "arcs": arcs,
            "objects": {"cities": {"type": "GeometryCollection", "geometries": geometries}},
        }
    )


def shapefile_zip(rows, *, encoding="utf-8", prj="", folder="data/"):
    """Return a ZIP with a shapefile: rows of code, name and outline."""
    parts = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, encoding=encoding, shapeType=shapefile.POLYGON) as writer:
        writer.field("CODE", "N", size=12)
        writer.field("名称", "C", size=60)
        for code, name, shape in rows:
            writer.shape(mapping(shapely.orient_polygons(shape, exterior_cw=True)))
            writer.record(code, name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for ending, part in parts.items():
            package.writestr(f"{folder}city.{ending}", part.getvalue())
        if prj:
            package.writestr(f"{folder}city.prj", prj)
    return packed.getvalue()
