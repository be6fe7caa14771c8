"""目标分解."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from core.reports.plans.plan import plan_from_store
from core.reports.plans.request import PlanRequest
from core.store.database import Store
from core.store.plans import versions as plans

REQUEST = PlanRequest("OWN", 2026, dt.date(2025, 12, 1), "county", target=120_000_000.0, within="990100")


@pytest.fixture(scope="module")
def planned_file(demonstration_file, tmp_path_factory):
    """The demonstration region with the plan 2026-01 of one city, made once."""
    path = tmp_path_factory.mktemp("planned") / "market.duckdb"
    shutil.copy(demonstration_file, path)
    with Store.open(path) as store:
        plan_from_store(store, REQUEST, "Plan of 2026", actor="Wang")
    return path


@pytest.fixture
def planned(store_path, planned_file):
    """The app's store holds that plan."""
    shutil.copy(planned_file, store_path)
    return store_path


def work(app):
    """Return the planner's working copy."""
    return app.session_state["target_work"]


def test_without_sales_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first."""
    assert visit("allocation.py").button(key="empty_import").label == "Import data"


def test_a_new_plan_starts_with_the_methods(full, visit) -> None:
    """Without a plan the page shows the methods, and only the steps that need none."""
    app = visit("allocation.py")
    assert not app.exception
    assert len(app.segmented_control(key="pick_step").options) == 2
    assert any("Forecast tested" in text.value for text in app.caption)
    assert app.number_input(key="input_target").value > 0


def test_a_target_typed_counts(full, visit) -> None:
    """The planner's own target replaces that of the methods, and can be taken back."""
    app = visit("allocation.py")
    app.number_input(key="input_target").set_value(100_000.0).run()
    assert app.number_input(key="input_target").value == 100_000.0
    app.button(key="use_methods").click().run()
    assert app.number_input(key="input_target").value != 100_000.0


@pytest.mark.parametrize(
    ("step", "lang"),
    [
        ("methods", "en"),
        ("weights", "en"),
        ("grid", "zh_CN"),
        ("checks", "en"),
        ("versions", "zh_CN"),
        ("export", "en"),
        ("actual", "en"),
    ],
)
def test_every_step_of_a_plan_shows(planned, visit, step, lang) -> None:
    """No step fails, in either language."""
    app = visit("allocation.py", step=step, lang=lang)
    assert not app.exception
    assert not app.error


def test_an_edit_is_undone_done_again_and_saved(planned, visit) -> None:
    """A working copy takes a step, goes back, forward, and becomes version 2, with the reason given."""
    from pages._ui import runtime

    app = visit("allocation.py", step="grid")
    mine = work(app)
    cells = mine.cells.copy()
    cells.iloc[0, 0] += 10
    mine.become(cells, "one cell")
    app.run()
    app.button(key="undo").click().run()
    assert work(app).changes.empty
    app.button(key="redo").click().run()
    assert len(work(app).changes) == 1
    app.text_input(key="target_note").input("New shop in May").run()
    app.button(key="save_plan").click().run()
    assert work(app).plan.version == 2
    assert not work(app).dirty
    assert app.text_input(key="target_note").value == ""
    assert plans.versions(runtime.store(), "2026-01")["note"].iloc[0] == "New shop in May"


def test_what_another_planner_saved_is_told_and_nothing_is_lost(planned, visit) -> None:
    """Saving on an old version shows the other's cells and keeps mine; the next save goes through."""
    from pages._ui import runtime

    app = visit("allocation.py", step="grid")
    mine = work(app)
    cells = mine.cells.copy()
    cells.iloc[0, 0] += 10
    mine.become(cells, "mine")
    store = runtime.store()
    plan = plans.load(store, "2026-01")
    theirs = plans.load_cells(store, plan)
    theirs.iloc[5, 0] += 7
    plans.save(store, plan, theirs, actor="Li")
    app.run()
    app.button(key="save_plan").click().run()
    assert any("Another planner changed 1 cell" in text.value for text in app.warning)
    assert len(work(app).changes) == 1
    app.button(key="save_plan").click().run()
    saved = plans.load(store, "2026-01")
    assert saved.version == 3
    differs = plans.load_cells(store, saved)["count"] - plans.load_cells(store, saved, version=1)["count"]
    assert sorted(differs[differs != 0]) == [7, 10]


def test_a_plan_is_submitted_and_approved(planned, visit) -> None:
    """Failed checks are asked about; the buttons follow the state; an approved plan offers a copy only."""
    app = visit("allocation.py", step="versions")
    app.button(key="move_submitted").click().run()
    assert work(app).plan.status == "draft"
    assert any("Submit all the same?" in text.value for text in app.warning)
    app.button(key="submit_anyway").click().run()
    app.button(key="move_approved").click().run()
    assert work(app).plan.status == "approved"
    assert any("Copy the plan" in text.value for text in app.caption)
    app.button(key="copy_plan").click().run()
    assert work(app).plan.base_plan_id == "2026-01"


def test_figures_from_below_can_be_those_of_a_saved_plan(planned, visit) -> None:
    """With a plan type that listens to the field, the reps' proposals can take the customers' place."""
    app = visit("allocation.py", step="weights", plan="2026-01")
    app.selectbox(key="input_template").select("strategy").run()
    app.selectbox(key="input_proposals").select("2026-01").run()
    assert app.session_state["target_inputs"]["2026-01"]["proposals"] == "2026-01"
    assert not app.exception


def test_a_target_is_broken_down(full, visit) -> None:
    """The button makes a plan down to products in the background, and the page opens it on its grid."""
    app = visit("allocation.py", step="weights", level="city", rows="item")
    app.session_state["target_inputs"]["new"]["target"] = 1_000_000_000.0
    app.run()
    app.selectbox(key="input_depth").select("product").run()
    app.button(key="break_down").click().run()
    job = app.session_state.get("target_job", None)
    if job is not None:
        assert job.done.wait(60)
        assert job.error is None
    app.run()
    assert work(app).plan.top_target == 1_000_000_000
    assert work(app).plan.status == "draft"
    assert "P001" in work(app).cells.index.get_level_values("item")
    assert not app.exception
