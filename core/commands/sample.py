"""``python -m core sample``: build the demonstration region."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from core.i18n import _, format_number
from core.settings import Settings

if TYPE_CHECKING:
    import argparse

BAR = 30


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    from core.sample.request import DEFAULT_SEED, DEFAULT_TERMINALS

    parser = subparsers.add_parser("sample", help=_("Build the demonstration region."))
    parser.add_argument("--store", type=Path, default=None, help=_("The store to make."))
    parser.add_argument("--terminals", type=int, default=DEFAULT_TERMINALS, help=_("How many shops."))
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=_("Another number, another province."))
    parser.add_argument("--replace", action="store_true", help=_("Replace a store that has data."))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build it; print time and size."""
    from core.sample import build_sample

    path = options.store or Settings.from_environment().store
    start = time.perf_counter()
    build_sample(path, options.terminals, options.seed, replace=options.replace, progress=_show)
    print(
        _(
            "{path}: {terminals} terminals in {seconds} s, {size} MB.",
            path=path,
            terminals=format_number(options.terminals),
            seconds=format_number(time.perf_counter() - start, 1),
            size=format_number(path.stat().st_size / 1e6, 1),
        )
    )
    return 0


def _show(share: float, label: str) -> None:
    if not sys.stderr.isatty():
        return
    filled = round(share * BAR)
    end = "\n" if share >= 1 else ""
    print(
        f"\r{'█' * filled}{'·' * (BAR - filled)} {share:4.0%} {label}\033[K",
        end=end,
        file=sys.stderr,
        flush=True,
    )
