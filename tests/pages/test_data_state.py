"""While a long change runs every page says which data it shows; afterwards it says nothing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from core.store.preferences import prefer
from pages._ui import runtime

if TYPE_CHECKING:
    from core.store.database import Store

NOTE = "Data are just being changed. Pages show version {}, saved "
INSERT = "INSERT INTO company (company_id, name) VALUES ('N', 'n')"


class LongChange:
    """An import that waits for leave to end."""

    def __init__(self, store: Store) -> None:
        self._begun, self._may_end = threading.Event(), threading.Event()
        self._store = store
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._begun.wait(20)

    def _run(self) -> None:
        def work(cursor: object) -> None:
            cursor.execute(INSERT)  # type: ignore[attr-defined]
            self._begun.set()
            assert self._may_end.wait(60)

        self._store.write_beside("import", work, touching=["company"], details={"entity": "company"})

    def end(self) -> None:
        """Let it end, and wait for it."""
        self._may_end.set()
        self._thread.join(20)


def notes(app) -> list[str]:
    return [text.value for text in app.sidebar.caption if text.value.startswith("Data are just")]


@pytest.mark.parametrize("page", ["overview.py", "settings.py"])
def test_a_page_says_which_version_it_shows_while_data_change(full, visit, page: str) -> None:
    """The note names the version of before; after the end the next look has no note and the new version."""
    version = runtime.store().data_version
    assert notes(visit(page)) == []
    change = LongChange(runtime.store())
    try:
        app = visit(page)
        assert len(notes(app)) == 1
        assert notes(app)[0].startswith(NOTE.format(version))
        assert not app.exception
    finally:
        change.end()
    assert runtime.store().data_version == version + 1
    assert notes(visit(page)) == []


def open_page() -> None:
    """Draw the part of a page that was opened one version ago."""
    from pages._ui import runtime
    from pages._ui.shell.data_state import follow

    follow(runtime.store(), runtime.store().data_version - 1)


def test_a_page_that_stood_open_offers_the_newer_data(full) -> None:
    """Once the change is over, a page of the version before has a button in place of the note."""
    prefer(runtime.store(), "k", "3")
    app = AppTest.from_function(open_page).run()
    assert [button.label for button in app.button] == ["Newer data are in: refresh"]
    assert not app.caption
    assert not app.button(key="newer_data").click().run().exception
