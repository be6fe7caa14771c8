"""The page of tasks: what it says, what its buttons do, and the tasks that findings become."""

from __future__ import annotations

import datetime as dt
import io
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from core.cycle.tasks.task import Finding, Task
from core.reports.cycle import today
from core.reports.cycle.tasks.listing import TaskRequest, tasks_of
from core.reports.cycle.tasks.plan_readings import furthest_behind
from core.reports.plans.plan import plan_from_store
from core.reports.plans.request import PlanRequest
from core.store.cycle.tasks.moves import move
from core.store.cycle.tasks.records import create, load, task_table
from core.store.database import Store
from pages._ui import reads, runtime
from pages._ui.components.downloads import xlsx_download
from pages._ui.tasks.table import task_table as task_table_of_page

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

TODAY = dt.date(2026, 10, 30)


def button(app: AppTest, key: str) -> object:
    """Return a button by its key."""
    return next(each for each in app.button if each.key == key)


def said(app: AppTest) -> str:
    """Return all the page says in Markdown."""
    return "\n".join(each.value for each in (*app.markdown, *app.caption, *app.info))


def test_the_sentence_counts_what_the_report_counts(full: Path, visit) -> None:
    """Open, late, due, awaiting and achieved tasks of the sentence are those of the report."""
    with Store.open(full) as store:
        report = tasks_of(store, TaskRequest(TODAY))
    app = visit("tasks.py")
    counts = len(report.open), len(report.late), len(report.due_this_week)
    assert "{} tasks are open: {} late, {} due by Sunday".format(*counts) in said(app)
    assert len(report.late) > 0
    assert f"{len(report.achieved(TODAY))} achieved this month" in said(app)


@pytest.mark.parametrize(("look", "lang"), [("people", "zh_CN"), ("calendar", "en"), ("table", "zh_CN")])
def test_each_look_opens_with_a_card_beside_it(full: Path, visit, look: str, lang: str) -> None:
    """No look of the page fails in either language, and none says nan where something is missing."""
    app = visit("tasks.py", look=look, lang=lang, task="demo001")
    assert {"zh_CN": "查看发现", "en": "See the finding"}[lang] in [each.label for each in app.button]
    assert "nan" not in said(app)


def test_a_store_without_tasks_says_where_they_come_from(full: Path, visit) -> None:
    """Without a task the page leads to the findings; without data it leads to the import."""
    with Store.open(full) as store:
        store.write("clear", lambda cursor: cursor.execute("DELETE FROM task"))
    app = visit("tasks.py")
    assert "No task was made yet." in said(app)
    button(app, "to_overview").click().run()
    assert not app.exception


def test_an_empty_store_offers_the_import(empty: Path, visit) -> None:
    """Where there are no sales either, the page says what to bring."""
    app = visit("tasks.py")
    assert any(each.key == "empty_import" for each in app.button)


def test_a_task_goes_its_way_on_its_card(full: Path, visit) -> None:
    """Begun, reported, sent back with a reason, reported, signed by name: the store has each step."""
    with Store.open(full) as store:
        task = Task("Call the dealer", TODAY, Finding("manual", "", "an idea"), region_id="990101")
        task_id = create(store, task)[0].task_id
    app = visit("tasks.py", task=task_id)
    button(app, "move_doing").click().run()
    button(app, "move_done").click().run()
    assert load(runtime.store(), task_id).state == "done"
    button(app, "move_doing").click().run()
    assert "needs a reason" in app.error[0].value
    next(each for each in app.text_area if each.key.startswith("reason_doing")).set_value("one is missing")
    button(app, "move_doing").click().run()
    assert load(runtime.store(), task_id).state == "doing"
    button(app, "move_done").click().run()
    button(app, "sign_task").click().run()
    assert "name of who signs" in app.error[0].value
    next(each for each in app.text_input if each.key.startswith("signer_")).set_value("Zhao")
    button(app, "sign_task").click().run()
    record = load(runtime.store(), task_id)
    assert (record.state, record.signed_by, record.closed_on) == ("signed", "Zhao", TODAY)


