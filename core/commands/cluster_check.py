"""``python -m core cluster-check``: prove that another engine gives the store's answers."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from core.cluster.check.exceptions import reason
from core.cluster.check.run import Outcome, compare
from core.cluster.engine import ENGINES, check_engine, open_engine
from core.errors import InputError
from core.i18n import LANGUAGES, _, format_number, language
from core.settings import Settings
from core.store.caching.region_rollup import ensure
from core.store.copies.parquet_tables import write_tables
from core.store.customers import search
from core.store.database import Store


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "cluster-check", help=_("compare every query's rows on the store and on another engine")
    )
    defaults = Settings.from_environment()
    parser.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    parser.add_argument("--engine", required=True, metavar="ENGINE", help=", ".join(ENGINES[1:]))
    parser.add_argument(
        "--tables",
        type=Path,
        metavar="DIR",
        help=_("where the store's tables go as Parquet files; the engine sees it under the same path"),
    )
    parser.add_argument(
        "--language", choices=list(LANGUAGES), default=defaults.language, help=_("of what is printed")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare, print a line per query; 1 when one differs or fails and is not known to."""
    with language(options.language):
        check_engine(options.engine)
        if options.engine == ENGINES[0]:
            raise InputError(
                _("“{name}” is the store's own engine.", name=options.engine),
                _("Choose one of: {allowed}.", allowed=", ".join(ENGINES[1:])),
            )
        temporary = None if options.tables else tempfile.TemporaryDirectory(prefix="cluster-check-")
        with temporary or nullcontext(str(options.tables)) as folder:
            return _check(options, Path(folder))


def _check(options: argparse.Namespace, folder: Path) -> int:
    counts: Counter[str] = Counter()
    empty: dict[str, bool] = {}
    with open_engine(options.engine) as engine, open_engine("duckdb") as reference:
        with Store.open(options.store, create=False) as store:
            ensure(store)
            search.ensure(store)
            files = write_tables(store, folder)
        for one in (reference, engine):
            for table, file in files.items():
                one.register(table, [str(file.resolve())])
        for outcome in compare(reference, engine, folder.resolve()):
            known = outcome.state != "same" and reason(options.engine, outcome.query) is not None
            counts["known" if known else outcome.state] += 1
            empty[outcome.query] = empty.get(outcome.query, True) and not outcome.rows
            print(_line(outcome, known=known), flush=True)
    without_rows = sorted(query for query, nothing in empty.items() if nothing)
    if without_rows:
        print(_("Without rows in this store, so not proven: {queries}.", queries=", ".join(without_rows)))
    print(
        _(
            "{queries} queries, {same} runs the same, {different} different, {fails} failed, {known} known.",
            queries=len(empty),
            same=counts["same"],
            different=counts["different"],
            fails=counts["fails"],
            known=counts["known"],
        )
    )
    if counts["different"] or counts["fails"]:
        print(_("Do not trust this engine with the queries named above."), file=sys.stderr)
        return 1
    return 0


def _line(outcome: Outcome, *, known: bool) -> str:
    states = {"same": _("same"), "different": _("different"), "fails": _("fails")}
    variants = {"all": _("whole market"), "narrow": _("one user's regions")}
    state = states[outcome.state]
    parts = (
        _("{state}, as known", state=state) if known else state,
        f"{outcome.query} ({variants[outcome.variant]})",
        _("{count} rows", count=format_number(outcome.rows)),
        f"{outcome.seconds[0]:.3f} s | {outcome.seconds[1]:.3f} s",
        outcome.detail,
    )
    return "  ".join(part for part in parts if part)
