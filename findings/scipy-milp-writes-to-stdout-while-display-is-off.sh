#!/usr/bin/env bash
# scipy 1.17.1's milp (HiGHS) writes debugging lines to the process's standard output although disp is False, its
# default, documented as printing nothing. Seen on an ordinary model with fixed charges: a line
# "HighsMipSolverData::transformNewIntegerFeasibleSolution tmpSolver.run();" for each improved solution of a sub-model.
# It comes from C++, so contextlib.redirect_stdout does not catch it: a command whose output is parsed by a script
# gets lines that are not its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import contextlib
import io
import os
import tempfile

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

draw = np.random.default_rng(5)
gain = draw.integers(10, 100, 120).astype(float)
use = draw.integers(5, 60, (4, 120)).astype(float)
charge = draw.integers(5, 40, 120)
limits = [
    LinearConstraint(np.c_[np.zeros((4, 120)), use], -np.inf, use.sum(axis=1) * 0.3),
    LinearConstraint(np.c_[-np.eye(120), np.eye(120)], -np.inf, 0),
]
caught = io.StringIO()
with tempfile.TemporaryFile() as file:
    kept = os.dup(1)
    os.dup2(file.fileno(), 1)
    with contextlib.redirect_stdout(caught):
        answer = milp(
            np.r_[charge, -gain], constraints=limits, integrality=np.r_[np.ones(120), np.zeros(120)],
            bounds=Bounds(0, 1), options={"mip_rel_gap": 0},
        )
    os.dup2(kept, 1)
    file.seek(0)
    written = file.read().decode()
print(answer.message, "lines written:", written.count("\n"), "caught by redirect_stdout:", len(caught.getvalue()))
assert "transformNewIntegerFeasibleSolution" in written
assert caught.getvalue() == ""
PYTHON
