"""Nothing crosses a border, whoever asks; benchmarks/access.py asks ten thousand times."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.core.access.borders.entry_points import Keys, arguments, entry_points, listed_apart
from tests.core.access.borders.run import Borders
from tests.core.access.borders.writes import PartWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 1
COLUMNS = ("region_id", "terminal_id", "dealer_id", "employee_id", "visit_id", "plan_id", "task_id", "run_id")

REP = "check in, visit, day, task, form, prospect, visit lock, day lock, visit plan, selection"
OF_CUSTOMERS = "visit rule, edit, judgement, grade run, bulk edit, bulk undo, places, places taken back"
MANAGER = f"{REP}, {OF_CUSTOMERS}, visit group"
PLANNER = "budget, plan, plan edited, selection"


@pytest.fixture(scope="module")
def borders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Borders]:
    """A store in which everything has a mark of its own."""
    world = Borders(tmp_path_factory.mktemp("borders"), seed=SEED, terminals=60)
    yield world
    world.close()


def test_every_function_is_called_or_listed() -> None:
    """A new function that is given a store is called with arguments by chance, or somebody lists it."""
    keys = Keys({column: ["x", "y", "z"] for column in COLUMNS}, "O")
    apart = {entry.name for entry in entry_points() if arguments(entry, keys, Random(SEED)) is None}
    assert apart - listed_apart() == set()
    assert listed_apart() - {entry.name for entry in entry_points()} == set()


def test_no_answer_has_a_mark_of_what_is_out_of_sight(borders: Borders) -> None:
    """Asked with keys of the whole store, no function tells a name out of sight, not in a refusal."""
    for access in borders.accesses:
        borders.ask(access, 20)
    borders.make_files(borders.accesses[0])
    assert borders.outcome.answered.total() > 100
    assert borders.outcome.leaks == []


def test_no_answer_depends_on_what_is_out_of_sight(borders: Borders) -> None:
    """The same is answered after every amount out of sight became another one."""
    for access in (borders.accesses[0], borders.accesses[9]):
        borders.compare(access, 12)
    assert borders.outcome.moved == []


@pytest.mark.parametrize(("number", "kinds"), [(0, MANAGER), (9, REP), (6, PLANNER)])
def test_everybody_can_do_what_the_role_says(borders: Borders, number: int, kinds: str) -> None:
    """A manager, a rep and a planner make every change of what is in sight that their work asks for."""
    store = borders.store.for_access(borders.accesses[number])
    writer = PartWriter(store, Random(number), borders.folder)
    before = borders.store.data_version
    for kind in kinds.split(", "):
        writer.kinds()[kind]()
    assert borders.store.data_version == before + len(kinds.split(", "))


def test_no_change_reaches_what_is_out_of_sight(borders: Borders) -> None:
    """A change of it is refused, stands in the audit, and leaves every row as it was."""
    for access in (borders.accesses[0], borders.accesses[6], borders.accesses[9]):
        borders.write(access, 12)
    assert borders.outcome.changes == 36
    assert (borders.outcome.moved, borders.outcome.unwritten) == ([], [])
