#!/usr/bin/env bash
# eviltransform 0.1.1 decides by a rectangle whether a point lies in China and so has the GCJ-02 offset. The rectangle
# holds Hanoi, Seoul, Bangkok and Ulaanbaatar too: wgs2gcj moves Hanoi by 442 m and Seoul by 460 m, though maps there
# have no offset. Border shops and whole neighbouring markets land in the next street, without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check eviltransform==0.1.1
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import eviltransform

for name, lat, lng, metres in [("Hanoi", 21.0285, 105.8542, 442), ("Seoul", 37.5665, 126.978, 460)]:
    moved = eviltransform.wgs2gcj(lat, lng)
    shift = eviltransform.distance(lat, lng, *moved)
    print(name, moved, round(shift), "m")
    assert round(shift) == metres
tokyo = eviltransform.wgs2gcj(35.68, 139.76)
assert tokyo == (35.68, 139.76), tokyo
PYTHON
