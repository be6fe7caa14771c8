"""``python -m core export``: tables of the product as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.commands.export import market, targets
from core.i18n import _

if TYPE_CHECKING:
    import argparse


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command and what it can export."""
    parser: argparse.ArgumentParser = subparsers.add_parser("export", help=_("write a table to a file"))
    what = parser.add_subparsers(dest="what", required=True, metavar=_("TABLE"))
    market.register(what)
    targets.register(what)
