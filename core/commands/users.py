"""``python -m core users``: who may sign in. Makes the first administrator, too."""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.access import ROLES, User
from core.access.role_table import role_table
from core.errors import InputError
from core.exchange.user_list import read_role, read_user_list
from core.i18n import LANGUAGES, _, language
from core.settings import Settings
from core.store.access.references import References, read_references
from core.store.access.users import add, change, deactivate, list_users, load, save_all
from core.store.database import Store


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "users", help=_("list, add, change and remove those who may sign in")
    )
    defaults = Settings.from_environment()
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--store", type=Path, default=defaults.store, help=_("the store"))
    common.add_argument(
        "--language", choices=list(LANGUAGES), default=defaults.language, help=_("of messages")
    )
    parts = parser.add_subparsers(dest="part", required=True, metavar=_("COMMAND"))
    listing = parts.add_parser("list", parents=[common], help=_("list the users"))
    adding = parts.add_parser("add", parents=[common], help=_("add a user"))
    changing = parts.add_parser("change", parents=[common], help=_("change a user"))
    removing = parts.add_parser(
        "remove", parents=[common], help=_("let a user in no more; what they did stays")
    )
    importing = parts.add_parser("import", parents=[common], help=_("add and change the users of a list"))
    roles = parts.add_parser("roles", parents=[common], help=_("say what each role may do"))
    for each in (adding, changing, removing):
        each.add_argument("email", metavar="E-MAIL", help=_("the address the user signs in with"))
    for each in (adding, changing):
        _add_fields(each, needed=each is adding)
    changing.add_argument("--email", dest="new_email", metavar="E-MAIL", help=_("another address"))
    changing.add_argument(
        "--release", action="store_true", help=_("bind the next sign-in with this address anew")
    )
    changing.add_argument("--active", action="store_true", help=_("let the user in again"))
    importing.add_argument("file", type=Path, metavar="FILE", help=_("a workbook or CSV file of users"))
    importing.add_argument("--dry-run", action="store_true", help=_("check the list, change nobody"))
    runs = {listing: _list, adding: _add, changing: _change, removing: _remove, importing: _import}
    for each, work in runs.items():
        each.set_defaults(run=run, work=work)
    roles.set_defaults(run=_roles)


def run(options: argparse.Namespace) -> int:
    """Do what is asked, and say what was done."""
    # The first administrator may be named before there are any data.
    create = options.work is _add
    with language(options.language), Store.open(options.store, create=create) as store:
        options.work(store, options)
    return 0


def _roles(options: argparse.Namespace) -> int:
    """Say what each role may do, as docs/security.md shows it."""
    with language(options.language):
        print(role_table(), end="")
    return 0


def _add_fields(parser: argparse.ArgumentParser, *, needed: bool) -> None:
    parser.add_argument("--name", required=needed, help=_("what the user is called"))
    parser.add_argument(
        "--role", dest="roles", action="append", required=needed, metavar="ROLE",
        help=_("may stand several times: {roles}", roles=", ".join(ROLES)),
    )  # fmt: skip
    regions = parser.add_mutually_exclusive_group()
    regions.add_argument("--region", dest="regions", action="append", help=_("sees this region and below"))
    regions.add_argument("--all-regions", action="store_true", help=_("sees the whole market"))
    companies = parser.add_mutually_exclusive_group()
    companies.add_argument(
        "--company", dest="companies", action="append", help=_("plans targets for this company")
    )
    companies.add_argument("--all-companies", action="store_true", help=_("plans targets for all companies"))
    parser.add_argument("--employee", help=_("which employee this is; needed for a rep"))
    parser.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help=_("first day"))
    parser.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help=_("last day"))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _changed(user: User, options: argparse.Namespace, known: References) -> User:
    """Return a user with what the options say."""
    values: dict[str, Any] = {name: getattr(options, name) for name in ("name", "since", "until")}
    values["employee_id"] = known.employee(options.employee) if options.employee else None
    values["roles"] = tuple(read_role(role) for role in options.roles or ())
    values["region_ids"] = tuple(known.region(text) for text in options.regions or ())
    values["companies"] = tuple(known.company(text) for text in options.companies or ())
    changed = replace(user, **{name: value for name, value in values.items() if value})
    if options.all_regions:
        changed = replace(changed, region_ids=None)
    return replace(changed, companies=None) if options.all_companies else changed


def _add(store: Store, options: argparse.Namespace) -> None:
    user = _changed(User("", options.email, "", ()), options, read_references(store))
    if user.region_ids is None and not options.all_regions and not (user.is_rep or "admin" in user.roles):
        raise InputError(
            _("It isn't said which regions the user sees."), _("Add --region REGION, or --all-regions.")
        )
    record = add(store, user)
    print(_("{name} may sign in with {email}.", name=record.user.name, email=record.user.email))


def _change(store: Store, options: argparse.Namespace) -> None:
    record = load(store, options.email)
    user = _changed(record.user, options, read_references(store))
    user = replace(user, email=options.new_email or user.email, active=user.active or options.active)
    saved = change(store, record, replace(user, subject="") if options.release else user)
    print(_("{name} is saved as version {version}.", name=saved.user.name, version=saved.version))


def _remove(store: Store, options: argparse.Namespace) -> None:
    record = deactivate(store, load(store, options.email))
    print(_("{name} is let in no more; what {name} did stays.", name=record.user.name))


def _list(store: Store, _options: argparse.Namespace) -> None:
    records = list_users(store)
    for record in records:
        user = record.user
        regions = _("the whole market") if user.region_ids is None else ", ".join(user.region_ids)
        shown = [user.email, user.name, ", ".join(user.roles), user.employee_id or regions]
        shown.append(_("may sign in") if user.is_admitted(dt.date.today()) else _("is not let in"))
        print("\t".join(shown))
    if not records:
        print(_("There are no users yet: add the first administrator with “users add … --role admin”."))


def _import(store: Store, options: argparse.Namespace) -> None:
    known = {record.user.email: record.user for record in list_users(store)}
    found = read_user_list(options.file, known, read_references(store))
    if found.unused:
        print(_("Columns that are not used: {columns}.", columns=_(", ").join(found.unused)))
    if not options.dry_run:
        save_all(store, found.users)
    print(
        _("{added} users added, {changed} changed, {same} as they were.", added=found.added,
          changed=found.changed, same=len(found.users) - found.added - found.changed)
    )  # fmt: skip
