#!/usr/bin/env bash
# libpysal 4.14.1: two regions whose outlines run along each other for their whole width, but have corners at
# different places on it, are no neighbours for Rook contiguity ("share an edge"): edges are compared by their end
# points, not by where they lie. The map stays connected by other regions, so there is no warning either.
# Seen: a county below two counties that meet in the middle of its border, all three beside a fourth that shares
# whole edges with each: Rook joins the lower one with the fourth only, Graph.build_contiguity(rook=True) as well,
# while shapely measures common borders of length 1. With strict=True, which is off, Graph finds them.
# Outlines published by county are often like this: each was simplified on its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check libpysal==4.14.1 geopandas==1.1.1 shapely==2.1.2
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import geopandas
from libpysal.graph import Graph
from libpysal.weights import Rook
from shapely.geometry import Polygon, box

lower, left, right = box(0, 0, 2, 1), box(0, 1, 1, 2), box(1, 1, 2, 2)
fourth = Polygon([(2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 3), (3, 3), (3, 0)])
counties = geopandas.GeoDataFrame(geometry=[lower, left, right, fourth])
rook = {i: sorted(n) for i, n in Rook.from_dataframe(counties, use_index=False).neighbors.items()}
graph = Graph.build_contiguity(counties, rook=True)
strict = Graph.build_contiguity(counties, rook=True, strict=True)
print("common borders of the lower one:", [lower.intersection(other).length for other in (left, right, fourth)])
print("Rook:", rook)
print("Graph:", sorted(graph[0].index), "strict:", sorted(strict[0].index))
assert [lower.intersection(other).length for other in (left, right, fourth)] == [1, 1, 1]
assert rook[0] == [3]
assert sorted(graph[0].index) == [3]
assert sorted(strict[0].index) == [1, 2, 3]
PYTHON
