"""``python -m core kpis``: the documentation of the KPIs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.i18n import _
from core.metrics.documentation import kpi_document


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "kpis", help=_("write the documentation of all KPIs")
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a Markdown file"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file."""
    options.file.write_text(kpi_document(), "utf-8")
    return 0
