"""数据: import with checks, batches with undo, templates, backups, own company, check."""

from __future__ import annotations

import io
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from core.exchange.importing import load
from core.store.market import companies
from pages._ui import runtime
from pages._ui.data import batches_panel, templates_panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

PAGE = "data_files.py"
GOOD = b"company_id,name,is_self\nA,Alpha,yes\nB,Beta,no\n"
BAD = b"company_id,name,is_self\nA,Alpha,perhaps\nA,Beta,no\n"


def settle(app: AppTest, done: Callable[[AppTest], bool]) -> AppTest:
    """Rerun as the browser does while work goes on, until something is there."""
    deadline = time.monotonic() + 30
    while not done(app):
        assert time.monotonic() < deadline, "the work did not end"
        time.sleep(0.05)
        app.run()
        assert not app.exception
    return app


def has_button(key: str) -> Callable[[AppTest], bool]:
    """Tell whether a button is there."""
    return lambda app: any(button.key == key for button in app.button)


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    """Upload a file and wait for its check."""
    app.file_uploader[0].upload(name, content).run()
    return settle(app, has_button("load"))


@pytest.mark.parametrize("tab", ["import", "templates", "batches", "company", "backup", "check"])
@pytest.mark.parametrize("state", ["empty", "full"])
def test_every_tab_opens(request: pytest.FixtureRequest, visit, state: str, tab: str) -> None:
    """Every tab opens by its address, on an empty store and on a full one."""
    request.getfixturevalue(state)
    app = visit(PAGE, tab=tab)
    assert app.title[0].value == "Data"
    assert not app.error


def test_an_unknown_tab_opens_the_import(empty, visit) -> None:
    """A mistyped link opens the first tab."""
    assert visit(PAGE, tab="xyz").file_uploader


def test_good_files_are_imported_with_one_click(empty, visit) -> None:
    """After a check without errors one click loads the file, and the page says what it did."""
    app = upload(visit(PAGE), "company.csv", GOOD)
    assert not app.error
    app.button(key="load").click().run()
    settle(app, lambda app: any("2 added" in text.value for text in app.markdown))
    assert set(companies(runtime.store())["company_id"]) == {"A", "B"}


def test_errors_are_listed_all_at_once_and_nothing_is_loaded(empty, visit) -> None:
    """Every error is a row of the table with its place; the import can't be clicked."""
    app = upload(visit(PAGE), "company.csv", BAD)
    found = app.dataframe[0].value
    assert set(found["Column"]) == {"Own company", "Company ID"}
    assert set(found["Level"]) == {"Error"}
    assert app.button(key="load").disabled
    assert companies(runtime.store()).empty


def test_replacing_a_table_asks_first(empty, visit) -> None:
    """Rows are deleted by a replacement only after a second word."""
    app = visit(PAGE)
    app.radio(key="import_mode").set_value("replace").run()
    upload(app, "company.csv", GOOD)
    assert app.button(key="load").disabled
    app.checkbox(key="sure_to_replace").check().run()
    assert not app.button(key="load").disabled


def test_a_batch_is_taken_back(empty, visit, tmp_path) -> None:
    """Undo removes what the batch brought and says so."""
    file = tmp_path / "company.csv"
    file.write_bytes(GOOD)
    load(runtime.store(), [file])
    app = visit(PAGE, tab="batches")
    assert list(app.dataframe[0].value["File"]) == ["company.csv"]
    # What the button of the chosen rows starts; the test harness can't choose rows of a table.
    app.session_state[batches_panel.UNDOING] = batches_panel.start_undo([1])
    settle(app, lambda app: bool(app.success))
    assert list(app.dataframe[0].value["Status"]) == ["Undone"]
    assert companies(runtime.store()).empty


def test_the_own_company_is_chosen(empty, visit, tmp_path) -> None:
    """One company is marked as one's own; the other loses the mark."""
    file = tmp_path / "company.csv"
    file.write_bytes(GOOD)
    load(runtime.store(), [file])
    app = visit(PAGE, tab="company")
    assert app.selectbox(key="own_company_choice").value == "A"
    app.selectbox(key="own_company_choice").set_value("B").run()
    app.button(key="set_own_company").click().run()
    marked = companies(runtime.store()).set_index("company_id")["is_self"]
    assert dict(marked) == {"A": False, "B": True}


def test_a_backup_is_made_and_restored(empty, visit, tmp_path) -> None:
    """What was imported after the backup is gone after the restore, and the newer store is kept."""
    app = visit(PAGE, tab="backup")
    app.button(key="make_backup").click().run()
    settle(app, has_button("restore_0"))
    file = tmp_path / "company.csv"
    file.write_bytes(GOOD)
    load(runtime.store(), [file])
    app.button(key="restore_0").click().run()
    settle(app, lambda app: bool(app.success))
    assert companies(runtime.store()).empty
    assert len(list(empty.parent.glob("*.old"))) == 1


def test_a_store_in_order_is_said_to_be(full, visit) -> None:
    """The check of a sound store ends with one sentence."""
    app = visit(PAGE, tab="check")
    app.button(key="check_store").click().run()
    settle(app, lambda app: bool(app.success))
    assert app.success[0].value == "The store is in order."


def test_the_templates_are_one_file(empty, visit) -> None:
    """The ZIP holds a workbook for each table."""
    with zipfile.ZipFile(io.BytesIO(templates_panel.archive())) as file:
        assert len(file.namelist()) == len(templates_panel.TABLES)
