#!/usr/bin/env bash
# ipfn 1.4.4 prints "converged" and returns a table whose rows miss their totals where the margins do not fit.
# Seen: row totals 300, 200, 150 against column totals that sum to 690: the rows come back as 318.46, 212.31, 159.23.
# With a row of zeros in the seed that should reach 300: the row stays 0, the others take its 300, still "converged".
# The columns tie in both cases because they are fitted last; no exception, no warning, nothing to test.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ipfn==1.4.4 pandas numpy
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import contextlib
import io

import numpy as np
from ipfn import ipfn


def fit(seed, columns):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        table = ipfn.ipfn(
            np.array(seed, float), [np.array([300.0, 200, 150]), np.array(columns, float)], [[0], [1]]
        ).iteration()
    print(said.getvalue().strip(), table.sum(axis=1).round(2), table.sum(axis=0).round(2))
    assert "converged" in said.getvalue()
    return table.sum(axis=1).round(2).tolist()


unequal = fit([[120, 80, 50], [60, 90, 30], [40, 30, 60]], [260, 230, 200])
assert unequal == [318.46, 212.31, 159.23], unequal
empty = fit([[0, 0, 0], [60, 90, 30], [40, 30, 60]], [260, 230, 160])
assert empty == [0.0, 371.96, 278.04], empty
PYTHON
