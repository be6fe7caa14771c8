#!/usr/bin/env bash
# The same EUC_2D file gives three distance matrices. TSPLIB 95 defines EUC_2D as rounded to the nearest integer.
# Seen: vrplib 2.2.0 leaves the distances unrounded (18.868, 3.606), pyvrp 0.14.1's read() cuts the fraction off
# (18, 3) unless round_func="round" is given (19, 4). A cost printed by one is not comparable with the other's or with published ones,
# and nothing says so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check vrplib==2.2.0 pyvrp==0.14.1
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from pathlib import Path

import pyvrp
import vrplib

Path("tiny.vrp").write_text(
    "NAME : tiny\nTYPE : CVRP\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 10\nNODE_COORD_SECTION\n"
    "1 0 0\n2 10 16\n3 2 3\nDEMAND_SECTION\n1 0\n2 1\n3 1\nDEPOT_SECTION\n1\n-1\nEOF\n"
)
plain = vrplib.read_instance("tiny.vrp")["edge_weight"][0].tolist()
cut = pyvrp.read("tiny.vrp").distance_matrix(0)[0].tolist()
nearest = pyvrp.read("tiny.vrp", round_func="round").distance_matrix(0)[0].tolist()
print("vrplib", plain, "pyvrp", cut, "pyvrp round", nearest)
assert [round(each, 4) for each in plain] == [0.0, 18.868, 3.6056]
assert cut == [0, 18, 3]
assert nearest == [0, 19, 4]
PYTHON
