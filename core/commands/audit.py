"""``python -m core audit``: who did what, when and from where."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from core.errors import InputError, nearest
from core.exchange import tables
from core.i18n import LANGUAGES, _, language, ngettext
from core.periods import parse_day
from core.settings import Settings
from core.store.audit.entries import MAX_ROWS, AuditFilter, choices
from core.store.audit.events import EventKind, record_export
from core.store.audit.table import audit_table
from core.store.database import Store

MAX_LINES = 100


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "audit", help=_("show who did what, when and from where")
    )
    defaults = Settings.from_environment()
    parser.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    parser.add_argument("--from", dest="start", metavar="YYYY-MM-DD", help=_("first day"))
    parser.add_argument("--to", dest="end", metavar="YYYY-MM-DD", help=_("last day"))
    parser.add_argument("--actor", help=_("only what this person did"))
    parser.add_argument(
        "--kind", choices=[str(kind) for kind in EventKind], help=_("only entries of this kind")
    )
    parser.add_argument("--action", help=_("only this action, by its code, for example import"))
    parser.add_argument("--entity", help=_("text in what it was about, or in its key"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=".csv, .xlsx, .parquet")
    parser.add_argument(
        "--language", choices=list(LANGUAGES), default=defaults.language, help=_("of titles and words")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the latest entries, or write all of them to a file."""
    with language(options.language), Store.open(options.store, create=False) as store:
        wanted = _filter(options, store)
        found = audit_table(store, wanted, MAX_ROWS if options.out else MAX_LINES)
        if options.out is None:
            for row in found.fillna("–").itertuples(index=False):
                print(" · ".join(map(str, row)))
            return 0
        record_export(store, options.out.name, entity="audit")
        tables.write(options.out, [tables.Sheet(_("Audit"), found)])
        print(ngettext("{file}: {n} entry.", "{file}: {n} entries.", len(found), file=options.out))
    return 0


def _filter(options: argparse.Namespace, store: Store) -> AuditFilter:
    known = choices(store)
    for name in ("actor", "action"):
        value = getattr(options, name)
        if value is not None and value not in set(known[name]):
            near = nearest(value, set(known[name]))
            raise InputError(
                _("The audit has no entry whose {field} is “{value}”.", field=f"--{name}", value=value),
                _("Did you mean {suggestion}?", suggestion=near) if near else "",
            )
    return AuditFilter(
        actor=options.actor,
        kind=options.kind,
        action=options.action,
        entity=options.entity,
        start=parse_day(options.start) if options.start else None,
        end=parse_day(options.end) if options.end else None,
    )
