"""``python -m core data-model``: the documentation of the tables."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.exchange.data_model import data_model
from core.i18n import _


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "data-model", help=_("write the documentation of all tables")
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a Markdown file"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file."""
    options.file.write_text(data_model(), "utf-8")
    return 0
