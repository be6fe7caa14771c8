"""Machine code made ahead: a process that gives way to all others compiles it while people look around."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Protocol

from core.i18n import _
from core.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.progress import Watch


class Calculation(Protocol):
    """A package whose loops are compiled."""

    def is_compiled(self) -> bool:
        """Say whether the machine code is on disk."""

    def warm_up(self, tell: Callable[[str], None]) -> None:
        """Load the machine code or compile it."""


_LISTEN_SECONDS = 0.2
_process: subprocess.Popen[bytes] | None = None


def start() -> None:
    """Start the process; it looks itself whether there is work, since looking loads the compiler."""
    global _process  # noqa: PLW0603 - one process serves all sessions
    _process = subprocess.Popen(
        [sys.executable, "-m", "core", "prepare", "--background"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Where there is no `nice`, Windows takes the priority from the start.
        creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
    )


def stop() -> None:
    """End the process with the server; what it has finished stays on disk."""
    global _process  # noqa: PLW0603
    if _process is not None:
        _process.kill()
        _process.wait()
        _process = None


def make_ready(calculation: Calculation, watch: Watch) -> None:
    """Wait until a calculation is compiled, or compile it where nobody does: twice would take longer.

    Parameters
    ----------
    calculation
        :mod:`core.visits.routing` or :mod:`core.territories`.

    Raises
    ------
    CancelledError
        The work that waits was stopped.
    """
    while _process is not None and _process.poll() is None and not calculation.is_compiled():
        watch.step(0.0, _("Preparing the calculations; needed once per version, it takes up to a minute."))
        time.sleep(_LISTEN_SECONDS)
    calculation.warm_up(lambda text: watch.step(0.0, text))