def test_a_dropped_task_comes_back(full: Path, visit) -> None:
    """The card of a dropped task has one large button, which brings it back."""
    app = visit("tasks.py", task="demo006")
    assert load(runtime.store(), "demo006").state == "dropped"
    button(app, "undo_drop").click().run()
    assert load(runtime.store(), "demo006").state == "open"


def test_the_later_of_two_people_is_told(full: Path, visit) -> None:
    """A button of a card that somebody overtook changes nothing and says who did what."""
    app = visit("tasks.py", task="demo001")
    record = load(runtime.store(), "demo001")
    move(runtime.store(), record, "open", actor="Zhao")
    button(app, "move_done").click().run()
    assert "Zhao" in app.error[0].value
    assert load(runtime.store(), "demo001").state == "open"


def test_an_edit_and_a_follow_up_are_saved(full: Path, visit) -> None:
    """A new text becomes a version; a follow-up knows the task it follows."""
    app = visit("tasks.py", task="demo001")
    version = load(runtime.store(), "demo001").version
    key = f"edit_demo001_{version}"
    next(each for each in app.text_input if each.key == f"{key}_title").set_value("Win it")
    button(app, f"{key}_save").click().run()
    saved = load(runtime.store(), "demo001")
    assert (saved.task.title, saved.version) == ("Win it", version + 1)
    key = f"follow_demo001_{saved.version}"
    next(each for each in app.text_input if each.key == f"{key}_title").set_value("Then the next")
    button(app, f"{key}_save").click().run()
    rows = task_table(runtime.store()).to_pylist()
    follower = next(row for row in rows if row["title"] == "Then the next")
    assert (follower["parent_id"], follower["finding_kind"]) == ("demo001", "follow_up")
    assert "Win it" in said(app) + "".join(each.label for each in app.button)


def test_a_task_by_hand_needs_a_text(full: Path, visit) -> None:
    """An empty text is refused with a sentence; with one the card of the new task opens."""
    app = visit("tasks.py")
    button(app, "new_0_save").click().run()
    assert "needs a text" in app.error[0].value
    next(each for each in app.text_input if each.key == "new_0_title").set_value("Ask around")
    button(app, "new_0_save").click().run()
    assert not app.error
    assert "Ask around" in said(app)


def test_filters_leave_what_is_asked_for(full: Path, visit) -> None:
    """The late ones alone, one person's alone, and those a word is found in."""
    with Store.open(full) as store:
        report = tasks_of(store, TaskRequest(TODAY))
    late = visit("tasks.py", look="table", how="late")
    assert f"{len(report.late)} tasks" in said(late)
    owner = report.open["owner_id"].iloc[0]
    own = visit("tasks.py", look="table", who=owner)
    assert f"{(report.tasks['owner_id'] == owner).sum()} task" in said(own)
    none = visit("tasks.py", look="table", find="no such words")
    assert "No task passes this filter." in said(none)


def test_a_next_action_becomes_a_task_once(full: Path, visit) -> None:
    """One click on the overview makes the task with region, owner and goal; then it leads to the task."""
    app = visit("overview.py")
    before = task_table(runtime.store()).num_rows
    button(app, "make_task_action_0").click().run()
    rows = task_table(runtime.store()).to_pylist()
    assert len(rows) == before + 1
    made = max(rows, key=lambda row: row["created_at"])
    assert made["finding_kind"] == "win"
    assert made["owner"] is not None
    assert (made["measure"], made["target"]) == ("ratio", 1.7)
    assert not [each for each in app.button if each.key == "make_task_action_0"]
    button(app, "open_task_action_0").click().run()
    assert made["title"] in said(app)


def test_a_region_behind_its_plan_becomes_a_task(full: Path, visit) -> None:
    """The step target against actual names the regions furthest behind, each with its button."""
    request = PlanRequest("OWN", 2026, dt.date(2025, 12, 1), "county", target=9e8, within="990100")
    with Store.open(full) as store:
        plan = plan_from_store(store, request, "Plan")
        worst = furthest_behind(store, plan.plan_id, 1).iloc[0]
    app = visit("allocation.py", step="actual", plan=plan.plan_id)
    button(app, f"make_task_behind_{worst['region_id']}").click().run()
    made = max(task_table(runtime.store()).to_pylist(), key=lambda row: row["created_at"])
    assert (made["region_id"], made["measure"]) == (worst["region_id"], "plan_shortfall")
    assert made["baseline"] == pytest.approx(worst["shortfall"])


