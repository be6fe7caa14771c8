"""``python -m core prepare``: make the machine code of all calculations ahead, once per version."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import Any

from core.i18n import _, format_number


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "prepare", help=_("compile the calculations ahead, so that the first plan needn't wait")
    )
    parser.add_argument("--background", action="store_true", help=_("give way to everything else"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compile what isn't compiled yet, the visit plans first: for them people wait."""
    from core import territories
    from core.targets.fitting import compilation as targets
    from core.visits import routing

    if options.background and hasattr(os, "nice"):
        os.nice(10)
    for name, calculation in (
        (_("Visit plans"), routing),
        (_("Target plans"), targets),
        (_("Territories"), territories),
    ):
        before = time.perf_counter()
        if not calculation.is_compiled():
            calculation.warm_up()
        seconds = format_number(time.perf_counter() - before, 1)
        print(_("{name}: ready after {seconds} s", name=name, seconds=seconds), file=sys.stderr, flush=True)
    return 0
