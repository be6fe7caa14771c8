"""What a process keeps for itself goes with it, or with the next one that comes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from core.workspace import clear_abandoned, own_folder

OWNER = """
import sys
from pathlib import Path
from core.workspace import own_folder

folder = own_folder(Path(sys.argv[1]))
(folder / "spill").write_bytes(b"x" * 1000)
print(folder, flush=True)
sys.stdin.read()
"""


def start(temp: Path) -> tuple[subprocess.Popen[str], Path]:
    """Start a process that has a folder with a file of 1,000 bytes."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(temp)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def end(process: subprocess.Popen[str]) -> None:
    """Wait for a process, and close its pipes."""
    process.communicate("")


def test_only_folders_of_dead_processes_are_cleared(tmp_path: Path) -> None:
    """The folder of a killed process goes, that of a living one and one's own stay."""
    mine = own_folder(tmp_path)
    living, here = start(tmp_path)
    killed, gone = start(tmp_path)
    killed.kill()
    killed.wait()
    end(killed)
    # A lock that is a moment old may be about to be taken.
    assert clear_abandoned(tmp_path) == 0
    for lock in tmp_path.glob("*/lock"):
        os.utime(lock, (time.time() - 60, time.time() - 60))
    assert clear_abandoned(tmp_path) == 1000
    assert not gone.exists()
    assert (here / "spill").exists()
    assert mine.is_dir()
    assert own_folder(tmp_path) == mine
    end(living)
    # A process that ends by itself takes its folder along.
    assert not here.exists()


def test_leftovers_without_an_owner_go_once_they_are_old(tmp_path: Path) -> None:
    """Spilled memory and uploads of earlier versions are removed after two days, other files never."""
    names = ("duckdb_temp_storage_DEFAULT-0.tmp", "uploads", "import-x", "mine.csv")
    for name in names:
        path = tmp_path / name
        path.mkdir() if "." not in name else path.write_bytes(b"")
    clear_abandoned(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(names)
    old = time.time() - 3 * 86_400
    for name in names:
        os.utime(tmp_path / name, (old, old))
    clear_abandoned(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]
