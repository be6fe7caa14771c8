"""``python -m core person``: what the store holds of one person, handed out or erased."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.i18n import _
from core.settings import Settings
from core.store.audit.events import record_export
from core.store.database import Store
from core.store.privacy.erasure import erase
from core.store.privacy.person import Subject, find


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "person", help=_("hand out or erase what the store holds of one person")
    )
    parser.add_argument("what", choices=("export", "erase"))
    parser.add_argument("--store", type=Path, default=Settings.from_environment().store, help=_("the store"))
    parser.add_argument(
        "--customer", metavar="TYPE:ID", help=_("people of a customer, such as terminal:T000001")
    )
    parser.add_argument("--phone", help=_("whoever has this telephone number"))
    parser.add_argument("--employee", metavar="ID", help=_("an employee"))
    parser.add_argument("--out", type=Path, metavar="FILE.json", help=_("export: where to write"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file, or erase and say what was erased; 1 where the store holds nothing."""
    subject = Subject(_customer(options.customer), options.phone, options.employee)
    if options.what == "export" and options.out is None:
        raise InputError(_("--out is missing."), _("Name a .json file."))
    with Store.open(options.store, create=False) as store:
        found = find(store, subject)
        if found.is_empty:
            print(_("The store holds nothing of {subject}.", subject=subject.label))
            return 1
        if options.what == "export":
            record_export(store, options.out.name, entity=f"person {subject.label}")
            text = json.dumps(asdict(found), ensure_ascii=False, indent=2, default=_plain)
            options.out.write_text(text, "utf-8")
            print(_("{file} has what the store holds of {subject}.", subject=subject.label, file=options.out))
            return 0
        counts = erase(store, subject)
    print(_("Erased of {subject}: {counts}.", subject=subject.label,
            counts=", ".join(f"{table} {n}" for table, n in counts.items() if n)))  # fmt: skip
    print(_("Copies made before still hold it until they go; “python -m core compact” writes the file anew."))
    return 0


def _customer(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    kind, _colon, key = text.partition(":")
    return kind, key


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, set) else str(value)
