"""Territories from files: what is written, and what is refused with a reason."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from core.__main__ import main


def square(x, y, size=1.0):
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def zones(tmp_path, places, weights=None, ids=None):
    """Write zones of one hundredth of a degree at some columns and rows."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "region_id": f"00{n}" if ids is None else ids[n],
                "population": 10 if weights is None else weights[n],
            },
            "geometry": {"type": "Polygon", "coordinates": [square(0.01 * x, 0.01 * y, 0.01)]},
        }
        for n, (x, y) in enumerate(places)
    ]
    path = tmp_path / "zones.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def solve(path, tmp_path, *more, territories=2):
    out = tmp_path / "out.csv"
    arguments = [str(path), "--territories", str(territories), "--steps", "20000", "--out", str(out), *more]
    return main(["solve-territories", *arguments]), out


LINE = [(0, 0), (1, 0), (2, 0), (3, 0)]


def test_zones_get_territories_in_the_order_of_the_file(tmp_path, capsys):
    """Four zones in a row become two pairs; the objective stands in the last line."""
    code, out = solve(zones(tmp_path, LINE), tmp_path)
    assert code == 0
    table = pd.read_csv(out, dtype=str)
    assert table["region_id"].tolist() == ["000", "001", "002", "003"]
    assert table["territory"].tolist() in (["0", "0", "1", "1"], ["1", "1", "0", "0"])
    last = capsys.readouterr().out.strip().splitlines()[-1]
    # Every centroid lies 0.005° of the equator from the middle of its pair.
    assert float(last.removeprefix("objective=")) == pytest.approx(4 * 10 * 0.005 * 111.1951, rel=1e-5)


def test_given_neighbours_count_instead_of_borders(tmp_path):
    """Zones 000 and 003 that are said to be neighbours, and 001 and 002, are the two pairs."""
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("a,b\n000,003\n001,002\n", encoding="utf-8")
    code, out = solve(zones(tmp_path, LINE), tmp_path, "--adjacent", str(pairs))
    assert code == 0
    territory = pd.read_csv(out, dtype=str)["territory"].tolist()
    assert territory[0] == territory[3] != territory[1] == territory[2]


def test_islands_are_refused_with_the_pair_that_joins_them(tmp_path, capsys):
    """Three zones and an island of one make no two territories; the nearest pair is offered."""
    code, out = solve(zones(tmp_path, [(0, 0), (1, 0), (2, 0), (5, 0)]), tmp_path)
    assert code == 1
    assert not out.exists()
    assert "002" in (said := capsys.readouterr().err)
    assert "003" in said


def test_zones_that_touch_in_a_corner_are_no_neighbours(tmp_path):
    """Two squares that meet in a corner don't make a territory in one piece."""
    code, _out = solve(zones(tmp_path, [(0, 0), (1, 1)]), tmp_path, territories=1)
    assert code == 1


@pytest.mark.parametrize(
    ("weights", "ids", "pairs", "said"),
    [
        ([10, None, 10, 10], None, None, "001"),  # no weight
        ([10, "many", 10, 10], None, None, "many"),  # no number
        ([10, -1, 10, 10], None, None, "001"),  # below 0
        ([100, 1, 1, 1], None, None, "000"),  # heavier than a territory may be
        (None, ["a", "a", "b", "c"], None, "a"),  # twice
        (None, ["a", None, "b", "c"], None, "2"),  # no id
        (None, ["a", "b", "c", "d"], "a,b\nb,x\n", "x"),  # a pair of an unknown zone
        (None, ["a", "b", "c", "d"], "a\nb\n", "pairs.csv"),  # no pairs
    ],
)
def test_files_without_sense_are_refused(tmp_path, capsys, weights, ids, pairs, said):
    """A zone or pair that can't be used is named, and nothing is written."""
    more = []
    if pairs is not None:
        (tmp_path / "pairs.csv").write_text(pairs, encoding="utf-8")
        more = ["--adjacent", str(tmp_path / "pairs.csv")]
    code, out = solve(zones(tmp_path, LINE, weights, ids), tmp_path, *more)
    assert code == 1
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_a_property_that_no_zone_has_is_refused_with_the_nearest(tmp_path, capsys):
    """A weight that isn't there is refused with those that are."""
    code, _out = solve(zones(tmp_path, LINE), tmp_path, "--weight", "populaton")
    assert code == 1
    assert "population" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [("--tolerance", "0"), ("--seconds", "-1"), ("--steps", "0"), ("--seed", "-1")]
)
def test_arguments_out_of_range_are_refused(tmp_path, arguments):
    """Tolerance, seconds, steps and seed have bounds."""
    assert solve(zones(tmp_path, LINE), tmp_path, *arguments)[0] == 1
