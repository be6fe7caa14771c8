"""The shell: gate, language, navigation, and errors as sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb

from pages._ui import runtime
from pages._ui.shell.navigation import SECTIONS

if TYPE_CHECKING:
    import pytest


def words(app) -> str:
    """Return everything a page says, in one text."""
    parts = [*app.title, *app.markdown, *app.caption, *app.error, *app.info, *app.warning, *app.success]
    # Signs of names are escaped for Markdown; a reader doesn't see that.
    return re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", "\n".join(str(part.value) for part in parts))


def test_the_chosen_language_is_spoken(empty, visit) -> None:
    """The parameter ``lang`` of the address decides the language of the whole page."""
    assert visit("settings.py").title[0].value == "Settings"
    assert visit("settings.py", lang="zh_CN").title[0].value == "设置"
    assert visit("settings.py", lang="zh").title[0].value == "设置"


def test_a_change_of_language_reaches_the_address(empty, visit) -> None:
    """Choosing a language writes it into the address, so that a copied link keeps it."""
    app = visit("settings.py")
    app.button_group(key="choose_language").set_value("zh_CN").run()
    assert app.title[0].value == "设置"
    assert app.query_params["lang"] == "zh_CN"


def test_an_unknown_language_gives_the_default(empty, visit) -> None:
    """A language that the program doesn't speak is no reason for an error."""
    assert visit("settings.py", lang="xx").title[0].value == "Settings"


def test_demonstration_data_are_marked(full, visit) -> None:
    """Whoever sees invented figures is told so, on every page."""
    assert any("invented" in text.value for text in visit("settings.py").sidebar.markdown)


def test_own_data_carry_no_mark(empty, visit) -> None:
    """The mark belongs to the demonstration region only."""
    assert not visit("settings.py").sidebar.markdown


def test_own_data_take_the_place_of_the_demonstration(full, visit) -> None:
    """Leaving the demonstration gives an empty store, keeps the old file, and opens the import."""
    app = visit("settings.py")
    app.sidebar.button(key="leave_demonstration").click().run()
    assert app.title[0].value == "Data"
    assert not runtime.is_demonstration()
    assert len(list((full.parent / "backups").glob("*demonstration*.duckdb"))) == 1


def test_a_damaged_store_gets_a_sentence(store_path, visit) -> None:
    """A file that is no store is named, with what to do, and no page of figures is shown."""
    store_path.write_bytes(b"no database at all" * 1000)
    app = visit("settings.py")
    assert app.title[0].value == "The data can't be opened"
    assert str(store_path) in words(app)
    assert "Restore the last backup" in words(app)


def test_a_store_of_a_newer_program_gets_a_sentence(empty, visit) -> None:
    """A store with a format this program doesn't know is refused with the way out."""
    runtime.close()
    with duckdb.connect(str(empty)) as connection:
        connection.execute("UPDATE meta SET format_version = 999")
    app = visit("settings.py")
    assert "format 999" in words(app)
    assert "Update the program" in words(app)


def test_a_failing_page_shows_a_sentence_and_no_trace(empty, visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of the program becomes a sentence; its details are for the log."""

    def fail() -> None:
        raise ZeroDivisionError("a mistake of the program")

    monkeypatch.setattr("pages._ui.shell.settings.store_facts", fail)
    app = visit("settings.py")
    assert "This page could not be shown." in words(app)
    assert "a mistake of the program" not in words(app)


def test_a_slow_run_says_so(empty, visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refresh that took longer than a user notices says how long."""
    monkeypatch.setattr("pages._ui.shell.frame.SLOW_SECONDS", -1.0)
    assert "This refresh took" in words(visit("settings.py"))


def test_every_page_opens_without_data(empty, visit) -> None:
    """Each page of the menu shows something and no error on a store that holds nothing."""
    opens_each(visit())


def test_every_page_opens_with_data(full, visit) -> None:
    """Each page of the menu shows something and no error on the demonstration region."""
    opens_each(visit())


def opens_each(app) -> None:
    """Open the pages one after the other."""
    for file, *_rest in (page for pages in SECTIONS.values() for page in pages):
        app.switch_page(file).run()
        assert not app.exception, file
        assert not app.error, file
        assert app.title, file


def test_every_page_opens_on_months_without_sales(full, visit) -> None:
    """A category that nobody sold in the months looked at is said to have no sales; no page fails."""
    for rows in SECTIONS.values():
        for file, *_rest in rows:
            app = visit(file, category="饮用水", period="2024-01_2024-03")
            assert [str(error.value) for error in (*app.error, *app.exception)] == [], file
    assert "No company's sales are recorded here." in words(
        visit(category="饮用水", period="2024-01_2024-03")
    )
