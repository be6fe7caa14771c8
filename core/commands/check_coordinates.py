"""``python -m core check-coordinates``: find shops whose coordinates cannot be right."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from core.exchange import tables
from core.geo.coordinate_checks import FINDINGS, CheckOptions
from core.i18n import LANGUAGES, _, language
from core.reports.terminals.coordinate_checks import coordinate_findings, counted, shown
from core.settings import Settings
from core.store.audit.events import record_export
from core.store.database import Store


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "check-coordinates", help=_("find shops whose coordinates cannot be right")
    )
    defaults = Settings.from_environment()
    parser.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=".csv, .xlsx, .parquet")
    parser.add_argument(
        "--tolerance",
        type=float,
        default=CheckOptions.tolerance_km,
        metavar="KM",
        help=_("km outside a region that are allowed"),
    )
    parser.add_argument(
        "--crowd",
        type=int,
        default=CheckOptions.crowd,
        metavar="N",
        help=_("so many shops at one point are too many"),
    )
    parser.add_argument(
        "--language", choices=list(LANGUAGES), default=defaults.language, help=_("of names and explanations")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the store; 1 when something was found."""
    with language(options.language):
        wanted = CheckOptions(tolerance_km=options.tolerance, crowd=options.crowd)
        with Store.open(options.store, create=False) as store:
            findings = coordinate_findings(store, wanted)
            if options.out is not None:
                record_export(store, options.out.name, entity="check-coordinates")
        for row in counted(findings).itertuples():
            print(
                _(
                    "{finding}: {terminals} terminals, {fixable} with a fix",
                    finding=_(FINDINGS[str(row.finding)]),
                    terminals=row.terminals,
                    fixable=row.fixable,
                ),
                file=sys.stderr,
            )
        if options.out is not None:
            tables.write(options.out, [tables.Sheet(_("Coordinate checks"), shown(findings))])
            print(_("{file}: {rows} findings.", file=options.out, rows=len(findings)))
        elif findings.empty:
            print(_("All coordinates can be right."))
    return 1 if len(findings) else 0
