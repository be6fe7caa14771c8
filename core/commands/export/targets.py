"""``python -m core export targets``: a saved plan as a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.exchange.plans.files import write_plan
from core.i18n import LANGUAGES, _, format_number, language
from core.reports.plans.workbook_data import plan_book
from core.settings import Settings
from core.store.audit.events import record_export
from core.store.database import Store
from core.store.plans import versions as plans


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the table to those that can be exported."""
    parser: argparse.ArgumentParser = subparsers.add_parser("targets", help=_("a target plan, ready to sign"))
    defaults = Settings.from_environment()
    parser.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    parser.add_argument("--plan", required=True, metavar="ID", help=_("ID of the plan"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".csv, .xlsx, .parquet")
    parser.add_argument(
        "--language", choices=list(LANGUAGES), default=defaults.language, help=_("of names and explanations")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write a saved plan to a file."""
    with language(options.language), Store.open(options.store, create=False) as store:
        book = plan_book(store, plans.load(store, options.plan))
        record_export(store, options.out.name, entity="export targets")
        write_plan(options.out, book)
        print(
            _("{file}: plan {plan}, version {version}, {cells} cells.", file=options.out, plan=book.plan_id,
              version=book.version, cells=format_number(len(book.cells)))
        )  # fmt: skip
    return 0
