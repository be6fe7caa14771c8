"""Nothing crosses a border, whoever asks; benchmarks/access.py asks ten thousand times."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.core.access.borders.app import TeamApp
from tests.core.access.borders.entry_points import Keys, arguments, entry_points, listed_apart
from tests.core.access.borders.run import Borders
from tests.core.access.borders.writes import PartWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 1
CHANGES = ("core.store.plans.workflow.copy", "core.store.access.sign_in.record_look")
"""What could be called by chance, and changes the store."""
COLUMNS = ("region_id", "terminal_id", "dealer_id", "employee_id", "visit_id", "plan_id", "task_id", "run_id")

PLAN = "visit lock, visit night, office, day lock, visit plan, selection"
REP = f"check in, visit, day, task, form, prospect, {PLAN}"
OF_CUSTOMERS = "visit rule, edit, judgement, grade run, bulk edit, bulk undo, places, places taken back"
MANAGER = f"{REP}, {OF_CUSTOMERS}, visit group, task moved, photo"
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
    assert listed_apart() - apart == {*CHANGES}


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


def test_pages_files_and_routes_show_no_mark(borders: Borders) -> None:
    """Nor does a page, a file it offers, a tile or a photo; a token is worth nothing to anybody else."""
    app = TeamApp(borders)
    try:
        for number in (2, 9):
            app.open_pages(borders.accesses[number], 1)
            app.ask_routes(borders.accesses[number])
    finally:
        app.close()
    assert borders.outcome.answered["tile"] == borders.outcome.answered["border"] == 2
    assert [name for name in borders.outcome.answered if name.startswith("page ")]
    assert borders.outcome.leaks == []
    assert [
        name for name in borders.outcome.failed if ".py" in name or name.startswith(("tile", "border"))
    ] == []


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
    for number in (0, 6, 9, 12, 13):
        borders.write(borders.accesses[number], 8)
    assert borders.outcome.changes == 40
    assert (borders.outcome.moved, borders.outcome.unwritten) == ([], [])
