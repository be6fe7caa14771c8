"""The command ``solve-pvrp``, called as from a shell."""

from __future__ import annotations

import json

import pytest

from core.__main__ import main

SMALL = """1 1 2 2
0 5
0 5
0 0 0 0 0 0 0
1 3 4 0 4 1 2 1 2
2 6 8 0 4 1 2 1 2
"""


@pytest.fixture
def instance(tmp_path):
    """Write the small instance; return its path and that of the solution to be."""
    (tmp_path / "small").write_text(SMALL)
    return tmp_path / "small", tmp_path / "solution.json"


def call(path, out, *more):
    """Call the command for a fifth of a second."""
    return main(["solve-pvrp", str(path), "--seconds", "0.2", "--seed", "1", "--out", str(out), *more])


def test_a_solution_is_written(instance):
    """Two customers of demand 4 with a limit of 5 go to one day each: 2 × 5 + 2 × 10."""
    path, out = instance
    assert call(path, out) == 0
    written = json.loads(out.read_text())
    assert written["cost"] == pytest.approx(30.0)
    assert sorted((r["day"], r["vehicle"]) for r in written["routes"]) == [(1, 1), (2, 1)]
    assert sorted(r["stops"] for r in written["routes"]) == [[1], [2]]


def test_what_can_not_fit_is_refused_and_nothing_is_written(instance, capsys):
    """A limit of 3 is below both demands: exit code 1, both customers named, no file."""
    path, out = instance
    path.write_text(SMALL.replace("0 5", "0 3"))
    assert call(path, out) == 1
    told = capsys.readouterr().err
    assert "1" in told
    assert "2" in told
    assert not out.exists()


def test_a_packing_that_does_not_exist_is_refused(instance, capsys):
    """Three demands of 4 fit 14 in sum but not two vehicles of 7: it is told by how much that fails."""
    path, out = instance
    text = SMALL.replace("1 1 2 2", "1 1 3 2").replace("0 5", "0 7") + "3 1 1 0 4 1 2 1 2\n"
    path.write_text(text)
    assert call(path, out) == 1
    assert "1.0" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("seconds", ["-1", "nan"])
def test_a_negative_time_is_refused(instance, seconds):
    """The time to search is a number of at least 0."""
    path, out = instance
    assert call(path, out, "--seconds", seconds) == 1


def test_a_missing_folder_is_refused_before_the_search(instance, tmp_path):
    """A solution that can't be written is said before anybody waits."""
    path, _out = instance
    assert call(path, tmp_path / "none" / "solution.json") == 1
    assert call(tmp_path / "missing", tmp_path / "solution.json") == 1
