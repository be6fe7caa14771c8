"""``python -m core rollup``: sum sales lines too many for one file, and publish what pages need as a version.

Exit codes: 0 a version was made, or the newest is made of the same; 1 refused, the newest version stays.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.import_ import progress_bar, stopped_by_keyboard
from core.errors import InputError
from core.i18n import _, format_number
from core.store.progress import Watch

if TYPE_CHECKING:
    import argparse

    from core.rollup.publishing import Outcome


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "rollup", help=_("sum sales lines on shared storage and publish what dashboards read")
    )
    parser.add_argument(
        "--facts", metavar="'PATH/*.parquet'", help=_("Parquet files of sales lines, in quotes")
    )
    parser.add_argument(
        "--tables", type=Path, metavar="DIR", help=_("a folder with a Parquet file per table")
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=_("the folder of the versions")
    )
    parser.add_argument("--engine", default="duckdb", help=_("duckdb, sail or sc://HOST:PORT"))
    parser.add_argument(
        "--keep", type=int, default=3, metavar="N", help=_("versions that stay, the new one included")
    )
    parser.add_argument(
        "--rollback",
        action="store_true",
        help=_("take the newest version back; the one before is shown again"),
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--progress", action="store_true", default=None, help=_("show progress"))
    shown.add_argument("--quiet", dest="progress", action="store_false", help=_("show no progress"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make a version, or take the newest one back."""
    from core.rollup.publishing import RollupRequest, publish
    from core.rollup.version import roll_back

    if options.rollback:
        withdrawn, number = roll_back(options.out)
        print(
            _(
                "Version {withdrawn} was taken back; version {number} is the newest.",
                withdrawn=withdrawn,
                number=number,
            )
        )
        return 0
    if options.facts is None or options.tables is None:
        raise InputError(
            _("Name the sales lines and the tables: --facts 'PATH/*.parquet' --tables DIR."),
            _("Only --rollback needs neither."),
        )
    request = RollupRequest(options.facts, options.tables, options.out, options.engine, options.keep)
    shown = sys.stderr.isatty() if options.progress is None else options.progress
    watch = Watch(progress_bar() if shown else None)
    try:
        with stopped_by_keyboard(watch):
            outcome = publish(request, watch)
    finally:
        if shown:
            print(file=sys.stderr)
    _print(outcome)
    return 0


def _print(outcome: Outcome) -> None:
    version = outcome.version
    if not outcome.is_new:
        print(_("Nothing changed: version {number} is made of the same files.", number=version.number))
        return
    print(
        _(
            "Version {number}: {lines} sales lines of {months} months; {summed} summed, {kept} taken over.",
            number=version.number,
            lines=format_number(version.counts["lines"]),
            months=version.counts["months"],
            summed=len(outcome.months.summed),
            kept=len(outcome.months.taken_over),
        )
    )
    if version.own_company is None:
        print(_("No company is marked as our own: there are no figures of customers and no map of shops."))
    if outcome.removed:
        print(_("{count} files of older versions were removed.", count=format_number(outcome.removed)))
