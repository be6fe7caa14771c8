"""``python -m core check-signature``: tell whether a plan's workbook is what was approved."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from core.exchange.plans.signed import check_signature
from core.i18n import LANGUAGES, _, language
from core.settings import Settings
from core.store.database import Store


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "check-signature", help=_("check whether a plan's workbook is what was approved")
    )
    defaults = Settings.from_environment()
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the workbook"))
    parser.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    parser.add_argument(
        "--language", choices=list(LANGUAGES), default=defaults.language, help=_("of messages")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say who approved what, and in what the file differs; 0 where it doesn't."""
    with language(options.language), Store.open(options.store, create=False) as store:
        check = check_signature(store, options.file)
        print(check.sentence)
        for finding in check.findings:
            print(finding, file=sys.stderr)
        if not check.findings:
            print(_("The workbook is what was approved."))
    return 1 if check.findings else 0
