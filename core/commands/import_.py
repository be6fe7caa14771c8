"""``python -m core import``: files into the store, all or nothing.

With ``--mapping`` files as people have them are read as the mapping says: their good rows are loaded, the
others set aside. Boundaries are matched by code or name without one. Exit codes: 0 loaded (or would be),
1 refused, 2 wrong usage, 3 questions are open and nothing was loaded, 4 loaded and rows were set aside.
"""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.currency import CURRENCIES, YUAN
from core.errors import CancelledError, InputError
from core.exchange.canonical import findings
from core.exchange.canonical.importing import (
    CheckResult,
    FindingsError,
    ImportOptions,
    check_files,
    load,
    unsummed_sentence,
)
from core.exchange.flow import command
from core.exchange.flow.files import holds_outlines
from core.i18n import _, format_number
from core.settings import Settings
from core.store.database import Store
from core.store.loading.source_table import Mode
from core.store.preferences import CURRENCY, prefer
from core.store.progress import Report, Watch

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from core.store.loading.load import Batch

_WIDTH = 30
_LINES = 60


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "import", help=_("check files and load them into the store, all of them or none")
    )
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=_("CSV, Parquet, XLSX; GeoJSON, TopoJSON or a shapefile of boundaries"),
    )
    parser.add_argument("--store", type=Path, default=Settings.from_environment().store, help=_("the store"))
    parser.add_argument("--table", help=_("the table of all files; without it, the file's name"))
    modes = parser.add_mutually_exclusive_group()
    for mode, text in (
        ("upsert", _("insert new rows and update rows that differ (the default)")),
        ("replace", _("afterwards the table holds exactly the rows of the files")),
        ("append", _("insert only; a key that exists is an error")),
    ):
        modes.add_argument(f"--{mode}", dest="mode", action="store_const", const=mode, help=text)
    parser.add_argument(
        "--mapping",
        type=Path,
        metavar="M.toml",
        help=_("read the files as this mapping says; “understand --out” writes one"),
    )
    parser.add_argument(
        "--crs",
        metavar="SYSTEM",
        help=_("coordinate system of boundaries: WGS-84, GCJ-02, BD-09; “metres” behind it for Web Mercator"),
    )
    parser.add_argument(
        "--currency",
        choices=CURRENCIES,
        help=_("the currency that all amounts of the store are in; nothing is converted"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("check only"))
    parser.add_argument(
        "--findings", type=Path, metavar="OUT", help=_("write all findings to a CSV or XLSX file")
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--progress", action="store_true", default=None, help=_("show progress"))
    shown.add_argument("--quiet", dest="progress", action="store_false", help=_("show no progress"))
    parser.set_defaults(run=run, mode="upsert")


def run(options: argparse.Namespace) -> int:
    """Import files; the exit codes are those of the module."""
    outlines = [holds_outlines(path) for path in options.files]
    if any(outlines) and not all(outlines) and options.mapping is None:
        raise InputError(
            _("Boundaries and tables can't be imported together."),
            _("Import the tables first, then the boundaries."),
        )
    if options.currency is not None and (options.mapping is not None or all(outlines)):
        raise InputError(
            _("--currency goes with tables whose columns are the store's own."),
            _("Choose the currency of the store on the settings page first."),
        )
    shown = _shown(options)
    watch = Watch(progress_bar() if shown else None)
    with stopped_by_keyboard(watch):
        if options.mapping is not None or all(outlines):
            return command.run(options, watch)
        return _load(options, watch, shown=shown)


@contextmanager
def stopped_by_keyboard(watch: Watch) -> Iterator[None]:
    """Let Ctrl-C stop the work through its watch: all of it is loaded then, or nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        # In a thread of its own: the interrupted one may hold the lock of the watch.
        threading.Thread(target=watch.cancel, daemon=True).start()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    except CancelledError as error:
        raise KeyboardInterrupt from error
    finally:
        signal.signal(signal.SIGINT, before)


def _load(options: argparse.Namespace, watch: Watch, *, shown: bool) -> int:
    settings = ImportOptions(table=options.table, mode=Mode(options.mode))
    code = options.currency
    batches: tuple[Batch, ...] = ()
    is_summed = True
    with Store.open(options.store) as store:
        try:
            if options.dry_run:
                check = check_files(store, options.files, settings, watch)
            else:
                result = load(store, options.files, settings, watch)
                check, batches, is_summed = result.check, result.batches, result.is_summed
                if code is not None:
                    prefer(store, CURRENCY, "" if code == YUAN.code else code)
        except FindingsError as error:
            check = error.check
        finally:
            if shown:
                print(file=sys.stderr)
    if options.findings is not None:
        findings.write(check.problems, options.findings)
    _print_findings(check)
    _print_outcome(check, batches, dry_run=options.dry_run)
    if not is_summed:
        print(unsummed_sentence())
    return 0 if check.ok else 1


def _shown(options: argparse.Namespace) -> bool:
    return bool(sys.stderr.isatty() if options.progress is None else options.progress)


def progress_bar() -> Report:
    """Return a report that draws a bar on standard error."""

    def report(fraction: float, text: str) -> None:
        done = round(fraction * _WIDTH)
        bar = "█" * done + "·" * (_WIDTH - done)
        print(f"\r{bar} {fraction:4.0%} {text[:60]:60}", end="", file=sys.stderr, flush=True)

    return report


def _print_findings(check: CheckResult) -> None:
    table = findings.titled(check.problems)
    for line in table.head(_LINES).itertuples(index=False):
        level, file, _table, row, column, _value, message, hint, occurrences, _rows = line
        place = ":".join(str(part) for part in (file, row, column) if str(part) not in {"", "<NA>", "nan"})
        times = f" ×{format_number(occurrences)}" if occurrences > 1 else ""
        print(f"{level} {place} {message}{times} {hint}", file=sys.stderr)
    if len(table) > _LINES:
        print(
            _("… and {count} more findings; --findings writes all.", count=len(table) - _LINES),
            file=sys.stderr,
        )


def _print_outcome(check: CheckResult, batches: tuple[Batch, ...], *, dry_run: bool) -> None:
    print(
        _(
            "{errors} errors, {warnings} warnings.",
            errors=format_number(check.errors),
            warnings=format_number(check.warnings),
        )
    )
    if not check.ok:
        print(_("Nothing was imported."))
        return
    if dry_run:
        for file, table, rows in check.rows:
            print(
                _(
                    "{file} → {table}: {rows} rows can be imported.",
                    file=file,
                    table=table,
                    rows=format_number(rows),
                )
            )
    for batch in batches:
        print(
            _(
                "{file} → {table}: {rows} rows; {inserted} inserted, {updated} updated, {deleted} deleted",
                file=batch.file,
                table=batch.table,
                rows=format_number(batch.rows),
                inserted=format_number(batch.changes.inserted),
                updated=format_number(batch.changes.updated),
                deleted=format_number(batch.changes.deleted),
            )
        )
    if batches and not any(batch.changes for batch in batches):
        print(_("The store holds all of it already; nothing was changed."))
