"""The build before in a folder of its own, so that a benchmark can run it beside the present one."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
COMMIT = "92e65ca"


@contextlib.contextmanager
def build_before(commit: str = COMMIT) -> Iterator[Path]:
    """Check a commit out into a temporary folder and give its path; the folder goes away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder) / "build"
        subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", str(build), commit], cwd=ROOT, check=True
        )
        try:
            yield build
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(build)], cwd=ROOT, check=True)


def solve_pvrp(build: Path, instance: Path, seconds: float, seed: int) -> dict[str, Any] | None:
    """Return what a build's ``solve-pvrp`` finds, None where it finds no plan."""
    out = build / "solution.json"
    out.unlink(missing_ok=True)
    call = [sys.executable, "-m", "core", "solve-pvrp", str(instance.resolve()), "--out", str(out)]
    subprocess.run(
        [*call, "--seconds", str(seconds), "--seed", str(seed)], cwd=build, check=False, capture_output=True
    )
    return json.loads(out.read_text(encoding="utf-8")) if out.exists() else None