def test_a_customers_card_makes_a_task(full: Path, visit) -> None:
    """A blank shop's card proposes to win it, for its rep."""
    with Store.open(full) as store:
        shop = store.fetch(
            "SELECT t.terminal_id, t.employee_id FROM terminal AS t INNER JOIN employee AS e"
            " ON e.employee_id = t.employee_id AND e.active WHERE t.status = 'blank' AND t.terminal_id NOT IN"
            " (SELECT k.customer_id FROM task AS k WHERE k.customer_id IS NOT NULL) LIMIT 1"
        ).to_pylist()[0]
    app = visit("customer_card.py", customer=f"terminal:{shop['terminal_id']}")
    button(app, "make_task_customer").click().run()
    made = max(task_table(runtime.store()).to_pylist(), key=lambda row: row["created_at"])
    assert (made["finding_kind"], made["owner_id"]) == ("blank_shop", shop["employee_id"])


@pytest.mark.parametrize(("page", "region"), [("terminal_map.py", "990101"), ("terminals.py", "")])
def test_a_list_of_shops_makes_a_task(full: Path, visit, page: str, region: str) -> None:
    """The shops that the filter leaves become one task with as many to do."""
    app = visit(page, region=region)
    key = "make_task_worklist" if page == "terminal_map.py" else "make_task_list"
    button(app, key).click().run()
    made = max(task_table(runtime.store()).to_pylist(), key=lambda row: row["created_at"])
    assert (made["finding_kind"], made["measure"]) == ("shops", "shops_visited")
    assert made["target"] > 0


@pytest.mark.parametrize("page", ["market_map.py", "number_one.py"])
def test_a_regions_card_makes_a_task(full: Path, visit, page: str) -> None:
    """The card of a region has the button on every page that shows it."""
    app = visit(page, region="990102")
    button(app, "make_task_region").click().run()
    assert not app.exception
    made = max(task_table(runtime.store()).to_pylist(), key=lambda row: row["created_at"])
    assert made["region_id"] == "990102"
    assert made["finding_sentence"]


def test_the_workbook_has_the_rows_of_the_table(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read back, the file has every task with its state, its value and its target as the page writes them."""
    with Store.open(full) as store:
        tasks = tasks_of(store, TaskRequest(TODAY)).tasks
    rows = task_table_of_page(tasks)
    monkeypatch.setenv("SHENGENG_STORE", str(full))
    content = xlsx_download(rows, "tasks").data()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    # Above the table stands what it is.
    head = sheet.index(list(rows.columns))
    sheet = sheet[head:]
    assert len(sheet) == len(tasks) + 1
    place = [sheet[0].index(name) for name in ("Task", "Status", "Value now", "Target value")]
    expected = rows[["Task", "Status", "Value now", "Target value"]].to_numpy().tolist()
    assert [[line[i] for i in place] for line in sheet[1:]] == expected


def test_what_is_late_is_counted_anew_every_day(full: Path, visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page counts by the new day after midnight, although nothing was written."""
    with Store.open(full) as store:
        clear = "DELETE FROM setting WHERE name = 'demonstration'"
        store.write("own data", lambda cursor: cursor.execute(clear))
        late = {day: len(tasks_of(store, TaskRequest(dt.date(2026, 10, day))).late) for day in (14, 27)}
    assert late[14] < late[27]
    now = [dt.date(2026, 10, 14)]
    clock = SimpleNamespace(date=SimpleNamespace(today=lambda: now[0]))
    monkeypatch.setattr(reads, "dt", clock)
    monkeypatch.setattr(today, "dt", clock)
    app = visit("tasks.py")
    assert f"{late[14]} late" in said(app)
    now[0] = dt.date(2026, 10, 27)
    app.run()
    assert f"{late[27]} late" in said(app)
