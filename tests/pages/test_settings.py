"""设置: what new views start with, and where the data are."""

from __future__ import annotations

from core.store.loading.retention import undo_days
from core.store.preferences import MULTIPLE, incomplete_books, preferences
from pages._ui import runtime


def test_settings_show_an_empty_store(empty, visit) -> None:
    """Every table that can be imported is listed, with no rows."""
    table = visit("settings.py").dataframe[0].value
    assert "Terminals" in set(table["Table"])
    assert table.loc[table["Table"] != "Markets", "Rows"].sum() == 0


def test_settings_count_the_rows_of_a_store(full, visit) -> None:
    """The rows shown are those of the store."""
    table = visit("settings.py").dataframe[0].value.set_index("Table")["Rows"]
    assert table["Terminals"] == 300


def test_the_chosen_multiple_stays_with_the_store(empty, visit) -> None:
    """New views start with the multiple chosen here, also after a restart."""
    visit("settings.py").radio(key="choose_multiple").set_value("3").run()
    assert preferences(runtime.store())[MULTIPLE] == "3"
    assert visit("settings.py").radio(key="choose_multiple").value == "3"


def test_the_default_multiple_is_no_choice(empty, visit) -> None:
    """Going back to 1.7 removes the choice, so that the program's default counts."""
    app = visit("settings.py")
    app.radio(key="choose_multiple").set_value("3").run()
    app.radio(key="choose_multiple").set_value("1.7").run()
    assert MULTIPLE not in preferences(runtime.store())


def test_the_books_of_a_market_can_have_gaps(full, visit) -> None:
    """A market marked here, and only that one, has unknown own sales without a row; unmarking ends it."""
    app = visit("settings.py")
    app.multiselect(key="choose_incomplete").set_value(["all", "water"]).run()
    assert incomplete_books(runtime.store()) == {"all", "water"}
    app.multiselect(key="choose_incomplete").set_value(["water"]).run()
    assert incomplete_books(runtime.store()) == {"water"}
    assert visit("settings.py").multiselect(key="choose_incomplete").value == ["water"]


def test_the_time_for_undo_is_chosen_for_the_store(empty, visit) -> None:
    """The installation's 400 days are chosen at first; another choice is kept in the store."""
    app = visit("settings.py")
    assert app.radio(key="choose_undo_days").value == 400
    app.radio(key="choose_undo_days").set_value(90).run()
    assert not app.exception
    assert undo_days(runtime.store(), 400) == 90
    assert visit("settings.py").radio(key="choose_undo_days").value == 90
