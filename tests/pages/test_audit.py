"""审计: the page of what was done, and that files that leave are on it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from core.access import LOCAL
from core.store.audit.entries import AuditFilter, entries
from core.store.audit.events import record_export
from core.store.preferences import prefer
from pages._ui import runtime

PAGES = Path(__file__).resolve().parents[2] / "pages"


def test_the_page_lists_what_was_done(empty, visit) -> None:
    """The latest entry stands first, with words for codes."""
    prefer(runtime.store(), "k", "3")
    record_export(runtime.store().for_access(replace(LOCAL, actor="li")), "a.xlsx")
    table = visit("audit.py").dataframe[0].value
    assert table["Action taken"].tolist() == ["Take a file out", "Change a setting"]


def test_a_filter_is_in_the_address(empty, visit) -> None:
    """A link shows a colleague the same entries; a code that means nothing shows all."""
    prefer(runtime.store(), "k", "3")
    record_export(runtime.store().for_access(replace(LOCAL, actor="li")), "a.xlsx")
    assert visit("audit.py", who="li").dataframe[0].value["Who"].tolist() == ["li"]
    assert len(visit("audit.py", who="nobody").dataframe[0].value) == 2
    app = visit("audit.py")
    app.selectbox(key="pick_event").set_value("change").run()
    assert app.dataframe[0].value["Action taken"].tolist() == ["Change a setting"]


def test_an_empty_audit_says_so(empty, visit) -> None:
    """A new store has no entry, which is no fault of a filter."""
    assert "Nothing was written down yet" in visit("audit.py").info[0].value
    assert "No entry fits" in visit("audit.py", since="2026-01-01").info[0].value


def test_what_the_session_did_carries_its_origin(empty, visit) -> None:
    """A change made on a page has the address of the browser and a mark of the session."""
    visit("settings.py").radio(key="choose_multiple").set_value("3").run()
    last = entries(runtime.store(), AuditFilter()).iloc[0]
    assert (last["action"], last["address"], len(last["session"])) == ("prefer", "localhost", 12)


def test_every_file_of_a_page_passes_the_one_button() -> None:
    """No page offers a file by Streamlit's own button, which would leave no trace."""
    found = [
        path for path in PAGES.rglob("*.py") if re.search(r"\.download_button\(", path.read_text("utf-8"))
    ]
    direct = [
        path.relative_to(PAGES).as_posix()
        for path in found
        if re.search(r"(?<!downloads)\.download_button\(", path.read_text("utf-8"))
    ]
    assert direct == ["_ui/components/downloads.py"]
