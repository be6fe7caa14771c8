"""Whenever a run ends, the folder holds whole versions, and the next run goes on."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.rollup import version as versions
from core.rollup.parts import PartFolder
from core.rollup.publishing import publish

if TYPE_CHECKING:
    from tests.core.rollup.conftest import Lines

ROOT = Path(__file__).resolve().parents[3]


def test_a_killed_run_leaves_no_version_and_no_lock(lines: Lines, tmp_path: Path) -> None:
    """Killed once the first file is there: no version is shown, and the next run makes the first one."""
    out = tmp_path / "out"
    call = [
        "rollup",
        "--facts",
        str(lines.folder / "lines/*.parquet"),
        "--tables",
        str(lines.folder / "tables"),
    ]
    process = subprocess.Popen([sys.executable, "-m", "core", *call, "--out", str(out)], cwd=ROOT)
    while not list(out.glob("parts/*/*/*.parquet")) and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert versions.newest(out) is None
    assert publish(lines.request(out)).version.number == 1


@pytest.mark.parametrize("moment", ["sync", "write"])
def test_a_run_that_ends_before_its_manifest_leaves_the_version_before(
    lines: Lines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """However late it ends: all parts written, or the manifest too but not under its name."""

    def end(*_arguments: object) -> None:
        raise SystemExit

    out = tmp_path / "out"
    place = (PartFolder, "sync") if moment == "sync" else (Path, "replace")
    if moment == "write":
        whole = Path.replace

        def end_at_manifest(self: Path, target: Path) -> object:
            return end() if target.suffix == ".json" else whole(self, target)

        monkeypatch.setattr(*place, end_at_manifest)
    else:
        monkeypatch.setattr(*place, end)
    with pytest.raises(SystemExit):
        publish(lines.request(out))
    assert versions.newest(out) is None
    monkeypatch.undo()
    assert publish(lines.request(out)).version.number == 1
    assert not list(out.rglob("*.unfinished"))
