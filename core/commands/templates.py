"""``python -m core templates``: an empty workbook per table."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.exchange.canonical.templates import write_templates
from core.i18n import _, ngettext


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "templates", help=_("write an empty workbook per table")
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help=_("where the workbooks go"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the templates."""
    count = len(write_templates(options.folder))
    print(
        ngettext(
            "{n} template was written to {folder}.",
            "{n} templates were written to {folder}.",
            count,
            folder=options.folder,
        )
    )
    return 0
