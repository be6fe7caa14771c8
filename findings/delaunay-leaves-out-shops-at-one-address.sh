#!/usr/bin/env bash
# scipy 1.17.1's Delaunay triangulation drops all but one of several points at the same place: shops of one mall or
# one market hall are in no triangle and have no neighbours. Seen: of seven points, three at the same place, two are
# missing from the simplices and have an empty neighbour list; they are listed only in .coplanar. A neighbour graph
# built from the simplices falls apart without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from scipy.spatial import Delaunay

points = np.array([[0, 0], [1, 0], [0, 1], [1, 1], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]])
mesh = Delaunay(points)
start, neighbours = mesh.vertex_neighbor_vertices
counts = [int(start[i + 1] - start[i]) for i in range(len(points))]
print("in triangles", sorted(set(mesh.simplices.ravel().tolist())), "neighbours", counts)
print("coplanar", mesh.coplanar.tolist())
assert sorted(set(mesh.simplices.ravel().tolist())) == [0, 1, 2, 3, 4]
assert counts[5:] == [0, 0]
assert sorted(mesh.coplanar[:, 0].tolist()) == [5, 6]
PYTHON
