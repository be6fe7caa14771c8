"""Pages on a published version: which version it is, and a word where something isn't in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.rollup.publishing import publish
from tests.core.rollup.conftest import lines, sample_file  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.rollup.conftest import Lines


@pytest.fixture
def published(
    lines: Lines,  # noqa: F811 - the fixture
    store_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The app shows versions; there is one."""
    out = tmp_path / "out"
    publish(lines.request(out))
    monkeypatch.setenv("SHENGENG_ROLLUPS", str(out))
    return store_path


def test_market_pages_show_the_version_and_say_which(published, visit) -> None:
    """The four market pages open without a store; the sidebar names the version and its age."""
    for page in ("overview.py", "quadrant.py", "number_one.py", "market_map.py"):
        app = visit(page)
        assert not app.error, page
        assert app.dataframe, page
        assert any(text.value.startswith("Version 1 · ") for text in app.caption), page
    assert not published.exists()


def test_what_isnt_in_the_version_is_said(published, visit) -> None:
    """Targets in the overview and the page of tasks have a sentence; settings tell what the version is."""
    assert any("doesn't hold what this needs: Target plans" in c.value for c in visit("overview.py").caption)
    assert "doesn't hold what this needs: Tasks" in visit("tasks.py").error[0].value
    settings = visit("settings.py")
    assert any("by duckdb; data version" in text.value for text in settings.markdown)
    assert not [box for box in settings.radio if box.key == "choose_undo_days"]


def test_without_a_version_the_app_says_so(store_path, tmp_path, visit, monkeypatch) -> None:
    """An empty folder shows the reason, not the first start."""
    monkeypatch.setenv("SHENGENG_ROLLUPS", str(tmp_path / "nothing"))
    assert "no version of the roll-ups" in visit().error[0].value
    assert not store_path.exists()
