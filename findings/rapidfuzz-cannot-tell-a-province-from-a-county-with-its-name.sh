#!/usr/bin/env bash
# rapidfuzz 3.14.6's WRatio, the default scorer of process.extract, gives every candidate that contains the query the
# same 90. Seen: 河南 (the province) scores 90 with 河南省 and 90 with 河南蒙古族自治县, a county of Qinghai; 海南 the same
# with 海南省 and 海南藏族自治州. The winner is whichever stands first in the list, so sorting the list changes the match.
# fuzz.ratio tells them apart (80 and 40).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rapidfuzz==3.14.6
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from rapidfuzz import fuzz, process

for query, near, far in [("河南", "河南省", "河南蒙古族自治县"), ("海南", "海南省", "海南藏族自治州")]:
    for choices in ([near, far], [far, near]):
        best = process.extractOne(query, choices)
        print(query, choices, "->", best, "| ratio", [round(fuzz.ratio(query, each)) for each in choices])
        assert best[0] == choices[0]
        assert best[1] == 90.0
    assert fuzz.ratio(query, near) == 80.0 and fuzz.ratio(query, far) < 45
PYTHON
