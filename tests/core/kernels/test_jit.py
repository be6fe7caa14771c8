"""Where the machine code of the kernels is kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from core.kernels import jit

PACKAGE = Path(__file__).resolve().parent


@pytest.fixture
def fresh():
    """Forget the folder that was found, before and after the test."""
    jit.cache_folder.cache_clear()
    yield
    jit.cache_folder.cache_clear()


def test_a_chosen_folder_comes_first(fresh, monkeypatch, tmp_path):
    """NUMBA_CACHE_DIR decides where the machine code goes."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert jit.cache_folder(PACKAGE).parent == tmp_path


def test_a_read_only_package_falls_back(fresh, monkeypatch, tmp_path):
    """Where the package can't be written the user's cache is used, then the temporary folder, then none."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    assert jit.cache_folder(blocked).parent == tmp_path / "home" / "shengeng"
    jit.cache_folder.cache_clear()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    assert jit.cache_folder(blocked).parent.parent == tmp_path
    jit.cache_folder.cache_clear()
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(blocked))
    assert jit.cache_folder(blocked) is None


def test_every_version_has_its_own_folder(fresh, monkeypatch, tmp_path):
    """A changed kernel changes the folder, so that old machine code is never used for it."""
    source = Path(tmp_path / "kernel.py")
    source.write_text("@compiled\ndef f(): return 1\n")
    first = jit.cache_folder(tmp_path)
    jit.cache_folder.cache_clear()
    source.write_text("@compiled\ndef f(): return 2\n")
    assert jit.cache_folder(tmp_path) != first
