"""Reading and writing the exchange format of periodic routing instances."""

from __future__ import annotations

import csv
import importlib.util
import json
import math
from pathlib import Path

import pytest

from core.errors import ImportRefusedError
from core.visits import cordeau
from core.visits.routing import solve

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared" / "data" / "pvrp"

SMALL = """1 2 3 5
0 10
0 10
90 10
0 0
0 10
0 0 0 0 0 0 0
1 3 4 7 2 1 2 16 1
2 6 8 5 3 2 2 10 20
3 0 5 0 1 5 1 31
"""


@pytest.fixture(scope="module")
def checker():
    """Load the independent checker, a script beside the package."""
    spec = importlib.util.spec_from_file_location("pvrp_checker", ROOT / "benchmarks" / "pvrp_checker.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_most_significant_bit_is_the_first_day():
    """With five days 16 is day 1, 1 is day 5, and 10 = 01010 is days 2 and 4."""
    one, two, three = cordeau.parse(SMALL).customers
    assert one.combinations == (0b00001, 0b10000)
    assert two.combinations == (0b01010, 0b00101)
    assert three.combinations == (0b11111,)


def test_numbers_of_the_file_arrive():
    """Coordinates become unrounded distances, 0 means no limit, every day has its own limits."""
    problem = cordeau.parse(SMALL)
    assert problem.distance[0, 1] == 5.0
    assert problem.distance[1, 3] == pytest.approx(math.sqrt(10))
    assert [(len(day), day[0].max_load, day[0].max_minutes) for day in problem.shifts] == [
        (2, 10.0, math.inf),
        (2, 10.0, math.inf),
        (2, 10.0, 90.0),
        (2, math.inf, math.inf),
        (2, 10.0, math.inf),
    ]
    assert [(c.minutes, c.demand) for c in problem.customers] == [(7.0, 2.0), (5.0, 3.0), (0.0, 1.0)]


def test_frequency_zero_leaves_the_combinations_in_force():
    """One published instance has frequency 0 beside a list of days; the list counts."""
    problem = cordeau.parse(SMALL.replace("1 3 4 7 2 1 2 16 1", "1 3 4 7 2 0 2 16 1"))
    assert problem.customers[0].combinations == (1, 16)


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("1 2 3 5\n", "4 2 3 5\n", 1, "4"),  # another type
        ("1 2 3 5\n", "1 2 3\n", 1, "3"),  # too few numbers in the head
        ("1 2 3 5\n", "1 0 3 5\n", 1, "0"),  # no vehicle
        ("1 2 3 5\n", "1 2 3 61\n", 1, "61"),  # more than twelve weeks
        ("1 2 3 5\n", "1 2 4 5\n", 10, "11"),  # a customer is missing
        ("90 10", "90", 4, "1"),  # no load
        ("90 10", "-1 10", 4, "-1"),  # negative limit
        ("3 4 7 2", "x 4 7 2", 8, "x"),  # no number
        ("3 4 7 2", "nan 4 7 2", 8, "nan"),  # not finite
        ("3 4 7 2 1 2 16 1", "3 4 7 2 1 3 16 1", 8, "3"),  # a combination is missing
        ("3 4 7 2 1 2 16 1", "3 4 7 2 1 2 16 32", 8, "32"),  # day 6 of 5
        ("3 4 7 2 1 2 16 1", "3 4 7 2 1 2 16 3", 8, "3"),  # two days for one visit
        ("3 4 7 2 1 2 16 1", "3 4 7 2 1 0", 8, ""),  # no combination at all
        ("2 6 8", "5 6 8", 9, "5"),  # numbers not in order
        ("0 0 0 0 0 0 0", "0 0", 7, "2"),  # depot without y
    ],
)
def test_a_wrong_line_is_named(old, new, line, word):
    """The error says the line and the value that is wrong."""
    with pytest.raises(ImportRefusedError) as error:
        cordeau.parse(SMALL.replace(old, new, 1))
    assert str(line) in error.value.message
    assert word in error.value.message


def test_an_empty_file_is_refused():
    """A file without content is no instance."""
    with pytest.raises(ImportRefusedError):
        cordeau.parse("\n \n")


def test_a_missing_or_binary_file_is_refused(tmp_path):
    """What can't be read or is no text is named, without a trace."""
    with pytest.raises(ImportRefusedError, match=r"none\.txt"):
        cordeau.read(tmp_path / "none.txt")
    (tmp_path / "picture").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(ImportRefusedError, match="picture"):
        cordeau.read(tmp_path / "picture")


def test_the_checker_agrees_with_a_solution(tmp_path, checker):
    """What is written passes the independent checker at the same cost."""
    (tmp_path / "small").write_text(SMALL)
    problem = cordeau.parse(SMALL)
    written = json.loads(json.dumps(cordeau.as_json(problem, solve(problem, iterations=500))))
    cost, wrong = checker.check(checker.read_instance(tmp_path / "small"), written)
    assert wrong == []
    assert cost == pytest.approx(written["cost"])


def test_the_checker_finds_what_is_wrong(tmp_path, checker):
    """A wrong day, a lost customer, too much load, a wrong cost and a second route are all found."""
    (tmp_path / "small").write_text(SMALL.replace("0 10\n0 10\n90", "0 4\n0 4\n90"))
    instance = checker.read_instance(tmp_path / "small")
    routes = [{"day": 1, "vehicle": 1, "stops": [2, 3]}, {"day": 1, "vehicle": 1, "stops": [3]}]
    wrong = "\n".join(checker.check(instance, {"cost": 1.0, "routes": routes})[1])
    for word in ("customer 1", "customer 2", "twice on a day", "two routes", "cost 1.0"):
        assert word in wrong
    routes = [{"day": 1, "vehicle": 1, "stops": [1, 2]}, {"day": 9, "vehicle": 1, "stops": []}]
    wrong = "\n".join(checker.check(instance, {"cost": 0.0, "routes": routes})[1])
    assert "load 5.0 over 4.0" in wrong
    assert "no such day" in wrong


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared instances are not here")
@pytest.mark.parametrize("name", ["p01", "p15", "pr01"])
def test_a_published_instance_is_solved_near_the_best_known_cost(name, checker):
    """The plan passes the checker and costs at most 3 % more than the best known one."""
    with (SHARED / "best_known.csv").open() as file:
        best = {row["instance"]: float(row["best_known_cost"]) for row in csv.DictReader(file)}
    problem = cordeau.read(SHARED / name)
    solution = solve(problem, iterations=60_000, seed=1)
    assert solution.feasible
    cost, wrong = checker.check(checker.read_instance(SHARED / name), cordeau.as_json(problem, solution))
    assert wrong == []
    assert cost == pytest.approx(solution.cost)
    assert cost <= 1.03 * best[name]
